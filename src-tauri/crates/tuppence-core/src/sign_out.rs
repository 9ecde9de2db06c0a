//! Signing out: the provider is told as far as it can be, this device forgets in any case.

use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

impl Tuppence {
    /// Revokes the account's tokens where the provider can, forgets them, and takes the account off
    /// this device. Its conversations stay. Works offline: forgetting needs nobody.
    ///
    /// With `finish_in_browser` the page is opened afterwards where the person ends what is left at the
    /// provider: its own sign-out page, or that of the key, which nobody else can delete.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound); those of the keychain if it would not forget (the
    /// account then stays, to try again); those of opening the browser.
    pub async fn sign_out(&self, id: &AccountId, finish_in_browser: bool) -> Result<(), Failure> {
        let account = self.account(id)?;
        let rest = match self.live_account(id).await {
            Ok(live) => {
                let key_page = if account.key_outlives_sign_out && finish_in_browser {
                    live.wallet.manage_page().await.ok().flatten()
                } else {
                    None
                };
                let report = live.session.sign_out().await;
                report.forgotten?;
                key_page.or(report.end_session_url)
            }
            // No session to revoke: what is stored is forgotten all the same.
            Err(failure) => {
                tracing::info!(%failure, "signing out without telling the provider");
                for store in [self.token_store(crate::Persistence::Keychain)] {
                    let cleared = store.clear(&self.account_key(id)).await;
                    if !matches!(
                        account.session,
                        crate::SessionStatus::SignedIn(crate::Persistence::SessionOnly)
                    ) {
                        cleared?;
                    }
                }
                None
            }
        };
        self.remove_account(id).await?;
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
