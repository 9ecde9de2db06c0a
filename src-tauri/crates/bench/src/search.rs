//! `search`: a million messages, found as one types.
//!
//! The messages are written straight into the store's own file, by its own schema and triggers: a
//! million turns through its interface would take an hour, and come out the same.

mod by_name;
mod corpus;
mod scans;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use conversations::{Ranking, SearchFilter, Store};

use self::by_name::ByName;
use self::corpus::{Corpus, Words};
use crate::clock::{median, ms, quantile};
use crate::peers::Peers;
use crate::report::{Report, Row};

const MESSAGES: usize = 1_000_000;
const QUERIES: usize = 200;
const SCANS: usize = 7;
const HITS: u32 = 50;
const LIKE: &str = "LIKE scan, p50";
const STOPPING: &str = "LIKE up to the fiftieth hit, p50";
const JSONL: &str = "JSONL scan (node), p50";
const BY_NAME: &str = "one FTS5 statement, word by name, p95";

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let corpus = Corpus::ensure(peers.out(), MESSAGES)?;
    let store = Store::open(corpus.dir())?.store;
    let words = Words::new();
    agree(&store, &corpus, &words)?;
    let like = median(&scans::like(&corpus, &words, SCANS, u32::MAX)?);
    let stopping = median(&scans::like(&corpus, &words, SCANS, HITS)?);
    let jsonl = median(&scans::jsonl(&corpus, &words, peers, 3)?);
    let mut rows = Vec::new();
    let by_name = ByName::new(&corpus)?;
    let mut kinds = Kind::ALL.map(Asked::new);
    let mut ranked = Vec::with_capacity(QUERIES);
    let best = SearchFilter {
        ranking: Ranking::BestOfRecent,
        ..SearchFilter::default()
    };
    // Once for each, so that what SQLite reads first is in memory for all.
    for asked in &mut kinds {
        asked.ask(&store, &by_name, &words, QUERIES)?;
    }
    kinds = Kind::ALL.map(Asked::new);
    for number in 0..QUERIES {
        for asked in &mut kinds {
            asked.ask(&store, &by_name, &words, number)?;
        }
        let started = Instant::now();
        store.search(words.common(number), &best, HITS)?;
        ranked.push(ms(started.elapsed()));
    }
    for Asked { kind, ours, floor } in &kinds {
        let row = Row::new(
            format!("newest first, {}: p95 ms", kind.name()),
            quantile(ours, 0.95),
        )
        .beside("the same, p50", median(ours));
        rows.push(match kind {
            Kind::Common | Kind::Middling | Kind::Rare => row
                .beside(LIKE, like)
                .beside(JSONL, jsonl)
                .beside(BY_NAME, quantile(floor, 0.95))
                .at_most_of(0.002, LIKE),
            Kind::Phrase | Kind::Three | Kind::Beginning => row.at_most(20.0),
        });
        if matches!(kind, Kind::Rare) {
            // It finds what ours does. Of other words it finds as much in a moment.
            let figure = "newest first, rare word: p95 ms, beside a scan that stops";
            let row = Row::new(figure, quantile(ours, 0.95));
            rows.push(row.beside(STOPPING, stopping).over(STOPPING));
        }
    }
    rows.push(
        Row::new(
            "best of recent, common word: p95 ms",
            quantile(&ranked, 0.95),
        )
        .beside("the same, p50", median(&ranked))
        .at_most(60.0),
    );
    let text = corpus.text_bytes()?;
    rows.push(Row::new("text, MB", mb(text)));
    rows.push(Row::new("index, MB", mb(corpus.index_bytes()?)));
    rows.push(Row::new(
        "building, index included, s",
        corpus.build_seconds()?,
    ));
    Ok(Report::new("search", rows))
}

/// Adds messages to a data directory that nobody has open, in conversations of this length. They are
/// newer than all before, and the search index is as the app's starts leave it, with time. Of the texts,
/// the same each time, the first ones are `passed` over.
#[cfg(target_os = "linux")]
pub(crate) fn add_messages(
    data: &Path,
    messages: usize,
    per_conversation: usize,
    passed: usize,
) -> anyhow::Result<()> {
    let mut connection = rusqlite::Connection::open(data.join("tuppence.db"))?;
    corpus::fill(&mut connection, messages, per_conversation, passed)?;
    corpus::merge(data)
}

#[expect(clippy::cast_precision_loss)]
fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Ours and the scan find the same messages.
fn agree(store: &Store, corpus: &Corpus, words: &Words) -> anyhow::Result<()> {
    for number in 0..5 {
        let word = words.rare(number);
        let hits = store.search(word, &SearchFilter::default(), 1_000)?;
        let ours: Vec<_> = hits.into_iter().map(|hit| hit.message_id).collect();
        let theirs = scans::like_once(corpus, word, 1_000)?;
        anyhow::ensure!(
            ours == theirs,
            "{word:?}: {} hits, LIKE {}",
            ours.len(),
            theirs.len()
        );
    }
    Ok(())
}

/// How long what was asked for took, in milliseconds.
struct Asked {
    kind: Kind,
    ours: Vec<f64>,
    /// Of single words only.
    floor: Vec<f64>,
}

impl Asked {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            ours: Vec::with_capacity(QUERIES),
            floor: Vec::with_capacity(QUERIES),
        }
    }

    /// Asks both, by turns first: the second finds in the processor's caches what the first one read.
    fn ask(
        &mut self,
        store: &Store,
        by_name: &ByName,
        words: &Words,
        number: usize,
    ) -> anyhow::Result<()> {
        let query = self.kind.query(words, number);
        let has_floor = matches!(self.kind, Kind::Common | Kind::Middling | Kind::Rare);
        for turn in [number % 2, 1 - number % 2] {
            if turn == 0 {
                let started = Instant::now();
                let hits = store.search(&query, &SearchFilter::default(), HITS)?;
                self.ours.push(ms(started.elapsed()));
                anyhow::ensure!(!hits.is_empty(), "no hits for {query:?}");
            } else if has_floor {
                self.floor.push(ms(by_name.time(&query)?));
            }
        }
        Ok(())
    }
}

/// What is typed.
#[derive(Clone, Copy)]
enum Kind {
    Common,
    Middling,
    Rare,
    Phrase,
    Three,
    Beginning,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Common,
        Self::Middling,
        Self::Rare,
        Self::Phrase,
        Self::Three,
        Self::Beginning,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Common => "common word",
            Self::Middling => "middling word",
            Self::Rare => "rare word",
            Self::Phrase => "phrase of two",
            Self::Three => "three words",
            Self::Beginning => "four letters of a word",
        }
    }

    fn query(self, words: &Words, number: usize) -> String {
        match self {
            Self::Common => words.common(number).to_owned(),
            Self::Middling => words.middling(number).to_owned(),
            Self::Rare => words.rare(number).to_owned(),
            Self::Phrase => format!("\"{} {}\"", words.common(number), words.common(number + 1)),
            Self::Three => format!(
                "{} {} {}",
                words.common(number),
                words.common(number + 3),
                words.middling(number)
            ),
            Self::Beginning => words.middling(number).chars().take(4).collect(),
        }
    }
}

/// Where what is expensive to make is kept between runs.
fn kept(out: &Path, messages: usize) -> PathBuf {
    out.join(format!("search-{messages}"))
}

/// The only row of a query that has one.
fn single<T: rusqlite::types::FromSql>(
    connection: &rusqlite::Connection,
    sql: &str,
) -> anyhow::Result<T> {
    connection
        .query_row(sql, [], |row| row.get(0))
        .with_context(|| sql.to_owned())
}
