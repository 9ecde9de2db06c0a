//! The IPC contract: every type that crosses between the Rust core and the web view.
//!
//! `cargo test -p tuppence bindings` writes their TypeScript to `ui/src/ipc/generated/` and fails
//! when what is committed there differs. No type here can hold a token: the secret types of
//! `native-oauth` implement neither `Serialize` nor `TS`, so a field of that kind does not compile.
//! Two inbound-only kinds of secret exist ([`SecretInput`]); nothing secret goes out.
//!
//! Conventions: camelCase fields, unions tagged with `type`, ids as strings, instants as RFC 3339
//! strings, amounts as whole millionths within ±2^53.

mod allowance;
mod app;
mod attachment;
mod context;
mod conversation;
mod device;
mod diagnosis;
mod diagram;
mod error;
mod exchange;
mod leaving;
mod library;
mod list;
mod loss;
mod preset;
mod provider_check;
mod provider_setup;
mod remote_image;
mod secret_input;
mod settings;
mod spending;
mod wallet;

pub use allowance::*;
pub use app::*;
pub use attachment::*;
pub use context::*;
pub use conversation::*;
pub use device::*;
pub use diagnosis::*;
pub use diagram::*;
pub use error::*;
pub use exchange::*;
pub use leaving::*;
pub use library::*;
pub use list::*;
pub use loss::*;
pub use preset::*;
pub use provider_check::*;
pub use provider_setup::*;
pub use remote_image::*;
pub use secret_input::*;
pub use settings::*;
pub use spending::*;
pub use wallet::*;
