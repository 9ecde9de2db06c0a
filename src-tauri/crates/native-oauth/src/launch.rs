//! Launch addresses: opening an address in the browser without showing it in the process list.
//!
//! What is handed to the browser's command line is an unguessable address on this machine, of use
//! once, that answers with a redirect to the real one.

use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use crate::client::LoopbackAddress;
use crate::pkce::random_text;
use crate::redirect::loopback::{LoopbackServer, Reply, bind_any_port};
use crate::secret::SecretText;

/// So long a private address waits for the browser.
const PRIVATE_LIMIT: Duration = Duration::from_secs(60);

/// The launch addresses of one listener: each is good for one use.
#[derive(Debug)]
pub(crate) struct LaunchAddresses {
    base: Url,
    issued: Vec<LaunchPath>,
}

#[derive(Debug)]
struct LaunchPath {
    path: SecretText,
    used: bool,
}

/// What a path means to the launch addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaunchUse {
    /// It is none of them.
    Unknown,
    /// It is one, and this is its one use.
    First,
    /// It was used before: by the person twice, or by somebody else.
    Again,
}

impl LaunchAddresses {
    /// None yet, on a listener at `base`.
    pub(crate) fn new(base: Url) -> Self {
        Self {
            base,
            issued: Vec::new(),
        }
    }

    /// A further one.
    pub(crate) fn issue(&mut self) -> Url {
        let path = format!("/launch/{}", random_text().expose());
        let mut address = self.base.clone();
        address.set_path(&path);
        address.set_query(None);
        self.issued.push(LaunchPath {
            path: SecretText::new(path),
            used: false,
        });
        address
    }

    /// Takes note that `path` was asked for.
    pub(crate) fn visit(&mut self, path: &str) -> LaunchUse {
        let path = SecretText::new(path);
        match self
            .issued
            .iter_mut()
            .find(|issued| issued.path.same_as(&path))
        {
            None => LaunchUse::Unknown,
            Some(issued) if issued.used => LaunchUse::Again,
            Some(issued) => {
                issued.used = true;
                LaunchUse::First
            }
        }
    }

    /// Whether `path` is one of them, without using it.
    pub(crate) fn knows(&self, path: &str) -> bool {
        let path = SecretText::new(path);
        self.issued.iter().any(|issued| issued.path.same_as(&path))
    }
}

/// Serves a redirect to `address` once, behind an unguessable address on this machine, and returns that
/// one for the browser. It goes away after one use or one minute. For addresses with a secret in them,
/// such as [`crate::session::SignOutReport::end_session_url`].
///
/// # Errors
/// No loopback port could be opened.
pub async fn open_privately(address: Url) -> std::io::Result<Url> {
    let mut server = LoopbackServer::new(bind_any_port(LoopbackAddress::default()).await?)?;
    let base = format!("http://{}", server.address()?);
    let base = Url::parse(&base).map_err(std::io::Error::other)?;
    let mut addresses = LaunchAddresses::new(base);
    let launch_address = addresses.issue();
    tokio::spawn(timeout(PRIVATE_LIMIT, async move {
        loop {
            let request = server.next().await;
            if !addresses.knows(&request.head.path) {
                request.answer_aside(Reply::not_found());
            } else if request.head.method != "GET" {
                request.answer_aside(Reply::method_not_allowed());
            } else {
                return request.answer(Reply::found(address.as_str())).await;
            }
        }
    }));
    Ok(launch_address)
}
