//! The IPC contract: every type that crosses between the Rust core and the web view.
//!
//! `cargo test -p tuppence bindings` writes their TypeScript to `ui/src/ipc/generated/` and fails
//! when what is committed there differs. No type here can hold a token: the secret types of
//! `native-oauth` implement neither `Serialize` nor `TS`, so a field of that kind does not compile.
//! Two inbound-only kinds of secret exist ([`SecretInput`]); nothing secret goes out.
//!
//! Conventions: camelCase fields, unions tagged with `type`, ids as strings, instants as RFC 3339
//! strings, amounts as whole millionths within ±2^53.

use serde::{Deserialize, Serialize};
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

// --- the whole application at a glance -------------------------------------------------------

/// What the window needs for its first paint, and after every change of session.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppView {
    /// The app's version, `x.y.z`.
    pub version: String,
    /// Providers to choose from, in the order to offer them.
    pub providers: Vec<ProviderView>,
    /// Accounts signed in on this device, in the order they were added.
    pub accounts: Vec<AccountView>,
    /// Which of them pays for a new message.
    pub active_account_id: Option<String>,
    /// The attempt to sign in that is under way.
    pub pending_sign_in: Option<PendingSignInView>,
    /// What the person chose in Settings.
    pub settings: SettingsView,
    /// A fault of the data directory that the person must know of.
    pub storage_notice: Option<StorageNotice>,
}

/// One provider that can be signed in to.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    /// `quota`, `chutes`, `sandbox`, or the name the person gave.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Play money: amounts of this provider never meet a dollar.
    pub play_money: bool,
    /// Whether "Sign in" can start at once, or set-up comes first.
    pub ready: bool,
}

/// An account on this device.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Opaque; stable for (issuer, subject) on this device.
    pub id: String,
    /// The provider's id.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// The person's name at the provider, or a stand-in.
    pub display_name: String,
    /// Their e-mail address, where the provider says it.
    pub email: Option<String>,
    /// A picture as a `data:` URL, fetched by Rust.
    pub picture: Option<String>,
    /// Where the session stands.
    pub session: SessionView,
    /// Play money: amounts of this account never meet a dollar.
    pub play_money: bool,
    /// Scopes the provider granted.
    pub granted_scopes: Vec<String>,
    /// The wallet as last known.
    pub balance: BalanceView,
    /// Whether the provider has a page to sign out of in the browser too.
    pub can_end_browser_session: bool,
    /// It is signed in with a key that lasts until the person deletes it at the provider. A sign-out only
    /// forgets it here, and can open the page where it is deleted.
    pub key_outlives_sign_out: bool,
}

/// The session of one account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SessionView {
    /// Tokens are at hand (or in the keychain, not yet read).
    SignedIn {
        /// Where they rest.
        persistence: Persistence,
    },
    /// The provider's definite verdict: the grant is over. Nothing else leads here.
    ReauthRequired,
    /// The keychain did not hand the tokens over; trying again may help.
    KeychainUnavailable {
        /// Why, for "Details".
        detail: String,
    },
}

/// Where a session's tokens rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Persistence {
    /// In the OS keychain: the session outlives the app.
    #[default]
    Keychain,
    /// In memory: the session ends with the app. Only ever by the person's choice.
    SessionOnly,
}

/// An attempt to sign in, waiting for the system browser.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PendingSignInView {
    /// The attempt's id.
    pub id: String,
    /// The provider's id.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// How far it is.
    pub stage: SignInStage,
    /// When it started (RFC 3339).
    pub started_at: String,
    /// When it gives up (RFC 3339).
    pub deadline_at: String,
    /// The browser could not be started: offer the link instead.
    pub browser_failed: bool,
}

/// The stages of signing in that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInStage {
    /// Starting the sandbox, reading the provider's metadata, binding the listener.
    Preparing,
    /// The browser has the turn.
    WaitingForBrowser,
    /// The response came; tokens are being fetched, checked and stored.
    Finishing,
}

/// How an attempt to sign in ended. Cancelling is no error.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SignInOutcome {
    /// Signed in.
    SignedIn {
        /// As whom.
        account_id: String,
    },
    /// The person cancelled, or a later attempt took its place.
    Cancelled,
    /// It failed; the error names the next step.
    Failed {
        /// Why.
        error: IpcError,
    },
}

/// A fault of the data directory.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StorageNotice {
    /// What is wrong.
    pub kind: StorageNoticeKind,
    /// For "Details".
    pub detail: String,
}

/// What can be wrong with the data directory while the app still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StorageNoticeKind {
    /// Nothing can be saved; what was there can be read.
    ReadOnly,
    /// Written by a later version of the app; open read-only.
    NewerVersion,
    /// The file is damaged; it was kept beside a fresh one.
    Damaged,
}

/// What the person chose.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Colours.
    pub theme: Theme,
    /// The model a new conversation starts with, by provider id.
    pub default_models: std::collections::BTreeMap<String, String>,
    /// Whether the conversation list is shown.
    pub sidebar_open: bool,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

// --- set-up of a provider ---------------------------------------------------------------------

/// What a set-up screen shows for one provider.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSetupView {
    /// The provider's id (`other` for one to be added).
    pub provider_id: String,
    /// The name to show.
    pub provider_name: String,
    /// Redirect URIs to register, exactly.
    pub redirect_uris: Vec<String>,
    /// Scopes to allow, space separated.
    pub scopes: String,
    /// The client id in use, if any.
    pub client_id: Option<String>,
    /// Where the client id comes from.
    pub client_id_source: ValueSource,
    /// Whether this provider insists on a client secret.
    pub secret: SecretNeed,
    /// Whether a client secret is at hand, and from where. The secret itself never comes out.
    pub secret_source: ValueSource,
    /// The provider's page where apps are registered.
    pub registration_url: Option<String>,
    /// Issuer or base URL (to be typed for `other`).
    pub issuer: Option<String>,
    /// Base URL of the OpenAI-compatible API.
    pub api_base: Option<String>,
}

/// Where a set-up value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ValueSource {
    /// Not set.
    None,
    /// Ships with the app.
    BuiltIn,
    /// An environment variable.
    Environment,
    /// The set-up screen or `tup provider`.
    SetUp,
}

/// Whether a provider wants a client secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretNeed {
    /// A public client: no secret.
    None,
    /// May be given.
    Optional,
    /// The provider refuses clients without one.
    Required,
}

/// What a set-up screen saves.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSetupParams {
    /// The provider's id; a new name for another provider.
    pub provider_id: String,
    /// The name to show (for another provider).
    pub provider_name: Option<String>,
    /// The client id.
    pub client_id: String,
    /// A client secret to store in the keychain; absent leaves what is there.
    pub client_secret: Option<SecretInput>,
    /// Issuer URL (for another provider).
    pub issuer: Option<String>,
    /// Base URL of the OpenAI-compatible API (for another provider).
    pub api_base: Option<String>,
    /// Scopes, space separated (for another provider).
    pub scopes: Option<String>,
}

// --- wallet --------------------------------------------------------------------------------------

/// An amount of money, or of play money; whole millionths of a dollar (or play dollar).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AmountView {
    /// Real money.
    Usd {
        /// Millionths of a US dollar.
        #[ts(type = "number")]
        micro: i64,
    },
    /// Play money.
    Play {
        /// Millionths of a play dollar.
        #[ts(type = "number")]
        micro: i64,
    },
}

/// How an amount came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AmountLabel {
    /// The provider said so.
    Reported,
    /// Reported usage times the price snapshot.
    Computed,
    /// Counted here, as the provider reported no usage.
    Estimate,
}

/// A cost with its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CostView {
    /// How much.
    pub amount: AmountView,
    /// How it is known.
    pub label: AmountLabel,
}

/// A wallet's balance.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum BalanceView {
    /// Known as of a moment.
    Known {
        /// How much; may be negative.
        amount: AmountView,
        /// RFC 3339.
        as_of: String,
        /// The last attempt to read it again failed: this is the last known one.
        stale: bool,
    },
    /// What is there cannot be read, but what this app's key may spend of it. Not to be shown as a
    /// balance.
    KeyCap {
        /// All that the key ever spent.
        spent: AmountView,
        /// What it may spend, where there is a limit.
        limit: Option<KeyLimitView>,
        /// When the key ends, if it does; RFC 3339.
        ends_at: Option<String>,
        /// RFC 3339.
        as_of: String,
        /// The last attempt to read it again failed: this is the last known one.
        stale: bool,
    },
    /// No wallet is linked to this app yet. This is no zero.
    NotLinked,
    /// The provider or the granted scopes do not let this app read it.
    NotReadable,
    /// There is no limit.
    Unlimited,
    /// Not known yet.
    Unknown,
}

/// A limit on what a key may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyLimitView {
    /// The limit.
    pub amount: AmountView,
    /// How much of it was used since it last began anew.
    pub used: AmountView,
    /// How often it begins anew.
    pub resets: LimitResetView,
}

/// How often a limit begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LimitResetView {
    /// Never.
    Never,
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// In a way that the app does not know.
    Otherwise,
}

/// A model that can answer, with its live price.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ModelView {
    /// The id to send.
    pub id: String,
    /// Price of input, per million tokens.
    pub input_price: Option<AmountView>,
    /// Price of output, per million tokens.
    pub output_price: Option<AmountView>,
    /// Context length in tokens.
    pub context_length: Option<u32>,
    /// What goes in: `text`, `image`, …
    pub input_modalities: Vec<String>,
    /// `tools`, `reasoning`, …
    pub features: Vec<String>,
}

/// Tokens of one turn, as the provider counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsageView {
    /// Tokens in.
    pub input_tokens: u32,
    /// Of which read from a cache.
    pub cached_tokens: u32,
    /// Tokens out, reasoning included.
    pub output_tokens: u32,
    /// Of which reasoning.
    pub reasoning_tokens: u32,
}

// --- conversations --------------------------------------------------------------------------------

/// A row of the conversation list.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConversationView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Last change (RFC 3339).
    pub updated_at: String,
    /// Who pays for it.
    pub account_id: Option<String>,
    /// The model it last used.
    pub model_id: Option<String>,
    /// What it cost so far in dollars, if anything.
    pub cost_usd: Option<CostView>,
    /// What it cost so far in play money, if anything.
    pub cost_play: Option<CostView>,
    /// An answer is streaming in.
    pub streaming: bool,
}

/// A whole conversation as shown.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConversationDetail {
    /// Its row.
    pub conversation: ConversationView,
    /// Messages along the chosen branch, oldest first.
    pub messages: Vec<MessageView>,
    /// Words typed and not sent yet.
    pub draft: String,
}

/// A message that holds every word looked for.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHitView {
    /// The message.
    pub message_id: String,
    /// Where it is.
    pub conversation_id: String,
    /// That conversation's title.
    pub title: String,
    /// Who speaks.
    pub role: MessageRole,
    /// When (RFC 3339).
    pub created_at: String,
    /// A part of the message around what was found.
    pub snippet: Vec<SnippetPartView>,
}

/// A piece of a snippet.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnippetPartView {
    /// Plain text.
    pub text: String,
    /// It is one of the words looked for.
    pub found: bool,
}

/// One message.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// Its id.
    pub id: String,
    /// Who speaks.
    pub role: MessageRole,
    /// A person's words as typed; empty for an answer (its words are in `blocks`).
    pub text: String,
    /// Finished, sanitised HTML blocks of an answer.
    pub blocks: Vec<String>,
    /// The model's reasoning, plain text.
    pub reasoning: String,
    /// When (RFC 3339).
    pub created_at: String,
    /// Where the message stands.
    pub status: MessageStatus,
    /// The model that answers.
    pub model_id: Option<String>,
    /// Who pays.
    pub account_id: Option<String>,
    /// Tokens, where known.
    pub usage: Option<UsageView>,
    /// Cost, where known.
    pub cost: Option<CostView>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MessageRole {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// Where a message stands.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MessageStatus {
    /// Coming in now.
    Streaming {
        /// The turn, for Stop and to attach again.
        turn_id: String,
    },
    /// Whole.
    Complete,
    /// The model reached its output limit.
    Truncated,
    /// The person pressed Stop; what came is kept.
    Stopped,
    /// Cut off: the app or the connection ended; what came is kept.
    CutOff,
    /// Failed; what came is kept.
    Failed {
        /// Why, with the next step.
        error: IpcError,
    },
}

/// What to send.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnSendParams {
    /// Where; absent starts a new conversation.
    pub conversation_id: Option<String>,
    /// The person's words.
    pub text: String,
    /// Which model.
    pub model_id: String,
    /// Who pays.
    pub account_id: String,
}

/// Try a failed, stopped or cut-off answer again, as a new sibling of it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnRetryParams {
    /// The answer to replace.
    pub message_id: String,
    /// Which model.
    pub model_id: String,
    /// Who pays.
    pub account_id: String,
}

/// What was accepted; the rest comes through the channel.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnStarted {
    /// The turn, for Stop.
    pub turn_id: String,
    /// The conversation, new or not.
    pub conversation: ConversationView,
    /// The person's message as stored.
    pub user_message: MessageView,
    /// The answer, still empty.
    pub assistant_message: MessageView,
}

/// What comes through a turn's channel: at most one message a frame.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TurnEvent {
    /// Changes to the answer's blocks, and more reasoning.
    Patch {
        /// In order.
        ops: Vec<PatchOp>,
        /// Reasoning to append.
        reasoning: String,
    },
    /// What it costs so far.
    Running {
        /// Tokens so far.
        usage: UsageView,
        /// Cost so far.
        cost: Option<CostView>,
    },
    /// The provider began the answer anew: drop what is shown. It stays in the record.
    Restarted,
    /// Over: the message as stored, failed ones included.
    Ended {
        /// The answer.
        message: Box<MessageView>,
        /// Its conversation with new totals and title.
        conversation: Box<ConversationView>,
    },
}

/// A change to an answer's rendered blocks (the `markdown-stream` crate documents each).
///
/// Each block lives in an element of its own. `append` and `grow` speak of the last block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "op", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PatchOp {
    /// A new last block with this HTML.
    Append {
        /// Sanitised HTML.
        html: String,
    },
    /// In the last block: from its element go `depth` times to the last element child; keep the
    /// first `keep` child nodes there, drop the others, append this HTML's nodes.
    Grow {
        /// How often to descend.
        depth: u32,
        /// How many child nodes stay.
        keep: u32,
        /// Sanitised HTML.
        html: String,
    },
    /// In the last block: same descent; append to the last text node there (or make one).
    Text {
        /// How often to descend.
        depth: u32,
        /// Plain text.
        text: String,
    },
    /// Block number `block` gets other HTML.
    Replace {
        /// Counted from 0.
        block: u32,
        /// Sanitised HTML.
        html: String,
    },
    /// Drop blocks from number `from` on.
    Truncate {
        /// Counted from 0.
        from: u32,
    },
}

// --- errors ------------------------------------------------------------------------------------------

/// What a command can fail with. The UI owns sentence and action for each code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// What a person can do something about.
    pub code: ErrorCode,
    /// For "Details"; free of secrets, never shown as our own words.
    pub detail: String,
    /// The same again may succeed.
    pub retryable: bool,
    /// RFC 3339: not before then, where the provider said so.
    pub retry_at: Option<String>,
    /// Ties the message to the log.
    pub correlation_id: String,
}

/// The causes that lead to different next steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The person said no at the provider.
    AccessDenied,
    /// Nobody came back from the browser in time.
    SignInTimedOut,
    /// The system browser could not be started.
    BrowserUnavailable,
    /// All registered redirect ports are taken.
    RedirectPortUnavailable,
    /// The launch address was opened twice: somebody else may have been first.
    LaunchAddressReused,
    /// The pasted address is not this sign-in's redirect.
    RedirectInvalid,
    /// The provider's answer does not fit its metadata or our request (issuer, ID token, PKCE).
    ProviderUntrusted,
    /// The provider refuses this app's registration (`invalid_client`, redirect URI, scope).
    RegistrationRejected,
    /// The provider is not set up yet.
    SetupIncomplete,
    /// The provider could not be reached.
    NetworkOffline,
    /// The provider is there, and failing (5xx, unreadable answers).
    ProviderUnavailable,
    /// The grant is over: sign in again.
    ReauthRequired,
    /// The keychain is locked, or its prompt went unanswered.
    KeychainLocked,
    /// There is no keychain.
    KeychainUnavailable,
    /// The granted scopes do not cover this.
    InsufficientScope,
    /// The wallet is empty.
    InsufficientBalance,
    /// The balance does not cover the most this message could cost.
    ReservationTooLarge,
    /// A plan's allowance is used up until it resets.
    AllowanceUsedUp,
    /// This account cannot use this model.
    ModelNotIncluded,
    /// No such model.
    ModelUnavailable,
    /// Too many requests.
    RateLimited,
    /// The provider has no capacity for this model now.
    AtCapacity,
    /// The provider refuses the request as it stands (too long, unsupported part).
    RequestRejected,
    /// The stream ended before the answer did.
    StreamInterrupted,
    /// The data directory cannot be written.
    StorageUnavailable,
    /// No such conversation, message, account, …
    NotFound,
    /// A fault of ours.
    Internal,
}

/// A sign-in attempt, for commands that speak of one.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInStartParams {
    /// The provider's id.
    pub provider_id: String,
    /// Where the tokens shall rest.
    pub persistence: Persistence,
}
