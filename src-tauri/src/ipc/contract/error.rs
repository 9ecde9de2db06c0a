//! What a command can fail with.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LimitReachedView;

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
    /// Scopes, space separated, whose consent would help, where it is known which are missing.
    pub missing_scopes: Option<String>,
    /// Which limit of the person's is the cause, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limit: Option<Box<LimitReachedView>>,
    /// Ties the message to the log.
    pub correlation_id: String,
    /// The field of a set-up form that it is about.
    pub field: Option<SetupField>,
}

/// A value that a person gave, or has to give, about a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SetupField {
    /// The provider's name.
    Name,
    /// The issuer.
    Issuer,
    /// `authorization_endpoint`.
    AuthorizationEndpoint,
    /// `token_endpoint`.
    TokenEndpoint,
    /// `userinfo_endpoint`.
    UserinfoEndpoint,
    /// Base URL of the API.
    ApiBase,
    /// The client id, or the secret that belongs to it.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The scopes.
    Scopes,
    /// The redirect URI.
    RedirectUri,
    /// The developer key that registers an app.
    DeveloperKey,
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
    /// Another person came back from the provider than the one who was asked.
    OtherAccount,
    /// The provider offers no sign-in on another device.
    DeviceSignInUnsupported,
    /// The code for the other device expired before anybody typed it.
    DeviceCodeExpired,
    /// This machine's clock is too far from the provider's.
    ClockSkewed,
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
    /// The cap that was set for this app at the provider is reached.
    KeyCapReached,
    /// Whoever runs the model has to pay, not the person.
    NotYourWallet,
    /// A limit that the person set leaves no room for this message.
    LimitReached,
    /// There are limits, and the model has no price to hold them by.
    PriceUnknown,
    /// This raises a limit, and nobody confirmed it.
    ConfirmationNeeded,
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
    /// The conversation is longer than the model takes.
    ConversationTooLong,
    /// What was written breaks the provider's rules.
    ContentRefused,
    /// An answer still streams in this conversation, here or in another program.
    AnswerInProgress,
    /// The stream ended before the answer did.
    StreamInterrupted,
    /// A file to import is none that is understood.
    ImportUnreadable,
    /// The file to export to could not be written.
    ExportUnwritable,
    /// A file is larger than what is sent.
    AttachmentTooLarge,
    /// A file is of a kind that is not sent.
    AttachmentUnsupported,
    /// A file is damaged, locked, or has no words in it.
    AttachmentUnreadable,
    /// The model takes no images.
    ModelTakesNoImages,
    /// The data directory cannot be written.
    StorageUnavailable,
    /// No such conversation, message, account, …
    NotFound,
    /// A fault of ours.
    Internal,
}
