//! `refresh`: how many refreshes the server sees when everybody needs a token at once.
//!
//! The provider rotates refresh tokens and ends the grant when one is used twice, so a second refresh
//! would not be a waste only: it would sign the person out.

mod file_store;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use anyhow::Context;
use native_oauth::{
    AccountKey, CancellationToken, Client, HttpClient, MemoryStore, Session, SignInOptions,
    TokenSet, TokenStore,
};

use self::file_store::FileStore;
use crate::clock::{median, ms};
use crate::peers::Peers;
use crate::provider::{self, Provider};
use crate::report::{Report, Row};

const CALLERS: usize = 1_000;
const PROCESSES: usize = 8;
const ROUNDS: usize = 10;

/// Runs the bench.
pub(crate) fn bench(_: &Peers) -> anyhow::Result<Report> {
    let provider = Provider::start()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut callers = Seen::default();
    let mut processes = Seen::default();
    for _ in 0..ROUNDS {
        let before = provider.control.counters().refreshes;
        let waited = runtime.block_on(in_one_process(&provider))?;
        callers.note(provider.control.counters().refreshes - before, waited);
        let before = provider.control.counters().refreshes;
        let waited = in_processes(&provider, &runtime)?;
        processes.note(provider.control.counters().refreshes - before, waited);
    }
    Ok(Report::new(
        "refresh",
        vec![
            callers.row("refreshes per expiry, 1,000 callers"),
            processes.row("refreshes per expiry, 8 processes of 125 callers"),
            Row::new("all 1,000 callers served, ms", median(&callers.waits)),
            Row::new(
                "all 8 processes started, served, ended, ms",
                median(&processes.waits),
            ),
        ],
    ))
}

/// Refreshes that the server counted, and how long it took until everybody had a token.
#[derive(Default)]
struct Seen {
    refreshes: Vec<u64>,
    waits: Vec<f64>,
}

impl Seen {
    fn note(&mut self, refreshes: u64, waited: f64) {
        self.refreshes.push(refreshes);
        self.waits.push(waited);
    }

    /// The round that was worst, in either direction.
    fn row(&self, figure: &str) -> Row {
        let worst = self.refreshes.iter().max_by_key(|count| count.abs_diff(1));
        #[expect(clippy::cast_precision_loss)]
        Row::new(figure, worst.map_or(f64::NAN, |count| *count as f64)).exactly(1.0)
    }
}

async fn in_one_process(provider: &Provider) -> anyhow::Result<f64> {
    let http = HttpClient::new()?;
    let client = provider::client(provider.client_id(), provider.metadata(&http).await?);
    let tokens = expired_tokens(provider, &http, &client).await?;
    let folder = tempfile::tempdir()?;
    let store = Arc::new(MemoryStore::new());
    store.save(&key(), &tokens).await?;
    let session = session(&http, client, store, folder.path()).await?;
    let started = Instant::now();
    let seen = ask_at_once(&session, CALLERS).await?;
    anyhow::ensure!(seen.len() == 1, "callers were given {} tokens", seen.len());
    Ok(ms(started.elapsed()))
}

fn in_processes(provider: &Provider, runtime: &tokio::runtime::Runtime) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    runtime.block_on(async {
        let http = HttpClient::new()?;
        let client = provider::client(provider.client_id(), provider.metadata(&http).await?);
        let tokens = expired_tokens(provider, &http, &client).await?;
        FileStore::in_folder(folder.path())
            .save(&key(), &tokens)
            .await?;
        anyhow::Ok(())
    })?;
    let started = Instant::now();
    let children = (0..PROCESSES).map(|_| {
        Command::new(std::env::current_exe()?)
            .args(["part", "refresh-caller"])
            .arg(folder.path())
            .args([provider.issuer(), provider.client_id()])
            .stdout(Stdio::piped())
            .spawn()
            .context("starting a process")
    });
    let children: Vec<_> = children.collect::<anyhow::Result<_>>()?;
    let mut seen = HashSet::new();
    for child in children {
        let output = child.wait_with_output()?;
        anyhow::ensure!(output.status.success(), "a process got no token");
        seen.insert(output.stdout);
    }
    anyhow::ensure!(
        seen.len() == 1,
        "processes were given {} tokens",
        seen.len()
    );
    Ok(ms(started.elapsed()))
}

/// One of several processes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    folder: PathBuf,
    issuer: String,
    client_id: String,
}

/// Asks for a token as often as this process has callers, and prints it: it is one of play money.
pub(crate) fn call(arguments: &Arguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let http = HttpClient::new()?;
        let metadata = provider::metadata(&arguments.issuer, &http).await?;
        let client = provider::client(&arguments.client_id, metadata);
        let store = Arc::new(FileStore::in_folder(&arguments.folder));
        let session = session(&http, client, store, &arguments.folder).await?;
        let seen = ask_at_once(&session, CALLERS / PROCESSES).await?;
        anyhow::ensure!(seen.len() == 1, "callers were given {} tokens", seen.len());
        println!("{seen:?}");
        Ok(())
    })
}

async fn ask_at_once(session: &Session, callers: usize) -> anyhow::Result<HashSet<String>> {
    let calls: Vec<_> = (0..callers)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.access_token().await })
        })
        .collect();
    let mut seen = HashSet::new();
    for call in calls {
        seen.insert(call.await??.expose().to_owned());
    }
    Ok(seen)
}

async fn session(
    http: &HttpClient,
    client: Client,
    store: Arc<dyn TokenStore>,
    folder: &Path,
) -> anyhow::Result<Session> {
    let lock = folder.join("account.lock");
    Ok(Session::restore(http.clone(), client, store, key(), lock, None).await?)
}

/// Tokens of a sign-in of their own, of which the access token has just expired.
async fn expired_tokens(
    provider: &Provider,
    http: &HttpClient,
    client: &Client,
) -> anyhow::Result<TokenSet> {
    let pending = provider::flow(http, client.clone())
        .begin(SignInOptions::default())
        .await?;
    let redirect = provider.person.allow(&pending.authorization_url()).await?;
    pending.paste_handle().accept(redirect.as_str())?;
    let authorized = pending.authorized(CancellationToken::new(), || {}).await?;
    Ok(TokenSet {
        expires_at: Some(SystemTime::now()),
        ..authorized.tokens
    })
}

fn key() -> AccountKey {
    AccountKey::new("bench")
}
