//! Signing keys of the test provider.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// A key pair with its name in the key set.
#[derive(Clone)]
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    pub(crate) algorithm: Algorithm,
    key: EncodingKey,
}

impl SigningKey {
    pub(crate) fn new(kid: &str, algorithm: Algorithm) -> Self {
        Self::pair(kid, algorithm, 0)
    }

    /// A key that is not the provider's, whatever it is called.
    pub(crate) fn forged(kid: &str, algorithm: Algorithm) -> Self {
        Self::pair(kid, algorithm, 1)
    }

    fn pair(kid: &str, algorithm: Algorithm, rsa_pair: usize) -> Self {
        let random = SystemRandom::new();
        let key = match algorithm {
            Algorithm::ES256 => {
                let alg = &ECDSA_P256_SHA256_FIXED_SIGNING;
                EncodingKey::from_ec_der(
                    EcdsaKeyPair::generate_pkcs8(alg, &random).unwrap().as_ref(),
                )
            }
            Algorithm::EdDSA => EncodingKey::from_ed_der(
                Ed25519KeyPair::generate_pkcs8v1(&random).unwrap().as_ref(),
            ),
            _ => rsa_key(rsa_pair),
        };
        Self {
            kid: kid.to_owned(),
            algorithm,
            key,
        }
    }

    pub(crate) fn header(&self) -> Header {
        Header {
            kid: Some(self.kid.clone()),
            ..Header::new(self.algorithm)
        }
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_with(&self.header(), claims)
    }

    pub(crate) fn sign_with(&self, header: &Header, claims: &Value) -> String {
        encode(header, claims, &self.key).unwrap()
    }

    pub(crate) fn public(&self) -> Value {
        let mut jwk = json!(Jwk::from_encoding_key(&self.key, self.algorithm).unwrap());
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk
    }
}

/// RSA keys take a while to find, so there are two pairs per process.
fn rsa_key(pair: usize) -> EncodingKey {
    static PAIRS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| [rsa_pem(), rsa_pem()]);
    EncodingKey::from_rsa_pem(&PAIRS[pair]).unwrap()
}

fn rsa_pem() -> Vec<u8> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der = pair.as_der().unwrap();
    let text = STANDARD.encode(der.as_ref());
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    )
    .into_bytes()
}
