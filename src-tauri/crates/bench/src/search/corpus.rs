//! A store with messages of words in the frequencies of a language (Zipf's law).

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use conversations::Store;
use rusqlite::Connection;

use super::{kept, single};

const VOCABULARY: usize = 50_000;
const PER_CONVERSATION: usize = 100;
const FIRST_MS: i64 = 1_600_000_000_000;

/// A folder with the store and the same messages as lines of JSON.
pub(super) struct Corpus {
    dir: PathBuf,
}

impl Corpus {
    /// Takes what an earlier run made, if it was of the same schema; else makes it.
    pub(super) fn ensure(out: &Path, messages: usize) -> anyhow::Result<Self> {
        let dir = kept(out, messages);
        let corpus = Self { dir };
        let schema = schema()?;
        if std::fs::read_to_string(corpus.stamp()).is_ok_and(|made| made == schema) {
            merge(&corpus.dir)?;
            return Ok(corpus);
        }
        let _ = std::fs::remove_dir_all(&corpus.dir);
        std::fs::create_dir_all(&corpus.dir)?;
        drop(Store::open(&corpus.dir)?);
        let started = Instant::now();
        fill(&mut corpus.open()?, messages, PER_CONVERSATION, 0)?;
        merge(&corpus.dir)?;
        std::fs::write(corpus.time(), started.elapsed().as_secs_f64().to_string())?;
        corpus.write_lines()?;
        std::fs::write(corpus.stamp(), schema)?;
        Ok(corpus)
    }

    /// The data directory.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The messages as lines of JSON.
    pub(super) fn lines(&self) -> PathBuf {
        self.dir.join("messages.jsonl")
    }

    /// The database, for what is no part of the store's interface.
    pub(super) fn open(&self) -> anyhow::Result<Connection> {
        Ok(Connection::open(self.dir.join("tuppence.db"))?)
    }

    pub(super) fn text_bytes(&self) -> anyhow::Result<u64> {
        let bytes: i64 = single(&self.open()?, "SELECT sum(length(text)) FROM messages")?;
        Ok(bytes.try_into()?)
    }

    pub(super) fn index_bytes(&self) -> anyhow::Result<u64> {
        let sql = "SELECT (SELECT sum(length(block)) FROM message_words_data)
                        + (SELECT sum(length(block)) FROM message_pairs_data)";
        let bytes: i64 = single(&self.open()?, sql)?;
        Ok(bytes.try_into()?)
    }

    pub(super) fn build_seconds(&self) -> anyhow::Result<f64> {
        Ok(std::fs::read_to_string(self.time())?.parse()?)
    }

    fn stamp(&self) -> PathBuf {
        self.dir.join("schema")
    }

    fn time(&self) -> PathBuf {
        self.dir.join("build-seconds")
    }

    fn write_lines(&self) -> anyhow::Result<()> {
        let connection = self.open()?;
        let mut lines = std::io::BufWriter::new(std::fs::File::create(self.lines())?);
        let mut statement =
            connection.prepare("SELECT id, role, text FROM messages ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, role, text): (String, String, String) = row.try_into()?;
            let line = serde_json::json!({ "id": id, "role": role, "content": text });
            writeln!(lines, "{line}")?;
        }
        Ok(lines.flush()?)
    }
}

/// Leaves the index as the app's starts do, with time.
pub(super) fn merge(data: &Path) -> anyhow::Result<()> {
    let store = Store::open(data)?.store;
    while store.merge_index()? {}
    Ok(())
}

/// Writes messages straight into a store's database, in conversations of this length. The texts are the
/// same each time, but for those that are `passed` over at the beginning.
pub(super) fn fill(
    connection: &mut Connection,
    messages: usize,
    per_conversation: usize,
    passed: usize,
) -> anyhow::Result<()> {
    let words = Words::new();
    let mut random = Random(42);
    for _ in 0..passed {
        words.message(&mut random);
    }
    let tx = connection.transaction()?;
    let begin: i64 = single(&tx, "SELECT coalesce(max(seq), 0) FROM messages")?;
    let first: i64 = single(&tx, "SELECT coalesce(max(seq), 0) FROM conversations")?;
    {
        let mut conversation = tx.prepare(
            "INSERT INTO conversations (seq, id, title, created_at, updated_at, active_root)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
        )?;
        let mut message = tx.prepare(
            "INSERT INTO messages (seq, id, conversation, parent, active_child, role, text,
               status, created_at, ended_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'complete', ?8, ?8)",
        )?;
        for at in 0..messages {
            let place = at % per_conversation;
            let of = first + i64::try_from(at / per_conversation)? + 1;
            let seq = begin + i64::try_from(at)? + 1;
            let time = FIRST_MS + seq * 1000;
            if place == 0 {
                conversation.execute((of, format!("c{of:09}"), words.common(at), time, seq))?;
            }
            let last = place + 1 == per_conversation || at + 1 == messages;
            message.execute((
                seq,
                format!("m{seq:09}"),
                of,
                (place > 0).then_some(seq - 1),
                (!last).then_some(seq + 1),
                if place.is_multiple_of(2) {
                    "user"
                } else {
                    "assistant"
                },
                words.message(&mut random),
                time,
            ))?;
        }
    }
    tx.commit()?;
    Ok(())
}

/// The schema of this version's store.
fn schema() -> anyhow::Result<String> {
    let dir = tempfile::tempdir()?;
    drop(Store::open(dir.path())?);
    let connection = Connection::open(dir.path().join("tuppence.db"))?;
    let sql = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
    let schema: Option<String> = single(&connection, sql)?;
    schema.context("a schema")
}

/// A vocabulary in the order of frequency.
pub(super) struct Words {
    words: Vec<String>,
    /// The sum of frequencies up to each word.
    up_to: Vec<f64>,
}

impl Words {
    pub(super) fn new() -> Self {
        let mut random = Random(7);
        let mut known = std::collections::HashSet::new();
        let words: Vec<String> = std::iter::repeat_with(|| random.word())
            .filter(|word| known.insert(word.clone()))
            .take(VOCABULARY)
            .collect();
        let mut sum = 0.0;
        #[expect(clippy::cast_precision_loss)]
        let frequencies = (0..VOCABULARY).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        Self {
            up_to: frequencies.collect(),
            words,
        }
    }

    /// One of the hundred most frequent words.
    pub(super) fn common(&self, number: usize) -> &str {
        &self.words[number * 37 % 100]
    }

    /// One that a person might look for.
    pub(super) fn middling(&self, number: usize) -> &str {
        &self.words[1_000 + number * 37 % 4_000]
    }

    /// One of the rarest.
    pub(super) fn rare(&self, number: usize) -> &str {
        &self.words[VOCABULARY - 1 - number * 37 % 1_000]
    }

    /// 20 to 110 words. The first is in every message, so that each other one follows a space.
    fn message(&self, random: &mut Random) -> String {
        let mut text = "the".to_owned();
        for _ in 0..20 + random.below(90) {
            text.push(' ');
            text.push_str(self.draw(random));
        }
        text
    }

    fn draw(&self, random: &mut Random) -> &str {
        let total = self.up_to.last().copied().unwrap_or_default();
        let at = random.share() * total;
        &self.words[self
            .up_to
            .partition_point(|sum| *sum < at)
            .min(VOCABULARY - 1)]
    }
}

/// SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss)]
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn word(&mut self) -> String {
        let length = 3 + self.below(4) + self.below(4);
        (0..length)
            .map(|at| {
                let letters: &[u8] = if at % 2 == 0 {
                    b"bcdfghklmnprstvwz"
                } else {
                    b"aeiou"
                };
                let bound = letters.len() as u64;
                char::from(letters[usize::try_from(self.below(bound)).unwrap_or_default()])
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_come_often_and_rare_ones_seldom() {
        let words = Words::new();
        let mut random = Random(1);
        let drawn: Vec<&str> = (0..20_000).map(|_| words.draw(&mut random)).collect();
        let count = |word: &str| drawn.iter().filter(|other| **other == word).count();
        assert!(count(&words.words[0]) > 400);
        assert!(count(words.rare(0)) < 5);
    }
}
