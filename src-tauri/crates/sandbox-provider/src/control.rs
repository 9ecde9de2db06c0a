//! What a test or the tour may do to a running sandbox, and see of it.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use crate::{
    api::ChatRequest,
    books::{Plan, PlanTerms, Used},
    error::SandboxError,
    provider::{Provider, locked},
    scenario::Scenario,
};

/// How often each thing was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Requests for the discovery document.
    pub discoveries: u64,
    /// Requests for the key set.
    pub key_sets: u64,
    /// Requests for the authorization page.
    pub authorizations: u64,
    /// Requests to the token endpoint, refreshes included.
    pub token_requests: u64,
    /// Requests with `grant_type=refresh_token`.
    pub refreshes: u64,
    /// Requests for userinfo.
    pub userinfos: u64,
    /// Requests to revoke a token.
    pub revocations: u64,
    /// Requests for the balance (chutes: for the account).
    pub balances: u64,
    /// Requests for the model list.
    pub model_lists: u64,
    /// Chat requests.
    pub chats: u64,
    /// Answers that the client stopped reading.
    pub cancelled_chats: u64,
    /// Answers that were metered, cancelled ones included.
    pub settled_chats: u64,
}

/// The counters while they count, the outage switch, and the record of secrets.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) discoveries: AtomicU64,
    pub(crate) key_sets: AtomicU64,
    pub(crate) authorizations: AtomicU64,
    pub(crate) token_requests: AtomicU64,
    pub(crate) refreshes: AtomicU64,
    pub(crate) userinfos: AtomicU64,
    pub(crate) revocations: AtomicU64,
    pub(crate) balances: AtomicU64,
    pub(crate) model_lists: AtomicU64,
    pub(crate) chats: AtomicU64,
    pub(crate) cancelled_chats: AtomicU64,
    pub(crate) settled_chats: AtomicU64,
    pub(crate) outage: AtomicBool,
    secrets: Mutex<Vec<String>>,
    heard: Mutex<Vec<(String, String)>>,
}

impl Tally {
    /// Remembers a secret for leak tests. A build without faults remembers none.
    pub(crate) fn secret(&self, secret: &str) {
        if cfg!(feature = "faults") {
            locked(&self.secrets).push(secret.to_owned());
        }
    }
}

impl Tally {
    /// Remembers what was said to a model last. A build without faults remembers nothing.
    pub(crate) fn heard(&self, request: &ChatRequest) {
        if cfg!(feature = "faults") {
            let messages = request.messages.iter();
            *locked(&self.heard) = messages
                .map(|message| (message.role.clone(), message.text.clone()))
                .collect();
        }
    }
}

/// Adds one.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// A handle on a running sandbox for tests and the tour. There is no such thing over HTTP.
#[derive(Clone)]
pub struct Control(pub(crate) Arc<Provider>);

impl Control {
    /// Replaces the faults that are on; `&[]` ends them all. Without the feature `faults` nothing happens.
    pub fn set_scenario(&self, scenarios: &[Scenario]) {
        self.0.faults.set(scenarios);
    }

    /// Every secret of the conversation so far, in the order in which it was seen: codes, tokens, ID tokens, the
    /// client secret, and what the client drew (`state`, `nonce`, `code_verifier`). For tests that search
    /// files and logs. Empty without the feature `faults`.
    pub fn issued_secrets(&self) -> Vec<String> {
        locked(&self.0.tally.secrets).clone()
    }

    /// Role and text of each message of the last chat request. Empty without the feature `faults`.
    pub fn heard(&self) -> Vec<(String, String)> {
        locked(&self.0.tally.heard).clone()
    }

    /// How often each thing was asked for.
    pub fn counters(&self) -> Counters {
        let tally = &self.0.tally;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            discoveries: read(&tally.discoveries),
            key_sets: read(&tally.key_sets),
            authorizations: read(&tally.authorizations),
            token_requests: read(&tally.token_requests),
            refreshes: read(&tally.refreshes),
            userinfos: read(&tally.userinfos),
            revocations: read(&tally.revocations),
            balances: read(&tally.balances),
            model_lists: read(&tally.model_lists),
            chats: read(&tally.chats),
            cancelled_chats: read(&tally.cancelled_chats),
            settled_chats: read(&tally.settled_chats),
        }
    }

    /// Sets the play money of every account, in micro-dollars.
    pub fn set_balance(&self, micro: i64) {
        for account in &mut locked(&self.0.books).accounts {
            account.balance_micro = micro;
        }
        self.0.save_soon();
    }

    /// Gives every account this plan, with nothing used of it; the chutes dialect alone knows plans.
    pub fn set_plan(&self, terms: &PlanTerms) {
        for account in &mut locked(&self.0.books).accounts {
            account.plan = Plan::new(terms);
        }
        self.0.save_soon();
    }

    /// Another app of every account's wallet spends something: balance and books have it, no answer does.
    pub fn spend_elsewhere(&self, micro: i64) {
        let mut books = locked(&self.0.books);
        let subjects: Vec<_> = books.accounts.iter().map(|it| it.subject.clone()).collect();
        for subject in subjects {
            let used = Used {
                micro,
                ..Used::default()
            };
            books.settle(&subject, 0, used);
        }
        drop(books);
        self.0.save_soon();
    }

    /// The play money of the account with this subject, in micro-dollars.
    pub fn balance(&self, subject: &str) -> Option<i64> {
        locked(&self.0.books)
            .account(subject)
            .map(|account| account.balance_micro)
    }

    /// The subjects of all accounts, oldest first.
    pub fn subjects(&self) -> Vec<String> {
        locked(&self.0.books)
            .accounts
            .iter()
            .map(|account| account.subject.clone())
            .collect()
    }

    /// Lets every access token expire now; refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        locked(&self.0.grants).expire_access_tokens();
        self.0.save_soon();
    }

    /// Revokes everything that a person allowed, as they could on the provider's site.
    pub fn revoke_grant(&self, subject: &str) {
        locked(&self.0.grants).revoke_subject(subject);
        self.0.save_soon();
    }

    /// Signs with a new key from now on; the key before it stays published.
    ///
    /// # Errors
    /// [`SandboxError::SigningKey`] if the system has no randomness to give.
    pub async fn rotate_keys(&self) -> Result<(), SandboxError> {
        self.0
            .rotate_keys(false)
            .await
            .map_err(|_| SandboxError::SigningKey)
    }

    /// While on, every request is answered 503 with an HTML page, as a gateway does whose server is down.
    pub fn outage(&self, on: bool) {
        self.0.tally.outage.store(on, Ordering::Relaxed);
    }
}
