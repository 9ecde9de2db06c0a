//! A title from a person's first words, without asking a model.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError, message};

/// Longest title, in characters.
const LONGEST: usize = 60;

/// The first line with words in it, cut at a word where it is long.
pub(crate) fn from_words(text: &str) -> String {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| line.chars().any(char::is_alphanumeric));
    let line = line
        .unwrap_or_else(|| text.trim())
        .trim_start_matches(['#', '>', '*', '-', ' ']);
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= LONGEST {
        return words;
    }
    let cut: String = words.chars().take(LONGEST).collect();
    // A script without spaces, or one endless word, is cut where it must be.
    let at_word = cut
        .rfind(' ')
        .filter(|end| *end >= LONGEST / 2)
        .unwrap_or(cut.len());
    format!("{}…", cut.get(..at_word).unwrap_or(&cut))
}

impl Store {
    /// A conversation's title, if it still is the one that was made from its first words.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn title_of_first_words(&self, id: &str) -> Result<Option<String>, StoreError> {
        self.read(|tx| {
            let seq = message::conversation_seq(tx, id)?;
            let found: Option<(String, String)> = tx
                .prepare_cached(
                    "SELECT c.title, m.text FROM conversations c JOIN messages m
                       ON m.seq = c.active_root WHERE c.seq = ?1",
                )?
                .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            Ok(found
                .filter(|(title, words)| *title == from_words(words))
                .map(|(title, _)| title))
        })
    }

    /// Gives a conversation another title, unless it has got another meanwhile.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn retitle(&self, id: &str, from: &str, to: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let seq = message::conversation_seq(tx, id)?;
            tx.prepare_cached("UPDATE conversations SET title = ?3 WHERE seq = ?1 AND title = ?2")?
                .execute(params![seq, from, to])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_title() {
        assert_eq!(
            from_words("\n  ## Why is\tthe sky blue?\nBecause"),
            "Why is the sky blue?"
        );
    }

    #[test]
    fn a_long_line_is_cut_at_a_word() {
        let title = from_words(&"seven letters ".repeat(20));
        assert!(
            title.chars().count() <= LONGEST + 1 && title.ends_with("letters…"),
            "{title}"
        );
    }

    #[test]
    fn a_long_line_without_spaces_is_cut_between_characters() {
        assert_eq!(
            from_words(&"東".repeat(100)),
            format!("{}…", "東".repeat(60))
        );
    }

    #[test]
    fn words_without_letters_are_kept() {
        assert_eq!(from_words("???"), "???");
    }
}
