//! Eight processes over one store, through one expiry after another.

use std::collections::HashSet;
use std::io::BufRead as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use native_oauth::{HttpClient, Session, TokenStore as _};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use crate::clock::ManualClock;
use crate::session_processes::{FOLDER, FileStore, METADATA, client};
use crate::world::{World, key};

const PROCESSES: usize = 8;
/// How many expiries, where it is to be another number than 25.
const EXPIRIES: &str = "NATIVE_OAUTH_TEST_EXPIRIES";
/// Longer than a process may wait for the account's lock.
const ROUND_LIMIT: Duration = Duration::from_secs(60);

/// Checklist 63, 75: at each expiry all of them need a token at once. The provider rotates, and ends the
/// grant if a refresh token is used twice; so one refresh too many signs everybody out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_processes_refresh_once_per_expiry_and_nobody_is_signed_out() {
    let expiries = std::env::var(EXPIRIES).map_or(25, |number| number.parse().unwrap());
    let world = World::new().await;
    let tokens = world.tokens().await;
    let store = FileStore::in_folder(world.folder.path());
    store.save(&key(), &tokens).await.unwrap();
    let metadata = world.provider.metadata(&world.http).await.to_document();
    let mut processes: Vec<_> = (0..PROCESSES)
        .map(|_| Process::start(&world, &metadata))
        .collect();
    for process in &mut processes {
        assert_eq!(process.said().await, tokens.access_token.expose());
    }
    assert_eq!(world.provider.refreshes(), 0);

    let mut seen = HashSet::from([tokens.access_token.expose().to_owned()]);
    for expiry in 1..=expiries {
        for process in &mut processes {
            process.input.write_all(b"expired\n").await.unwrap();
        }
        let mut round = HashSet::new();
        for process in &mut processes {
            round.insert(process.said().await);
        }
        assert_eq!(round.len(), 1, "expiry {expiry}: {round:?}");
        assert!(seen.insert(round.into_iter().next().unwrap()));
        assert_eq!(world.provider.refreshes(), expiry);
    }
    let stored = store.load(&key()).await.unwrap().unwrap();
    let books = &world.provider.state().books;
    assert!(books.is_live(stored.access_token.expose()));
    assert!(books.is_live(stored.refresh_token.unwrap().expose()));
    println!("{PROCESSES} processes, {expiries} expiries, {expiries} refreshes, no sign-out");
}

struct Process {
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Process {
    fn start(world: &World, metadata: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "session_expiries::a_child_process_asks_at_each_expiry",
                "--nocapture",
            ])
            .env(FOLDER, world.folder.path())
            .env(METADATA, metadata)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()).lines(),
            _child: child,
        }
    }

    /// The next access token that it tells.
    async fn said(&mut self) -> String {
        let token = async {
            while let Some(line) = self.output.next_line().await.unwrap() {
                if let Some(token) = line.strip_prefix("token ") {
                    return token.to_owned();
                }
            }
            panic!("a process ended: its session did, or it found no token");
        };
        timeout(ROUND_LIMIT, token).await.unwrap()
    }
}

/// The part of a child process; as a test of its own it has nothing to do. Each line of its input lets
/// an hour pass.
#[tokio::test]
async fn a_child_process_asks_at_each_expiry() {
    let (Ok(folder), Ok(metadata)) = (std::env::var(FOLDER), std::env::var(METADATA)) else {
        return;
    };
    let folder = PathBuf::from(folder);
    let clock = ManualClock::at_now();
    let session = Session::restore(
        HttpClient::new().unwrap(),
        client(&metadata).with_clock(Arc::new(clock.clone())),
        Arc::new(FileStore::in_folder(&folder)),
        key(),
        folder.join("account.lock"),
        None,
    );
    let session = session.await.unwrap();
    let tell = async || {
        let token = session.access_token().await.unwrap();
        println!("\ntoken {}", token.expose());
    };
    tell().await;
    for line in std::io::stdin().lock().lines() {
        line.unwrap();
        clock.advance(Duration::from_secs(3600));
        tell().await;
    }
}
