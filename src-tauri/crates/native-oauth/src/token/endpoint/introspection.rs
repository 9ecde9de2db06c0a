use std::time::{Duration, SystemTime};

use oauth2::TokenIntrospectionResponse as _;

use super::exchange::Exchange;
use super::{TokenEndpoint, TokenEndpointError};
use crate::scope::Scopes;
use crate::secret::AccessToken;

/// What the provider says of a token (RFC 7662 section 2.2). Of a token that is not active it says
/// nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introspection {
    /// Whether the token is good for anything.
    pub active: bool,
    /// What it is good for, where the provider says.
    pub scopes: Option<Scopes>,
    /// When it expires, where the provider says.
    pub expires_at: Option<SystemTime>,
    /// Whom it is about.
    pub subject: Option<String>,
    /// Whom it was issued to.
    pub client_id: Option<String>,
}

impl TokenEndpoint<'_> {
    /// Asks what the provider thinks of an access token (RFC 7662); `None` if it has no endpoint for
    /// that.
    ///
    /// # Errors
    /// See [`TokenEndpointError`]. Many providers answer only clients with a secret: `invalid_client`.
    pub async fn introspect(
        &self,
        token: &AccessToken,
    ) -> Result<Option<Introspection>, TokenEndpointError> {
        let Some(address) = &self.client.metadata().introspection_endpoint else {
            return Ok(None);
        };
        let exchange = Exchange::new(self.http, address.clone());
        let client = self
            .oauth_client()
            .set_introspection_url(oauth2::IntrospectionUrl::from_url(address.clone()));
        let token = oauth2::AccessToken::new(token.expose().to_owned());
        let result = client
            .introspect(&token)
            .set_token_type_hint("access_token")
            .request_async(&exchange)
            .await;
        let response = exchange.read(result)?;
        Ok(Some(Introspection {
            active: response.active(),
            scopes: response
                .scopes()
                .map(|scopes| scopes.iter().map(|scope| scope.as_str()).collect()),
            expires_at: response.exp().and_then(|at| {
                let seconds = u64::try_from(at.timestamp()).ok()?;
                SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
            }),
            subject: response.sub().map(str::to_owned),
            client_id: response.client_id().map(|id| id.as_str().to_owned()),
        }))
    }
}
