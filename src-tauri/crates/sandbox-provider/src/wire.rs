//! Reading what clients send: forms, queries and credentials, strictly.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use url::form_urlencoded;

/// Parameters of a query or form in which no name came twice.
#[derive(Debug, Default)]
pub(crate) struct Parameters(BTreeMap<String, String>);

/// Why parameters cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// RFC 6749 section 3.1: parameters must not be included more than once.
    Repeated(String),
    NotAForm,
}

impl Parameters {
    /// Reads a query string or a form body.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Unusable> {
        let mut parameters = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            if parameters.contains_key(name.as_ref()) {
                return Err(Unusable::Repeated(name.into_owned()));
            }
            parameters.insert(name.into_owned(), value.into_owned());
        }
        Ok(Self(parameters))
    }

    /// Reads a form body, after looking at its content type.
    pub(crate) fn form(headers: &HeaderMap, body: &[u8]) -> Result<Self, Unusable> {
        let content_type = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Self::parse(body)
        } else {
            Err(Unusable::NotAForm)
        }
    }

    /// A parameter; one without a value counts as left out (RFC 6749 section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// The bearer token of a request (RFC 6750 section 2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Client id and secret of HTTP Basic, each form-encoded (RFC 6749 section 2.3.1).
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        form_urlencoded::parse(format!("v={part}").as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    Some((decode(id), decode(secret)))
}

/// A cookie by its name.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(candidate, value)| (candidate == name).then_some(value))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_repeated_parameter_is_refused_even_with_the_same_value() {
        assert_eq!(
            Parameters::parse(b"a=1&b=2&a=1").unwrap_err(),
            Unusable::Repeated("a".into())
        );
    }

    #[test]
    fn an_empty_parameter_counts_as_left_out() {
        assert_eq!(Parameters::parse(b"a=&b=2").unwrap().get("a"), None);
    }

    #[test]
    fn only_forms_are_forms() {
        let mut headers = HeaderMap::new();
        assert_eq!(
            Parameters::form(&headers, b"a=1").unwrap_err(),
            Unusable::NotAForm
        );
        headers.insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
        assert_eq!(
            Parameters::form(&headers, b"a=1").unwrap_err(),
            Unusable::NotAForm
        );
        headers.insert(
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded; charset=utf-8"
                .parse()
                .unwrap(),
        );
        assert_eq!(
            Parameters::form(&headers, b"a=1+2").unwrap().get("a"),
            Some("1 2")
        );
    }

    #[test]
    fn basic_credentials_are_decoded_twice() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::AUTHORIZATION,
            format!("Basic {}", STANDARD.encode("cid%3A1:s%20t"))
                .parse()
                .unwrap(),
        );
        assert_eq!(basic(&headers), Some(("cid:1".into(), "s t".into())));
    }
}
