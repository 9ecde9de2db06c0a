//! RS256 signing keys and compact JWS (RFC 7515), written out so that a fault can bend every part.

use aws_lc_rs::{
    encoding::AsDer,
    hmac, rand,
    rsa::{KeyPair, KeySize},
    signature::{self, KeyPair as _},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::secrets::random_alphanumeric;

/// No key could be drawn or used: the system has no randomness to give.
#[derive(Debug, thiserror::Error)]
#[error("nothing can be signed")]
pub(crate) struct SigningFailed;

/// One RSA key.
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    pair: KeyPair,
}

impl SigningKey {
    /// A new 2048-bit key, made off the async threads.
    pub(crate) async fn draw() -> Result<Self, SigningFailed> {
        let generate = || KeyPair::generate(KeySize::Rsa2048).map_err(|_| SigningFailed);
        let pair = tokio::task::spawn_blocking(generate)
            .await
            .unwrap_or(Err(SigningFailed))?;
        Ok(Self {
            kid: random_alphanumeric(12),
            pair,
        })
    }

    /// The public half as a JWK (RFC 7517) for `use`.
    pub(crate) fn jwk(&self, usage: &str) -> Value {
        let public = self.pair.public_key();
        json!({
            "kty": "RSA",
            "use": usage,
            "alg": "RS256",
            "kid": self.kid,
            "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        })
    }

    /// Signs a header and claims as they are.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> Result<String, SigningFailed> {
        let input = signing_input(header, claims);
        let mut signed = vec![0; self.pair.public_modulus_len()];
        let random = rand::SystemRandom::new();
        self.pair
            .sign(
                &signature::RSA_PKCS1_SHA256,
                &random,
                input.as_bytes(),
                &mut signed,
            )
            .map_err(|_| SigningFailed)?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signed)))
    }

    /// The key-confusion attack: an HMAC whose key is the public key in DER.
    pub(crate) fn sign_with_public_key_as_secret(
        &self,
        header: &Value,
        claims: &Value,
    ) -> Result<String, SigningFailed> {
        let input = signing_input(header, claims);
        let public = self.pair.public_key().as_der().map_err(|_| SigningFailed)?;
        let secret = hmac::Key::new(hmac::HMAC_SHA256, public.as_ref());
        Ok(format!(
            "{input}.{}",
            URL_SAFE_NO_PAD.encode(hmac::sign(&secret, input.as_bytes()))
        ))
    }
}

/// The part of a compact JWS that is signed.
pub(crate) fn signing_input(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(header), encode(claims))
}

/// The keys: the newest signs, all are published.
pub(crate) struct SigningKeys {
    published: Vec<SigningKey>,
    /// A rotation that the key set has not caught up with: the next fetch still lacks the newest key.
    newest_is_late: bool,
}

impl SigningKeys {
    pub(crate) fn new(first: SigningKey) -> Self {
        Self {
            published: vec![first],
            newest_is_late: false,
        }
    }

    pub(crate) fn newest(&self) -> &SigningKey {
        &self.published[self.published.len() - 1]
    }

    /// Adds a key that signs from now on; the one before stays published, older ones go. `late` leaves the
    /// new key out of the next fetch of the key set.
    pub(crate) fn rotate(&mut self, key: SigningKey, late: bool) {
        let surplus = self.published.len().saturating_sub(1);
        self.published.drain(..surplus);
        self.published.push(key);
        self.newest_is_late = late;
    }

    /// The public keys (RFC 7517 section 5), each for `usage`.
    pub(crate) fn key_set(&mut self, usage: &str) -> Value {
        let known = self.published.len() - usize::from(std::mem::take(&mut self.newest_is_late));
        json!({ "keys": self.published[..known].iter().map(|key| key.jwk(usage)).collect::<Vec<_>>() })
    }
}
