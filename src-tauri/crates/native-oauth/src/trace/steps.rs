//! What is told of each step.

use super::FlowStep;
use crate::authorization::{AuthorizationRequest, AuthorizationResponse};
use crate::client::{Client, ClientAuthentication};
use crate::clock::ClockSkew;
use crate::id_token::IdTokenClaims;
use crate::scope::Scopes;
use crate::token::TokenSet;

/// Parameters of the authorization request that anybody may see. All others are told by their length.
const SHOWN_PARAMETERS: [&str; 6] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "code_challenge_method",
    "prompt",
];

/// The authorization request, parameter by parameter as it is sent.
pub(crate) fn described_request(request: &AuthorizationRequest, step: FlowStep) -> FlowStep {
    let url = request.url();
    let step = step.with_address("authorization_endpoint", &url);
    url.query_pairs().fold(step, |step, (name, value)| {
        let name = name.into_owned();
        if request.is_redirect_parameter(&name) {
            // Without a last segment that is a secret.
            return step.with(name, request.redirect_uri().to_string());
        }
        match SHOWN_PARAMETERS.contains(&name.as_str()) {
            true => step.with(name, value.into_owned()),
            false => step.with_secret(name, &value),
        }
    })
}

/// What the provider answered, and how the answer came.
pub(crate) fn described_response(
    response: &AuthorizationResponse,
    came_by: &'static str,
    step: FlowStep,
) -> FlowStep {
    let step = step.with("received_by", came_by);
    match response {
        AuthorizationResponse::Granted { code } => step
            .with("state", "as sent")
            .with_secret("code", code.expose()),
        AuthorizationResponse::Denied { error, .. } => step.with("error", error.clone()),
    }
}

/// The token request's client, told in the words of the registration.
pub(crate) fn described_client(client: &Client, step: FlowStep) -> FlowStep {
    let step = match client.authentication() {
        ClientAuthentication::Broker(address) => step.with_address("token_endpoint", address),
        _ => step.with_address("token_endpoint", &client.metadata().token_endpoint),
    };
    if client.key_grant().is_some() {
        return step;
    }
    let step = step.with("client_id", client.client_id());
    match client.authentication() {
        ClientAuthentication::None => step.with("client_authentication", "none"),
        ClientAuthentication::SecretPost(secret) => step
            .with("client_authentication", "client_secret_post")
            .with_secret("client_secret", secret.expose()),
        ClientAuthentication::Broker(_) => {
            step.with("client_authentication", "a relay adds the secret")
        }
    }
}

/// A token response, compared with what was asked for.
pub(crate) fn described_tokens(
    tokens: &TokenSet,
    requested: &Scopes,
    skew: Option<ClockSkew>,
    step: FlowStep,
) -> FlowStep {
    let mut step = step.with_secret("access_token", tokens.access_token.expose());
    if let Some(token) = &tokens.refresh_token {
        step = step.with_secret("refresh_token", token.expose());
    }
    if let Some(token) = &tokens.id_token {
        step = step.with_secret("id_token", token.expose());
    }
    if let Some(lifetime) = tokens
        .expires_at
        .and_then(|at| at.duration_since(tokens.received_at).ok())
    {
        step = step.with("expires_in", format!("{} s", lifetime.as_secs()));
    }
    if !tokens.granted_scopes.is_empty() {
        step = step.with("scope", tokens.granted_scopes.to_string());
    }
    let missing = requested.missing_from(&tokens.granted_scopes);
    if !missing.is_empty() {
        step = step.with("not_granted", missing.to_string());
    }
    match skew {
        Some(skew) => step.with("clock", skew.to_string()),
        None => step,
    }
}

/// Who the ID token is from; whom it is about is nobody else's business.
pub(crate) fn described_id_token(claims: &IdTokenClaims, step: FlowStep) -> FlowStep {
    step.with("iss", claims.issuer.clone())
        .with_secret("sub", &claims.subject)
}
