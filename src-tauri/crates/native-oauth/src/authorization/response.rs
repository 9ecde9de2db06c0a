use std::fmt;

use url::form_urlencoded;

use crate::secret::SecretText;

/// What the provider answered (RFC 6749 sections 4.1.2 and 4.1.2.1).
#[derive(Debug)]
pub enum AuthorizationResponse {
    /// The person agreed.
    Granted {
        /// The code to exchange.
        code: AuthorizationCode,
    },
    /// The person, or the provider, said no.
    Denied {
        /// `error`, limited to 64 harmless characters.
        error: String,
        /// `error_description`: the provider's words, limited to 300 characters.
        description: Option<String>,
    },
}

/// An authorization code: of use once, together with the verifier.
#[derive(Clone)]
pub struct AuthorizationCode(SecretText);

impl AuthorizationCode {
    /// The code itself, for the token request.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode([redacted])")
    }
}

/// Why an authorization response is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResponseError {
    /// `state` is absent, repeated or another one: the response belongs to another attempt, or is
    /// forged. A listener goes on waiting.
    #[error("the response does not belong to this sign-in")]
    WrongState,
    /// A parameter that must be unique is repeated (RFC 6749 section 3.1).
    #[error("the response repeats a parameter")]
    Repeated,
    /// `iss` is not the provider that was asked, or absent although promised (RFC 9207).
    #[error("the response comes from another provider")]
    WrongIssuer,
    /// Neither a code nor an error is there, or both.
    #[error("the response has neither a code nor an error")]
    Malformed,
}

/// The decoded parameters of a query, repetitions included.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn parse(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The value of a parameter that may be there once.
    pub(super) fn only(&self, name: &str) -> Result<Option<&str>, ResponseError> {
        let mut values = self.0.iter().filter(|(known, _)| known == name);
        match (values.next(), values.next()) {
            (value, None) => Ok(value.map(|(_, value)| value.as_str())),
            _ => Err(ResponseError::Repeated),
        }
    }

    pub(super) fn response(&self) -> Result<AuthorizationResponse, ResponseError> {
        let filled = |name| Ok(self.only(name)?.filter(|value| !value.is_empty()));
        let description = filled("error_description")?;
        match (filled("code")?, filled("error")?) {
            (Some(code), None) => Ok(AuthorizationResponse::Granted {
                code: AuthorizationCode(SecretText::new(code)),
            }),
            (None, Some(error)) => Ok(AuthorizationResponse::Denied {
                error: error_code(error),
                description: description.map(error_description),
            }),
            _ => Err(ResponseError::Malformed),
        }
    }
}

/// A stranger's error code, cut down to what such a code is made of.
pub(crate) fn error_code(text: &str) -> String {
    let harmless = |c: &char| c.is_ascii_alphanumeric() || "_-.".contains(*c);
    let code: String = text.chars().filter(harmless).take(64).collect();
    if code.is_empty() {
        "unnamed_error".to_owned()
    } else {
        code
    }
}

/// A stranger's sentence, without control characters or marks that reorder text, and not endless.
pub(crate) fn error_description(text: &str) -> String {
    let reorders = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !c.is_control() && !reorders(*c))
        .take(300)
        .collect()
}
