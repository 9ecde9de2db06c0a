//! The front channel (RFC 6749 section 4.1), without any I/O: the authorization request and its
//! response.

pub(crate) mod response;
#[cfg(test)]
mod tests;

use subtle::ConstantTimeEq;
use url::Url;

pub use self::response::{AuthorizationCode, AuthorizationResponse, ResponseError};
use crate::client::Client;
use crate::issuer::Issuer;
use crate::pkce::{CodeChallenge, CodeVerifier, random_text};
use crate::redirect::RedirectUri;
use crate::scope::Scopes;
use crate::secret::SecretText;

/// One authorization request, with the secrets that tie the response to it.
///
/// `state`, `code_verifier` and `nonce` are drawn anew for each request, so a request is used once.
#[derive(Debug)]
pub struct AuthorizationRequest {
    endpoint: Url,
    parameters: Vec<(String, String)>,
    issuer: Issuer,
    issuer_is_promised: bool,
    redirect_parameter: String,
    is_oauth: bool,
    redirect_uri: RedirectUri,
    requested_scopes: Scopes,
    state: SecretText,
    code_verifier: CodeVerifier,
    nonce: Option<SecretText>,
}

/// Parameters that the request sets itself.
const OWN_PARAMETERS: [&str; 8] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

impl AuthorizationRequest {
    /// A request for `scopes` whose response is to arrive at `redirect_uri`.
    pub fn new(client: &Client, scopes: Scopes, redirect_uri: RedirectUri) -> Self {
        let metadata = client.metadata();
        let key_grant = client.key_grant();
        let redirect_parameter = key_grant.map_or("redirect_uri", |it| &it.redirect_parameter);
        let redirect_parameter = redirect_parameter.to_owned();
        let client_id = || ("client_id".to_owned(), client.client_id().to_owned());
        let is_own = |name: &str| OWN_PARAMETERS.contains(&name) || name == redirect_parameter;
        let parameters = client
            .authorization_parameters()
            .iter()
            .filter(|(name, _)| !is_own(name))
            .cloned()
            .chain(key_grant.is_none().then(client_id))
            .collect();
        let asks_id_token = scopes.contains("openid") && metadata.jwks_uri.is_some();
        Self {
            endpoint: metadata.authorization_endpoint.clone(),
            parameters,
            redirect_parameter,
            is_oauth: key_grant.is_none(),
            issuer: metadata.issuer.clone(),
            issuer_is_promised: metadata.authorization_response_iss_parameter_supported,
            redirect_uri,
            requested_scopes: scopes,
            state: random_text(),
            code_verifier: CodeVerifier::random(),
            nonce: asks_id_token.then(random_text),
        }
        .with_consent_to_stay()
    }

    /// Adds a parameter, unless the request sets it itself.
    #[must_use]
    pub fn with_parameter(mut self, name: &str, value: &str) -> Self {
        if !OWN_PARAMETERS.contains(&name) && name != self.redirect_parameter {
            self.parameters.retain(|(known, _)| known != name);
            self.parameters.push((name.to_owned(), value.to_owned()));
        }
        self.with_consent_to_stay()
    }

    /// Asks the person for consent wherever `offline_access` is asked for: without it, an OpenID
    /// provider ignores that scope and grants no refresh token (OpenID Connect Core section 11).
    fn with_consent_to_stay(mut self) -> Self {
        let scopes = &self.requested_scopes;
        if !self.is_oauth || !scopes.contains("openid") || !scopes.contains("offline_access") {
            return self;
        }
        let prompt = self
            .parameters
            .iter_mut()
            .find(|(name, _)| name == "prompt");
        match prompt.map(|(_, value)| value) {
            None => self
                .parameters
                .push(("prompt".to_owned(), "consent".to_owned())),
            Some(value) => {
                // `none` stands alone (section 3.1.2.1).
                if !value.split(' ').any(|it| it == "consent" || it == "none") {
                    value.push_str(" consent");
                }
            }
        }
        self
    }

    /// The authorization URL. It holds `state` and `nonce`, so it is never logged, nor handed to
    /// another program as an argument.
    pub fn url(&self) -> Url {
        let mut url = self.endpoint.clone();
        {
            let mut query = url.query_pairs_mut();
            if self.is_oauth {
                query.append_pair("response_type", "code");
            }
            query
                .append_pair(&self.redirect_parameter, self.redirect_uri.as_str())
                .append_pair("state", self.state.expose())
                .append_pair("code_challenge", self.code_verifier.challenge().as_str())
                .append_pair("code_challenge_method", CodeChallenge::METHOD)
                .extend_pairs(&self.parameters);
            if !self.requested_scopes.is_empty() {
                query.append_pair("scope", &self.requested_scopes.to_string());
            }
            if let Some(nonce) = &self.nonce {
                query.append_pair("nonce", nonce.expose());
            }
        }
        url
    }

    /// Reads the query of a request to the redirect URI and checks that it answers this request.
    ///
    /// `state` comes first: until it is right, nothing else in the query is believed, an error no more
    /// than a code. It may be absent only where the path of the redirect URI is as unguessable.
    ///
    /// # Errors
    /// See [`ResponseError`].
    pub fn response(&self, query: &str) -> Result<AuthorizationResponse, ResponseError> {
        let parameters = response::Parameters::parse(query);
        let is_ours = match parameters.only("state") {
            Ok(Some(state)) => state
                .as_bytes()
                .ct_eq(self.state.expose().as_bytes())
                .into(),
            Ok(None) => self.redirect_uri.is_unguessable(),
            Err(_) => false,
        };
        if !is_ours {
            return Err(ResponseError::WrongState);
        }
        match parameters.only("iss")? {
            Some(issuer) if issuer != self.issuer.as_str() => Err(ResponseError::WrongIssuer),
            None if self.issuer_is_promised => Err(ResponseError::WrongIssuer),
            _ => parameters.response(),
        }
    }

    /// Where the response is to arrive.
    pub fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    pub(crate) fn is_redirect_parameter(&self, name: &str) -> bool {
        name == self.redirect_parameter
    }

    /// What is asked for.
    pub fn requested_scopes(&self) -> &Scopes {
        &self.requested_scopes
    }

    /// `code_verifier`, for the token request.
    pub fn code_verifier(&self) -> &CodeVerifier {
        &self.code_verifier
    }

    /// `nonce`, which the ID token must repeat; `None` if none is asked for.
    pub fn nonce(&self) -> Option<&SecretText> {
        self.nonce.as_ref()
    }
}
