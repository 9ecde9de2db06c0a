//! `markdown-chunks`: an answer that came in pieces looks as if it had come at once.
//!
//! The documents are the examples of the CommonMark specification, alone and one after another with
//! samples of our own between them (tables, task lists, footnotes, definitions that come late):
//! what follows what is where a wrong split shows.

#[path = "../../markdown-stream/tests/support/mod.rs"]
mod support;

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use markdown_stream::{MarkdownStream, render_blocks};
use serde::Deserialize;

use self::support::oracle::{is_known, normal, oracle};
use crate::peers::Peers;
use crate::report::{Report, Row};

/// How many documents are made of several examples.
const CONCATENATED: usize = 652;
const OWN: &str = include_str!("../../markdown-stream/tests/data/blocks.txt");

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let documents = documents(&examples(peers)?);
    let (chunkings, equal) = streamed(&documents)?;
    let known: Vec<&String> = documents.iter().filter(|text| is_known(text)).collect();
    let differing: Vec<&&String> = known
        .iter()
        .filter(|text| normal(&render_blocks(text).concat()) != normal(&oracle(text)))
        .collect();
    for text in &differing {
        eprintln!("   not as the independent rendering: {text:?}");
    }
    let splitter = block_splitter(peers, &documents)?;
    Ok(Report::new(
        "markdown-chunks",
        vec![
            Row::new(
                "chunkings that end as if in one go, %",
                share(equal, chunkings),
            )
            .beside("streamdown's blocks, documents, %", splitter)
            .exactly(100.0),
            Row::new("chunkings tried", count(chunkings)),
            Row::new(
                "documents as an independent writer renders them, %",
                share(known.len() - differing.len(), known.len()),
            )
            .exactly(100.0),
            Row::new("documents", count(documents.len())),
        ],
    ))
}

#[expect(clippy::cast_precision_loss)]
fn count(number: usize) -> f64 {
    number as f64
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * count(part) / count(whole)
}

/// The specification's examples.
fn examples(peers: &Peers) -> anyhow::Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Example {
        markdown: String,
    }
    let output = Command::new("node")
        .arg(peers.source("page/examples.mjs"))
        .output()?;
    let error = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "examples.mjs: {error}");
    let examples: Vec<Example> = serde_json::from_slice(&output.stdout)?;
    // The specification shows a tab as an arrow.
    Ok(examples
        .into_iter()
        .map(|example| example.markdown.replace('→', "\t"))
        .collect())
}

fn documents(examples: &[String]) -> Vec<String> {
    let own: Vec<&str> = OWN.split("\n%%%%\n").collect();
    let concatenated = (0..CONCATENATED).map(|at| {
        let example = |n: usize| examples[n % examples.len()].as_str();
        let between = if at % 2 == 0 { "\n" } else { "" };
        [
            example(at),
            own[at % own.len()],
            "\n",
            example(at * 7 + 3),
            between,
            example(at * 5 + 1),
        ]
        .concat()
    });
    let own = own.iter().map(|text| (*text).to_owned());
    examples
        .iter()
        .cloned()
        .chain(own)
        .chain(concatenated)
        .collect()
}

/// How many chunkings were tried, and how many came to the blocks of rendering in one go: cut in two
/// at every place, cut everywhere, and cut in pieces of 2 to 13 characters.
fn streamed(documents: &[String]) -> anyhow::Result<(usize, usize)> {
    let (tried, equal) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (tried, equal) = (&tried, &equal);
            scope.spawn(move || {
                for text in documents.iter().skip(thread).step_by(threads) {
                    let at_once = render_blocks(text);
                    for cuts in chunkings(text) {
                        tried.fetch_add(1, Ordering::Relaxed);
                        if in_pieces(text, &cuts) == at_once {
                            equal.fetch_add(1, Ordering::Relaxed);
                        } else {
                            eprintln!("   {text:?} cut at {cuts:?}");
                        }
                    }
                }
            });
        }
    });
    let tried = tried.into_inner();
    anyhow::ensure!(tried > 0, "there were no documents");
    Ok((tried, equal.into_inner()))
}

fn chunkings(text: &str) -> Vec<Vec<usize>> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    let in_two = places.iter().map(|place| vec![*place]);
    let in_pieces = (2..14).map(|size| {
        places
            .iter()
            .copied()
            .skip(size - 1)
            .step_by(size)
            .collect()
    });
    in_two.chain(in_pieces).chain([places.clone()]).collect()
}

fn in_pieces(text: &str, cuts: &[usize]) -> Vec<String> {
    let mut stream = MarkdownStream::new();
    let mut from = 0;
    for &cut in cuts.iter().chain([&text.len()]) {
        stream.push(&text[from..cut]);
        from = cut;
        let _ = stream.take_patch();
    }
    let _ = stream.finish();
    stream.blocks()
}

/// The share of documents that streamdown's blocks, each rendered by itself, show like the document
/// rendered whole by the same renderer.
fn block_splitter(peers: &Peers, documents: &[String]) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("documents.json");
    std::fs::write(&file, serde_json::to_vec(documents)?)?;
    let output = Command::new("node")
        .arg(peers.source("page/blocks.mjs"))
        .arg(&file)
        .env("NODE_ENV", "production")
        .output()?;
    let error = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "blocks.mjs: {error}");
    Ok(serde_json::from_slice(&output.stdout)?)
}
