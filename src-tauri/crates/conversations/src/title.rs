//! A title from a person's first words, without asking a model.

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
