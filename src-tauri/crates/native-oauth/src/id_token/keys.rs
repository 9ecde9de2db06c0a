use std::time::Duration;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::IdTokenError;
use crate::http::HttpClient;

/// The most bytes of a key set that are read.
const DOCUMENT_LIMIT: usize = 512 * 1024;
/// The most keys of a set that are looked at.
const KEY_LIMIT: usize = 100;
/// The most keys that one token is tried with.
const CANDIDATE_LIMIT: usize = 8;
/// Keys are fetched again after so long in any case.
const LIFETIME: Duration = Duration::from_secs(60 * 60);
/// An unknown key causes at most one fetch in this time: whoever can send tokens cannot make us flood
/// the provider.
const REFETCH_INTERVAL: Duration = Duration::from_secs(60);

/// The provider's keys (RFC 7517), fetched when they are first needed or a little before.
#[derive(Debug, Default)]
pub(crate) struct KeyCache {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    keys: Vec<Jwk>,
    fetched: Option<Instant>,
    refetched: Option<Instant>,
}

impl KeyCache {
    /// Fetches the keys before there is a token to verify. A failure shows when there is one.
    pub(crate) async fn fetch_ahead(&self, http: &HttpClient, address: &Url) {
        let _ = self.state.lock().await.current(http, address).await;
    }

    /// The keys that may have signed a token with this `kid` and algorithm. One is fetched again if it is
    /// not known, because the provider may have begun to use it just now.
    pub(super) async fn candidates(
        &self,
        http: &HttpClient,
        address: &Url,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Vec<DecodingKey>, IdTokenError> {
        let mut state = self.state.lock().await;
        let fetched_now = state.current(http, address).await?;
        let mut found = matching(&state.keys, kid, algorithm);
        if found.is_empty() && !fetched_now && has_passed(REFETCH_INTERVAL, state.refetched) {
            state.refetched = Some(Instant::now());
            state.fetch(http, address).await?;
            found = matching(&state.keys, kid, algorithm);
        }
        if found.is_empty() {
            Err(IdTokenError::UnknownKey)
        } else {
            Ok(found)
        }
    }
}

impl State {
    /// Fetches the keys unless they were fetched within their lifetime; whether it did.
    async fn current(&mut self, http: &HttpClient, address: &Url) -> Result<bool, IdTokenError> {
        let is_due = has_passed(LIFETIME, self.fetched);
        if is_due {
            self.fetch(http, address).await?;
        }
        Ok(is_due)
    }

    async fn fetch(&mut self, http: &HttpClient, address: &Url) -> Result<(), IdTokenError> {
        self.keys = fetched(http, address).await?;
        self.fetched = Some(Instant::now());
        Ok(())
    }
}

fn has_passed(time: Duration, since: Option<Instant>) -> bool {
    since.is_none_or(|at| at.elapsed() >= time)
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

async fn fetched(http: &HttpClient, address: &Url) -> Result<Vec<Jwk>, IdTokenError> {
    let reply = http
        .get_json(address.clone(), DOCUMENT_LIMIT)
        .await
        .map_err(|error| IdTokenError::KeysUnavailable(Some(error)))?;
    let set: KeySet = match reply.status {
        200 => {
            serde_json::from_slice(&reply.body).map_err(|_| IdTokenError::KeysUnavailable(None))?
        }
        _ => return Err(IdTokenError::KeysUnavailable(None)),
    };
    // Keys of kinds that are not known here do not make the others unusable (RFC 7517 section 5).
    let readable = |key| serde_json::from_value::<Jwk>(key).ok();
    Ok(set
        .keys
        .into_iter()
        .take(KEY_LIMIT)
        .filter_map(readable)
        .collect())
}

fn matching(keys: &[Jwk], kid: Option<&str>, algorithm: Algorithm) -> Vec<DecodingKey> {
    keys.iter()
        .filter(|key| kid.is_none_or(|kid| key.common.key_id.as_deref() == Some(kid)))
        .filter(|key| is_for(key, algorithm))
        .filter_map(|key| DecodingKey::from_jwk(key).ok())
        .take(CANDIDATE_LIMIT)
        .collect()
}

/// Whether a key is meant to verify signatures of this algorithm.
fn is_for(key: &Jwk, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let to_sign = common
        .public_key_use
        .as_ref()
        .is_none_or(|it| *it == PublicKeyUse::Signature);
    let to_verify = common
        .key_operations
        .as_ref()
        .is_none_or(|it| it.contains(&KeyOperations::Verify));
    let same_algorithm = common
        .key_algorithm
        .is_none_or(|it| it.to_string() == format!("{algorithm:?}"));
    let same_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256 | Algorithm::PS256) => true,
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES256) => {
            curve.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::OctetKeyPair(curve), Algorithm::EdDSA) => {
            curve.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    to_sign && to_verify && same_algorithm && same_kind
}
