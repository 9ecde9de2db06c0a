//! Proof Key for Code Exchange (RFC 7636), with the `S256` method only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::secret::SecretText;

/// `code_verifier`: 32 random bytes as 43 characters (RFC 7636 section 4.1). One per attempt.
#[derive(Clone, Debug)]
pub struct CodeVerifier(SecretText);

impl CodeVerifier {
    /// Draws a new verifier from the system's random numbers.
    pub fn random() -> Self {
        Self(random_text())
    }

    /// Takes a given verifier, if its length and characters are those of RFC 7636 section 4.1.
    ///
    /// The vector of RFC 7636 appendix B:
    /// ```
    /// use native_oauth::pkce::CodeVerifier;
    /// let verifier = CodeVerifier::from_text("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
    /// assert_eq!(verifier.challenge().as_str(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    /// ```
    pub fn from_text(text: &str) -> Option<Self> {
        let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        let valid = (43..=128).contains(&text.len()) && text.bytes().all(unreserved);
        valid.then(|| Self(SecretText::new(text)))
    }

    /// The verifier itself, for the token request.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// `code_challenge` by the method `S256` (RFC 7636 section 4.2).
    pub fn challenge(&self) -> CodeChallenge {
        CodeChallenge(URL_SAFE_NO_PAD.encode(Sha256::digest(self.expose().as_bytes())))
    }
}

/// `code_challenge`: what the authorization request shows of the verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeChallenge(String);

impl CodeChallenge {
    /// The value of the parameter `code_challenge_method`.
    pub const METHOD: &'static str = "S256";

    /// The value of the parameter `code_challenge`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 256 random bits as 43 URL-safe characters: verifier, `state`, `nonce`, launch path.
pub(crate) fn random_text() -> SecretText {
    let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
    SecretText::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))
}
