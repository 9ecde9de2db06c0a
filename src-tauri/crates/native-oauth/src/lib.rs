//! OAuth 2.0 for native apps (RFC 8252): a public client that signs a person in with the system
//! browser, PKCE and a loopback redirect, and keeps the resulting session alive.
//!
//! The crate knows no provider, no user interface and no framework. What differs between providers
//! is data ([`Client`], [`ProviderMetadata`]); what differs between systems is a trait
//! ([`ExternalUserAgent`], [`TokenStore`], [`Clock`]).
//!
//! A sign-in has five steps, one call each:
//!
//! 1. [`SignInFlow::begin`] binds the redirect listener and makes the authorization request;
//! 2. [`ExternalUserAgent::open`] shows [`PendingSignIn::launch_address`] in the browser;
//! 3. [`PendingSignIn::authorized`] waits for the response, checks it, exchanges the code and
//!    verifies the ID token;
//! 4. [`Session::start`] stores the tokens and keeps them fresh;
//! 5. [`BrowserReturn::finish`] tells the browser how it went.
#![deny(missing_docs)]

pub mod authorization;
pub mod client;
pub mod clock;
pub mod flow;
pub mod http;
pub mod id_token;
pub mod issuer;
pub mod key_grant;
pub mod launch;
pub mod metadata;
pub mod pkce;
pub mod redirect;
pub mod scope;
pub mod secret;
pub mod session;
pub mod store;
pub mod token;
pub mod trace;
pub mod user_agent;

pub use client::{Client, ClientAuthentication, LoopbackAddress, RedirectPolicy};
pub use clock::{CLOCK_TOLERANCE, Clock, ClockSkew, SystemClock};
pub use flow::{
    Authorized, BrowserReturn, Completion, DeviceAuthorization, DeviceFlow, LaunchHandle,
    PasteError, PasteRedirect, PendingSignIn, SignInError, SignInFlow, SignInOptions,
};
pub use futures_util::future::BoxFuture;
pub use http::{HttpClient, HttpClientError};
pub use id_token::IdTokenClaims;
pub use issuer::Issuer;
pub use key_grant::KeyGrant;
pub use metadata::{Discovery, DiscoveryError, ProviderMetadata};
pub use redirect::page::PageText;
pub use redirect::{PrivateUseUri, RedirectUri};
pub use scope::Scopes;
pub use secret::{AccessToken, ClientSecret, IdToken, RefreshToken, SecretText};
pub use session::{
    IntrospectionError, ReauthReason, Session, SessionError, SessionState, SignOutReport,
};
#[cfg(feature = "keyring")]
pub use store::KeyringStore;
pub use store::{AccountKey, MemoryStore, SecretItems, StoreError, TokenStore};
pub use token::TokenSet;
pub use token::endpoint::{Introspection, TokenEndpointError};
pub use tokio_util::sync::CancellationToken;
pub use trace::{FlowObserver, FlowStep, StepKind, StepOutcome, StepValue};
pub use user_agent::{ExternalUserAgent, UserAgentError};
