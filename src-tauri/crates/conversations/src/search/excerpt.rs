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
            if !has_ascii_words(text) {
                return None;
            }
            let tokens = text
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|token| !token.is_empty())
                .map(str::to_ascii_lowercase);
            Some(Sought {
                tokens: tokens.collect(),
                is_open,
            })
        })
        .collect()
}

/// A text taken apart as far as it can show what is sought.
pub(super) struct Apart<'a> {
    text: &'a str,
    sought: &'a [Sought],
    /// Where its words are: from the first to the last place where something sought may stand, and as many
    /// around these as are shown. None where nothing does.
    tokens: Vec<Range<usize>>,
}

impl<'a> Apart<'a> {
    /// `None` if a word of the text is not in ASCII.
    pub(super) fn new(text: &'a str, sought: &'a [Sought]) -> Option<Self> {
        if !has_ascii_words(text) {
            return None;
        }
        let longest = sought.iter().map(|sought| sought.tokens.len()).max()?;
        let tokens = places(text.as_bytes(), sought)
            .map(|(first, last)| tokens(text.as_bytes(), first, last, longest + SHOWN));
        Some(Self {
            text,
            sought,
            tokens: tokens.unwrap_or_default(),
        })
    }

    /// Whether all that is sought is there.
    pub(super) fn says_all(&self) -> bool {
        let stands = |sought: &Sought| {
            self.tokens
                .windows(sought.tokens.len().max(1))
                .any(|run| sought.stands_at(self.text, run))
        };
        self.sought.iter().all(stands)
    }

    /// The part that says most of what is sought, marked. `None` if nothing is found.
    pub(super) fn excerpt(&self) -> Option<String> {
        let Self {
            text,
            sought,
            tokens,
        } = self;
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
        let mut excerpt = String::with_capacity(shown.len() + 8 * finds.len());
        if from > 0 {
            excerpt.push('…');
        }
        let within = finds
            .into_iter()
            .filter(|find| find.tokens.start >= from && find.tokens.end <= to);
        let marks = merged(within.map(|find| find.tokens)).into_iter();
        let marks = marks
            .filter_map(|mark| Some(tokens.get(mark.start)?.start..tokens.get(mark.end - 1)?.end));
        push_marked(&mut excerpt, text, shown, marks);
        if to < tokens.len() {
            excerpt.push('…');
        }
        Some(excerpt)
    }
}

/// The first and the last place where something sought may stand.
fn places(text: &[u8], sought: &[Sought]) -> Option<(usize, usize)> {
    let ends = sought.iter().filter_map(|sought| {
        let mut places = sought.places(text);
        let first = places.next()?;
        Some((first, places.next_back().unwrap_or(first)))
    });
    ends.reduce(|(first, last), (one, other)| (first.min(one), last.max(other)))
}

/// Where the words of a text are, from as many before the first place as are shown, so that an excerpt
/// begins with them only where the text does, to so many from the last place on.
fn tokens(text: &[u8], first: usize, last: usize, from_last: usize) -> Vec<Range<usize>> {
    let mut tokens = Vec::with_capacity(3 * SHOWN);
    let mut at = first;
    while tokens.len() < SHOWN {
        while at > 0 && !is_of_word(text[at - 1]) {
            at -= 1;
        }
        let end = at;
        while at > 0 && is_of_word(text[at - 1]) {
            at -= 1;
        }
        if at == end {
            break;
        }
        tokens.push(at..end);
    }
    tokens.reverse();
    let (mut at, mut left) = (first, from_last);
    while left > 0 {
        while at < text.len() && !is_of_word(text[at]) {
            at += 1;
        }
        let start = at;
        while at < text.len() && is_of_word(text[at]) {
            at += 1;
        }
        if at == start {
            break;
        }
        tokens.push(start..at);
        left -= usize::from(start >= last);
    }
    tokens
}

/// By a table: every byte of what is shown, and around it, is asked about.
fn is_of_word(byte: u8) -> bool {
    const ALPHANUMERIC: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        table
    };
    ALPHANUMERIC[usize::from(byte)]
}

/// Whether no word of a text has a letter beyond ASCII.
fn has_ascii_words(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| c.is_ascii() || is_between_words(c))
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
    /// Where its first word may stand, by the letters that it begins with.
    fn places<'t>(&self, text: &'t [u8]) -> impl DoubleEndedIterator<Item = usize> + use<'_, 't> {
        let first = self.tokens.first().map_or(&[][..], String::as_bytes);
        let letter = first.first().copied().unwrap_or_default();
        memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), text).filter(move |&at| {
            let begins_word = at == 0 || !is_of_word(text[at - 1]);
            let word = text.get(at..at + first.len());
            begins_word && word.is_some_and(|word| word.eq_ignore_ascii_case(first))
        })
    }

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
    if let [only] = finds {
        return Some((only.tokens.start, only.tokens.end));
    }
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

fn push_marked(
    out: &mut String,
    text: &str,
    shown: Range<usize>,
    marks: impl Iterator<Item = Range<usize>>,
) {
    let mut at = shown.start;
    for mark in marks {
        push_plain(out, &text[at..mark.start]);
        out.push(MARK_START);
        push_plain(out, &text[mark.clone()]);
        out.push(MARK_END);
        at = mark.end;
    }
    push_plain(out, &text[at..shown.end]);
}

/// With a space in place of each mark that the text has itself.
fn push_plain(out: &mut String, part: &str) {
    match part.contains([MARK_START, MARK_END]) {
        false => out.push_str(part),
        true => out.push_str(&part.replace([MARK_START, MARK_END], " ")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::super::query;
    use super::*;

    fn of(text: &str, typed: &str) -> Option<String> {
        Apart::new(text, &sought(&query::parse(typed).words)?)?
            .excerpt()
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
            let sought = sought(&words).unwrap();
            let marked = Apart::new(&text, &sought).unwrap().excerpt().unwrap();
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
            let sought = sought(&words).unwrap();
            let apart = Apart::new(&text, &sought).unwrap();
            let marked = apart.excerpt().unwrap_or_default();
            let has_all = !as_the_index_marks(&text, &words, " AND ").is_empty();
            prop_assert_eq!(apart.says_all(), has_all);
            prop_assert_eq!(marked, as_the_index_marks(&text, &words, " OR "));
        }

        #[test]
        fn a_stretch_shows_what_the_whole_text_does(
            text in "([, ]|([abc]{1,2}|(x ){1,40})[ ,]){0,12}",
            typed in r#"[ab]{1,2}( ?"[ab]{1,2} [ab]{1,2}")?( [ab]{1,2})?"#,
        ) {
            let sought = sought(&query::parse(&typed).words).unwrap();
            let whole = Apart {
                text: &text,
                sought: &sought,
                tokens: tokens(text.as_bytes(), 0, text.len(), usize::MAX),
            };
            let apart = Apart::new(&text, &sought).unwrap();
            prop_assert_eq!(apart.says_all(), whole.says_all());
            prop_assert_eq!(apart.excerpt(), whole.excerpt());
        }
    }
}
