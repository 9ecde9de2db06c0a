//! The accounts of this device, and what is live of them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use conversations::Store;
use native_oauth::{Session, SessionState};
use tokio::sync::Mutex as AsyncMutex;
use wallet_api::{Allowance, Balance, Model, Wallet};

use crate::account::{Account, AccountId, AccountRecord, Persistence, SessionStatus};
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::providers::Provider;
use crate::{Tuppence, setting};

const ACCOUNTS: &str = "accounts";
const ACTIVE: &str = "active-account";

/// All accounts. What outlives the app is in the store; sessions of `SessionOnly` never are.
pub(crate) struct Accounts {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    active: Option<AccountId>,
}

struct Entry {
    record: AccountRecord,
    persistence: Persistence,
    session: SessionStatus,
    balance: Balance,
    balance_is_stale: bool,
    allowances: Vec<Allowance>,
    picture: Option<String>,
    can_end_browser_session: bool,
    models: Option<Arc<Vec<Model>>>,
    /// Restored on first use: that takes the keychain, and perhaps the network.
    live: Arc<AsyncMutex<Option<Live>>>,
}

/// A session at work.
#[derive(Clone)]
pub(crate) struct Live {
    pub(crate) session: Session,
    pub(crate) wallet: Wallet,
}

impl Entry {
    fn new(record: AccountRecord, persistence: Persistence, live: Option<Live>) -> Self {
        let session = if record.reauth_required {
            SessionStatus::ReauthRequired
        } else {
            SessionStatus::SignedIn(persistence)
        };
        let balance = record
            .last_balance
            .map_or(Balance::Unknown, |last| Balance::Known {
                amount: last.amount,
                as_of: last.as_of,
            });
        Self {
            record,
            persistence,
            session,
            balance,
            balance_is_stale: false,
            allowances: Vec::new(),
            picture: None,
            can_end_browser_session: false,
            models: None,
            live: Arc::new(AsyncMutex::new(live)),
        }
    }

    fn account(&self) -> Account {
        Account {
            record: self.record.clone(),
            session: self.session.clone(),
            balance: self.balance,
            balance_is_stale: self.balance_is_stale,
            allowances: self.allowances.clone(),
            picture: self.picture.clone(),
            can_end_browser_session: self.can_end_browser_session,
            key_outlives_sign_out: false,
        }
    }
}

impl Accounts {
    pub(crate) async fn load(store: &Store) -> Result<Self, Failure> {
        let records: Vec<AccountRecord> = setting(store, ACCOUNTS).await?.unwrap_or_default();
        let active: Option<AccountId> = setting(store, ACTIVE).await?;
        let entries: Vec<_> = records
            .into_iter()
            .map(|record| Entry::new(record, Persistence::Keychain, None))
            .collect();
        let active = active
            .filter(|id| entries.iter().any(|entry| entry.record.id == *id))
            .or_else(|| entries.first().map(|entry| entry.record.id.clone()));
        Ok(Self {
            state: Mutex::new(State { entries, active }),
        })
    }

    /// Models as last listed.
    pub(crate) fn known_models(&self, id: &AccountId) -> Option<Arc<Vec<Model>>> {
        self.with(id, |entry| entry.models.clone()).ok().flatten()
    }

    pub(crate) fn set_models(&self, id: &AccountId, models: Arc<Vec<Model>>) {
        // An account that was signed out meanwhile has none.
        let _ = self.with(id, |entry| entry.models = Some(models));
    }

    fn with<T>(&self, id: &AccountId, call: impl FnOnce(&mut Entry) -> T) -> Result<T, Failure> {
        let mut state = self.state();
        let entry = state
            .entries
            .iter_mut()
            .find(|entry| entry.record.id == *id);
        entry
            .map(call)
            .ok_or_else(|| Failure::not_found("no such account"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tuppence {
    /// Every account, in the order they were added.
    pub fn accounts(&self) -> Vec<Account> {
        let state = self.inner.accounts.state();
        let accounts: Vec<_> = state.entries.iter().map(Entry::account).collect();
        drop(state);
        accounts.into_iter().map(|it| self.with_key(it)).collect()
    }

    /// One account.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`].
    pub fn account(&self, id: &AccountId) -> Result<Account, Failure> {
        let account = self.inner.accounts.with(id, |entry| entry.account())?;
        Ok(self.with_key(account))
    }

    fn with_key(&self, account: Account) -> Account {
        let profile = self.inner.providers.profile(&account.record.provider_id);
        Account {
            key_outlives_sign_out: profile.is_ok_and(|it| it.gives_keys()),
            ..account
        }
    }

    /// The account that pays for a new message.
    pub fn active_account(&self) -> Option<AccountId> {
        self.inner.accounts.state().active.clone()
    }

    /// Chooses the account that pays for new messages.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`], [`FailureKind::StorageUnavailable`].
    pub async fn activate(&self, id: &AccountId) -> Result<(), Failure> {
        self.account(id)?;
        self.inner.accounts.state().active = Some(id.clone());
        self.emit(CoreEvent::Changed);
        self.put_setting(ACTIVE, id).await
    }

    /// Adds the account of a finished sign-in, or replaces its session.
    pub(crate) async fn add_account(
        &self,
        record: AccountRecord,
        persistence: Persistence,
        provider: &Provider,
        session: Session,
    ) -> Result<(), Failure> {
        let id = record.id.clone();
        let live = self.live(provider, session);
        self.watch(&id, live.session.clone());
        {
            let mut state = self.inner.accounts.state();
            let mut entry = Entry::new(record, persistence, Some(live));
            entry.can_end_browser_session = provider.can_end_browser_session();
            match state.entries.iter_mut().find(|known| known.record.id == id) {
                Some(known) => *known = entry,
                None => state.entries.push(entry),
            }
            state.active = Some(id.clone());
        }
        self.emit(CoreEvent::Changed);
        self.save_accounts().await?;
        self.put_setting(ACTIVE, &id).await?;
        let core = self.clone();
        tokio::spawn(async move { core.look_up(&id).await });
        Ok(())
    }

    /// Takes an account off this device; its conversations stay.
    pub(crate) async fn take_off(&self, id: &AccountId) -> Result<(), Failure> {
        {
            let mut state = self.inner.accounts.state();
            state.entries.retain(|entry| entry.record.id != *id);
            if state.active.as_ref() == Some(id) {
                state.active = state.entries.first().map(|entry| entry.record.id.clone());
            }
        }
        self.emit(CoreEvent::Changed);
        self.save_accounts_without(Some(id.clone())).await?;
        let active = self.active_account();
        self.put_setting(ACTIVE, &active).await
    }

    /// The session and wallet of an account, restored on first use.
    ///
    /// # Errors
    /// [`FailureKind::ReauthRequired`], those of the keychain, of discovery and of starting the
    /// play-money provider. None of them but the first is a verdict on the grant.
    pub(crate) async fn live_account(&self, id: &AccountId) -> Result<Live, Failure> {
        let (slot, record, persistence) = self.inner.accounts.with(id, |entry| {
            (entry.live.clone(), entry.record.clone(), entry.persistence)
        })?;
        let mut slot = slot.lock().await;
        if let Some(live) = &*slot {
            return Ok(live.clone());
        }
        if record.reauth_required {
            return Err(Failure::lasting(
                FailureKind::ReauthRequired,
                "the provider ended this sign-in",
            ));
        }
        let provider = self.provider(&record.provider_id).await?;
        let restored = Session::restore(
            self.inner.http.clone(),
            provider.client.clone(),
            self.token_store(persistence),
            self.account_key(id),
            self.lock_path(id),
            Some(record.subject),
        )
        .await;
        let session = match restored {
            Ok(session) => session,
            Err(error) => {
                let failure = Failure::from(error);
                self.session_failed(id, &failure);
                return Err(failure);
            }
        };
        if *session.state().borrow() == SessionState::SignedOut {
            let failure = Failure::lasting(
                FailureKind::ReauthRequired,
                "the keychain no longer holds this sign-in",
            );
            self.session_failed(id, &failure);
            return Err(failure);
        }
        let live = self.live(&provider, session);
        self.watch(id, live.session.clone());
        let can_end = provider.can_end_browser_session();
        self.update_account(id, |entry| {
            entry.session = SessionStatus::SignedIn(persistence);
            entry.can_end_browser_session = can_end;
        });
        Ok(slot.insert(live).clone())
    }

    fn live(&self, provider: &Provider, session: Session) -> Live {
        let wallet = Wallet::new(
            self.inner.http.clone(),
            provider.profile.clone(),
            session.clone(),
        )
        .with_metadata(provider.client.metadata());
        Live { session, wallet }
    }

    /// Tells hosts, and the record, when the provider ends the grant.
    fn watch(&self, id: &AccountId, session: Session) {
        let (core, id) = (self.clone(), id.clone());
        let mut state = session.state();
        drop(session);
        tokio::spawn(async move {
            let over = state
                .wait_for(|state| matches!(state, SessionState::ReauthRequired { .. }))
                .await
                .is_ok();
            if over {
                core.reauth_required(&id).await;
            }
        });
    }

    async fn reauth_required(&self, id: &AccountId) {
        self.update_account(id, |entry| {
            entry.session = SessionStatus::ReauthRequired;
            entry.record.reauth_required = true;
        });
        if let Err(failure) = self.save_accounts().await {
            tracing::warn!(%failure, "the end of a session could not be recorded");
        }
    }

    /// Notes why an account cannot be used now. Only a verdict on the grant ends a session; that the
    /// keychain failed is shown, and tried again on next use.
    pub(crate) fn session_failed(&self, id: &AccountId, failure: &Failure) {
        let session = match failure.kind {
            FailureKind::ReauthRequired => SessionStatus::ReauthRequired,
            FailureKind::KeychainLocked | FailureKind::KeychainUnavailable => {
                SessionStatus::KeychainUnavailable(failure.detail.clone())
            }
            _ => return,
        };
        self.update_account(id, |entry| entry.session = session);
    }

    pub(crate) fn set_balance(&self, id: &AccountId, balance: Balance, stale: bool) {
        self.update_account(id, |entry| {
            entry.balance_is_stale = stale;
            if let Balance::Known { amount, as_of } = balance {
                entry.record.last_balance = Some(crate::LastBalance { amount, as_of });
            }
            entry.balance = balance;
        });
    }

    pub(crate) fn set_allowances(&self, id: &AccountId, allowances: Vec<Allowance>) {
        self.update_account(id, |entry| entry.allowances = allowances);
    }

    pub(crate) fn mark_balance_stale(&self, id: &AccountId) {
        self.update_account(id, |entry| entry.balance_is_stale = true);
    }

    pub(crate) fn set_identity(&self, id: &AccountId, profile: &wallet_api::Profile) {
        self.update_account(id, |entry| {
            if let Some(name) = crate::identity::display_name(profile) {
                entry.record.display_name = name.to_owned();
            }
            entry.record.email = profile.email.clone().or(entry.record.email.take());
            entry.record.picture_url = profile
                .picture_url
                .clone()
                .or(entry.record.picture_url.take());
        });
    }

    pub(crate) fn set_picture(&self, id: &AccountId, picture: String) {
        self.update_account(id, |entry| entry.picture = Some(picture));
    }

    fn update_account(&self, id: &AccountId, change: impl FnOnce(&mut Entry)) {
        if self.inner.accounts.with(id, change).is_ok() {
            self.emit(CoreEvent::Changed);
        }
    }

    /// Stores the accounts that outlive the app. Another process may have added or dropped accounts of
    /// its own meanwhile: only what this process knows of is changed.
    pub(crate) async fn save_accounts(&self) -> Result<(), Failure> {
        self.save_accounts_without(None).await
    }

    async fn save_accounts_without(&self, removed: Option<AccountId>) -> Result<(), Failure> {
        let ours: Vec<AccountRecord> = {
            let state = self.inner.accounts.state();
            let lasting = state
                .entries
                .iter()
                .filter(|entry| entry.persistence == Persistence::Keychain);
            lasting.map(|entry| entry.record.clone()).collect()
        };
        let lock = self.inner.data.path().join("locks").join("accounts.lock");
        self.with_store(move |store| {
            // Without the lock the worst case is another process's newest account missing from a list.
            let _turn = crate::data_dir::exclusive(&lock);
            let stored = store.setting(ACCOUNTS)?;
            let mut records: Vec<AccountRecord> = stored
                .and_then(|json| serde_json::from_str(&json).ok())
                .unwrap_or_default();
            records.retain(|record| removed.as_ref() != Some(&record.id));
            for record in ours {
                match records.iter_mut().find(|known| known.id == record.id) {
                    Some(known) => *known = record,
                    None => records.push(record),
                }
            }
            let json = serde_json::to_string(&records).unwrap_or_else(|_| "[]".to_owned());
            store.set_setting(ACCOUNTS, &json)
        })
        .await
    }
}
