//! Exchanging a code, and refreshing.

use std::sync::Arc;

use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::{TokenRefusal, client};
use crate::{
    books::Account,
    config::Dialect,
    grants::{Authorization, CodeRefusal, RefreshRefusal},
    oauth::id_token::{Subject, id_token},
    provider::{Provider, locked},
    secrets::{access_token, refresh_token, same, sha256},
    wire::Parameters,
};

/// `grant_type=authorization_code`.
pub(crate) async fn exchange(
    provider: &Arc<Provider>,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<Value, TokenRefusal> {
    let code = form
        .get("code")
        .ok_or(TokenRefusal::new("invalid_request", "code is missing"))?;
    // The chutes dialect burns the code before it looks at anything else; the others know the client first.
    let taken = if provider.dialect() == Dialect::Chutes {
        let taken = locked(&provider.grants).take_code(code);
        client::authenticate(provider, headers, form)?;
        taken
    } else {
        client::authenticate(provider, headers, form)?;
        locked(&provider.grants).take_code(code)
    };
    let authorization = taken.map_err(|refusal| match refusal {
        CodeRefusal::Unknown | CodeRefusal::Expired => {
            TokenRefusal::new("invalid_grant", "the code is unknown or expired")
        }
        CodeRefusal::Spent => TokenRefusal::Spent {
            description: "the code was used already",
        },
    })?;
    if form.get("redirect_uri") != Some(authorization.redirect_uri.as_str()) {
        return Err(TokenRefusal::new(
            "invalid_grant",
            "redirect_uri is not the one of the authorization request",
        ));
    }
    verify(&authorization, form.get("code_verifier"))?;
    let grant = locked(&provider.grants).open(code, &authorization);
    issue(provider, &grant, &authorization, false).await
}

/// PKCE (RFC 7636 section 4.6).
pub(crate) fn verify(
    authorization: &Authorization,
    verifier: Option<&str>,
) -> Result<(), TokenRefusal> {
    let Some(challenge) = &authorization.challenge else {
        return Ok(());
    };
    let verifier = verifier.ok_or(TokenRefusal::new(
        "invalid_grant",
        "code_verifier is missing",
    ))?;
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let well_formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved);
    if well_formed && same(&sha256(verifier), challenge) {
        Ok(())
    } else {
        Err(TokenRefusal::new(
            "invalid_grant",
            "code_verifier does not fit the challenge",
        ))
    }
}

/// `grant_type=refresh_token`. Always rotates.
pub(crate) async fn refresh(
    provider: &Arc<Provider>,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<Value, TokenRefusal> {
    let token = form.get("refresh_token").ok_or(TokenRefusal::new(
        "invalid_request",
        "refresh_token is missing",
    ))?;
    client::authenticate(provider, headers, form)?;
    let spent = |description| TokenRefusal::Spent { description };
    let used = {
        let mut grants = locked(&provider.grants);
        let used = grants.use_refresh_token(token);
        // Somebody has a copy: nobody keeps access (RFC 9700 section 4.14.2). The chutes model does not go so far.
        if used.as_ref().err() == Some(&RefreshRefusal::Reused)
            && provider.dialect() != Dialect::Chutes
            && let Some(grant) = grants
                .grant_of_refresh_token(token)
                .map(|grant| grant.id.clone())
        {
            grants.revoke_grant(&grant);
        }
        used
    };
    let grant = match used {
        Ok(grant) => grant,
        Err(refusal) => {
            provider.save().await;
            return Err(spent(match refusal {
                RefreshRefusal::Unknown => "the refresh token is unknown",
                RefreshRefusal::Reused => "the refresh token was used already",
                RefreshRefusal::Revoked => "the refresh token was revoked",
            }));
        }
    };
    let authorization = Authorization {
        subject: grant.subject,
        redirect_uri: String::new(),
        scopes: grant.scopes,
        challenge: None,
        nonce: None,
        auth_time: grant.auth_time,
        key: None,
    };
    issue(provider, &grant.id, &authorization, true).await
}

/// New tokens for a grant (RFC 6749 section 5.1), on disk before they are sent.
pub(crate) async fn issue(
    provider: &Arc<Provider>,
    grant: &str,
    authorization: &Authorization,
    refreshed: bool,
) -> Result<Value, TokenRefusal> {
    let dialect = provider.dialect();
    let account = account(provider, &authorization.subject)?;
    let (access, refresh) = (access_token(dialect), refresh_token(dialect));
    let lifetime =
        i64::try_from(provider.config.access_token_lifetime.as_secs()).unwrap_or(i64::MAX / 2);
    provider.tally.secret(&access);
    provider.tally.secret(&refresh);
    locked(&provider.grants).add_tokens(grant, &access, Some(&refresh), lifetime);
    provider.save().await;
    let mut body = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": lifetime,
        "refresh_token": refresh,
        "scope": authorization.scopes.join(" "),
    });
    // Whether the quota model sends an ID token on a refresh is not documented; a standard provider does.
    if !refreshed || dialect == Dialect::Oidc {
        let subject = Subject {
            account: &account,
            scopes: &authorization.scopes,
            nonce: authorization.nonce.as_deref(),
            auth_time: authorization.auth_time,
            access_token: &access,
            refreshed,
        };
        let signed = id_token(provider, subject).await.map_err(|error| {
            tracing::warn!(%error, "there is no ID token");
            TokenRefusal::new("server_error", "nothing can be signed")
        })?;
        if let Some(token) = signed {
            body["id_token"] = json!(token);
        }
    }
    Ok(body)
}

fn account(provider: &Provider, subject: &str) -> Result<Account, TokenRefusal> {
    let books = locked(&provider.books);
    books.account(subject).cloned().ok_or(TokenRefusal::Spent {
        description: "the account is gone",
    })
}
