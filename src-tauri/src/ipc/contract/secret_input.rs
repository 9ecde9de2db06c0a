//! Secrets on their way in.

use serde::Deserialize;
use ts_rs::TS;

/// A secret on its way in: typed or pasted by the person. It can be read once and never sent back.
#[derive(Deserialize, TS)]
#[ts(type = "string")]
pub struct SecretInput(String);

impl SecretInput {
    /// Hands the text over; the caller zeroizes it.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl std::fmt::Debug for SecretInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretInput([redacted])")
    }
}
