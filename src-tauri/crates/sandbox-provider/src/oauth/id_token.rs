//! ID tokens (OpenID Connect Core 2 and 3.1.3.6), and every way to get one wrong.

use std::sync::Arc;

use serde_json::{Value, json};

use super::userinfo::add_profile;
use crate::{
    books::Account,
    config::Dialect,
    provider::{Provider, locked, now},
    scenario::Scenario,
    secrets::{half_sha256, uuid_for},
    signing::{SigningFailed, SigningKey, SigningKeys, signing_input},
};

/// How long an ID token is good, in seconds.
const LIFETIME: i64 = 3600;

/// What an ID token is about.
pub(crate) struct Subject<'a> {
    pub(crate) account: &'a Account,
    pub(crate) scopes: &'a [String],
    pub(crate) nonce: Option<&'a str>,
    pub(crate) auth_time: i64,
    pub(crate) access_token: &'a str,
    /// Issued on a refresh, not on a sign-in.
    pub(crate) refreshed: bool,
}

/// A signed ID token, or `None` where there is none to give.
pub(crate) async fn id_token(
    provider: &Arc<Provider>,
    subject: Subject<'_>,
) -> Result<Option<String>, SigningFailed> {
    let asked = subject.scopes.iter().any(|scope| scope == "openid");
    if !provider.dialect().is_openid() || !asked || provider.fails(Scenario::IdTokenMissing) {
        return Ok(None);
    }
    if provider.fails(Scenario::IdTokenUnknownKidThenRotated) {
        provider.rotate_keys(true).await?;
    }
    let claims = bent_claims(provider, claims(provider, &subject), &subject);
    let token = signed(
        provider,
        &locked(provider.keys().await?),
        &claims,
        subject.access_token,
    )?;
    provider.tally.secret(&token);
    Ok(Some(token))
}

fn claims(provider: &Provider, subject: &Subject<'_>) -> Value {
    let now = now();
    let mut claims = json!({
        "iss": provider.base,
        "sub": subject.account.subject,
        "aud": provider.client.id,
        "exp": now + LIFETIME,
        "iat": now,
        "auth_time": subject.auth_time,
        "at_hash": half_sha256(subject.access_token),
    });
    if let Some(nonce) = subject.nonce {
        claims["nonce"] = json!(nonce);
    }
    let has = |scope: &str| subject.scopes.iter().any(|granted| granted == scope);
    add_profile(&mut claims, subject.account, has("profile"), has("email"));
    if provider.dialect() == Dialect::Oidc && has("profile") {
        claims["preferred_username"] = json!(subject.account.username());
    }
    claims
}

/// The claims with the faults that are on.
fn bent_claims(provider: &Provider, mut claims: Value, subject: &Subject<'_>) -> Value {
    let (now, us) = (now(), provider.client.id.as_str());
    let mut set = |scenario, name: &str, value: Value| {
        if provider.fails(scenario) {
            claims[name] = value;
        }
    };
    set(
        Scenario::IdTokenWrongIss,
        "iss",
        json!("https://another.invalid"),
    );
    set(Scenario::IdTokenWrongAud, "aud", json!("another-client"));
    set(
        Scenario::IdTokenAudWithoutUs,
        "aud",
        json!(["another-client", "a-third-client"]),
    );
    set(
        Scenario::IdTokenWrongAzp,
        "aud",
        json!([us, "another-client"]),
    );
    set(Scenario::IdTokenWrongAzp, "azp", json!("another-client"));
    set(Scenario::IdTokenWrongNonce, "nonce", json!("another-nonce"));
    set(Scenario::IdTokenExpired, "exp", json!(now - 3600));
    set(Scenario::IdTokenExpired, "iat", json!(now - 7200));
    set(Scenario::IdTokenFuture, "iat", json!(now + 86_400));
    set(Scenario::IdTokenFuture, "nbf", json!(now + 86_400));
    set(Scenario::IdTokenFuture, "exp", json!(now + 90_000));
    set(
        Scenario::IdTokenWrongAtHash,
        "at_hash",
        json!(half_sha256("another access token")),
    );
    if subject.refreshed {
        set(
            Scenario::RefreshOtherSubject,
            "sub",
            json!(uuid_for("somebody else")),
        );
    }
    if let Value::Object(members) = &mut claims {
        if provider.fails(Scenario::IdTokenMissingNonce) {
            members.remove("nonce");
        }
        if provider.fails(Scenario::IdTokenMissingSub) {
            members.remove("sub");
        }
    }
    claims
}

/// Signs the claims, with the faults that are on.
fn signed(
    provider: &Provider,
    keys: &SigningKeys,
    claims: &Value,
    access_token: &str,
) -> Result<String, SigningFailed> {
    let key = keys.newest();
    let header = bent_header(provider, key);
    if provider.fails(Scenario::IdTokenIsAccessToken) {
        return Ok(access_token.to_owned());
    }
    if provider.fails(Scenario::IdTokenAlgNone) {
        return Ok(format!(
            "{}.",
            signing_input(&json!({ "alg": "none", "typ": "JWT" }), claims)
        ));
    }
    if provider.fails(Scenario::IdTokenHs256) {
        let header = json!({ "alg": "HS256", "typ": "JWT", "kid": key.kid });
        return key.sign_with_public_key_as_secret(&header, claims);
    }
    if provider.fails(Scenario::IdTokenTwoParts) {
        return Ok(signing_input(&header, claims));
    }
    let token = key.sign(&header, claims)?;
    if provider.fails(Scenario::IdTokenBadSignature) {
        return Ok(with_bad_signature(&token));
    }
    if provider.fails(Scenario::IdTokenPadded) {
        return Ok(format!("{token}="));
    }
    Ok(token)
}

fn bent_header(provider: &Provider, key: &SigningKey) -> Value {
    let mut header = json!({ "alg": "RS256", "typ": "JWT", "kid": key.kid });
    if provider.fails(Scenario::IdTokenForeignKid) {
        header["kid"] = json!("never-published");
    }
    if provider.fails(Scenario::IdTokenEmbeddedKey) {
        header["kid"] = json!("embedded");
        header["jwk"] = key.jwk("sig");
    }
    if provider.fails(Scenario::IdTokenNoKid) {
        header = json!({ "alg": "RS256", "typ": "JWT" });
    }
    header
}

/// The same token with one character of its signature changed; the encoding stays canonical.
fn with_bad_signature(token: &str) -> String {
    let at = token.rfind('.').map_or(0, |dot| dot + 1);
    let other = if token[at..].starts_with('A') {
        "B"
    } else {
        "A"
    };
    format!(
        "{}{other}{}",
        &token[..at],
        token.get(at + 1..).unwrap_or_default()
    )
}
