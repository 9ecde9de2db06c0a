//! gnome-keyring on the bus of this process.

use std::process::Stdio;
use std::time::Duration;

use native_oauth::KeyringStore;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

const PASSWORD: &[u8] = b"a password of the test";

pub(super) struct Daemon(Child);

impl Daemon {
    /// With an unlocked default collection, which is made if there is none.
    pub(super) async fn unlocked(store: &KeyringStore) -> Self {
        let mut daemon = start(&["--unlock"]);
        let mut stdin = daemon.stdin.take().unwrap();
        stdin.write_all(PASSWORD).await.unwrap();
        drop(stdin);
        for _ in 0..200 {
            if store.probe().await.is_ok() {
                return Self(daemon);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the keychain did not come up");
    }

    /// Without anybody to unlock it.
    pub(super) async fn locked() -> Self {
        let daemon = start(&[]);
        for _ in 0..200 {
            if is_on_the_bus().await {
                return Self(daemon);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the keychain did not come up");
    }

    pub(super) async fn end(mut self) {
        self.0.kill().await.unwrap();
        while is_on_the_bus().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn start(arguments: &[&str]) -> Child {
    Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--components=secrets"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("gnome-keyring is installed")
}

async fn is_on_the_bus() -> bool {
    let output = Command::new("dbus-send")
        .args([
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
            "/",
        ])
        .args([
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ])
        .output();
    String::from_utf8_lossy(&output.await.unwrap().stdout).contains("true")
}
