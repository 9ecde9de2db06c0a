//! A code for a lasting key, and what the provider says of the key later.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::exchange::ANSWER_LIMIT;
use super::{TokenEndpoint, TokenEndpointError};
use crate::authorization::{AuthorizationCode, AuthorizationRequest};
use crate::http::Reply;
use crate::key_grant::KeyGrant;
use crate::pkce::CodeChallenge;
use crate::scope::Scopes;
use crate::secret::AccessToken;
use crate::token::TokenSet;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl TokenEndpoint<'_> {
    pub(super) async fn exchange_for_key(
        &self,
        grant: &KeyGrant,
        request: &AuthorizationRequest,
        code: &AuthorizationCode,
    ) -> Result<TokenSet, TokenEndpointError> {
        let body = json!({
            "code": code.expose(),
            "code_verifier": request.code_verifier().expose(),
            "code_challenge_method": CodeChallenge::METHOD,
        });
        let mut post = reqwest::Request::new(Method::POST, self.token_address());
        post.headers_mut().insert(CONTENT_TYPE, JSON);
        *post.body_mut() = Some(body.to_string().into());
        let reply = self.send(post).await?;
        if reply.status != 200 {
            return Err(TokenEndpointError::of_reply(&reply));
        }
        let answer: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        match answer[grant.key_member.as_str()].as_str() {
            Some(key) if !key.is_empty() => Ok(TokenSet {
                access_token: AccessToken::new(key),
                refresh_token: None,
                id_token: None,
                received_at: self.client.clock().now(),
                expires_at: None,
                granted_scopes: Scopes::default(),
            }),
            _ => Err(TokenEndpointError::of_unread_success(&reply)),
        }
    }

    /// Whether the provider still honours a key that it gave.
    ///
    /// # Errors
    /// It says neither yes (200) nor no (401).
    pub(crate) async fn honours_key(
        &self,
        grant: &KeyGrant,
        key: &AccessToken,
    ) -> Result<bool, TokenEndpointError> {
        let bearer = Zeroizing::new(format!("Bearer {}", key.expose()));
        let mut bearer = HeaderValue::from_str(&bearer)
            .map_err(|_| TokenEndpointError::Unreadable("the key cannot be sent"))?;
        bearer.set_sensitive(true);
        let mut get = reqwest::Request::new(Method::GET, grant.key_endpoint.clone());
        get.headers_mut().insert(AUTHORIZATION, bearer);
        let reply = self.send(get).await?;
        match reply.status {
            200 => Ok(true),
            401 => Ok(false),
            _ => Err(TokenEndpointError::of_reply(&reply)),
        }
    }

    async fn send(&self, mut request: reqwest::Request) -> Result<Reply, TokenEndpointError> {
        request.headers_mut().insert(ACCEPT, JSON);
        let reply = self.http.exchange(request, ANSWER_LIMIT).await;
        reply.map_err(TokenEndpointError::Transport)
    }
}
