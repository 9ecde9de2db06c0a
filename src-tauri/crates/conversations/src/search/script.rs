//! Scripts that are written without spaces between words: Chinese, Japanese, and Korean, whose
//! particles hang on their words. SQLite's tokenizer takes a whole run of them for one word.

/// Put between a run of these scripts and a word in another, so that both are found. No width, so
/// that a snippet can carry it.
pub(super) const SEAM: char = '\u{200b}';

/// Whether words in this character's script are found by pairs of characters.
pub(super) fn is_paired(c: char) -> bool {
    matches!(u32::from(c),
        0x3005..=0x3007          // iteration mark, closing mark, zero
        | 0x3041..=0x3096        // Hiragana
        | 0x309d..=0x309f
        | 0x30a1..=0x30fa        // Katakana
        | 0x30fc..=0x30ff
        | 0x31f0..=0x31ff
        | 0xff66..=0xff9d        // half-width Katakana
        | 0x3400..=0x4dbf        // ideographs
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0x20000..=0x323af
        | 0x1100..=0x11ff        // Hangul
        | 0xac00..=0xd7a3)
}

/// The text with a seam wherever such a run meets another word; `None` where there is no such place.
pub(crate) fn spaced(text: &str) -> Option<String> {
    let meets = |a: char, b: char| {
        is_paired(a) != is_paired(b) && a.is_alphanumeric() && b.is_alphanumeric()
    };
    if !text
        .chars()
        .zip(text.chars().skip(1))
        .any(|(a, b)| meets(a, b))
    {
        return None;
    }
    let mut spaced = String::with_capacity(text.len() + 64);
    let mut last = None;
    for c in text.chars() {
        if last.is_some_and(|last| meets(last, c)) {
            spaced.push(SEAM);
        }
        spaced.push(c);
        last = Some(c);
    }
    Some(spaced)
}

/// Every two neighbours of every such run, then its last character alone: 東京都 becomes
/// `東京 京都 都`. One character is found as the beginning of a pair; the lone last one also keeps
/// the pairs of the next run from being neighbours.
pub(super) fn pairs(text: &str) -> String {
    let mut pairs = String::new();
    for run in runs(text) {
        push_pairs(&mut pairs, run);
        pairs.extend(run.chars().next_back());
        pairs.push(' ');
    }
    pairs
}

/// The pairs that a text with this run has one after the other.
pub(super) fn phrase(run: &str) -> String {
    let mut phrase = String::new();
    push_pairs(&mut phrase, run);
    phrase.truncate(phrase.trim_end().len());
    phrase
}

fn push_pairs(out: &mut String, run: &str) {
    for (a, b) in run.chars().zip(run.chars().skip(1)) {
        out.extend([a, b, ' ']);
    }
}

/// The runs of such characters in a text.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_paired(c)).filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_becomes_pairs_and_its_last_character() {
        assert_eq!(phrase("東京都"), "東京 京都");
        assert!(pairs("in 東京都!").starts_with("東京 京都 都 "));
        assert_eq!(pairs("no such script"), "");
    }

    #[test]
    fn a_seam_goes_where_scripts_meet_and_nowhere_else() {
        assert_eq!(
            spaced("使用Rust编写").as_deref(),
            Some("使用\u{200b}Rust\u{200b}编写")
        );
        assert_eq!(spaced("使用 Rust, 编写"), None);
        assert_eq!(spaced("plain"), None);
    }
}
