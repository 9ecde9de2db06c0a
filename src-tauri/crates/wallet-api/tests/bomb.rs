//! Compressed answers that grow without end. Alone in its process, as it looks at its memory.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use support::*;
use wallet_api::ApiError;

/// Memory of this process at its highest so far, in kilobytes.
#[cfg(target_os = "linux")]
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(not(target_os = "linux"))]
fn peak_kilobytes() -> u64 {
    0
}

/// 128 MiB of `unit`, compressed.
fn bomb(unit: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let block = unit.repeat((1 << 20) / unit.len());
    for _ in 0..128 {
        encoder.write_all(&block).unwrap();
    }
    encoder.finish().unwrap()
}

/// Checklist 116.
#[tokio::test]
async fn a_compressed_flood_is_refused_before_it_fills_the_memory() {
    let bombs = [bomb(b"x"), bomb(b": nothing\n")];
    let before = peak_kilobytes();
    for bytes in bombs {
        let server = Server::start(move |_| {
            page(
                200,
                "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n",
                &bytes,
            )
        })
        .await;
        let answer = ask(&wallet(quota_at(&server.base))).await;
        assert!(
            matches!(answer.error, Some(ApiError::TooLarge { .. })),
            "{answer:?}"
        );
        let balance = wallet(quota_at(&server.base)).balance().await;
        assert!(
            matches!(balance, Err(ApiError::TooLarge { .. })),
            "{balance:?}"
        );
    }
    let grown = peak_kilobytes() - before;
    assert!(grown < 64 << 10, "{grown} kB");
}
