//! Streams an answer of 40 KB in 2,000 pieces and prints what it cost.
//!
//! `cargo run --release -p markdown-stream --example replay`

use std::time::{Duration, Instant};

use markdown_stream::{MarkdownStream, warm_up};

const PIECES: usize = 2_000;
const BYTES: usize = 40_000;

const PART: &str = "\
## A part of an answer

Some *emphasis*, some **strong words**, `code`, a [link](https://example.com/a) and $e^{i\\pi} = -1$.

```rust
fn total(items: &[u64]) -> u64 {
    // Sums what is there.
    items.iter().map(|item| item * 2).sum()
}
```

1. First, with a reason that is long enough to be a sentence of its own.
2. Second
   - with a detail
   - and another

| name | price |
|------|------:|
| one  | 1.00  |
| two  | 2.00  |

";

fn main() {
    warm_up();
    let text = PART.repeat(BYTES / PART.len() + 1);
    let mut stream = MarkdownStream::new();
    let (mut operations, mut bytes, mut slowest) = (0, 0, Duration::ZERO);
    let started = Instant::now();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let mut cut = (text.len() / PIECES).min(rest.len());
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        let (piece, after) = rest.split_at(cut);
        rest = after;
        let piece_started = Instant::now();
        stream.push(piece);
        let ops = stream.take_patch();
        slowest = slowest.max(piece_started.elapsed());
        operations += ops.len();
        bytes += ops
            .iter()
            .map(markdown_stream::PatchOp::payload_len)
            .sum::<usize>();
    }
    let finish_started = Instant::now();
    operations += stream.finish().len();
    let finish = finish_started.elapsed();
    let total = started.elapsed();
    println!(
        "{} bytes in {PIECES} pieces: {total:.1?} in all, slowest piece {slowest:.2?}, \
         finish {finish:.2?}; {operations} operations, {bytes} bytes of patches",
        text.len(),
    );
}
