#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]
mod support;
use markdown_stream::render_blocks;
use support::{dom_of, stream};
fn check(text: &str, cuts: &[usize]) -> Result<(), String> {
    let r = std::panic::catch_unwind(|| {
        let (view, blocks) = stream(text, cuts);
        let expected = render_blocks(text);
        assert_eq!(blocks, expected);
        let expected: Vec<String> = expected.iter().map(|html| dom_of(html)).collect();
        assert_eq!(view.dom(), expected);
    });
    r.map_err(|e| {
        format!(
            "{text:?} cut {cuts:?}: {}",
            e.downcast_ref::<String>().cloned().unwrap_or_default()
        )
    })
}
#[test]
fn spec() {
    std::panic::set_hook(Box::new(|_| {}));
    let all = std::fs::read_to_string("/tmp/spec_examples.txt").unwrap();
    let all: Vec<&str> = all.split("\n%%%%\n").collect();
    let mut bad = 0;
    let mut seed = 12345u64;
    let mut rnd = move |n: usize| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((seed >> 33) as usize) % n.max(1)
    };
    for text in &all {
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        if let Err(e) = check(text, &cuts) {
            bad += 1;
            if bad < 15 {
                println!("SINGLE {e}\n");
            }
        }
    }
    println!("single bad {bad}");
    let n: usize = std::env::var("N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1500);
    let mut bad = 0;
    for _ in 0..n {
        let k = 2 + rnd(4);
        let mut text = String::new();
        for _ in 0..k {
            let t = all[rnd(all.len())];
            text.push_str(t);
            if rnd(3) == 0 {
                text.push('\n');
            }
            if rnd(4) == 0 {
                text.push('\n');
            }
        }
        let idx: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        let mut cuts: Vec<usize> = (0..rnd(20))
            .filter_map(|_| idx.get(rnd(idx.len())).copied())
            .collect();
        cuts.sort();
        cuts.dedup();
        if let Err(e) = check(&text, &cuts) {
            bad += 1;
            if bad < 12 {
                println!("CONCAT {e}\n");
            }
        }
    }
    println!("concat bad {bad} of {n}");
}
