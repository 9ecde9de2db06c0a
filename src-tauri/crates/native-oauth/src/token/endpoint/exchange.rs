use std::fmt;
use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

use futures_util::future::BoxFuture;
use http::header::CONTENT_TYPE;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse,
    StandardRevocableToken, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Outcome, Received, ReplySlot, TokenEndpointError};
use crate::clock::ClockSkew;
use crate::http::{HttpClient, Reply, TransportError};
use crate::scope::Scopes;
use crate::secret::{AccessToken, IdToken, RefreshToken};
use crate::token::TokenSet;

/// The most bytes of an answer that are read.
pub(super) const ANSWER_LIMIT: usize = 256 * 1024;
/// The lifetime of an access token whose response has no `expires_in`, if it can be refreshed. It is
/// short, for a refresh too many costs little.
const ASSUMED_LIFETIME: Duration = Duration::from_secs(300);
/// The longest lifetime that is believed.
const LONGEST_LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

pub(super) type OauthClient = oauth2::Client<
    BasicErrorResponse,
    Response,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

type Response = StandardTokenResponse<IdTokenField, BasicTokenType>;

#[derive(Serialize, Deserialize)]
pub(super) struct IdTokenField {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdTokenField {}

impl fmt::Debug for IdTokenField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdTokenField([redacted])")
    }
}

/// One request that the oauth2 crate wrote, sent to the address that was decided here.
pub(super) struct Exchange<'a> {
    http: &'a HttpClient,
    address: Url,
    reply: ReplySlot,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(http: &'a HttpClient, address: Url) -> Self {
        Self {
            http,
            address,
            reply: ReplySlot::default(),
        }
    }

    /// Sends it, hands the oauth2 crate a copy of the answer, and keeps the answer.
    async fn send(&self, encoded: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (head, body) = encoded.into_parts();
        let mut request = reqwest::Request::new(head.method, self.address.clone());
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        let reply = self.http.exchange(request, ANSWER_LIMIT).await;
        let copy = reply.as_ref().map(as_response);
        // An answer that was not had at all: the error itself is kept for the caller.
        let copy = copy.unwrap_or_else(|_| HttpResponse::new(Vec::new()));
        *self.reply.lock().unwrap_or_else(PoisonError::into_inner) = Some(reply);
        Ok(copy)
    }

    fn take_reply(self) -> Result<Reply, TokenEndpointError> {
        self.transported().map_err(TokenEndpointError::Transport)
    }

    /// The answer itself, or why there is none.
    pub(super) fn transported(self) -> Result<Reply, TransportError> {
        self.reply
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .unwrap_or(Err(TransportError::NotSent))
    }

    /// The token response, or the error that the answer amounts to.
    pub(super) fn outcome<E: oauth2::ErrorResponse>(
        self,
        outcome: Outcome<Response, E>,
    ) -> Result<Success, TokenEndpointError> {
        let date = self.date();
        let response = self.read(outcome)?;
        Ok(Success::new(response, date))
    }

    fn date(&self) -> Option<SystemTime> {
        let reply = self.reply.lock().unwrap_or_else(PoisonError::into_inner);
        reply.as_ref()?.as_ref().ok()?.date
    }

    /// What was read, or the error that the answer amounts to.
    pub(super) fn read<T, E: oauth2::ErrorResponse>(
        self,
        outcome: Outcome<T, E>,
    ) -> Result<T, TokenEndpointError> {
        let reply = self.take_reply()?;
        match outcome {
            Ok(response) => Ok(response),
            Err(_) if reply.status == 200 => Err(TokenEndpointError::of_unread_success(&reply)),
            Err(_) => Err(TokenEndpointError::of_reply(&reply)),
        }
    }

    /// The same for a request whose success has nothing to read.
    pub(super) fn acknowledged(self, understood: bool) -> Result<(), TokenEndpointError> {
        let reply = self.take_reply()?;
        if understood || (200..300).contains(&reply.status) {
            return Ok(());
        }
        Err(TokenEndpointError::of_reply(&reply))
    }
}

impl<'c> AsyncHttpClient<'c> for Exchange<'_> {
    type Error = TransportError;
    type Future = BoxFuture<'c, Result<HttpResponse, TransportError>>;

    fn call(&'c self, encoded: HttpRequest) -> Self::Future {
        Box::pin(self.send(encoded))
    }
}

fn as_response(reply: &Reply) -> HttpResponse {
    let mut response = HttpResponse::new(reply.body.to_vec());
    *response.status_mut() = http::StatusCode::from_u16(reply.status).unwrap_or_default();
    if let Some(value) = reply
        .content_type
        .as_deref()
        .and_then(|text| text.parse().ok())
    {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

/// A token response (RFC 6749 section 5.1).
pub(super) struct Success {
    response: Response,
    /// What the time was where it comes from.
    date: Option<SystemTime>,
}

impl Success {
    pub(super) fn new(response: Response, date: Option<SystemTime>) -> Self {
        Self { response, date }
    }

    pub(super) fn into_token_set(
        self,
        now: SystemTime,
        default_scopes: &Scopes,
        previous: Option<&TokenSet>,
    ) -> Result<Received, TokenEndpointError> {
        let response = self.response;
        if response.token_type() != &BasicTokenType::Bearer {
            return Err(TokenEndpointError::Unreadable(
                "the token is not a bearer token",
            ));
        }
        let access_token = AccessToken::new(response.access_token().secret().as_str());
        if access_token.expose().is_empty() {
            return Err(TokenEndpointError::Unreadable("the access token is empty"));
        }
        let refresh_token = response
            .refresh_token()
            .map(|token| RefreshToken::new(token.secret().as_str()))
            .filter(|token| !token.expose().is_empty())
            .or_else(|| previous?.refresh_token.clone());
        let lifetime = match (response.expires_in(), &refresh_token) {
            (Some(lifetime), _) => Some(lifetime.min(LONGEST_LIFETIME)),
            (None, Some(_)) => Some(ASSUMED_LIFETIME),
            (None, None) => None,
        };
        let granted_scopes = match response.scopes() {
            Some(scopes) => scopes
                .iter()
                .flat_map(|scope| scope.split_whitespace())
                .collect(),
            None => default_scopes.clone(),
        };
        let tokens = TokenSet {
            access_token,
            refresh_token,
            id_token: response
                .extra_fields()
                .id_token
                .as_deref()
                .map(IdToken::new),
            received_at: now,
            expires_at: lifetime.map(|lifetime| now + lifetime),
            granted_scopes,
        };
        let clock_skew = self.date.map(|there| ClockSkew::between(now, there));
        Ok(Received { tokens, clock_skew })
    }
}
