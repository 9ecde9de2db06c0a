//! `first-token`: from the call to the first piece of text, on a warm connection.

use crate::clock::median;
use crate::peers::{Client, Peers, Server};
use crate::report::{Report, Row};
use crate::stream::Found;

const ROUNDS: usize = 7;
/// Answers per round; each has few chunks, so that the next call finds an idle connection.
const CALLS: usize = 55;
const MODEL: &str = "plain-3";

const CLIENTS: [Client; 5] = [
    Client::Ours("ours"),
    Client::Ours("floor"),
    Client::Ours("drain"),
    Client::Rust("async-openai"),
    Client::Node("openai"),
];

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let server = Server::start()?;
    let mut found: Vec<Vec<f64>> = CLIENTS.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (client, found) in CLIENTS.iter().zip(&mut found) {
            let one: Found = peers.client(*client, server.base(), MODEL, CALLS)?;
            found.push(one.first_us());
        }
    }
    let ours = Row::new("call to first text, us", median(&found[0]));
    let row = CLIENTS[1..]
        .iter()
        .zip(&found[1..])
        .fold(ours, |row, (client, found)| {
            row.beside(client.to_string(), median(found))
        });
    Ok(Report::new(
        "first-token",
        vec![row.at_most_of(1.2, "raw socket")],
    ))
}
