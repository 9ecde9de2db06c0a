//! Tuppence without a window: accounts over several providers, sign-in, wallets and turns.
//!
//! A host (the desktop shell, `tup`) opens one [`Tuppence`] per data directory, calls its methods and
//! listens to [`CoreEvent`]s. The core knows no window and no terminal; what it needs of a host it
//! takes as a port ([`PlayMoneyHost`], `native_oauth::ExternalUserAgent`).
//!
//! Everything that blocks (SQLite, the keychain) runs on blocking threads; a caller that is dropped
//! never loses a rotated token or a word that was received.
#![deny(missing_docs)]

mod abort_point;
mod account;
mod accounts;
mod allowance;
mod another_provider;
mod app_registration;
mod attachment;
mod backups;
mod composition;
mod confined;
mod context;
mod conversation;
mod data_dir;
mod diagram_drawing;
mod doctor;
mod environment;
mod erase;
mod event;
mod exchange;
mod failure;
mod housekeeping;
mod identity;
mod leaving;
mod ledger;
mod library;
mod log_filter;
mod play_money;
mod preferences;
mod presets;
mod process;
mod provider_check;
mod provider_setup;
mod providers;
mod remembered;
mod remote_image;
mod revocation;
mod setup_form;
mod sign_in;
mod sign_out;
mod spending;
mod storage_notices;
mod system_browser;
mod transcript;
mod turn;
mod variables;
mod wallet;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use conversations::{Store, StoreError};
use native_oauth::{AccountKey, HttpClient, KeyringStore, MemoryStore};
use tokio::sync::broadcast;
use tokio_util::task::TaskTracker;

pub use account::{
    Account, AccountId, AccountRecord, Feature, Lacking, LastBalance, Persistence, SessionStatus,
};
pub use another_provider::NewProvider;
pub use attachment::{AttachTo, LARGEST_FILE, LARGEST_TEXT, read_pdf_if_asked};
pub use backups::restore_backup;
pub use composition::Parameters;
pub use context::{Asked, ContextPlan, SentPart, Summarised, SummaryPlan};
pub use conversation::{ConversationRow, MessageState};
pub use conversations::{Attachment, AttachmentKind, Composition, ContextRule};
pub use conversations::{
    Backup, DeletedMessage, EditDraft, Emptied, Ending, Found, GroupBy, Hit, ListNames, ListPage,
    ListPlace, Loss, LossCause, Losses, Message, OpenNotice, Ranking, Role, Shelf, Status, Totals,
};
pub use data_dir::DataDirectory;
pub use diagram::Sheet;
pub use diagram_drawing::{Drawing, draw_diagram_if_asked};
pub use doctor::{Area, Diagnosis, Finding, Verdict};
pub use environment::Environment;
pub use erase::{Erased, erase_files};
pub use event::{CoreEvent, SignInOutcome};
pub use exchange::{Export, ExportFormat, Exported, FileOrigin, Imported};
pub use failure::{Failure, FailureKind, SetupField};
pub use leaving::{Kept, Leaving};
pub use ledger::{SearchRequest, SnippetPart, Spending, snippet_parts};
pub use log_filter::log_directives;
pub use markdown_stream::PatchOp;
pub use native_oauth::{
    BoxFuture, ExternalUserAgent, FlowStep, SecretText, StepKind, StepOutcome, StepValue,
    UserAgentError,
};
pub use play_money::{PlayMoneyHost, PlayMoneyProvider};
pub use preferences::{Language, Preferences, SendKey, TextSize, Theme, Zoom};
pub use presets::{Preset, PresetDraft, PresetUse};
pub use process::keep_to_the_owner;
pub use provider_check::{MetadataDifference, MetadataSubject, ProviderCheck};
pub use provider_setup::{NewProviderSetup, ProviderSetup, SecretNeed};
pub use providers::{ProviderSummary, ValueSource};
pub use remembered::SignedOutAccount;
pub use remote_image::{RemoteImage, Unshown};
pub use setup_form::NewEndpoints;
pub use sign_in::{
    DevicePrompt, SignInAttempt, SignInRequest, SignInStage, SignInTrace, SignInWay,
};
pub use spending::{
    BilledDay, Confirmed, CostRange, Difference, LedgerFormat, LimitName, LimitReached, LimitSet,
    Limits, LimitsState, LoweredBy, PromptCost, Raise, Reconciliation, Spent,
};
pub use system_browser::{SystemBrowser, may_open};
pub use transcript::{MessagePage, OpenConversation};
pub use turn::{SendRequest, TurnRequest, TurnStarted, TurnUpdate, TurnUpdates};
pub use url::Url;
pub use wallet_api::profile::{KeyTerms, LimitReset};
pub use wallet_api::profiles::{
    GenericMetadata, PRIVATE_USE_SCHEME, REGISTERED_PORTS, RedirectPorts,
};
pub use wallet_api::{Allowance, AllowancePeriod, Measure};
pub use wallet_api::{Balance, KeyCap, Model};

/// The keychain service, D-Bus name and bundle identifier of the product.
pub const KEYCHAIN_SERVICE: &str = "app.tuppence.desktop";

/// What the app calls itself to a person.
pub(crate) const APP_NAME: &str = "Tuppence";

/// What a host lends the core.
pub struct Config {
    /// Where everything is kept.
    pub data: DataDirectory,
    /// Opens addresses in the person's browser.
    pub user_agent: Arc<dyn ExternalUserAgent>,
    /// Starts the provider with play money, where the host has one.
    pub play_money: Option<Arc<dyn PlayMoneyHost>>,
    /// The keychain service: [`KEYCHAIN_SERVICE`], or a packager's own.
    pub keychain_service: String,
    /// Set-up values from the environment.
    pub environment: Environment,
}

/// The application. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Tuppence {
    inner: Arc<Inner>,
}

struct Inner {
    data: DataDirectory,
    http: HttpClient,
    store: Store,
    notices: storage_notices::StorageNotices,
    user_agent: Arc<dyn ExternalUserAgent>,
    keychain: Arc<KeyringStore>,
    memory: Arc<MemoryStore>,
    providers: providers::Providers,
    accounts: accounts::Accounts,
    attempt: Mutex<Option<sign_in::Attempt>>,
    sign_in_traces: sign_in::Traces,
    turns: turn::Turns,
    summaries: context::Underway,
    resumptions: turn::Resumptions,
    preferences: Mutex<Preferences>,
    /// Browsers that are being told how a sign-in went.
    farewells: TaskTracker,
    events: broadcast::Sender<CoreEvent>,
}

impl Tuppence {
    /// Opens the data directory. Neither the network nor the keychain is touched.
    ///
    /// # Errors
    /// [`FailureKind::StorageUnavailable`] where there is nothing to read and nothing can be written.
    pub async fn open(config: Config) -> Result<Self, Failure> {
        // The trust store is read beside the database, and both beside the first paint.
        let http = tokio::task::spawn_blocking(HttpClient::new);
        let path = config.data.path().to_owned();
        let opened = blocking(move || {
            if let Err(error) = backups::restore_as_wished(&path) {
                tracing::error!(%error, "the backup could not be restored; what was there is open");
            }
            Store::open(&path)
        })
        .await?;
        let http = http
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?;
        let keychain = Arc::new(KeyringStore::new(
            &config.keychain_service,
            config.data.install_id(),
        ));
        let store = opened.store;
        let preferences = setting(&store, PREFERENCES).await?.unwrap_or_default();
        let core = Self {
            inner: Arc::new(Inner {
                accounts: accounts::Accounts::load(&store).await?,
                providers: providers::Providers::load(
                    &store,
                    config.environment,
                    config.play_money,
                )
                .await?,
                data: config.data,
                http,
                notices: storage_notices::StorageNotices::load(&store, opened.notices).await?,
                user_agent: config.user_agent,
                keychain,
                memory: Arc::new(MemoryStore::default()),
                attempt: Mutex::new(None),
                sign_in_traces: sign_in::Traces::default(),
                turns: turn::Turns::default(),
                summaries: context::Underway::default(),
                resumptions: turn::Resumptions::default(),
                preferences: Mutex::new(preferences),
                farewells: TaskTracker::new(),
                events: broadcast::Sender::new(256),
                store,
            }),
        };
        Ok(core)
    }

    /// What happens from here on.
    pub fn subscribe(&self) -> broadcast::Receiver<CoreEvent> {
        self.inner.events.subscribe()
    }

    /// What the person chose in Settings.
    pub fn preferences(&self) -> Preferences {
        self.inner
            .preferences
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Stores what the person chose.
    ///
    /// # Errors
    /// [`FailureKind::StorageUnavailable`]; the choice holds until the app ends.
    pub async fn set_preferences(&self, preferences: Preferences) -> Result<(), Failure> {
        let stored = self.put_setting(PREFERENCES, &preferences);
        *self
            .inner
            .preferences
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = preferences.clone();
        self.emit(CoreEvent::Changed);
        stored.await
    }

    /// Opens a link out of an answer in the system browser.
    ///
    /// # Errors
    /// [`FailureKind::RequestRejected`] for anything but web pages and mail,
    /// [`FailureKind::BrowserUnavailable`].
    pub async fn open_link(&self, link: &str) -> Result<(), Failure> {
        let url = url::Url::parse(link).ok().filter(may_open).ok_or_else(|| {
            Failure::lasting(
                FailureKind::RequestRejected,
                "only web and mail links are opened",
            )
        })?;
        self.open_in_browser(&url).await
    }

    /// Where everything that is kept on this device lies.
    pub fn data_directory(&self) -> &std::path::Path {
        self.inner.data.path()
    }

    /// Shows the data directory in the system's file manager.
    ///
    /// # Errors
    /// [`FailureKind::BrowserUnavailable`] when nothing on this computer shows folders.
    pub async fn open_data_directory(&self) -> Result<(), Failure> {
        let directory = url::Url::from_directory_path(self.data_directory()).map_err(|()| {
            Failure::internal("the data directory's path has no address of its own")
        })?;
        self.open_in_browser(&directory).await
    }

    /// Ends what runs, keeping what came: running answers are recorded as cut off.
    pub async fn close(&self) {
        if let Some(attempt) = self.pending_sign_in() {
            self.cancel_sign_in(&attempt.id);
        }
        self.inner.turns.close().await;
        // Each is bounded; a program that ends at once would leave the browser with no page.
        self.inner.farewells.close();
        self.inner.farewells.wait().await;
    }

    async fn open_in_browser(&self, url: &url::Url) -> Result<(), Failure> {
        let opened = self.inner.user_agent.open(url).await;
        opened.map_err(|error| {
            Failure::retryable(
                FailureKind::BrowserUnavailable,
                crate::failure::chain(&error),
            )
        })
    }

    fn emit(&self, event: CoreEvent) {
        // Without a listener there is nobody to tell.
        let _ = self.inner.events.send(event);
    }

    /// Runs a call of the store, which blocks, where it may.
    async fn with_store<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let store = self.inner.store.clone();
        blocking(move || call(&store)).await
    }

    fn put_setting<T: serde::Serialize>(
        &self,
        key: &'static str,
        value: &T,
    ) -> impl Future<Output = Result<(), Failure>> + Send + use<T> {
        let json = serde_json::to_string(value);
        let core = self.clone();
        async move {
            let json = json.map_err(Failure::internal)?;
            core.with_store(move |store| store.set_setting(key, &json))
                .await
        }
    }

    fn account_key(&self, id: &AccountId) -> AccountKey {
        AccountKey::new(id.as_str())
    }

    fn lock_path(&self, id: &AccountId) -> PathBuf {
        self.inner
            .data
            .path()
            .join("locks")
            .join(format!("session-{id}.lock"))
    }
}

const PREFERENCES: &str = "preferences";

async fn blocking<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(call)
        .await
        .map_err(Failure::internal)?
        .map_err(Failure::from)
}

/// A stored JSON value. One that cannot be read any more counts as absent: defaults hold.
async fn setting<T: serde::de::DeserializeOwned>(
    store: &Store,
    key: &'static str,
) -> Result<Option<T>, Failure> {
    let store = store.clone();
    let json = blocking(move || store.setting(key)).await?;
    Ok(json.and_then(|json| {
        serde_json::from_str(&json)
            .inspect_err(|error| tracing::warn!(key, %error, "a setting cannot be read"))
            .ok()
    }))
}
