//! The shell: the one place that knows Tauri. It opens the window, carries the IPC contract to
//! `tuppence-core` and back, and lends the core the embedded play-money provider.

pub mod adapters;
mod first_view;
#[cfg(target_os = "linux")]
mod graphics;
pub mod ipc;
mod run;
mod window;

pub use run::{builder, run};
