//! Start-up: the data directory, the core in the background, the window at once.

use std::path::PathBuf;
use std::process::ExitCode;

use tauri::{Manager as _, Runtime};
use tuppence_core::{Config, DataDirectory, SystemBrowser, Tuppence};

use crate::adapters::{erasure::Erasure, instance, play_money::EmbeddedSandbox, redirects};
use crate::ipc::{self, CoreHandle};
use crate::window;

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    tuppence_core::keep_to_the_owner();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(
            tuppence_core::log_directives(std::env::var("TUPPENCE_LOG").ok().as_deref()),
        ))
        .with_writer(std::io::stderr)
        .init();
    let data = match DataDirectory::default_path(data_dir_argument()).and_then(DataDirectory::open)
    {
        Ok(data) => data,
        Err(error) => return refuse(&format!("the data directory cannot be used: {error}")),
    };
    let mut context = context();
    redirects::understand(context.config_mut());
    let app = match builder::<tauri::Wry>(&data).build(context) {
        Ok(app) => app,
        #[cfg(unix)]
        Err(error) if instance::ended_meanwhile(&error) => {
            let why = instance::start_over();
            return refuse(&format!("the window could not be opened: {error}; {why}"));
        }
        Err(error) => return refuse(&format!("the window could not be opened: {error}")),
    };
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            tauri::async_runtime::block_on(ipc::close(app));
            app.state::<Erasure>().finish();
        }
    });
    ExitCode::SUCCESS
}

/// The configuration and the page, as they were built.
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// The app without its context, so that tests can build it on Tauri's mock runtime.
pub fn builder<R: Runtime>(data: &DataDirectory) -> tauri::Builder<R> {
    let data = data.clone();
    tauri::Builder::new()
        // First, so that a second start ends before it does anything else.
        .plugin(instance::plugin(&data))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(ipc::handler())
        .on_window_event(|window, event| {
            if let tauri::WindowEvent::Focused(true) = event {
                ipc::came_to_front(window.app_handle());
            }
        })
        .setup(move |app| {
            let handle = app.handle().clone();
            handle.manage(CoreHandle::opening(open_core(data.clone())));
            handle.manage(Erasure::of(data.path()));
            ipc::broadcast(&handle);
            redirects::listen(&handle);
            window::open(&handle, &data)?;
            Ok(())
        })
}

/// Opens the core beside the window's first paint; commands wait for it.
fn open_core(
    data: DataDirectory,
) -> impl Future<Output = Result<Tuppence, tuppence_core::Failure>> + Send + 'static {
    let sandbox = EmbeddedSandbox::new(data.path());
    Tuppence::open(Config {
        data,
        user_agent: std::sync::Arc::new(SystemBrowser),
        play_money: Some(std::sync::Arc::new(sandbox)),
        keychain_service: tuppence_core::KEYCHAIN_SERVICE.to_owned(),
        environment: tuppence_core::Environment::of_process(),
    })
}

fn data_dir_argument() -> Option<PathBuf> {
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--data-dir" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(path) = argument
            .to_str()
            .and_then(|text| text.strip_prefix("--data-dir="))
        {
            return Some(PathBuf::from(path));
        }
    }
    None
}

fn refuse(why: &str) -> ExitCode {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "tuppence: {why}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use tauri::utils::assets::CspHash;

    /// The theme's script stands in the page itself, which admits scripts from its own files alone.
    #[test]
    fn the_pages_policy_admits_the_one_script_that_stands_in_it() {
        let context = super::context();
        let admitted = |page: &str| {
            let hashes = context.assets().csp_hashes(&page.into());
            let scripts = hashes.filter(|hash| matches!(hash, CspHash::Script(_)));
            scripts.count()
        };
        // Those of the files are admitted in every page.
        assert_eq!(admitted("index.html"), admitted("another.html") + 1);
    }
}
