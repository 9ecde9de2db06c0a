//! The token endpoint (RFC 6749 section 3.2) and those beside it: revocation (RFC 7009), introspection
//! (RFC 7662) and device authorization (RFC 8628).
//!
//! The `oauth2` crate writes the requests and reads the successes; its types stay in here, for its
//! tokens can be serialised in clear. Errors are read here, because providers answer in more shapes
//! than the standard has.

mod device;
mod error;
mod exchange;
mod introspection;
mod key;

use std::sync::Mutex;

use oauth2::{AuthType, RequestTokenError};
use url::Url;

pub use self::error::TokenEndpointError;
use self::exchange::{Exchange, OauthClient, Success};
pub use self::introspection::Introspection;
use crate::authorization::{AuthorizationCode, AuthorizationRequest};
use crate::client::{Client, ClientAuthentication};
use crate::clock::ClockSkew;
use crate::http::HttpClient;
use crate::scope::Scopes;
use crate::secret::{AccessToken, RefreshToken};
use crate::token::TokenSet;

/// The back-channel endpoints of a client's provider.
#[derive(Clone, Copy, Debug)]
pub struct TokenEndpoint<'a> {
    http: &'a HttpClient,
    client: &'a Client,
}

/// A token response as it was received.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) tokens: TokenSet,
    /// How far our clock is from that of the answer, where the answer says what its clock is.
    pub(crate) clock_skew: Option<ClockSkew>,
}

impl<'a> TokenEndpoint<'a> {
    /// The endpoints of `client`, called through `http`.
    pub fn new(http: &'a HttpClient, client: &'a Client) -> Self {
        Self { http, client }
    }

    /// Exchanges the code that answered `request` (RFC 6749 section 4.1.3, RFC 7636 section 4.5), for
    /// tokens or for what [`crate::KeyGrant`] is about.
    ///
    /// # Errors
    /// See [`TokenEndpointError`]. The code is spent in any case.
    pub async fn exchange(
        &self,
        request: &AuthorizationRequest,
        code: &AuthorizationCode,
    ) -> Result<TokenSet, TokenEndpointError> {
        Ok(self.exchanged(request, code).await?.tokens)
    }

    /// [`TokenEndpoint::exchange`], with what else the answer says.
    pub(crate) async fn exchanged(
        &self,
        request: &AuthorizationRequest,
        code: &AuthorizationCode,
    ) -> Result<Received, TokenEndpointError> {
        if let Some(grant) = self.client.key_grant() {
            let tokens = self.exchange_for_key(grant, request, code).await?;
            let clock_skew = None;
            return Ok(Received { tokens, clock_skew });
        }
        let redirect_uri = oauth2::RedirectUrl::from_url(request.redirect_uri().as_url().clone());
        let exchange = Exchange::new(self.http, self.token_address());
        let success = self
            .oauth_client()
            .exchange_code(oauth2::AuthorizationCode::new(code.expose().to_owned()))
            .set_pkce_verifier(oauth2::PkceCodeVerifier::new(
                request.code_verifier().expose().to_owned(),
            ))
            .set_redirect_uri(std::borrow::Cow::Owned(redirect_uri))
            .request_async(&exchange)
            .await;
        self.received(exchange.outcome(success)?, request.requested_scopes(), None)
    }

    /// Exchanges a refresh token (RFC 6749 section 6). What the response leaves out is as in `previous`.
    ///
    /// # Errors
    /// See [`TokenEndpointError`].
    pub async fn refresh(
        &self,
        refresh_token: &RefreshToken,
        previous: &TokenSet,
    ) -> Result<TokenSet, TokenEndpointError> {
        Ok(self.refreshed(refresh_token, previous).await?.tokens)
    }

    /// [`TokenEndpoint::refresh`], with what else the answer says.
    pub(crate) async fn refreshed(
        &self,
        refresh_token: &RefreshToken,
        previous: &TokenSet,
    ) -> Result<Received, TokenEndpointError> {
        let exchange = Exchange::new(self.http, self.token_address());
        let success = self
            .oauth_client()
            .exchange_refresh_token(&oauth2::RefreshToken::new(
                refresh_token.expose().to_owned(),
            ))
            .request_async(&exchange)
            .await;
        self.received(
            exchange.outcome(success)?,
            &previous.granted_scopes,
            Some(previous),
        )
    }

    /// Revokes a refresh token (RFC 7009); `false` if the provider has no endpoint for it.
    ///
    /// # Errors
    /// See [`TokenEndpointError`].
    pub async fn revoke_refresh_token(
        &self,
        token: &RefreshToken,
    ) -> Result<bool, TokenEndpointError> {
        self.revoke(oauth2::RefreshToken::new(token.expose().to_owned()).into())
            .await
    }

    /// Revokes an access token (RFC 7009); `false` if the provider has no endpoint for it.
    ///
    /// # Errors
    /// See [`TokenEndpointError`].
    pub async fn revoke_access_token(
        &self,
        token: &AccessToken,
    ) -> Result<bool, TokenEndpointError> {
        self.revoke(oauth2::AccessToken::new(token.expose().to_owned()).into())
            .await
    }

    async fn revoke(
        &self,
        token: oauth2::StandardRevocableToken,
    ) -> Result<bool, TokenEndpointError> {
        let Some(address) = &self.client.metadata().revocation_endpoint else {
            return Ok(false);
        };
        // The oauth2 crate takes `https` only; a provider on this machine may have `http`, which was
        // decided when the metadata was checked. The exchange goes to `address` whatever is written here.
        let mut written = address.clone();
        let _ = written.set_scheme("https");
        let exchange = Exchange::new(self.http, address.clone());
        let oauth_client = self
            .oauth_client()
            .set_revocation_url(oauth2::RevocationUrl::from_url(written));
        let request = oauth_client.revoke_token(token).map_err(|_| {
            TokenEndpointError::Unreadable("the revocation endpoint is not a web address")
        })?;
        let result = request.request_async(&exchange).await;
        exchange.acknowledged(result.is_ok())?;
        Ok(true)
    }

    fn token_address(&self) -> Url {
        match self.client.authentication() {
            ClientAuthentication::Broker(address) => address.clone(),
            ClientAuthentication::None | ClientAuthentication::SecretPost(_) => {
                self.client.metadata().token_endpoint.clone()
            }
        }
    }

    fn oauth_client(&self) -> OauthClient {
        let client = oauth2::Client::new(oauth2::ClientId::new(self.client.client_id().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(oauth2::TokenUrl::from_url(self.token_address()));
        match self.client.authentication() {
            ClientAuthentication::SecretPost(secret) => {
                client.set_client_secret(oauth2::ClientSecret::new(secret.expose().to_owned()))
            }
            ClientAuthentication::None | ClientAuthentication::Broker(_) => client,
        }
    }

    fn received(
        &self,
        success: Success,
        default_scopes: &Scopes,
        previous: Option<&TokenSet>,
    ) -> Result<Received, TokenEndpointError> {
        success.into_token_set(self.client.clock().now(), default_scopes, previous)
    }
}

/// What the oauth2 crate makes of an exchange; only its success is used.
type Outcome<T, E> = Result<T, RequestTokenError<crate::http::TransportError, E>>;
/// Where an exchange leaves the reply for [`error::TokenEndpointError`] to read.
type ReplySlot = Mutex<Option<Result<crate::http::Reply, crate::http::TransportError>>>;
