//! The commands, each a few lines: unpack, ask the core, translate the answer.
//!
//! Every one answers [`IpcError`] on failure; what each does is said in the contract's types and on
//! the core's methods that it calls.

mod accounts;
mod app;
mod attachments;
mod backups;
mod context;
mod conversations;
mod desktop;
mod diagnosis;
mod diagrams;
mod exchange;
mod leaving;
mod library;
mod limits;
mod presets;
mod providers;
mod remote_images;
mod settings;
mod sign_in;
mod spending;
mod turns;

use super::contract::IpcError;

pub(super) use accounts::*;
pub(super) use app::*;
pub(super) use attachments::*;
pub(super) use backups::*;
pub(super) use context::*;
pub(super) use conversations::*;
pub(super) use desktop::*;
pub(super) use diagnosis::*;
pub(super) use diagrams::*;
pub(super) use exchange::*;
pub(super) use leaving::*;
pub(super) use library::*;
pub(super) use limits::*;
pub(super) use presets::*;
pub(super) use providers::*;
pub(super) use remote_images::*;
pub(super) use settings::*;
pub(super) use sign_in::*;
pub(super) use spending::*;
pub(super) use turns::*;

type Answer<T> = Result<T, IpcError>;
