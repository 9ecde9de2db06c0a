use super::{Session, SessionError};
use crate::token::endpoint::{Introspection, TokenEndpoint, TokenEndpointError};

/// Why the provider's view of a session is not known.
#[derive(Debug, thiserror::Error)]
pub enum IntrospectionError {
    /// There is no access token to ask about.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The provider did not say.
    #[error("the provider does not say what it thinks of the session")]
    Endpoint(#[from] TokenEndpointError),
}

impl Session {
    /// What the provider thinks of this session: of its access token, which is renewed first if need be.
    /// `None` if the provider has no introspection endpoint (RFC 7662).
    ///
    /// # Errors
    /// See [`IntrospectionError`].
    pub async fn introspect(&self) -> Result<Option<Introspection>, IntrospectionError> {
        let token = self.access_token().await?;
        let endpoint = TokenEndpoint::new(&self.inner.http, &self.inner.client);
        Ok(endpoint.introspect(&token).await?)
    }
}
