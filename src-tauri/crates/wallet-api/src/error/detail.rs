//! A provider's words, made safe to keep.

/// Most characters that are kept.
const MAX_CHARACTERS: usize = 500;
/// A word of letters and digits this long is a token, a key or an address of a wallet.
const MAX_WORD: usize = 40;
/// How tokens and keys begin, whatever their length.
const SECRET_PREFIXES: [&str; 9] = [
    "quota_token_",
    "quota_refresh_",
    "quota_secret_",
    "cak_",
    "crt_",
    "csc_",
    "cpk_",
    "sk-",
    "sess_",
];

/// What a provider said: on one line, at most 500 characters, without control characters, tokens,
/// keys, wallet addresses and the queries of URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail(String);

impl Detail {
    /// Cleans `words`.
    #[must_use]
    pub fn new(words: &str) -> Self {
        let mut text = String::new();
        let mut after_bearer = false;
        // Cleaning more than could be kept would only cost time.
        let beginning: String = words.chars().take(MAX_CHARACTERS * 4).collect();
        for word in beginning.split(|c: char| c.is_whitespace() || c.is_control()) {
            if word.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            if after_bearer {
                text.push('…');
            } else {
                push_clean(word, &mut text);
            }
            after_bearer = word.eq_ignore_ascii_case("bearer");
        }
        if let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) {
            text.truncate(end);
            text.push('…');
        }
        Self(text)
    }

    /// The words, if there are any.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

fn push_clean(word: &str, text: &mut String) {
    let word = match word.split_once('?') {
        Some((address, _)) if address.contains("://") => address,
        _ => word,
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '~' | '+');
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|c: char| is_part(c) != is_part(first))
            .unwrap_or(rest.len());
        let (run, next) = rest.split_at(end);
        text.push_str(if is_part(first) && is_secret(run) {
            "…"
        } else {
            run
        });
        rest = next;
    }
}

fn is_secret(run: &str) -> bool {
    let mixed =
        run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_alphabetic());
    let known = SECRET_PREFIXES.iter().any(|prefix| run.starts_with(prefix));
    let json_web_token = run.starts_with("eyJ") && run.contains('.');
    known || json_web_token || (mixed && run.len() >= MAX_WORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_addresses_and_queries_are_left_out() {
        let long = "5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX";
        for (words, kept) in [
            (
                "please send tao to 5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX now",
                "please send tao to … now",
            ),
            ("token cak_12.abc was refused", "token … was refused"),
            ("Authorization: Bearer abc", "Authorization: Bearer …"),
            ("key=\"sk-or-v1-1\"", "key=\"…\""),
            (
                "see https://x.example/a?code=1&state=2 please",
                "see https://x.example/a please",
            ),
            (
                "id 123e4567-e89b-12d3-a456-426614174000",
                "id 123e4567-e89b-12d3-a456-426614174000",
            ),
            ("two\nlines\u{1b}[31m", "two lines [31m"),
            ("got eyJhbGciOi.eyJzdWIi.c2ln", "got …"),
        ] {
            assert_eq!(Detail::new(words).as_str(), Some(kept));
        }
        assert!(!format!("{:?}", Detail::new(long)).contains(long));
    }

    #[test]
    fn length_is_bounded_and_nothing_is_nothing() {
        let kept = Detail::new(&"word ".repeat(1_000_000));
        assert_eq!(kept.as_str().map(|text| text.chars().count()), Some(501));
        assert_eq!(Detail::new(" \n").as_str(), None);
    }
}
