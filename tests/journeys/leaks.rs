//! Nothing that the provider issued, and nothing that the flow drew, is found anywhere afterwards.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use private_desktop::Keyring;
use tracing_subscriber::fmt::MakeWriter;
use tuppence_core::{Persistence, SignInOutcome};

use crate::private::{journey, on_a_private_desktop};
use crate::world::{World, ended};

/// Checklist 25 and 129: logs at the most talkative level, the whole data directory, what the core
/// tells its hosts, and what `Debug` prints.
#[test]
fn no_secret_of_a_whole_journey_is_in_logs_files_or_events() {
    if !on_a_private_desktop(
        "leaks::no_secret_of_a_whole_journey_is_in_logs_files_or_events",
        Keyring::Unlocked,
    ) {
        return;
    }
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .init();
    journey(async move {
        let world = World::new().await;
        let mut events = world.core.subscribe();
        world
            .core
            .sign_in("sandbox", Persistence::Keychain)
            .unwrap();
        let SignInOutcome::SignedIn(id) = world.sign_in_ended().await else {
            panic!()
        };
        let mut said = format!(
            "{:?}{:?}",
            world.core.accounts(),
            world.core.pending_sign_in()
        );
        let mut started = world.send(&id, "A table, please.").await;
        said.push_str(&format!("{started:?}"));
        while let Some(update) = started.updates.next().await {
            said.push_str(&format!("{update:?}"));
        }
        world.control().expire_access_tokens();
        world.core.refresh_balance(&id).await.unwrap();
        world.core.models(&id).await.unwrap();
        world
            .control()
            .set_scenario(&[sandbox_provider::Scenario::Chat500]);
        said.push_str(&format!(
            "{:?}",
            ended(world.send(&id, "And now?").await).await
        ));
        world.control().set_scenario(&[]);
        world.core.sign_out(&id, false).await.unwrap();
        while let Ok(event) = events.try_recv() {
            said.push_str(&format!("{event:?}"));
        }
        world.core.close().await;

        let secrets = world.control().issued_secrets();
        assert!(
            secrets.len() > 8,
            "the sandbox kept record: {}",
            secrets.len()
        );
        let logged = log.0.lock().unwrap().clone();
        assert!(!logged.is_empty());
        let files = files_below(world.data.path());
        assert!(files.iter().any(|(path, _)| path.ends_with("tuppence.db")));
        for secret in secrets.iter().filter(|secret| secret.len() >= 8) {
            let found = |bytes: &[u8]| {
                bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
            };
            assert!(!found(&logged), "in the log: {}…", &secret[..6]);
            assert!(!found(said.as_bytes()), "told to hosts: {}…", &secret[..6]);
            for (path, bytes) in &files {
                assert!(!found(bytes), "{}: {}…", path.display(), &secret[..6]);
            }
        }
    });
}

/// Checklist 125, 142.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn everything_in_the_data_directory_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new().await;
    let id = world.signed_in().await;
    world.ask(&id, "Hello").await;
    for (path, _) in files_below(world.data.path()) {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode & 0o077, 0, "{} is {mode:o}", path.display());
    }
}

fn files_below(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push((path, bytes));
        }
    }
    found
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
