//! Access tokens without a sign-in.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use native_oauth::{AccessToken, BoxFuture, SessionError};
use wallet_api::AccessTokens;

/// What is handed out first.
pub const FIRST_TOKEN: &str = "quota_token_first";
/// What is handed out after a refusal.
pub const SECOND_TOKEN: &str = "quota_token_second";

/// Hands out two tokens, and insists that the first was refused before the second is asked for.
#[derive(Clone, Default)]
pub struct Tokens {
    refusals: Arc<AtomicU32>,
}

impl Tokens {
    /// How often a token was reported as refused.
    pub fn refusals(&self) -> u32 {
        self.refusals.load(Ordering::SeqCst)
    }
}

impl AccessTokens for Tokens {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, SessionError>> {
        let token = if self.refusals() == 0 {
            FIRST_TOKEN
        } else {
            SECOND_TOKEN
        };
        Box::pin(async move { Ok(AccessToken::new(token)) })
    }

    fn access_token_after_rejection<'a>(
        &'a self,
        rejected: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, SessionError>> {
        Box::pin(async move {
            let refused_before = self.refusals.fetch_add(1, Ordering::SeqCst);
            assert_eq!(refused_before, 0, "a second refusal is not asked about");
            assert!(rejected.same_as(&AccessToken::new(FIRST_TOKEN)));
            Ok(AccessToken::new(SECOND_TOKEN))
        })
    }
}
