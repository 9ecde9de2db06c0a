//! Several processes over one store: this test's own binary, started again.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use native_oauth::{
    AccessToken, AccountKey, BoxFuture, Client, ClientAuthentication, HttpClient, RedirectPolicy,
    RefreshToken, Scopes, Session, SessionError, SessionState, StoreError, TokenSet, TokenStore,
};
use tokio::process::Command;

use crate::provider::{CLIENT_ID, REDIRECT_PATH};
use crate::world::{World, key};

pub(crate) const FOLDER: &str = "NATIVE_OAUTH_TEST_FOLDER";
pub(crate) const METADATA: &str = "NATIVE_OAUTH_TEST_METADATA";

/// Checklist 75: eight processes need a token at once; the provider ends the family if any refresh
/// token is used twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_processes_share_one_refresh() {
    let world = World::new().await;
    let mut tokens = world.tokens().await;
    tokens.expires_at = Some(SystemTime::now());
    FileStore::in_folder(world.folder.path())
        .save(&key(), &tokens)
        .await
        .unwrap();
    world.provider.state().faults.token_delay = Duration::from_millis(100);
    let metadata = world.provider.metadata(&world.http).await.to_document();
    let children: Vec<_> = (0..8).map(|_| child(&world, &metadata)).collect();
    let mut seen = HashSet::new();
    for child in children {
        let output = tokio::time::timeout(Duration::from_secs(60), child.wait_with_output()).await;
        let output = String::from_utf8(output.unwrap().unwrap().stdout).unwrap();
        let token = output
            .lines()
            .find_map(|line| line.strip_prefix("token "))
            .unwrap_or(&output);
        seen.insert(token.to_owned());
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(
        world
            .provider
            .state()
            .books
            .is_live(seen.iter().next().unwrap())
    );
    assert_eq!(world.provider.refreshes(), 1);
}

/// Checklist 67: a process dies after the provider has rotated the token and before it could store the
/// new one. That token is lost with it; the next process finds out at once and asks for a sign-in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_between_rotation_and_store_costs_at_most_a_sign_in() {
    let world = World::new().await;
    let mut tokens = world.tokens().await;
    tokens.expires_at = Some(SystemTime::now());
    FileStore::in_folder(world.folder.path())
        .save(&key(), &tokens)
        .await
        .unwrap();
    world.provider.state().faults.token_delay = Duration::from_secs(30);
    let metadata = world.provider.metadata(&world.http).await.to_document();
    let mut doomed = child(&world, &metadata);
    while world.provider.refreshes() == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    doomed.kill().await.unwrap();
    world.provider.state().faults.token_delay = Duration::ZERO;
    let store = Arc::new(FileStore::in_folder(world.folder.path()));
    let lock = world.folder.path().join("account.lock");
    let client = client(&metadata);
    let session = Session::restore(world.http.clone(), client, store, key(), lock, None)
        .await
        .unwrap();
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
    assert!(matches!(
        *session.state().borrow(),
        SessionState::ReauthRequired { .. }
    ));
}

fn child(world: &World, metadata: &str) -> tokio::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "session_processes::a_child_process_asks_for_a_token",
            "--nocapture",
        ])
        .env(FOLDER, world.folder.path())
        .env(METADATA, metadata)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// The part of a child process; as a test of its own it has nothing to do.
#[tokio::test]
async fn a_child_process_asks_for_a_token() {
    let (Ok(folder), Ok(metadata)) = (std::env::var(FOLDER), std::env::var(METADATA)) else {
        return;
    };
    let folder = PathBuf::from(folder);
    let http = HttpClient::new().unwrap();
    let session = Session::restore(
        http,
        client(&metadata),
        Arc::new(FileStore::in_folder(&folder)),
        key(),
        folder.join("account.lock"),
        None,
    );
    let token = session.await.unwrap().access_token().await.unwrap();
    println!("\ntoken {}", token.expose());
}

pub(crate) fn client(document: &str) -> Client {
    use native_oauth::issuer::InsecureLoopback;
    use native_oauth::{Discovery, Issuer};
    let fields: serde_json::Value = serde_json::from_str(document).unwrap();
    let issuer = Issuer::new(
        fields["issuer"].as_str().unwrap(),
        InsecureLoopback::Allowed,
    )
    .unwrap();
    let discovery = Discovery::of(issuer, InsecureLoopback::Allowed).unwrap();
    let policy = RedirectPolicy::LoopbackAnyPort {
        path: REDIRECT_PATH.to_owned(),
    };
    let metadata = discovery.read(document.as_bytes()).unwrap();
    Client::new(
        CLIENT_ID,
        ClientAuthentication::None,
        metadata,
        Scopes::parse("chat"),
        policy,
    )
}

/// A file as a store, for the processes of this test alone.
pub(crate) struct FileStore(PathBuf);

impl FileStore {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("tokens.json"))
    }
}

impl TokenStore for FileStore {
    fn load<'a>(
        &'a self,
        _: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        Box::pin(async {
            let Ok(bytes) = std::fs::read(&self.0) else {
                return Ok(None);
            };
            let (access, refresh, expires_at): (String, String, u64) =
                serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt)?;
            Ok(Some(TokenSet {
                access_token: AccessToken::new(access),
                refresh_token: Some(RefreshToken::new(refresh)),
                id_token: None,
                received_at: SystemTime::now(),
                expires_at: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(expires_at)),
                granted_scopes: Scopes::default(),
            }))
        })
    }

    fn save<'a>(
        &'a self,
        _: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async {
            let expires_at = tokens
                .expires_at
                .unwrap()
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap()
                .as_secs();
            let refresh = tokens.refresh_token.as_ref().unwrap().expose();
            let bytes =
                serde_json::to_vec(&(tokens.access_token.expose(), refresh, expires_at)).unwrap();
            let written = self.0.with_extension(format!("{}.new", std::process::id()));
            std::fs::write(&written, bytes).unwrap();
            std::fs::rename(&written, &self.0).map_err(|error| StoreError::Other(error.into()))
        })
    }

    fn clear<'a>(&'a self, _: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async {
            std::fs::remove_file(&self.0).map_err(|error| StoreError::Other(error.into()))
        })
    }
}
