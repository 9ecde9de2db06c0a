//! A profile in the terms of the sign-in.

use native_oauth::{
    Client, ClientAuthentication, ClientSecret, Discovery, DiscoveryError, HttpClient,
    PrivateUseUri, ProviderMetadata, RedirectPolicy, Scopes,
};

use super::{
    ClientAuthenticationKind, MetadataSource, ProfileError, ProviderProfile, RedirectPolicyKind,
};

/// Why the metadata of a profile's provider could not be had.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// The profile itself cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Discovery failed.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
}

impl ProviderProfile {
    /// The provider's metadata: fetched, or from the profile.
    ///
    /// # Errors
    /// The profile has an address that may not be called, or discovery failed.
    pub async fn provider_metadata(
        &self,
        http: &HttpClient,
    ) -> Result<ProviderMetadata, MetadataError> {
        self.check()?;
        match &self.metadata {
            MetadataSource::Discovery {
                url,
                accepted_issuers,
            } => {
                let issuers = accepted_issuers.iter().map(|issuer| self.issuer(issuer));
                let issuers = issuers.collect::<Result<Vec<_>, _>>()?;
                let discovery = Discovery::at(url.clone(), issuers, self.insecure_loopback());
                Ok(discovery.fetch(http).await?)
            }
            MetadataSource::Static(endpoints) => {
                let mut metadata = ProviderMetadata::without_discovery(
                    self.issuer(&endpoints.issuer)?,
                    endpoints.authorization.clone(),
                    endpoints.token.clone(),
                );
                metadata.userinfo_endpoint = endpoints.userinfo.clone();
                metadata.revocation_endpoint = endpoints.revocation.clone();
                metadata.end_session_endpoint = endpoints.end_session.clone();
                metadata.introspection_endpoint = endpoints.introspection.clone();
                Ok(metadata)
            }
        }
    }

    /// The client that signs in here.
    ///
    /// # Errors
    /// The client id, or a secret that the provider demands, is missing.
    pub fn oauth_client(
        &self,
        metadata: ProviderMetadata,
        secret: Option<ClientSecret>,
    ) -> Result<Client, ProfileError> {
        if !self.has_client() {
            return Err(ProfileError::ClientIdMissing);
        }
        let client_id = self.client_id.as_deref().unwrap_or_default();
        let authentication = match (&self.client_authentication, secret) {
            (ClientAuthenticationKind::Broker { url }, _) => {
                ClientAuthentication::Broker(url.clone())
            }
            (ClientAuthenticationKind::None, _)
            | (ClientAuthenticationKind::SecretPostOptional, None) => ClientAuthentication::None,
            (ClientAuthenticationKind::SecretPost, None) => {
                return Err(ProfileError::ClientSecretMissing);
            }
            (
                ClientAuthenticationKind::SecretPost | ClientAuthenticationKind::SecretPostOptional,
                Some(secret),
            ) => ClientAuthentication::SecretPost(secret),
        };
        let scopes: Scopes = self.scopes.iter().map(String::as_str).collect();
        let verdicts: Vec<&str> = self.grant_verdicts.iter().map(String::as_str).collect();
        let redirect = self.redirect_policy()?;
        let client = Client::new(client_id, authentication, metadata, scopes, redirect)
            .with_grant_verdicts(&verdicts);
        Ok(match self.key_grant() {
            Some(key_grant) => client.with_key_grant(key_grant),
            None => client,
        })
    }

    fn redirect_policy(&self) -> Result<RedirectPolicy, ProfileError> {
        match &self.redirect {
            RedirectPolicyKind::LoopbackAnyPort { path } => {
                Ok(RedirectPolicy::LoopbackAnyPort { path: path.clone() })
            }
            RedirectPolicyKind::LoopbackRegistered { ports, path } => {
                Ok(RedirectPolicy::LoopbackRegistered {
                    ports: ports.clone(),
                    path: path.clone(),
                })
            }
            RedirectPolicyKind::PrivateUseScheme { uri } => PrivateUseUri::new(uri.as_str())
                .map(|uri| RedirectPolicy::PrivateUseScheme { uri })
                .map_err(|_| ProfileError::RedirectUnsupported),
        }
    }
}
