//! Ports, the browser's opener, the keychain.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

use native_oauth::{KeyringStore, StoreError};
use tokio::net::{TcpListener, TcpStream};
use wallet_api::profiles::REGISTERED_PORTS;

use super::{Area, Finding};

/// Reaching this machine from this machine takes far less.
const PATIENCE: Duration = Duration::from_secs(2);

/// One free port is enough for a sign-in: the first free one is taken.
pub(super) async fn redirect_ports() -> Vec<Finding> {
    let mut findings = Vec::new();
    for port in REGISTERED_PORTS {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        findings.push(match bound {
            Ok(_) => Finding::ok(Area::RedirectPort, port.to_string(), "free"),
            Err(error) => {
                let what = format!("in use or not allowed: {}", error.kind());
                Finding::note(Area::RedirectPort, port.to_string(), what)
            }
        });
    }
    let is_free = |finding: &Finding| finding.verdict == super::Verdict::Ok;
    if !findings.iter().any(is_free) {
        findings.push(Finding::problem(
            Area::RedirectPort,
            "all",
            "none of the registered ports is free: end a program that uses one",
        ));
    }
    findings
}

/// The browser's answer comes to 127.0.0.1; `::1` serves providers that were asked for it.
pub(super) async fn loopback() -> Vec<Finding> {
    let v4 = reached(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await;
    let v6 = reached(SocketAddr::from((Ipv6Addr::LOCALHOST, 0))).await;
    let works = "can be listened on and reached";
    vec![
        match v4 {
            Ok(()) => Finding::ok(Area::Loopback, "127.0.0.1", works),
            Err(why) => Finding::problem(Area::Loopback, "127.0.0.1", why),
        },
        match v6 {
            Ok(()) => Finding::ok(Area::Loopback, "[::1]", works),
            Err(why) => Finding::note(Area::Loopback, "[::1]", why),
        },
    ]
}

async fn reached(address: SocketAddr) -> Result<(), String> {
    let said = |what: &str, error: std::io::Error| format!("{what}: {}", error.kind());
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| said("cannot be listened on", error))?;
    let address = listener
        .local_addr()
        .map_err(|error| said("cannot be listened on", error))?;
    let meeting = async { tokio::join!(listener.accept(), TcpStream::connect(address)) };
    match tokio::time::timeout(PATIENCE, meeting).await {
        Ok((Ok(_), Ok(_))) => Ok(()),
        Ok((Err(error), _) | (_, Err(error))) => Err(said("cannot be reached", error)),
        Err(_) => Err("cannot be reached: no answer in time".to_owned()),
    }
}

/// The first program of those that open addresses here; none is started.
pub(super) fn browser() -> Finding {
    let openers = open::commands("http://127.0.0.1/");
    let found = openers
        .iter()
        .map(|command| command.get_program())
        .find(|program| is_on_path(Path::new(program)));
    match found {
        Some(program) => {
            let name = Path::new(program).file_name().unwrap_or(program);
            Finding::ok(Area::Browser, name.to_string_lossy(), "opens addresses")
        }
        None => Finding::problem(
            Area::Browser,
            "opener",
            "no program to open a browser with: sign in with the address instead",
        ),
    }
}

fn is_on_path(program: &Path) -> bool {
    if program.components().count() > 1 {
        return program.is_file();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = [program.to_owned(), program.with_extension("exe")];
    std::env::split_paths(&path).any(|dir| names.iter().any(|name| dir.join(name).is_file()))
}

/// Writes, reads and clears an item of its own.
pub(super) async fn keychain(keychain: &KeyringStore) -> Finding {
    let started = Instant::now();
    let finding = match keychain.probe().await {
        Ok(()) => Finding::ok(Area::Keychain, "probe", "can be written, read and cleared"),
        Err(StoreError::Locked) => Finding::problem(Area::Keychain, "probe", "locked: unlock it"),
        Err(StoreError::Unavailable(_)) => Finding::problem(
            Area::Keychain,
            "probe",
            "there is none, or it is not running",
        ),
        Err(error) => Finding::problem(Area::Keychain, "probe", crate::failure::chain(&error)),
    };
    finding.after(started.elapsed())
}
