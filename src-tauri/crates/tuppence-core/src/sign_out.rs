//! Signing out: the provider is told as far as it can be, this device forgets in any case.

use crate::account::AccountId;
use crate::failure::{Failure, FailureKind};
use crate::{Persistence, SessionStatus, Tuppence};

impl Tuppence {
    /// Revokes the account's tokens where the provider can, and forgets them. Its conversations stay, and its
    /// name among [`Tuppence::signed_out_accounts`]. Works offline: forgetting needs nobody, and what could not be
    /// revoked is queued in the keychain ([`Tuppence::settle_revocations`]).
    ///
    /// With `finish_in_browser` the page is opened afterwards where the person ends what is left at the
    /// provider: its own sign-out page, or that of the key, which nobody else can delete.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound); those of the keychain if it would not forget (the
    /// account then stays, to try again); those of opening the browser.
    pub async fn sign_out(&self, id: &AccountId, finish_in_browser: bool) -> Result<(), Failure> {
        let account = self.account(id)?;
        let provider_id = &account.record.provider_id;
        let is_kept = account.session != SessionStatus::SignedIn(Persistence::SessionOnly);
        let keychain = self.token_store(Persistence::Keychain);
        // Read first: what cannot be revoked now is kept for later, where the session was kept at all.
        let tokens = match is_kept {
            true => keychain.load(&self.account_key(id)).await.ok().flatten(),
            false => None,
        };
        let rest = match self.live_account(id).await {
            Ok(live) => {
                let key_page = if account.key_outlives_sign_out && finish_in_browser {
                    live.wallet.manage_page().await.ok().flatten()
                } else {
                    None
                };
                let report = live.session.sign_out().await;
                if let Some(tokens) = &tokens {
                    self.queue_revocation(provider_id, tokens, Some(&report))
                        .await;
                }
                report.forgotten?;
                key_page.or(report.end_session_url)
            }
            // No session to revoke: what is stored is forgotten all the same.
            Err(failure) => {
                tracing::info!(%failure, "signing out without telling the provider");
                if let Some(tokens) = tokens
                    .as_ref()
                    .filter(|_| failure.kind != FailureKind::ReauthRequired)
                {
                    self.queue_revocation(provider_id, tokens, None).await;
                }
                let cleared = keychain.clear(&self.account_key(id)).await;
                if is_kept {
                    cleared?;
                }
                None
            }
        };
        self.take_off(id).await?;
        if is_kept {
            self.remember(&account.record).await?;
        }
        if let (true, Some(url)) = (finish_in_browser, rest) {
            // It holds the ID token, or says which key: nothing for a process list.
            let url = native_oauth::launch::open_privately(url)
                .await
                .map_err(Failure::internal)?;
            self.open_in_browser(&url).await?;
        }
        Ok(())
    }
}
