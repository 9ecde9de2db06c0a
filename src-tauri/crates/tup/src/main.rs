//! `tup`: the terminal client. The same accounts, keychain and conversations as the window, usable
//! beside it.

mod account_choice;
mod args;
mod commands;
mod exit;
mod no_browser;
mod output;
mod play_money;
mod secret_input;
mod terminal;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use crate::no_browser::NoBrowser;
use clap::Parser as _;
use tuppence_core::{Config, DataDirectory, Environment, Failure, SystemBrowser, Tuppence};

use crate::args::{AccountsChange, Args, Backups, Command};
use crate::exit::Stop;
use crate::output::Output;

/// For what blocks at the end, such as a write to the disk.
const LAST_WORK: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    if tuppence_core::read_pdf_if_asked() || tuppence_core::draw_diagram_if_asked() {
        return ExitCode::from(exit::OK);
    }
    tuppence_core::keep_to_the_owner();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            let stop = Stop::Failed(Failure::internal(error));
            Output::new(false).stop(&stop);
            return ExitCode::from(stop.code());
        }
    };
    let code = runtime.block_on(in_runtime());
    // Whoever waits for a line of the terminal would wait for ever.
    runtime.shutdown_timeout(LAST_WORK);
    code
}

async fn in_runtime() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version end up here too, and are no errors.
            let code = if error.use_stderr() {
                exit::USAGE
            } else {
                exit::OK
            };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(
            tuppence_core::log_directives(std::env::var("TUPPENCE_LOG").ok().as_deref()),
        ))
        .with_writer(std::io::stderr)
        .init();
    let output = Output::new(args.json);
    match run(args, &output).await {
        Ok(()) => ExitCode::from(exit::OK),
        Err(stop) => {
            output.stop(&stop);
            ExitCode::from(stop.code())
        }
    }
}

async fn run(args: Args, output: &Output) -> Result<(), Stop> {
    let data = DataDirectory::default_path(args.data_dir.clone())
        .and_then(DataDirectory::open)
        .map_err(|error| Stop::usage(format!("the data directory cannot be used: {error}")))?;
    let dir = data.path().to_owned();
    if let Command::Backups(Backups::Restore { name }) = &args.command {
        return commands::backups::restore(&dir, output, name).await;
    }
    let play_money = Arc::new(play_money::Sandbox::new(&dir));
    let core = open(data, play_money.clone(), &args.command).await?;
    if let Command::Erase { yes } = args.command {
        return commands::erase::run(core, &play_money, output, &dir, yes).await;
    }
    core.settle_revocations();
    let result = tokio::select! {
        result = dispatch(&core, args, output) => result,
        _ = tokio::signal::ctrl_c() => Err(Stop::Cancelled),
    };
    core.close().await;
    result
}

async fn open(
    data: DataDirectory,
    play_money: Arc<play_money::Sandbox>,
    command: &Command,
) -> Result<Tuppence, Stop> {
    let no_browser = matches!(command, Command::SignIn(it) if it.no_browser || it.device);
    Ok(Tuppence::open(Config {
        data,
        user_agent: if no_browser {
            Arc::new(NoBrowser)
        } else {
            Arc::new(SystemBrowser)
        },
        play_money: Some(play_money),
        keychain_service: tuppence_core::KEYCHAIN_SERVICE.to_owned(),
        environment: Environment::of_process(),
    })
    .await?)
}

async fn dispatch(core: &Tuppence, args: Args, output: &Output) -> Result<(), Stop> {
    let account = args.account.as_deref();
    match args.command {
        Command::SignIn(sign_in) => commands::sign_in::run(core, output, sign_in).await,
        Command::SignOut { browser_too } => {
            commands::sign_out::run(core, output, account, browser_too).await
        }
        // It ends the core, which no other command does: `run` has it.
        Command::Erase { .. } => Ok(()),
        Command::Accounts { change: None } => commands::accounts::list(core, output).await,
        Command::Accounts {
            change: Some(AccountsChange::Remove { account }),
        } => commands::accounts::remove(core, output, &account).await,
        Command::Whoami => commands::whoami::run(core, output, account).await,
        Command::Balance => commands::balance::run(core, output, account).await,
        Command::Presets => commands::presets::run(core, output).await,
        Command::Models => commands::models::run(core, output, account).await,
        Command::Conversations(asked) => {
            commands::conversations::run(core, output, account, asked).await
        }
        Command::Backups(command) => commands::backups::run(core, output, command).await,
        Command::Search { words, limit } => {
            commands::search::run(core, output, account, &words.join(" "), limit).await
        }
        Command::Export(export) => commands::export::run(core, output, export).await,
        Command::Import { files } => commands::import::run(core, output, files).await,
        Command::Usage { by, export } => {
            commands::usage::run(core, output, account, by, export).await
        }
        Command::Limits(limits) => commands::limits::run(core, output, account, limits).await,
        Command::Doctor => commands::doctor::run(core, output).await,
        Command::Provider(command) => commands::provider::run(core, output, command).await,
        Command::Ask(ask) => commands::ask::run(core, output, account, ask).await,
    }
}
