//! The device authorization grant (RFC 8628), for where no browser can reach this machine: the person
//! types a short code on another device.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use oauth2::StandardDeviceAuthorizationResponse;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::grant::Grant;
use super::{Authorized, BrowserReturn, SignInError, deadline};
use crate::client::Client;
use crate::http::HttpClient;
use crate::issuer::{InsecureLoopback, check_address};
use crate::scope::Scopes;
use crate::token::endpoint::{TokenEndpoint, TokenEndpointError};
use crate::trace::{FlowObserver, Reporter, StepKind, described_client};

/// Starts sign-ins of one client on another device. Cheap to clone.
///
/// ```no_run
/// # async fn sign_in(http: native_oauth::HttpClient, client: native_oauth::Client)
/// # -> Result<(), native_oauth::SignInError> {
/// use native_oauth::{CancellationToken, DeviceFlow};
/// let Some(authorization) = DeviceFlow::new(http, client).begin(None).await? else {
///     return Ok(()); // The provider does not offer it.
/// };
/// println!("Open {} and type {}", authorization.verification_uri(), authorization.user_code());
/// let authorized = authorization.authorized(CancellationToken::new()).await?;
/// # let _ = authorized; Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct DeviceFlow {
    http: HttpClient,
    client: Client,
    reporter: Reporter,
}

/// One sign-in that waits for the person to type a code on another device.
pub struct DeviceAuthorization {
    flow: DeviceFlow,
    scopes: Scopes,
    response: StandardDeviceAuthorizationResponse,
    verification_uri: Url,
    verification_uri_complete: Option<Url>,
    expires: Instant,
    expires_at: SystemTime,
}

impl DeviceFlow {
    /// A flow for `client`, whose redirect policy is of no concern here.
    pub fn new(http: HttpClient, client: Client) -> Self {
        let reporter = Reporter::new(&client, None);
        Self {
            http,
            client,
            reporter,
        }
    }

    /// With somebody who hears of each step.
    #[must_use]
    pub fn observed_by(mut self, observer: Arc<dyn FlowObserver>) -> Self {
        self.reporter = Reporter::new(&self.client, Some(observer));
        self
    }

    /// Asks for a code, for `scopes` or else for those of the client; `None` if the provider's metadata
    /// has no `device_authorization_endpoint`.
    ///
    /// # Errors
    /// [`SignInError::TokenEndpoint`].
    pub async fn begin(
        &self,
        scopes: Option<Scopes>,
    ) -> Result<Option<DeviceAuthorization>, SignInError> {
        let scopes = scopes.unwrap_or_else(|| self.client.requested_scopes().clone());
        let Some(address) = &self.client.metadata().device_authorization_endpoint else {
            return Ok(None);
        };
        self.reporter
            .done(StepKind::DeviceAuthorizationRequest, |step| {
                step.with_address("device_authorization_endpoint", address)
                    .with("client_id", self.client.client_id())
                    .with("scope", scopes.to_string())
            });
        let asked = self.asked(&scopes).await;
        let Some((response, verification_uri)) = asked.inspect_err(|error| {
            self.reporter
                .failed(StepKind::DeviceAuthorizationResponse, error, |step| step);
        })?
        else {
            return Ok(None);
        };
        let complete = response.verification_uri_complete();
        let (expires, expires_at) = deadline(response.expires_in(), self.client.clock().as_ref());
        self.reporter
            .done(StepKind::DeviceAuthorizationResponse, |step| {
                step.with_address("verification_uri", &verification_uri)
                    .with_secret("user_code", response.user_code().secret())
                    .with_secret("device_code", response.device_code().secret())
                    .with(
                        "expires_in",
                        format!("{} s", response.expires_in().as_secs()),
                    )
                    .with("interval", format!("{} s", response.interval().as_secs()))
            });
        Ok(Some(DeviceAuthorization {
            flow: self.clone(),
            verification_uri,
            verification_uri_complete: complete.and_then(|uri| self.shown(uri.secret())),
            scopes,
            response,
            expires,
            expires_at,
        }))
    }

    /// The provider's answer, with the address where the person goes.
    async fn asked(
        &self,
        scopes: &Scopes,
    ) -> Result<Option<(StandardDeviceAuthorizationResponse, Url)>, TokenEndpointError> {
        let endpoint = TokenEndpoint::new(&self.http, &self.client);
        let Some(response) = endpoint.device_authorization(scopes).await? else {
            return Ok(None);
        };
        let verification_uri = self.shown(response.verification_uri().as_str()).ok_or(
            TokenEndpointError::Unreadable("the verification address may not be used"),
        )?;
        Ok(Some((response, verification_uri)))
    }

    /// An address for the person to open: held to the same rule as the endpoints.
    fn shown(&self, address: &str) -> Option<Url> {
        let loopback = match self.client.metadata().token_endpoint.scheme() {
            "https" => InsecureLoopback::Refused,
            _ => InsecureLoopback::Allowed,
        };
        let url = Url::parse(address).ok()?;
        check_address(&url, loopback).ok().map(|()| url)
    }
}

impl DeviceAuthorization {
    /// What the person types at [`DeviceAuthorization::verification_uri`].
    pub fn user_code(&self) -> &str {
        self.response.user_code().secret()
    }

    /// Where the person goes on the other device.
    pub fn verification_uri(&self) -> &Url {
        &self.verification_uri
    }

    /// The same with the code in it, to show as a picture or a link. The code is shown beside it all the
    /// same, for the person to compare (RFC 8628 section 3.3.1).
    pub fn verification_uri_complete(&self) -> Option<&Url> {
        self.verification_uri_complete.as_ref()
    }

    /// When the code expires, by the client's clock.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// Waits until the person has agreed, and verifies the ID token, which has no `nonce` here. It asks
    /// no more often than the provider wants, and goes on through failures of the network.
    ///
    /// # Errors
    /// [`SignInError::Denied`] if the person declined, [`SignInError::TimedOut`] once the code has
    /// expired, and those of a sign-in by redirect.
    pub async fn authorized(self, cancel: CancellationToken) -> Result<Authorized, SignInError> {
        let DeviceFlow {
            http,
            client,
            reporter,
        } = &self.flow;
        let grant = Grant {
            http,
            client,
            reporter,
            requested: &self.scopes,
        };
        let _keys = grant.keys_meanwhile();
        let endpoint = TokenEndpoint::new(http, client);
        let answered = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(SignInError::Cancelled),
            received = endpoint.device_tokens(&self.response, &self.scopes) => received.map_err(ended),
            () = sleep_until(self.expires) => Err(SignInError::TimedOut),
        };
        let describe = |step| described_client(client, step);
        let received = answered.inspect_err(|error| {
            reporter.failed(StepKind::DeviceTokenRequest, error, describe);
        })?;
        reporter.done(StepKind::DeviceTokenRequest, describe);
        let (tokens, id_token_claims) = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(SignInError::Cancelled),
            // The request had no `nonce`.
            verified = grant.verified(Ok(received), None) => verified?,
        };
        Ok(Authorized {
            tokens,
            id_token_claims,
            browser: BrowserReturn::absent(),
        })
    }
}

/// The two verdicts of RFC 8628 section 3.5 that end a wait in good order.
fn ended(error: TokenEndpointError) -> SignInError {
    match error {
        TokenEndpointError::OAuth { code, .. } if code == "expired_token" => SignInError::TimedOut,
        TokenEndpointError::OAuth {
            code, description, ..
        } if code == "access_denied" => SignInError::Denied {
            error: code,
            description,
        },
        error => SignInError::TokenEndpoint(error),
    }
}

/// Without the codes.
impl fmt::Debug for DeviceAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceAuthorization")
            .field("verification_uri", &self.verification_uri.as_str())
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
