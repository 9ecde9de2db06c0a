//! The blocks compared with an independent rendering: `pulldown-cmark`'s own HTML writer over the
//! whole text, without this crate's renderer, sanitiser, scanner or stream.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use markdown_stream::{MarkdownStream, render_blocks};
use support::oracle::{is_known, normal, oracle};

/// Samples without what the oracle does not know. Bare addresses are lower case; so that none is one,
/// all addresses are upper case here.
fn plain_samples() -> Vec<String> {
    let all = include_str!("data/blocks.txt").split("\n%%%%\n");
    let upper = all.map(|text| text.replace("http", "HTTP"));
    upper.filter(|text| is_known(text)).collect()
}

#[test]
fn each_sample_is_what_the_oracle_says() {
    let samples = plain_samples();
    assert!(samples.len() > 100, "{}", samples.len());
    for text in samples {
        assert_eq!(
            normal(&render_blocks(&text).concat()),
            normal(&oracle(&text)),
            "{text:?}"
        );
    }
}

#[test]
fn concatenated_samples_streamed_are_what_the_oracle_says() {
    let samples = plain_samples();
    for (at, _) in samples.iter().enumerate() {
        let picked =
            [at, at * 7 + 3, at * 5 + 1, at * 3 + 2].map(|n| samples[n % samples.len()].as_str());
        for between in ["\n", "\n\n"] {
            let text = picked.join(between);
            let mut stream = MarkdownStream::new();
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let mut cut = (3 + at % 11).min(rest.len());
                while !rest.is_char_boundary(cut) {
                    cut += 1;
                }
                stream.push(&rest[..cut]);
                rest = &rest[cut..];
                let _ = stream.take_patch();
            }
            let _ = stream.finish();
            assert_eq!(
                normal(&stream.blocks().concat()),
                normal(&oracle(&text)),
                "{text:?}"
            );
        }
    }
}
