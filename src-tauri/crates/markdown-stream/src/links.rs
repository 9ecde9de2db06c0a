//! Which addresses may be followed, bare addresses in text, and characters that hide.

use std::ops::Range;

use url::Url;

/// Longer addresses are shown as text; no patch could hold them.
const MAX_ADDRESS_BYTES: usize = 2_000;

/// The address of a link that may be followed: absolute `http`, `https` or `mailto`.
pub(crate) fn followed(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let allowed = match url.scheme() {
        "http" | "https" => url.has_host(),
        scheme => scheme == "mailto",
    };
    (allowed && url.as_str().len() <= MAX_ADDRESS_BYTES).then_some(url)
}

/// The address of an image that may be asked for: `https` only.
pub(crate) fn image(address: &str) -> Option<Url> {
    followed(address).filter(|url| url.scheme() == "https")
}

/// Characters that show nothing or turn the direction of what follows (Unicode TR 36 and 39).
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0E}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
    ) || (character.is_control() && character != '\n' && character != '\t')
}

/// The first bare address in a text: where it is and where it leads.
///
/// The rules are those of GFM's extended autolinks (section 6.9) for `http://`, `https://`, `www.` and
/// e-mail addresses.
pub(crate) fn bare_address(text: &str) -> Option<(Range<usize>, Url)> {
    let mut from = 0;
    loop {
        let at = from + next_candidate(&text[from..])?;
        if text[at..].starts_with('@') {
            match mail_address(&text[from..], at - from) {
                Some((range, url)) => return Some((from + range.start..from + range.end, url)),
                None => from = at + 1,
            }
            continue;
        }
        let may_precede = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(');
        if !text[..at].chars().next_back().is_none_or(may_precede) {
            from = at + 1;
            continue;
        }
        let word = word(&text[at..]);
        let address = without_punctuation(word);
        let url = match address {
            None => None,
            Some(www) if www.starts_with('w') => followed(&format!("http://{www}")),
            Some(address) => followed(address),
        };
        match (address, url.filter(has_valid_domain)) {
            (Some(address), Some(url)) => return Some((at..at + address.len(), url)),
            // Going on after the word keeps the search linear.
            _ => from = at + word.len(),
        }
    }
}

fn next_candidate(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find(['h', 'w', '@']).map(|at| at + from) {
        if ["http://", "https://", "www.", "@"]
            .iter()
            .any(|start| text[at..].starts_with(start))
        {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// The e-mail address whose `@` is at `at`. Its two parts end where another character stands, so that
/// looking back and ahead from every `@` stays linear.
fn mail_address(text: &str, at: usize) -> Option<(Range<usize>, Url)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let start = text[..at]
        .rfind(|c: char| !is_part(c) && c != '+')
        .map_or(0, |before| {
            before + text[before..].chars().next().map_or(1, char::len_utf8)
        });
    let after = &text[at + 1..];
    let domain = &after[..after.find(|c: char| !is_part(c)).unwrap_or(after.len())];
    let domain = domain.trim_end_matches('.');
    let complete = start < at
        && domain.contains('.')
        && !domain.ends_with(['-', '_'])
        && domain.split('.').all(|label| !label.is_empty());
    let end = at + 1 + domain.len();
    let url = complete.then(|| followed(&format!("mailto:{}", &text[start..end])))?;
    url.map(|url| (start..end, url))
}

fn has_valid_domain(url: &Url) -> bool {
    url.domain().is_some_and(|domain| {
        let labels = || domain.split('.');
        domain.contains('.') && labels().rev().take(2).all(|label| !label.contains('_'))
    })
}

/// How far an address may reach: to white space, `<` or a character that hides.
fn word(text: &str) -> &str {
    let stop = |c: char| c.is_whitespace() || c == '<' || is_hidden(c);
    &text[..text.find(stop).unwrap_or(text.len())]
}

/// The word without trailing punctuation and unbalanced parentheses, unless it is too long.
fn without_punctuation(word: &str) -> Option<&str> {
    let mut address = word;
    while address.len() <= MAX_ADDRESS_BYTES {
        let last = address.chars().next_back()?;
        let drop = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | ';' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            _ => false,
        };
        if !drop {
            return Some(address);
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::bare_address;

    fn found(text: &str) -> Option<(&str, String)> {
        bare_address(text).map(|(range, url)| (&text[range], url.into()))
    }

    /// GFM, section 6.9, examples 630 to 633.
    #[test]
    fn e_mail_addresses_are_links() {
        for (text, address) in [
            ("foo@bar.baz", "foo@bar.baz"),
            (
                "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
                "hello+xyz@mail.example",
            ),
            ("a.b-c_d@a.b", "a.b-c_d@a.b"),
            ("a.b-c_d@a.b.", "a.b-c_d@a.b"),
            ("Grüße an ü@x.y, dann ada@example.org!", "ada@example.org"),
        ] {
            let expected = Some((address, format!("mailto:{address}")));
            assert_eq!(found(text), expected, "{text}");
        }
        for text in [
            "a.b-c_d@a.b-",
            "a.b-c_d@a.b_",
            "@example.org",
            "a@b",
            "a@b..c",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_address_counts_whatever_its_kind() {
        let text = "ada@example.org and https://a.example";
        assert_eq!(found(text).map(|(found, _)| found), Some("ada@example.org"));
        let text = "https://user@a.example and ada@example.org";
        assert_eq!(
            found(text).map(|(found, _)| found),
            Some("https://user@a.example")
        );
    }
}
