//! One file per command.

pub(crate) mod accounts;
pub(crate) mod ask;
pub(crate) mod backups;
pub(crate) mod balance;
pub(crate) mod conversations;
pub(crate) mod doctor;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod limits;
pub(crate) mod models;
pub(crate) mod presets;
pub(crate) mod provider;
pub(crate) mod search;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
mod too_long;
pub(crate) mod usage;
pub(crate) mod whoami;
