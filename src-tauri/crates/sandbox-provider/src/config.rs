//! What a sandbox is started with.

use std::{fmt, net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use url::Url;

use crate::scenario::Scenario;

/// The loopback ports registered for native clients, in the order in which they are tried.
pub const REGISTERED_PORTS: [u16; 5] = [17493, 21907, 24611, 28561, 31847];

/// The profile names that end a registered redirect path: `/redirect/<profile>`.
pub const REGISTERED_PROFILES: [&str; 3] = ["sandbox", "quota", "chutes"];

/// Which provider the sandbox behaves like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// An OpenID provider with public clients, integer credits (1 credit = 1 micro-dollar) and an error envelope.
    Quota,
    /// Plain OAuth 2.0 with a required client secret, dollars as floats, and `{"detail": …}` errors.
    Chutes,
    /// A standard OpenID provider beside an OpenAI-compatible API, with no wallet at all.
    Oidc,
    /// No client and no tokens: a code becomes a lasting key, which may have a spending limit. Costs come in the
    /// stream, in dollars.
    OpenRouter,
}

impl Dialect {
    /// The name used on the command line and in the state file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quota => "quota",
            Self::Chutes => "chutes",
            Self::Oidc => "oidc",
            Self::OpenRouter => "openrouter",
        }
    }

    /// Whether ID tokens, a key set and end-session exist.
    pub(crate) fn is_openid(self) -> bool {
        matches!(self, Self::Quota | Self::Oidc)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A dialect name that does not exist.
#[derive(Debug, thiserror::Error)]
#[error("unknown dialect {0:?}: it is one of quota, chutes, oidc, openrouter")]
pub struct UnknownDialect(String);

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        [Self::Quota, Self::Chutes, Self::Oidc, Self::OpenRouter]
            .into_iter()
            .find(|dialect| dialect.name() == name)
            .ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}

/// How fast an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// As fast as the client reads: for tests.
    Instant,
    /// A pause before each delta of about two tokens.
    Paced(Duration),
}

impl Default for Typing {
    /// About 60 tokens a second.
    fn default() -> Self {
        Self::Paced(Duration::from_millis(33))
    }
}

/// What a sandbox is started with. [`Default`] is the quota dialect, in memory, on a free port.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Which provider it behaves like.
    pub dialect: Dialect,
    /// Where it listens; refused unless it is a loopback address. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where books and token hashes are kept (in a folder `sandbox` in it); `None` keeps them in memory.
    pub data_dir: Option<PathBuf>,
    /// First path segment of every address, which other local users cannot guess. At least 16 characters of
    /// `A-Z a-z 0-9 - _`. `None` serves at the root, except under [`Sandbox::host_or_attach`](crate::Sandbox::host_or_attach),
    /// which draws one and keeps it.
    pub install_secret: Option<String>,
    /// The client secret of the chutes dialect; drawn at random if `None`. Other dialects have none.
    pub client_secret: Option<String>,
    /// The key with which a developer registers the app (`POST /developers/apps`, `POST /idp/apps`); without one
    /// every key is refused. There is one client, whatever is registered: it is told to the developer.
    pub developer_key: Option<String>,
    /// An OpenAI-compatible server on this machine (its `…/v1` base) that answers instead; refused unless it is plain http on loopback.
    pub upstream: Option<Url>,
    /// The faults to begin with.
    pub scenario: Vec<Scenario>,
    /// The registered redirect URIs, compared as exact strings (the oidc dialect lets loopback ports vary).
    pub redirect_uris: Vec<String>,
    /// Where a browser may be sent after end-session, compared as exact strings.
    pub post_logout_redirect_uris: Vec<String>,
    /// What a new account holds, in micro-dollars of play money.
    pub starting_balance_micro: i64,
    /// Most tokens of a conversation with its answer, whatever the model.
    pub context_length: u64,
    /// How long an access token lives.
    pub access_token_lifetime: Duration,
    /// Whether a browser that has signed in before is sent back without a page, as the quota provider does.
    pub silent_reauthorization: bool,
    /// How fast answers are written.
    pub typing: Typing,
    /// How long the `-slow` and `-stall` faults wait.
    pub fault_delay: Duration,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            dialect: Dialect::Quota,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data_dir: None,
            install_secret: None,
            client_secret: None,
            developer_key: None,
            upstream: None,
            scenario: Vec::new(),
            redirect_uris: registered_redirect_uris(),
            post_logout_redirect_uris: Vec::new(),
            starting_balance_micro: 5_000_000,
            context_length: 131_072,
            access_token_lifetime: Duration::from_secs(3600),
            silent_reauthorization: false,
            typing: Typing::default(),
            fault_delay: Duration::from_secs(20),
        }
    }
}

impl fmt::Debug for SandboxConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxConfig")
            .field("dialect", &self.dialect)
            .field("listen", &self.listen)
            .field("data_dir", &self.data_dir)
            .field(
                "install_secret",
                &self.install_secret.as_ref().map(|_| "<hidden>"),
            )
            .field("scenario", &self.scenario)
            .finish_non_exhaustive()
    }
}

fn registered_redirect_uris() -> Vec<String> {
    REGISTERED_PORTS
        .iter()
        .flat_map(|port| {
            REGISTERED_PROFILES
                .iter()
                .map(move |profile| format!("http://127.0.0.1:{port}/redirect/{profile}"))
        })
        .collect()
}
