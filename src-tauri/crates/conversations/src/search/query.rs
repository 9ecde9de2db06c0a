//! What a person typed, as expressions for the two indexes. Nothing typed is ever syntax.

use super::script::{is_paired, phrase};

/// A query as typed, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// For the index of words; empty where nothing typed belongs there.
    pub(super) words: Vec<Word>,
    /// For the index of pairs, likewise.
    pub(super) pairs: Option<String>,
    /// The runs that the pairs came from, to be marked in a snippet.
    pub(super) runs: Vec<String>,
    /// All that was typed to be found, in lower case, without quotes.
    pub(super) terms: Vec<String>,
}

/// A word that must be there, or several one after the other. Has a letter or a digit, and no
/// double quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A word may go on after this.
    Beginning(String),
    /// As it stands.
    Whole(String),
}

/// Every word must be there, as the beginning of one; words within double quotes as they stand,
/// one after the other. Scripts without spaces are found anywhere.
pub(super) fn parse(typed: &str) -> Query {
    let mut words = Vec::new();
    let mut runs = Vec::new();
    let terms = typed.replace('"', " ").to_lowercase();
    for (number, part) in typed.split('"').enumerate() {
        let quoted = number % 2 == 1;
        if quoted && !part.chars().any(is_paired) {
            words.extend(sought(part).map(Word::Whole));
            continue;
        }
        for segment in segments(part) {
            if segment.starts_with(is_paired) {
                runs.push(segment.to_owned());
            } else if let Some(word) = sought(segment) {
                words.push(match quoted {
                    true => Word::Whole(word),
                    false => Word::Beginning(word),
                });
            }
        }
    }
    let pairs = runs.iter().map(|run| match run.chars().count() {
        1 => format!("\"{run}\"*"),
        _ => format!("\"{}\"", phrase(run)),
    });
    Query {
        pairs: all_of(pairs.collect()),
        words,
        runs,
        terms: terms
            .split_whitespace()
            .filter(|term| term.chars().any(char::is_alphanumeric))
            .map(str::to_owned)
            .collect(),
    }
}

fn all_of(terms: Vec<String>) -> Option<String> {
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// Words and runs, in order; punctuation within a word stays, as the tokenizer splits it alike.
fn segments(part: &str) -> impl Iterator<Item = &str> {
    part.split_whitespace().flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let paired = is_paired(rest.chars().next()?);
            let end = rest.find(|c| is_paired(c) != paired).unwrap_or(rest.len());
            let (segment, after) = rest.split_at(end);
            rest = after;
            Some(segment)
        })
    })
}

/// What is left between double quotes without being syntax; `None` where there is nothing to look for.
fn sought(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| *c != '"' && !c.is_control())
        .collect();
    text.chars().any(char::is_alphanumeric).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginning(text: &str) -> Word {
        Word::Beginning(text.to_owned())
    }

    #[test]
    fn words_are_beginnings_and_all_required() {
        assert_eq!(
            parse("chat cli").words,
            [beginning("chat"), beginning("cli")]
        );
    }

    #[test]
    fn quotes_keep_words_together_and_may_be_left_open() {
        assert_eq!(
            parse(r#""two words"#).words,
            [Word::Whole("two words".to_owned())]
        );
    }

    /// Checklist 126.
    #[test]
    fn operators_are_words() {
        assert_eq!(
            parse("a OR NEAR(b) text:c -d").words,
            ["a", "OR", "NEAR(b)", "text:c", "-d"].map(beginning)
        );
        assert_eq!(parse("* ^ - ()"), Query::default());
        assert_eq!(parse(r#"A "b C" -"#).terms, ["a", "b", "c"]);
    }

    #[test]
    fn scripts_without_spaces_go_to_the_index_of_pairs() {
        let query = parse("东京tower 塔");
        assert_eq!(query.words, [beginning("tower")]);
        assert_eq!(query.pairs.as_deref(), Some(r#""东京" AND "塔"*"#));
        assert_eq!(query.runs, ["东京", "塔"]);
    }
}
