//! The store against real files, real processes and real faults.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bin;
mod damage;
mod directory;
mod disk_full;
mod edit_drafts;
mod journal;
mod kill;
mod ledger;
mod listing;
mod losses;
mod readings;
mod removal;
mod reservations;
mod resumption;
mod search;
mod support;
mod tree;
mod turns;
mod two_processes;
mod window;
