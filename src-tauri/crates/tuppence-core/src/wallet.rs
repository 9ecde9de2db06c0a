//! What the wallet says: balance, models and prices, where to add money.

use std::sync::Arc;
use std::time::Duration;

use wallet_api::{ApiError, Balance, Model, Wallet};

use crate::Tuppence;
use crate::account::{AccountId, Feature};
use crate::failure::{Failure, FailureKind};

/// After the top-up page was opened the balance is read this often …
const WATCH_EVERY: Duration = Duration::from_secs(2);

/// … and for this long, unless it changes earlier.
const WATCH_FOR: Duration = Duration::from_secs(600);

/// A balance as young as this is not read again only because the window came to the front.
const FRESH: Duration = Duration::from_secs(5);

impl Tuppence {
    pub(crate) async fn wallet(&self, id: &AccountId) -> Result<Wallet, Failure> {
        Ok(self.live_account(id).await?.wallet)
    }

    /// Reads the balance again. What cannot be read leaves the last known one, marked as such.
    ///
    /// # Errors
    /// Those of the session and the provider.
    pub async fn refresh_balance(&self, id: &AccountId) -> Result<Balance, Failure> {
        let quiet = self.quiet_moment(id).await;
        match self.read_balance(id).await {
            Ok(balance) => {
                self.set_balance(id, balance, false);
                self.keep_reading(id, balance, quiet).await;
                self.money_may_have_come(id, &balance);
                // The remembered balance is a convenience: that it cannot be stored harms nobody.
                let _ = self.save_accounts().await;
                Ok(balance)
            }
            Err(failure) => {
                self.mark_balance_stale(id);
                self.session_failed(id, &failure);
                Err(failure)
            }
        }
    }

    async fn read_balance(&self, id: &AccountId) -> Result<Balance, Failure> {
        let lacking = self.account(id)?.record.lacking;
        if lacking.iter().any(|it| it.feature == Feature::Balance) {
            return Ok(Balance::NotReadable);
        }
        let wallet = self.wallet(id).await?;
        match wallet.balance().await {
            Ok(balance) => Ok(balance),
            // The grant does not cover it: that is an answer, not a fault.
            Err(ApiError::InsufficientScope { .. }) => Ok(Balance::NotReadable),
            Err(error) => Err(error.into()),
        }
    }

    /// The models that can answer, with their prices as they are now.
    ///
    /// # Errors
    /// Those of the session and the provider.
    pub async fn models(&self, id: &AccountId) -> Result<Arc<Vec<Model>>, Failure> {
        let listed = self.wallet(id).await?.models().await;
        let models = listed.map_err(|error| self.naming_what_lacks(id, error.into()))?;
        let models = Arc::new(models);
        self.inner.accounts.set_models(id, models.clone());
        Ok(models)
    }

    /// A provider that only says that a scope is missing: those that were not granted are the ones to ask for.
    fn naming_what_lacks(&self, id: &AccountId, failure: Failure) -> Failure {
        if failure.kind != FailureKind::InsufficientScope || failure.missing_scopes.is_some() {
            return failure;
        }
        let lacking = self.account(id).map(|account| account.record.lacking);
        let scopes: Vec<String> = lacking
            .unwrap_or_default()
            .into_iter()
            .map(|it| it.scope)
            .collect();
        failure.for_want_of((!scopes.is_empty()).then(|| scopes.join(" ")))
    }

    /// Opens the provider's page for adding money, then watches the balance for a change.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where the provider has no such page, those of the session, and
    /// [`FailureKind::BrowserUnavailable`].
    pub async fn open_top_up(&self, id: &AccountId) -> Result<(), Failure> {
        let address = self
            .wallet(id)
            .await?
            .top_up_page()
            .await?
            .ok_or_else(|| Failure::not_found("this provider has no page for adding money"))?;
        // A page made for the account is as good as its key: it goes through a single-use address.
        let address = native_oauth::launch::open_privately(address)
            .await
            .map_err(Failure::internal)?;
        self.open_in_browser(&address).await?;
        self.watch_money(id);
        Ok(())
    }

    /// Reads the balance again and again until it changes, for a while.
    pub(crate) fn watch_money(&self, id: &AccountId) {
        let (core, id) = (self.clone(), id.clone());
        tokio::spawn(async move { core.watch_balance(&id).await });
    }

    /// Opens the provider's page where the person changes what this app may do or spend.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where no such page is known, those of the session, and
    /// [`FailureKind::BrowserUnavailable`].
    pub async fn open_manage_page(&self, id: &AccountId) -> Result<(), Failure> {
        let address = self.wallet(id).await?.manage_page().await?.ok_or_else(|| {
            Failure::not_found("this provider has no page for what an app may do")
        })?;
        // It may say which key it is about: nothing for a process list.
        let address = native_oauth::launch::open_privately(address)
            .await
            .map_err(Failure::internal)?;
        self.open_in_browser(&address).await
    }

    async fn watch_balance(&self, id: &AccountId) {
        let before = self
            .account(id)
            .map(|account| amount(&account.balance))
            .unwrap_or_default();
        let deadline = tokio::time::Instant::now() + WATCH_FOR;
        while tokio::time::Instant::now() < deadline {
            tokio::time::sleep(WATCH_EVERY).await;
            match self.refresh_balance(id).await {
                Ok(balance) if amount(&balance) != before => return,
                Err(failure)
                    if matches!(
                        failure.kind,
                        FailureKind::NotFound | FailureKind::ReauthRequired
                    ) =>
                {
                    return;
                }
                Ok(_) | Err(_) => {}
            }
        }
    }

    /// Everything worth knowing of an account: balance, models, name and picture.
    pub(crate) async fn look_up(&self, id: &AccountId) {
        let (balance, models, identity) = tokio::join!(
            self.refresh_wallet(id),
            self.models(id),
            self.refresh_identity(id)
        );
        for failure in [balance.err(), models.err(), identity.err()]
            .into_iter()
            .flatten()
        {
            tracing::info!(%failure, account = %id, "an account could not be looked up whole");
        }
    }

    /// Asks the provider who this is: name, e-mail and picture.
    ///
    /// # Errors
    /// Those of the session and the provider.
    pub async fn refresh_identity(&self, id: &AccountId) -> Result<(), Failure> {
        let wallet = self.wallet(id).await?;
        let provider_id = self.account(id)?.record.provider_id;
        if !self.provider(&provider_id).await?.names_its_people() {
            return Ok(());
        }
        let profile = wallet.profile().await?;
        if profile.subject != self.account(id)?.record.subject {
            // OpenID Connect Core section 5.3.2: such claims must not be used.
            let what = "userinfo speaks of another person";
            return Err(Failure::lasting(FailureKind::ProviderUntrusted, what));
        }
        self.set_identity(id, &profile);
        if let Some(address) = &profile.picture_url {
            self.set_picture(id, wallet.picture(address).await?.data_url());
        }
        Ok(())
    }

    /// Reads the balance of the account that pays, unless that was done a moment ago. A failure shows
    /// as the age of the last known one.
    pub async fn refresh_active_balance(&self) {
        let Some(id) = self.active_account() else {
            return;
        };
        let is_fresh = self
            .account(&id)
            .is_ok_and(|account| match account.balance {
                Balance::Known { as_of, .. } => {
                    !account.balance_is_stale && as_of.elapsed().is_ok_and(|age| age < FRESH)
                }
                _ => false,
            });
        if !is_fresh {
            let _ = self.refresh_wallet(&id).await;
        }
    }

    /// Reads what there is to know of the account that pays, in the background: for a window that opens
    /// or comes to the front. Others are looked up when they are chosen.
    pub fn look_up_active(&self) {
        if let Some(id) = self.active_account() {
            let core = self.clone();
            tokio::spawn(async move { core.look_up(&id).await });
        }
    }
}

fn amount(balance: &Balance) -> Option<money::Amount> {
    match balance {
        Balance::Known { amount, .. } => Some(*amount),
        _ => None,
    }
}
