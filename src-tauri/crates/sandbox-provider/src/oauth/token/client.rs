//! Client authentication (RFC 6749 section 2.3).

use axum::http::{HeaderMap, header};

use super::TokenRefusal;
use crate::{
    provider::Provider,
    secrets::same,
    wire::{Parameters, basic},
};

/// Checks who asks. A public client names itself and proves nothing; a confidential one brings its secret, in the
/// body or as HTTP Basic (the body wins).
pub(crate) fn authenticate(
    provider: &Provider,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<(), TokenRefusal> {
    let unknown = || {
        TokenRefusal::new(
            "invalid_client",
            "the client is unknown or did not authenticate",
        )
    };
    match &provider.client.secret {
        None => {
            if headers.contains_key(header::AUTHORIZATION) || form.get("client_secret").is_some() {
                return Err(TokenRefusal::new(
                    "invalid_client",
                    "this is a public client: it has no secret to send",
                ));
            }
            if form.get("client_id") == Some(provider.client.id.as_str()) {
                Ok(())
            } else {
                Err(unknown())
            }
        }
        Some(expected) => {
            let (basic_id, basic_secret) = basic(headers).unzip();
            let id = form.get("client_id").map(str::to_owned).or(basic_id);
            let secret = form
                .get("client_secret")
                .map(str::to_owned)
                .or(basic_secret);
            let matches = id.as_deref() == Some(provider.client.id.as_str())
                && secret.is_some_and(|secret| same(&secret, expected));
            if matches { Ok(()) } else { Err(unknown()) }
        }
    }
}
