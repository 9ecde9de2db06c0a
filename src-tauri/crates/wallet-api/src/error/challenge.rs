use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

/// Longer than any list of scopes that a person could be asked for.
const LONGEST: usize = 500;

/// The scopes that a refused request needs, as `WWW-Authenticate: Bearer … scope="…"` names them (RFC 6750
/// section 3); `None` where it names none, or what is no scope (RFC 6749 section 3.3).
pub(super) fn required_scope(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter(|challenge| {
            challenge
                .get(..7)
                .is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer "))
        })
        .find_map(|challenge| {
            let (_, rest) = challenge.split_once("scope=\"")?;
            let (scope, _) = rest.split_once('"')?;
            let is_scope = |c: char| c.is_ascii_graphic() && c != '\\' || c == ' ';
            let holds = !scope.trim().is_empty() && scope.len() <= LONGEST;
            (holds && scope.chars().all(is_scope)).then(|| scope.trim().to_owned())
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_scope_of_a_bearer_challenge_is_read_and_nothing_else() {
        let of = |challenge: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(WWW_AUTHENTICATE, challenge.parse().unwrap());
            required_scope(&headers)
        };
        let full = r#"Bearer realm="x", error="insufficient_scope", scope="a.read a.write""#;
        assert_eq!(of(full).as_deref(), Some("a.read a.write"));
        assert_eq!(of(r#"bearer scope="chat""#).as_deref(), Some("chat"));
        assert_eq!(of(r#"Basic realm="x", scope="a""#), None);
        assert_eq!(of(r#"Bearer error="insufficient_scope""#), None);
        assert_eq!(of(r#"Bearer scope=" ""#), None);
        assert_eq!(of(r#"Bearer scope="a\b""#), None);
    }
}
