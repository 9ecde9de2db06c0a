//! What a signed-in account can do: say who it is and what it has, list models, and chat.
//!
//! Providers are data ([`ProviderProfile`], [`profiles`]). A [`Wallet`] is one account at one of
//! them; it gets its access tokens from a [`native_oauth::Session`] and never hands one out. Each
//! call ends in a value or an [`ApiError`] that says what a person can do about it.
#![deny(missing_docs)]

pub mod profile;
pub mod profiles;

mod chat;
mod error;
mod sse;
mod wallet;
mod wire_amount;

pub use chat::{
    ChatEvent, ChatMessage, ChatRequest, ChatStream, FinishReason, ImagePart, Role, StreamLimits,
};
pub use error::{
    ApiError, ApiErrorKind, Detail, PaymentCause, RejectionReason, TransportError, UnreadableAnswer,
};
pub use money::Usage;
pub use profile::ProviderProfile;
pub use tokio_util::sync::CancellationToken;
pub use wallet::fetch_image;
pub use wallet::{AccessTokens, Balance, KeyCap, Model, Picture, Profile, SpendingLimit, Wallet};
pub use wallet::{Allowance, AllowancePeriod, Measure, UsageBucket};
pub use wallet::{AppRegistry, RegisteredApp};
