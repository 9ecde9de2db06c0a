//! The border between the web view and the core: the contract's types ([`contract`]), one handler of
//! a few lines per command ([`commands`]), the translation of the core's types (`view`) and the
//! broadcasts.

mod broadcast;
pub mod commands;
pub mod contract;
mod core_handle;
mod error;
mod view;

use tauri::{AppHandle, Manager as _, Runtime};

pub(crate) use broadcast::broadcast;
pub use core_handle::CoreHandle;

include!("list.rs");

macro_rules! register {
    ($($command:ident,)*) => {
        tauri::generate_handler![$(commands::$command),*]
    };
}

macro_rules! names {
    ($($command:ident,)*) => { &[$(stringify!($command)),*] };
}

/// The names of all commands, for the tests of the contract.
pub const COMMANDS: &[&str] = with_commands!(names);

/// Registers every command of the list.
pub fn handler<R: Runtime>() -> impl Fn(tauri::ipc::Invoke<R>) -> bool + Send + Sync + 'static {
    with_commands!(register)
}

/// The whole of what the page is told of the application.
pub(crate) fn app_view(core: &tuppence_core::Tuppence) -> contract::AppView {
    view::app(core)
}

/// Hands addresses of the private-use scheme to the sign-in that waits; anything else is ignored by
/// its checks.
pub(crate) fn redirects_received<R: Runtime>(app: &AppHandle<R>, urls: Vec<tauri::Url>) {
    if urls.is_empty() {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Ok(core) = app.state::<CoreHandle>().core().await {
            for url in urls {
                core.redirect_received(String::from(url).into());
            }
        }
    });
}

/// A person who comes back, perhaps from a top-up page, sees what they have now.
pub(crate) fn came_to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(core) = app.state::<CoreHandle>().ready() {
        tauri::async_runtime::spawn(async move { core.refresh_active_balance().await });
    }
}

/// Ends running turns with what they have, so that nothing is left half-written.
pub(crate) async fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(core) = app.state::<CoreHandle>().ready() {
        core.close().await;
    }
}
