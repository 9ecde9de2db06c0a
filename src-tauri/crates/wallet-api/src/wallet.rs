//! One account at one provider.

mod allowance;
mod balance;
mod billed;
mod call;
mod identity;
mod key;
mod models;
mod picture;
mod registration;
mod tokens;
mod top_up;
mod wire_time;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use native_oauth::{HttpClient, ProviderMetadata};
use tokio_util::sync::CancellationToken;
use url::Url;

pub use allowance::{Allowance, AllowancePeriod, Measure};
pub use balance::Balance;
pub use billed::UsageBucket;
pub use identity::Profile;
pub use key::{KeyCap, SpendingLimit};
pub use models::Model;
pub use picture::{Picture, fetch_image};
pub use registration::{AppRegistry, RegisteredApp};
pub use tokens::AccessTokens;

use crate::chat::{ChatRequest, ChatStream, StreamLimits};
use crate::error::{ApiError, PaymentCause};
use crate::profile::{ProviderProfile, WalletDialect, joined};
use call::Api;

/// Longest wait for the balance that tells an empty wallet from one that is merely too small.
const SECOND_LOOK: Duration = Duration::from_secs(5);

/// What a signed-in account can do. Cheap to clone.
///
/// No method retries but after a 401, once and with a fresh access token: a refused request was not
/// charged, any other may have been.
#[derive(Clone)]
pub struct Wallet {
    api: Api,
    userinfo_endpoint: Option<Url>,
    limits: StreamLimits,
}

impl Wallet {
    /// The account that `session` belongs to, at the provider of `profile`.
    pub fn new(
        http: HttpClient,
        profile: Arc<ProviderProfile>,
        session: impl AccessTokens + 'static,
    ) -> Self {
        let userinfo_endpoint = profile.userinfo_endpoint.clone();
        Self {
            api: Api::new(http, profile, Arc::new(session)),
            userinfo_endpoint,
            limits: StreamLimits::default(),
        }
    }

    /// The same with what discovery found out: the userinfo endpoint.
    #[must_use]
    pub fn with_metadata(mut self, metadata: &ProviderMetadata) -> Self {
        if metadata.userinfo_endpoint.is_some() {
            self.userinfo_endpoint
                .clone_from(&metadata.userinfo_endpoint);
        }
        self
    }

    /// The same with other limits on streams.
    #[must_use]
    pub fn with_limits(mut self, limits: StreamLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &ProviderProfile {
        self.api.profile()
    }

    /// Who the person is.
    ///
    /// # Errors
    /// Any [`ApiError`] of an account call.
    pub async fn profile(&self) -> Result<Profile, ApiError> {
        identity::read(&self.api, self.userinfo_endpoint.as_ref()).await
    }

    /// What is in the wallet.
    ///
    /// That it cannot be read, or does not exist, is a [`Balance`] and no error.
    ///
    /// # Errors
    /// Any [`ApiError`] of an account call.
    pub async fn balance(&self) -> Result<Balance, ApiError> {
        balance::read(&self.api).await
    }

    /// What the account may use beside its balance; empty where it has nothing of the kind.
    ///
    /// # Errors
    /// Any [`ApiError`] of an account call.
    pub async fn allowances(&self) -> Result<Vec<Allowance>, ApiError> {
        allowance::read(&self.api).await
    }

    /// What the provider's books say was used, oldest first, by every app of the account; `None` where it
    /// does not tell this app.
    ///
    /// # Errors
    /// Any [`ApiError`] of an account call.
    pub async fn billed(&self) -> Result<Option<Vec<UsageBucket>>, ApiError> {
        billed::read(&self.api).await
    }

    /// The models that can chat, in the provider's order.
    ///
    /// # Errors
    /// Any [`ApiError`] of an account call.
    pub async fn models(&self) -> Result<Vec<Model>, ApiError> {
        models::read(&self.api).await
    }

    /// Where money can be added; `None` where no such page is known.
    ///
    /// The address may be good for one use only: do not show or log it.
    ///
    /// # Errors
    /// Any [`ApiError`] of an account call.
    pub async fn top_up_page(&self) -> Result<Option<Url>, ApiError> {
        top_up::page(&self.api).await
    }

    /// Where the person takes this app's access away; `None` where no such page is known.
    ///
    /// # Errors
    /// [`ApiError::Session`] where the page is that of a key, and there is none.
    pub async fn manage_page(&self) -> Result<Option<Url>, ApiError> {
        let links = &self.provider().links;
        match &links.manage_key {
            Some(base) => {
                let fingerprint = key::fingerprint(&self.api).await?;
                Ok(Some(joined(base, &fingerprint)))
            }
            None => Ok(links.manage_consent.clone()),
        }
    }

    /// Fetches a person's picture, as [`Profile::picture_url`] has it.
    ///
    /// # Errors
    /// [`ApiError::InsecureEndpoint`] for an address that is not public `https`;
    /// [`ApiError::Unreadable`] for what is no PNG, JPEG, WebP or GIF; [`ApiError::TooLarge`] beyond
    /// 1 MiB.
    pub async fn picture(&self, url: &Url) -> Result<Picture, ApiError> {
        picture::fetch(&self.api, url).await
    }

    /// Asks for an answer and returns it as it arrives.
    ///
    /// An error here means that the provider did not begin to answer. It was sent again only if the
    /// provider refused the access token.
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Cancelled`] once `cancel` is.
    pub async fn chat(
        &self,
        request: ChatRequest,
        cancel: CancellationToken,
    ) -> Result<ChatStream, ApiError> {
        let opened = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ApiError::Cancelled),
            opened = self.api.open_chat(&request, &self.limits, &cancel) => opened,
        };
        match opened {
            Err(ApiError::PaymentRequired {
                cause: cause @ (PaymentCause::WalletEmpty | PaymentCause::Unknown),
                detail,
            }) => {
                let cause = self.look_again(cause).await;
                Err(ApiError::PaymentRequired { cause, detail })
            }
            Err(ApiError::PaymentRequired {
                cause: PaymentCause::AllowanceUsedUp { resets_at: None },
                detail,
            }) => {
                let resets_at = self.allowance_resets_at().await;
                let cause = PaymentCause::AllowanceUsedUp { resets_at };
                Err(ApiError::PaymentRequired { cause, detail })
            }
            other => other,
        }
    }

    /// When what is used up begins anew, where the refusal did not say and the account does.
    async fn allowance_resets_at(&self) -> Option<SystemTime> {
        let read = tokio::time::timeout(SECOND_LOOK, self.allowances());
        let allowances = read.await.ok()?.ok()?;
        let used_up = allowances.iter().filter(|it| it.is_used_up());
        used_up.filter_map(|it| it.resets_at).max()
    }

    /// Tells apart what some dialects refuse alike: an empty wallet, and one that does not cover the
    /// most a message could cost or that a key may use no more of.
    async fn look_again(&self, told: PaymentCause) -> PaymentCause {
        let dialect = self.provider().wallet;
        let is_clear = match dialect {
            WalletDialect::Quota => told != PaymentCause::WalletEmpty,
            WalletDialect::KeyCap => false,
            WalletDialect::Chutes | WalletDialect::None => true,
        };
        if is_clear {
            return told;
        }
        let balance = tokio::time::timeout(SECOND_LOOK, self.balance()).await;
        match balance {
            Ok(Ok(Balance::Known { amount, .. })) if amount.micro() > 0 => {
                PaymentCause::ReservationTooLarge
            }
            Ok(Ok(Balance::KeyCap(cap))) if cap.limit.is_some_and(|it| it.is_reached()) => {
                PaymentCause::KeyCapReached
            }
            // The key may spend: so there is nothing to spend.
            _ => PaymentCause::WalletEmpty,
        }
    }
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wallet")
            .field("provider", &self.provider().id)
            .finish_non_exhaustive()
    }
}
