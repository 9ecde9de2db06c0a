//! The words around what was found, for texts whose words are in ASCII: there a word is what the
//! index's tokenizer takes for one, without asking it. FTS5's own `snippet` takes every text apart
//! several times over, which is most of the time of a search.

use std::ops::Range;

use super::query::Word;
use super::snippet::{MARK_END, MARK_START};

/// Words of the text that are shown.
const SHOWN: usize = 16;

/// Words that are sought, one after the other.
pub(super) struct Sought {
    /// In lower case.
    tokens: Vec<String>,
    /// The last may go on.
    is_open: bool,
}

/// What is sought, if all of it is in ASCII.
pub(super) fn sought(words: &[Word]) -> Option<Vec<Sought>> {
    words
        .iter()
        .map(|word| {
            let (text, is_open) = match word {
                Word::Beginning(text) => (text, true),
                Word::Whole(text) => (text, false),
            };
            let tokens = tokens(text)?
                .into_iter()
                .map(|token| text[token].to_ascii_lowercase());
            Some(Sought {
                tokens: tokens.collect(),
                is_open,
            })
        })
        .collect()
}

/// Whether a text in ASCII may say the first of what is sought, seen without taking it apart: most texts
/// that are read do not.
pub(super) fn may_say(text: &str, sought: &[Sought]) -> bool {
    let Some(first) = sought.first().and_then(|sought| sought.tokens.first()) else {
        return true;
    };
    let Some(letter) = first.as_bytes().first() else {
        return true;
    };
    let bytes = text.as_bytes();
    memchr::memchr2_iter(*letter, letter.to_ascii_uppercase(), bytes).any(|at| {
        let begins_word = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let word = bytes.get(at..at + first.len());
        begins_word && word.is_some_and(|word| word.eq_ignore_ascii_case(first.as_bytes()))
    })
}

/// A text taken apart.
pub(super) struct Apart<'a> {
    text: &'a str,
    /// Where its words are.
    tokens: Vec<Range<usize>>,
}

impl<'a> Apart<'a> {
    /// `None` if a word of the text is not in ASCII.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let tokens = tokens(text)?;
        Some(Self { text, tokens })
    }

    /// Whether all that is sought is there.
    pub(super) fn says_all(&self, sought: &[Sought]) -> bool {
        let stands = |sought: &Sought| {
            self.tokens
                .windows(sought.tokens.len().max(1))
                .any(|run| sought.stands_at(self.text, run))
        };
        sought.iter().all(stands)
    }

    /// The part that says most of what is sought, marked. `None` if nothing is found.
    pub(super) fn excerpt(&self, sought: &[Sought]) -> Option<String> {
        let Self { text, tokens } = self;
        let finds = finds(text, tokens, sought);
        let (first, last) = densest(&finds)?;
        let spare = SHOWN.saturating_sub(last - first);
        let latest = tokens.len().saturating_sub(SHOWN);
        let from = first.saturating_sub(spare / 2).min(latest);
        let to = (from + SHOWN).max(last).min(tokens.len());
        let shown = Range {
            start: if from == 0 {
                0
            } else {
                tokens.get(from)?.start
            },
            end: if to == tokens.len() {
                text.len()
            } else {
                tokens.get(to - 1)?.end
            },
        };
        let lead = if from > 0 { "…" } else { "" };
        let trail = if to < tokens.len() { "…" } else { "" };
        let within = finds
            .into_iter()
            .filter(|find| find.tokens.start >= from && find.tokens.end <= to);
        let marks = merged(within.map(|find| find.tokens)).into_iter();
        let marks = marks
            .filter_map(|mark| Some(tokens.get(mark.start)?.start..tokens.get(mark.end - 1)?.end));
        Some(format!("{lead}{}{trail}", marked(text, shown, marks)))
    }
}

/// Where the words of a text are; `None` if one is not in ASCII.
fn tokens(text: &str) -> Option<Vec<Range<usize>>> {
    if !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && !is_between_words(c)) {
        return None;
    }
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte.is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    tokens.extend(start.map(|from| from..text.len()));
    Some(tokens)
}

/// Whether this is no part of a word for SQLite's tokenizer: the punctuation and symbols that it knows and
/// people write. It takes what is younger than Unicode 6.1, as most faces, for letters.
fn is_between_words(c: char) -> bool {
    let is_punctuation = matches!(u32::from(c), 0xa0..=0xbf | 0xd7 | 0xf7 | 0x2000..=0x2064);
    let is_symbol = matches!(u32::from(c), 0x2190..=0x22ff | 0x2500..=0x25ff);
    (is_punctuation || is_symbol) && !c.is_alphanumeric()
}

/// Something sought in a text.
struct Find {
    tokens: Range<usize>,
    /// Which of what is sought.
    number: usize,
}

fn finds(text: &str, tokens: &[Range<usize>], sought: &[Sought]) -> Vec<Find> {
    let mut finds = Vec::new();
    for start in 0..tokens.len() {
        for (number, sought) in sought.iter().enumerate() {
            let end = start + sought.tokens.len();
            if let Some(run) = tokens.get(start..end)
                && sought.stands_at(text, run)
            {
                finds.push(Find {
                    tokens: start..end,
                    number,
                });
            }
        }
    }
    finds
}

impl Sought {
    fn stands_at(&self, text: &str, run: &[Range<usize>]) -> bool {
        let last = self.tokens.len().wrapping_sub(1);
        !run.is_empty()
            && self
                .tokens
                .iter()
                .zip(run)
                .enumerate()
                .all(|(at, (token, place))| {
                    let word = &text.as_bytes()[place.clone()];
                    let compared = match self.is_open && at == last {
                        true => word.get(..token.len()).unwrap_or_default(),
                        false => word,
                    };
                    compared.eq_ignore_ascii_case(token.as_bytes())
                })
    }
}

/// From where to where the most different finds lie within what is shown; the first such place.
fn densest(finds: &[Find]) -> Option<(usize, usize)> {
    let mut best = (0, None);
    for (at, find) in finds.iter().enumerate() {
        let first = find.tokens.start;
        let near = finds[at..]
            .iter()
            .take_while(|other| other.tokens.start < first + SHOWN);
        let near = near.filter(|other| other.tokens.end <= first + SHOWN);
        let (mut seen, mut last) = (Vec::new(), find.tokens.end);
        for other in near {
            if !seen.contains(&other.number) {
                seen.push(other.number);
                last = last.max(other.tokens.end);
            }
        }
        if seen.len() > best.0 || best.1.is_none() {
            best = (seen.len(), Some((first, last)));
        }
    }
    best.1
}

/// Overlapping finds as one.
fn merged(finds: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for find in finds {
        match merged.last_mut() {
            Some(last) if find.start < last.end => last.end = last.end.max(find.end),
            _ => merged.push(find),
        }
    }
    merged
}

fn marked(text: &str, shown: Range<usize>, marks: impl Iterator<Item = Range<usize>>) -> String {
    let plain = |range: Range<usize>| text[range].replace([MARK_START, MARK_END], " ");
    let mut out = String::with_capacity(shown.len() + 16);
    let mut at = shown.start;
    for mark in marks {
        out.push_str(&plain(at..mark.start));
        out.push(MARK_START);
        out.push_str(&plain(mark.clone()));
        out.push(MARK_END);
        at = mark.end;
    }
    out.push_str(&plain(at..shown.end));
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::super::query;
    use super::*;

    fn of(text: &str, typed: &str) -> Option<String> {
        Apart::new(text)?
            .excerpt(&sought(&query::parse(typed).words)?)
            .map(|it| it.replace([MARK_START, MARK_END], "|"))
    }

    #[test]
    fn short_texts_are_shown_whole_with_every_find_marked() {
        assert_eq!(
            of("Light, and more light — “lights”.", "light").unwrap(),
            "|Light|, and more |light| — “|lights|”."
        );
        assert_eq!(
            of("two words, two wordings", "\"two words\" wo").unwrap(),
            "|two words|, two |wordings|"
        );
        assert_eq!(of("one", "two"), None);
    }

    #[test]
    fn long_texts_are_cut_around_where_most_is_said() {
        let filler = "filler ".repeat(30);
        let text = format!("alpha {filler}beta, alpha! {filler}");
        let shown = of(&text, "alpha beta").unwrap();
        assert!(shown.starts_with("…filler"), "{shown}");
        assert!(shown.contains("|beta|, |alpha|!"), "{shown}");
        assert!(shown.ends_with("filler…"), "{shown}");
        assert_eq!(shown.matches("filler").count(), 14);
    }

    #[test]
    fn words_in_other_letters_are_left_to_the_index() {
        assert_eq!(of("a café", "a"), None);
        assert_eq!(of("a caf", "é"), None);
        assert_eq!(of("a 🙂", "a"), None);
    }

    #[test]
    fn marks_of_the_text_itself_are_not_taken_for_ours() {
        assert_eq!(of("a \u{2}b\u{3}", "a").unwrap(), "|a|  b ");
    }

    /// With FTS5's own words for it, which mark the whole text.
    fn as_the_index_marks(text: &str, words: &[Word], joined: &str) -> String {
        let index = Connection::open_in_memory().unwrap();
        index
            .execute_batch("CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'unicode61')")
            .unwrap();
        index.execute("INSERT INTO t VALUES (?1)", [text]).unwrap();
        let expression: Vec<String> = words
            .iter()
            .map(|word| match word {
                Word::Beginning(text) => format!("\"{text}\"*"),
                Word::Whole(text) => format!("\"{text}\""),
            })
            .collect();
        index
            .query_row(
                "SELECT highlight(t, 0, char(2), char(3)) FROM t WHERE t MATCH ?1",
                [expression.join(joined)],
                |row| row.get(0),
            )
            .unwrap_or_default()
    }

    #[test]
    fn what_stands_between_words_does_so_for_the_index() {
        let words = query::parse("a").words;
        for c in (0x80..0x3000)
            .filter_map(char::from_u32)
            .filter(|c| is_between_words(*c))
        {
            let text = format!("a{c}b");
            let apart = Apart::new(&text).unwrap();
            let marked = apart.excerpt(&sought(&words).unwrap()).unwrap();
            assert_eq!(marked, format!("\u{2}a\u{3}{c}b"));
            assert_eq!(
                marked,
                as_the_index_marks(&text, &[Word::Whole("a".to_owned())], " OR ")
            );
        }
    }

    proptest! {
        #[test]
        fn marks_are_those_of_the_index(
            text in "([aAbB]{1,2}[ ,.!—“→_-]{1,2}){1,6}",
            typed in r#"[ab]{1,2}( ?"[ab]{1,2} [ab]{1,2}")?( [ab]{1,2})?"#,
        ) {
            let words = query::parse(&typed).words;
            let (apart, sought) = (Apart::new(&text).unwrap(), sought(&words).unwrap());
            let marked = apart.excerpt(&sought).unwrap_or_default();
            let has_all = !as_the_index_marks(&text, &words, " AND ").is_empty();
            prop_assert_eq!(apart.says_all(&sought), has_all);
            prop_assert!(may_say(&text, &sought) || !has_all);
            prop_assert_eq!(marked, as_the_index_marks(&text, &words, " OR "));
        }
    }
}
