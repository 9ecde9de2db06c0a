//! The core's types in the contract's terms. Nothing is decided here.

mod account;
mod app;
mod context;
mod conversation;
mod device;
mod diagnosis;
mod diagram;
mod exchange;
mod leaving;
mod library;
mod list;
mod loss;
mod preset;
mod provider;
mod provider_check;
mod remote_image;
mod settings;
mod sign_in;
mod spending;
mod turn;
mod wallet;

pub(super) use account::*;
pub(super) use app::*;
pub(super) use context::*;
pub(super) use conversation::*;
pub(super) use device::*;
pub(super) use diagnosis::*;
pub(super) use diagram::*;
pub(super) use exchange::*;
pub(super) use library::*;
pub(super) use list::*;
pub(super) use loss::*;
pub(super) use preset::*;
pub(super) use provider::*;
pub(super) use provider_check::*;
pub(super) use remote_image::*;
pub(super) use sign_in::*;
pub(super) use spending::*;
pub(super) use turn::*;
pub(super) use wallet::*;

/// A count as the contract has it.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
