//! The core's types in the contract's terms. Nothing is decided here.

mod account;
mod app;
mod conversation;
mod provider;
mod sign_in;
mod turn;
mod wallet;

pub(super) use account::*;
pub(super) use app::*;
pub(super) use conversation::*;
pub(super) use provider::*;
pub(super) use sign_in::*;
pub(super) use turn::*;
pub(super) use wallet::*;
