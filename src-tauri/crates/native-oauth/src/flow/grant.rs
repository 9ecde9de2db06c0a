use tokio_util::task::AbortOnDropHandle;
use url::Url;

use crate::client::Client;
use crate::http::HttpClient;
use crate::id_token::{Expected, IdTokenClaims, IdTokenError, verify};
use crate::scope::Scopes;
use crate::secret::SecretText;
use crate::token::TokenSet;
use crate::token::endpoint::{Received, TokenEndpointError};
use crate::trace::{Reporter, StepKind, described_id_token, described_tokens};

use super::SignInError;

/// What a token response is held against, by whichever way it was come by.
pub(super) struct Grant<'a> {
    pub(super) http: &'a HttpClient,
    pub(super) client: &'a Client,
    pub(super) reporter: &'a Reporter,
    pub(super) requested: &'a Scopes,
}

impl Grant<'_> {
    /// Fetches the provider's keys while the person is with the provider, so that at the end the token
    /// request alone stands between the response and who signed in. Stops when it is dropped.
    pub(super) fn keys_meanwhile(&self) -> Option<AbortOnDropHandle<()>> {
        let address = self.keys()?.clone();
        let (http, client) = (self.http.clone(), self.client.clone());
        let fetching = async move { client.keys().fetch_ahead(&http, &address).await };
        Some(AbortOnDropHandle::new(tokio::spawn(fetching)))
    }

    /// Where the keys are that an ID token is to be verified with; `None` if none was asked for.
    fn keys(&self) -> Option<&Url> {
        let asked_for = self.requested.contains("openid");
        self.client
            .metadata()
            .jwks_uri
            .as_ref()
            .filter(|_| asked_for)
    }

    /// The tokens of a response, and who signed in by its ID token. `nonce` is that of the request, where
    /// the grant has one; an ID token is looked at only if the request asked for one.
    pub(super) async fn verified(
        &self,
        received: Result<Received, TokenEndpointError>,
        nonce: Option<&SecretText>,
    ) -> Result<(TokenSet, Option<IdTokenClaims>), SignInError> {
        let Received {
            mut tokens,
            clock_skew,
        } = received.inspect_err(|error| {
            self.reporter
                .failed(StepKind::TokenResponse, error, |step| step);
        })?;
        self.reporter.done(StepKind::TokenResponse, |step| {
            described_tokens(&tokens, self.requested, clock_skew, step)
        });
        if self.keys().is_none() {
            // An ID token that was not asked for, or cannot be verified, is worth nothing.
            tokens.id_token = None;
            return Ok((tokens, None));
        }
        let expected = Expected {
            nonce,
            subject: None,
            clock_skew,
        };
        let claims = match &tokens.id_token {
            Some(id_token) => {
                let token = &tokens.access_token;
                verify(self.http, self.client, id_token, token, &expected).await
            }
            None => Err(IdTokenError::Missing),
        };
        match claims {
            Ok(claims) => {
                self.reporter
                    .done(StepKind::IdToken, |step| described_id_token(&claims, step));
                Ok((tokens, Some(claims)))
            }
            Err(error) => {
                self.reporter.failed(StepKind::IdToken, &error, |step| step);
                Err(error.into())
            }
        }
    }
}
