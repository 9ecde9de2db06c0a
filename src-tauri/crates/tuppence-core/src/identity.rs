//! Who signed in, before there is a session: from the verified ID token, or from userinfo.

use native_oauth::{AccessToken, BoxFuture, HttpClient, IdTokenClaims, SessionError, TokenSet};
use url::Url;
use wallet_api::{AccessTokens, Profile, Wallet};

use crate::failure::Failure;
use crate::providers::Provider;

/// The person behind a grant.
pub(crate) struct Identity {
    pub(crate) subject: String,
    pub(crate) display_name: String,
    pub(crate) email: Option<String>,
    pub(crate) picture_url: Option<Url>,
}

impl Identity {
    pub(crate) async fn of(
        http: &HttpClient,
        provider: &Provider,
        tokens: &TokenSet,
        claims: Option<IdTokenClaims>,
    ) -> Result<Self, Failure> {
        if let Some(claims) = claims {
            return Ok(claims.into());
        }
        if !provider.names_its_people() {
            return Ok(Self::unnamed(provider));
        }
        let granted = JustGranted(tokens.access_token.clone());
        let wallet = Wallet::new(http.clone(), provider.profile.clone(), granted)
            .with_metadata(provider.client.metadata());
        Ok(wallet.profile().await?.into())
    }

    /// A provider that says of nobody who they are has one account per client: the one behind the grant.
    fn unnamed(provider: &Provider) -> Self {
        Self {
            subject: provider.client.client_id().to_owned(),
            display_name: "Signed in".to_owned(),
            email: None,
            picture_url: None,
        }
    }
}

impl From<IdTokenClaims> for Identity {
    fn from(claims: IdTokenClaims) -> Self {
        let display_name = claims
            .name
            .or(claims.preferred_username)
            .or_else(|| claims.email.clone())
            .unwrap_or_else(|| "Signed in".to_owned());
        Self {
            subject: claims.subject,
            display_name,
            email: claims.email,
            picture_url: claims
                .picture
                .as_deref()
                .and_then(|picture| Url::parse(picture).ok()),
        }
    }
}

impl From<Profile> for Identity {
    fn from(profile: Profile) -> Self {
        Self {
            display_name: display_name(&profile).unwrap_or("Signed in").to_owned(),
            subject: profile.subject,
            email: profile.email,
            picture_url: profile.picture_url,
        }
    }
}

/// The name to show a person by.
pub(crate) fn display_name(profile: &Profile) -> Option<&str> {
    profile
        .name
        .as_deref()
        .or(profile.username.as_deref())
        .or(profile.email.as_deref())
}

/// The access token of a grant that is no session yet. It is seconds old: a provider that rejects it
/// has a fault that another token would not cure.
struct JustGranted(AccessToken);

impl AccessTokens for JustGranted {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, SessionError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn access_token_after_rejection<'a>(
        &'a self,
        _rejected: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, SessionError>> {
        Box::pin(async { Err(SessionError::ReauthRequired) })
    }
}
