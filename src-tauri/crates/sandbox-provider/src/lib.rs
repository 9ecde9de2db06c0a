//! An OAuth provider with a play-money wallet, on loopback.
//!
//! It is what a newcomer signs in to without an account anywhere, and what tests sign in to instead of a
//! mock: a consent page in a real browser, single-use codes, PKCE, rotating refresh tokens, RS256 ID tokens
//! with rotating keys, a wallet that runs out, a top-up page, and streamed answers metered per token.
//! It speaks four [dialects](Dialect), each with the shapes, quirks and errors of its model, and fails on
//! request in every way that a provider can ([`Scenario`]).
//!
//! It refuses what a real provider refuses. A client that passes here sent the right thing; nothing is
//! guessed on its behalf.
//!
//! ```no_run
//! # async fn example() -> Result<(), sandbox_provider::SandboxError> {
//! use sandbox_provider::{Dialect, Sandbox, SandboxConfig};
//!
//! let sandbox = Sandbox::start(SandboxConfig { dialect: Dialect::Quota, ..SandboxConfig::default() }).await?;
//! println!("{} {}", sandbox.issuer(), sandbox.client_id());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
#![deny(missing_docs)]

mod answers;
mod api;
mod books;
mod browser;
mod config;
mod control;
mod devices;
mod error;
mod grants;
mod guard;
mod host;
mod oauth;
mod on_demand;
mod pages;
mod provider;
mod reply;
mod sandbox;
mod scenario;
mod secrets;
mod signing;
#[cfg(feature = "faults")]
mod visitor;
mod wire;

pub use books::PlanTerms;
pub use config::{
    Dialect, REGISTERED_PORTS, REGISTERED_PROFILES, SandboxConfig, Typing, UnknownDialect,
};
pub use control::{Control, Counters};
pub use error::SandboxError;
pub use host::{Address, Hosted};
pub use on_demand::OnDemand;
pub use sandbox::Sandbox;
pub use scenario::{Scenario, UnknownScenario};
#[cfg(feature = "faults")]
pub use visitor::{TopUp, VisitError, Visitor};
