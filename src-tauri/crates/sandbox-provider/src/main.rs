//! `sandbox-provider`: the sandbox on its own, for tests in other languages and for trying a client by hand.

use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::Parser;
use sandbox_provider::{Dialect, Sandbox, SandboxConfig, SandboxError, Scenario};
use serde_json::json;
use url::Url;

/// An OAuth provider with a play-money wallet, on loopback.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; loopback only, port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Which provider to behave like: quota, chutes or oidc
    #[arg(long, default_value = "quota")]
    dialect: Dialect,
    /// A fault to begin with; may be given several times
    #[arg(long, value_name = "NAME", num_args = 1..)]
    scenario: Vec<Scenario>,
    /// An OpenAI-compatible server on this machine (its …/v1 address) that answers instead
    #[arg(long, value_name = "URL")]
    upstream: Option<Url>,
    /// Where accounts and token hashes are kept; in memory if not given
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// A further registered redirect URI; may be given several times
    #[arg(long, value_name = "URI")]
    redirect_uri: Vec<String>,
    /// List the faults and end
    #[arg(long)]
    list_scenarios: bool,
    /// Print JSON; the only way to see the client secret of the chutes dialect
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.list_scenarios {
        return ended(list_scenarios(arguments.json));
    }
    let json = arguments.json;
    let sandbox = match Sandbox::start(config(arguments)).await {
        Ok(sandbox) => sandbox,
        Err(error) => return failed(&error),
    };
    if announce(&sandbox, json).is_err() {
        // Whoever started this has gone already.
        sandbox.stop().await;
        return ExitCode::FAILURE;
    }
    let interrupted = tokio::signal::ctrl_c().await;
    sandbox.stop().await;
    ended(interrupted)
}

fn config(arguments: Arguments) -> SandboxConfig {
    let defaults = SandboxConfig::default();
    let mut redirect_uris = defaults.redirect_uris.clone();
    redirect_uris.extend(arguments.redirect_uri);
    SandboxConfig {
        dialect: arguments.dialect,
        listen: arguments.listen,
        scenario: arguments.scenario,
        upstream: arguments.upstream,
        data_dir: arguments.data_dir,
        redirect_uris,
        ..defaults
    }
}

fn list_scenarios(json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        let list: Vec<_> = Scenario::ALL
            .iter()
            .map(|scenario| json!({ "name": scenario.name(), "summary": scenario.summary() }))
            .collect();
        return writeln!(out, "{}", serde_json::Value::from(list));
    }
    for scenario in Scenario::ALL {
        writeln!(out, "{:<36}{}", scenario.name(), scenario.summary())?;
    }
    Ok(())
}

fn announce(sandbox: &Sandbox, json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        let line = json!({
            "issuer": sandbox.issuer_identifier(),
            "api_base": sandbox.api_base(),
            "client_id": sandbox.client_id(),
            "client_secret": sandbox.client_secret(),
            "dialect": sandbox.dialect().name(),
        });
        writeln!(out, "{line}")?;
    } else {
        writeln!(
            out,
            "issuer {}  client_id {}  dialect {}",
            sandbox.issuer_identifier(),
            sandbox.client_id(),
            sandbox.dialect()
        )?;
    }
    out.flush()
}

fn failed(error: &SandboxError) -> ExitCode {
    use std::error::Error;
    eprintln!("sandbox-provider: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}

fn ended(outcome: std::io::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox-provider: {error}");
            ExitCode::FAILURE
        }
    }
}
