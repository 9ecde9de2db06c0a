use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::future::BoxFuture;
use oauth2::{
    AsyncHttpClient, HttpRequest, HttpResponse, Scope, StandardDeviceAuthorizationResponse,
};
use tokio::time::sleep;
use url::Url;

use super::exchange::{Exchange, Success};
use super::{Received, TokenEndpoint, TokenEndpointError};
use crate::http::{HttpClient, Reply, TransportError};
use crate::scope::Scopes;

/// After a request without an answer the wait doubles, up to this (RFC 8628 section 3.5).
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);
/// The caller has the deadline; the oauth2 crate must not be the first to give up.
const FAR_AWAY: Duration = Duration::from_secs(24 * 60 * 60);

impl TokenEndpoint<'_> {
    /// The device authorization request (RFC 8628 section 3.1); `None` if the provider has no endpoint
    /// for it.
    pub(crate) async fn device_authorization(
        &self,
        scopes: &Scopes,
    ) -> Result<Option<StandardDeviceAuthorizationResponse>, TokenEndpointError> {
        let Some(address) = &self.client.metadata().device_authorization_endpoint else {
            return Ok(None);
        };
        let exchange = Exchange::new(self.http, address.clone());
        let url = oauth2::DeviceAuthorizationUrl::from_url(address.clone());
        let result = self
            .oauth_client()
            .set_device_authorization_url(url)
            .exchange_device_code()
            .add_scopes(scopes.iter().map(|scope| Scope::new(scope.to_owned())))
            .request_async(&exchange)
            .await;
        exchange.read(result).map(Some)
    }

    /// Asks for the tokens, as often as the provider lets us, until it has a verdict (RFC 8628 sections
    /// 3.4 and 3.5). It ends no sooner: the caller stops waiting when the code expires.
    pub(crate) async fn device_tokens(
        &self,
        authorization: &StandardDeviceAuthorizationResponse,
        scopes: &Scopes,
    ) -> Result<Received, TokenEndpointError> {
        let polling = Polling {
            http: self.http,
            address: self.token_address(),
            last: Mutex::default(),
        };
        let client = self.oauth_client();
        let result = client
            .exchange_device_access_token(authorization)
            .set_max_backoff_interval(LONGEST_BACKOFF)
            .request_async(&polling, sleep, Some(FAR_AWAY))
            .await;
        match result {
            Ok(response) => {
                let date = polling.date();
                self.received(Success::new(response, date), scopes, None)
            }
            Err(_) => Err(polling.verdict()),
        }
    }
}

/// Sends one poll after another. What is no verdict, because it does not come from the provider or the
/// provider is in trouble, is an error to the oauth2 crate, which then waits longer and asks again.
struct Polling<'a> {
    http: &'a HttpClient,
    address: Url,
    last: Mutex<Option<Reply>>,
}

#[derive(Debug, thiserror::Error)]
enum NoVerdict {
    #[error("there was no answer")]
    Transport(#[source] TransportError),
    #[error("the provider answered {0}")]
    Busy(u16),
}

impl Polling<'_> {
    async fn poll(&self, encoded: HttpRequest) -> Result<HttpResponse, NoVerdict> {
        let exchange = Exchange::new(self.http, self.address.clone());
        let response = exchange.call(encoded).await.map_err(NoVerdict::Transport)?;
        let reply = exchange.transported().map_err(NoVerdict::Transport)?;
        if reply.status >= 500 {
            return Err(NoVerdict::Busy(reply.status));
        }
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(reply);
        Ok(response)
    }

    fn date(&self) -> Option<SystemTime> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref()?.date
    }

    fn verdict(self) -> TokenEndpointError {
        let last = self.last.into_inner();
        match last.unwrap_or_else(PoisonError::into_inner) {
            Some(reply) if reply.status == 200 => TokenEndpointError::of_unread_success(&reply),
            Some(reply) => TokenEndpointError::of_reply(&reply),
            None => TokenEndpointError::Unreadable("the request was not sent"),
        }
    }
}

impl<'c> AsyncHttpClient<'c> for Polling<'_> {
    type Error = NoVerdict;
    type Future = BoxFuture<'c, Result<HttpResponse, NoVerdict>>;

    fn call(&'c self, encoded: HttpRequest) -> Self::Future {
        Box::pin(self.poll(encoded))
    }
}
