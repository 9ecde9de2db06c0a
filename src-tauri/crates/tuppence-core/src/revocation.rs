//! Revocations that did not reach the provider at sign-out: kept in the keychain, tried again at later
//! starts. The sign-out itself never waits for them.

use std::time::{Duration, SystemTime};

use native_oauth::session::{Revocation, SignOutReport};
use native_oauth::token::endpoint::{TokenEndpoint, TokenEndpointError};
use native_oauth::{AccessToken, RefreshToken, SecretItems as _, SecretText, TokenSet};

use crate::failure::Failure;
use crate::{Tuppence, setting};

/// The keychain item.
const ITEM: &str = "pending-revocations";

/// Says, outside the keychain, that there is something in it: a start with nothing to do asks nobody.
const QUEUED: &str = "revocations-queued";

/// More sign-outs than somebody makes without a network; the oldest give way.
const MOST: usize = 16;

/// After that a provider has ended the tokens by itself.
const WORTHWHILE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// One start spends no more on it.
const PATIENCE: Duration = Duration::from_secs(8);

/// Tokens of a sign-out that the provider has not heard of.
#[derive(serde::Serialize, serde::Deserialize)]
struct Pending {
    provider_id: String,
    refresh_token: Option<String>,
    access_token: Option<String>,
    since: SystemTime,
}

impl Pending {
    /// What of `tokens` the provider still honours, as far as is known.
    fn after(provider_id: &str, tokens: &TokenSet, report: Option<&SignOutReport>) -> Option<Self> {
        let left = |revocation: Option<&Revocation>| revocation.is_none_or(is_open);
        let refresh_token = tokens
            .refresh_token
            .as_ref()
            .filter(|_| left(report.map(|report| &report.refresh_token)))
            .map(|token| token.expose().to_owned());
        let access_token = Some(tokens.access_token.expose())
            .filter(|token| !token.is_empty())
            .filter(|_| left(report.map(|report| &report.access_token)))
            .map(str::to_owned);
        (refresh_token.is_some() || access_token.is_some()).then(|| Self {
            provider_id: provider_id.to_owned(),
            refresh_token,
            access_token,
            since: SystemTime::now(),
        })
    }

    fn is_worthwhile(&self) -> bool {
        let age = SystemTime::now().duration_since(self.since);
        age.is_ok_and(|age| age < WORTHWHILE)
    }
}

/// The provider has not answered, or with a fault. What it refuses for a reason is settled.
fn is_open(revocation: &Revocation) -> bool {
    match revocation {
        Revocation::NotHeld | Revocation::NotSupported | Revocation::Revoked => false,
        Revocation::Failed(error) => is_passing(error),
        Revocation::TimedOut => true,
    }
}

fn is_passing(error: &TokenEndpointError) -> bool {
    match error {
        TokenEndpointError::Transport(_) => true,
        TokenEndpointError::Status { status, .. } | TokenEndpointError::OAuth { status, .. } => {
            *status >= 500
        }
        _ => false,
    }
}

impl Tuppence {
    /// Keeps what a sign-out could not revoke. That it cannot be kept is no reason to stay signed in.
    pub(crate) async fn queue_revocation(
        &self,
        provider_id: &str,
        tokens: &TokenSet,
        report: Option<&SignOutReport>,
    ) {
        let Some(pending) = Pending::after(provider_id, tokens, report) else {
            return;
        };
        if let Err(failure) = self.queue(pending).await {
            tracing::warn!(%failure, "a revocation could not be kept for later");
        }
    }

    async fn queue(&self, pending: Pending) -> Result<(), Failure> {
        let _turn = self.revocations_turn().await;
        let mut queue = self.pending_revocations().await?;
        queue.push(pending);
        let surplus = queue.len().saturating_sub(MOST);
        queue.drain(..surplus);
        self.keep_revocations(&queue).await
    }

    /// Tries what is queued, in the background; [`Tuppence::close`] waits for it. For a host that has just
    /// started.
    pub fn settle_revocations(&self) {
        let core = self.clone();
        self.inner.farewells.spawn(async move {
            match tokio::time::timeout(PATIENCE, core.settle()).await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => tracing::info!(%failure, "revocations stay queued"),
                Err(_) => tracing::info!("revocations stay queued: no answer in time"),
            }
        });
    }

    async fn settle(&self) -> Result<(), Failure> {
        if !self.has_revocations().await? {
            return Ok(());
        }
        let _turn = self.revocations_turn().await;
        let queue = self.pending_revocations().await?;
        let mut left = Vec::new();
        for pending in queue.into_iter().filter(Pending::is_worthwhile) {
            if !self.is_revoked(&pending).await {
                left.push(pending);
            }
        }
        self.keep_revocations(&left).await
    }

    /// Whether there is nothing left to do; a provider that was removed cannot be asked any more.
    async fn is_revoked(&self, pending: &Pending) -> bool {
        let provider = match self.provider(&pending.provider_id).await {
            Ok(provider) => provider,
            Err(failure) => return failure.kind == crate::FailureKind::NotFound,
        };
        let endpoint = TokenEndpoint::new(&self.inner.http, &provider.client);
        let done = |outcome: Result<bool, TokenEndpointError>| {
            outcome.map_or_else(|error| !is_passing(&error), |_| true)
        };
        let refresh = match &pending.refresh_token {
            Some(token) => {
                let token = RefreshToken::new(token.clone());
                done(endpoint.revoke_refresh_token(&token).await)
            }
            None => true,
        };
        let access = match &pending.access_token {
            Some(token) => {
                let token = AccessToken::new(token.clone());
                done(endpoint.revoke_access_token(&token).await)
            }
            None => true,
        };
        refresh && access
    }

    async fn pending_revocations(&self) -> Result<Vec<Pending>, Failure> {
        let stored = self.inner.keychain.get_secret(ITEM).await?;
        Ok(stored
            .and_then(|json| serde_json::from_str(json.expose()).ok())
            .unwrap_or_default())
    }

    async fn keep_revocations(&self, queue: &[Pending]) -> Result<(), Failure> {
        if queue.is_empty() {
            self.inner.keychain.delete_secret(ITEM).await?;
        } else {
            let json = serde_json::to_string(queue).map_err(Failure::internal)?;
            let item = SecretText::new(json);
            self.inner.keychain.set_secret(ITEM, &item).await?;
        }
        self.put_setting(QUEUED, &!queue.is_empty()).await
    }

    /// Tries what is queued once more and forgets it either way; says how many are left untold.
    pub(crate) async fn forget_revocations(&self) -> Result<usize, Failure> {
        if !self.has_revocations().await? {
            return Ok(0);
        }
        // Whether in vain shows in what is left.
        let _ = tokio::time::timeout(PATIENCE, self.settle()).await;
        let _turn = self.revocations_turn().await;
        let left = self.pending_revocations().await?.len();
        self.keep_revocations(&[]).await?;
        Ok(left)
    }

    async fn has_revocations(&self) -> Result<bool, Failure> {
        let queued: Option<bool> = setting(&self.inner.store, QUEUED).await?;
        Ok(queued.unwrap_or_default())
    }

    /// Held while the queue is read and written; other processes of the data directory respect it.
    async fn revocations_turn(&self) -> Option<std::fs::File> {
        let lock = self
            .inner
            .data
            .path()
            .join("locks")
            .join("revocations.lock");
        let turn = tokio::task::spawn_blocking(move || crate::data_dir::exclusive(&lock));
        turn.await.ok()?.ok()
    }
}
