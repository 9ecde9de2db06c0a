//! What a refusal or an unusable answer is about.

use std::time::SystemTime;

/// What has to be paid, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentCause {
    /// The wallet is empty.
    #[error("the wallet is empty")]
    WalletEmpty,
    /// There is money, but not as much as this message could cost at most.
    #[error("the balance does not cover the most that this could cost")]
    ReservationTooLarge,
    /// A plan's allowance is used up.
    #[error("the allowance is used up")]
    AllowanceUsedUp {
        /// When there is a new one, where the provider says so.
        resets_at: Option<SystemTime>,
    },
    /// This account's plan does not include the model.
    #[error("the plan does not include this model")]
    ModelNotIncluded,
    /// The cap that was set for this app at the provider is reached.
    #[error("the cap of this app is reached")]
    KeyCapReached,
    /// Somebody else's wallet is empty: that of whoever runs the model.
    #[error("the wallet of the model's operator is empty")]
    NotYourWallet,
    /// The provider does not say.
    #[error("the provider does not say why")]
    Unknown,
}

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RejectionReason {
    /// The conversation is longer than the model takes.
    #[error("it is too long")]
    TooLong,
    /// The content breaks the provider's rules.
    #[error("its content breaks the provider's rules")]
    ContentPolicy,
    /// Anything else.
    #[error("it does not fit")]
    Other,
}

/// What came instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableAnswer {
    /// A web page.
    #[error("it is a web page")]
    Html,
    /// Something that is not the JSON expected.
    #[error("it is not the expected JSON")]
    Json,
    /// A redirect, which is never followed with an access token.
    #[error("it is a redirect")]
    Redirect,
    /// Nothing at all.
    #[error("it is empty")]
    Empty,
    /// No picture of a known kind.
    #[error("it is not a picture")]
    Picture,
}
