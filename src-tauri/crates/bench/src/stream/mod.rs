//! `stream`: CPU of reading an answer, from bytes to typed deltas.

pub(crate) mod client;
pub(crate) mod server;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::clock::{median, ms};
use crate::corpus;
use crate::peers::{Client, Peers, Server};
use crate::report::{Report, Row};

/// The figures are for so many chunks; slow peers read fewer and are scaled.
const CHUNKS: usize = 100_000;
const ROUNDS: usize = 7;

/// What a client read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The last answer's text, if the client makes text of it.
    text: String,
    /// The bytes of all answers, if not.
    bytes: u64,
    /// Call to first text, for each answer.
    first: Vec<Duration>,
}

/// What a measured process prints, ours and the peers' alike.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    cpu_ms: f64,
    wall_ms: f64,
    /// SHA-256 of the text in hexadecimal digits; empty for those that make none.
    sha256: String,
    first_us: Vec<f64>,
}

impl Found {
    fn new(reading: Reading, cpu: Duration, wall: Duration) -> Self {
        let sha256 = if reading.bytes > 0 {
            String::new()
        } else {
            sha256(&reading.text)
        };
        Self {
            cpu_ms: ms(cpu),
            wall_ms: ms(wall),
            sha256,
            first_us: reading
                .first
                .iter()
                .map(|first| ms(*first) * 1000.0)
                .collect(),
        }
    }

    /// Median time to the first text, in microseconds.
    pub(crate) fn first_us(&self) -> f64 {
        median(&self.first_us)
    }
}

fn sha256(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        })
}

/// The measured clients: how many chunks they read in one go, and in how many rounds.
const CLIENTS: [(Client, usize, usize); 8] = [
    (Client::Ours("ours"), CHUNKS, ROUNDS),
    (Client::Ours("drain"), CHUNKS, ROUNDS),
    (Client::Ours("floor"), CHUNKS, ROUNDS),
    (Client::Rust("async-openai"), CHUNKS, ROUNDS),
    (Client::Rust("eventsource-stream"), CHUNKS, ROUNDS),
    (Client::Node("openai"), CHUNKS, 3),
    (Client::Node("ai-sdk"), 20_000, 3),
    (Client::Python("openai"), 20_000, 3),
];

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let plain = measure(peers, "plain")?;
    let padded = measure(peers, "padded")?;
    Ok(Report::new(
        "stream",
        vec![
            compared("CPU ms per 100k chunks", &plain, |it| it.cpu_ms)
                .at_most_of(0.5, "async-openai"),
            compared("CPU ms per 100k chunks, above the floor", &plain, |it| {
                it.cpu_ms
            })
            .at_most_of(1.1, "reqwest, drained"),
            compared("CPU ms per 100k chunks with padding", &padded, |it| {
                it.cpu_ms
            })
            .at_most_of(0.5, "async-openai"),
            compared("wall ms per 100k chunks", &plain, |it| it.wall_ms),
        ],
    ))
}

/// Medians by client, scaled to [`CHUNKS`].
fn measure(peers: &Peers, shape: &str) -> anyhow::Result<Vec<(Client, Medians)>> {
    let server = Server::start()?;
    let mut found: Vec<Vec<Found>> = CLIENTS.iter().map(|_| Vec::new()).collect();
    for round in 0..ROUNDS {
        for ((client, chunks, rounds), found) in CLIENTS.iter().zip(&mut found) {
            if round >= *rounds {
                continue;
            }
            let model = format!("{shape}-{chunks}");
            let one: Found = peers.client(*client, server.base(), &model, 1)?;
            let expected = sha256(&corpus::text(*chunks));
            anyhow::ensure!(
                one.sha256 == expected || (one.sha256.is_empty() && client.reads_no_text()),
                "{client} read another text"
            );
            eprintln!(
                "   {client}: {:.0} ms CPU, {:.0} ms",
                one.cpu_ms, one.wall_ms
            );
            found.push(one);
        }
    }
    let medians = |(client, chunks, _): &(Client, usize, usize), found: &[Found]| {
        #[expect(clippy::cast_precision_loss)]
        let scale = CHUNKS as f64 / *chunks as f64;
        let of =
            |value: fn(&Found) -> f64| median(&found.iter().map(value).collect::<Vec<_>>()) * scale;
        (
            *client,
            Medians {
                cpu_ms: of(|it| it.cpu_ms),
                wall_ms: of(|it| it.wall_ms),
            },
        )
    };
    Ok(CLIENTS
        .iter()
        .zip(&found)
        .map(|(client, found)| medians(client, found))
        .collect())
}

struct Medians {
    cpu_ms: f64,
    wall_ms: f64,
}

fn compared(figure: &str, of: &[(Client, Medians)], value: fn(&Medians) -> f64) -> Row {
    let ours = value(&of[0].1);
    of[1..]
        .iter()
        .fold(Row::new(figure, ours), |row, (client, medians)| {
            row.beside(client.to_string(), value(medians))
        })
}
