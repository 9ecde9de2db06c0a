//! `tup provider …`.

use clap::Subcommand;
use tuppence_core::{RedirectPorts, Url};

#[derive(Debug, Subcommand)]
pub(crate) enum Provider {
    /// Every provider with its values, and where each value comes from
    List,
    /// Add another provider, or replace one that was added under this name
    Add(Box<AddProvider>),
    /// Give quota or chutes the client id (and secret) of your registration there
    Set(SetProvider),
    /// Register an app of your own at quota or chutes, and use it. Your developer key is read from
    /// standard input, used once and never stored
    Register {
        /// quota or chutes
        #[arg(value_parser = ["quota", "chutes"])]
        provider: String,
    },
    /// Take an added provider away, or what was set for quota or chutes
    Remove {
        /// Its id, as `list` shows it
        provider: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddProvider {
    /// A name: letters, digits, spaces, `-`, `_` and `.`
    pub(crate) name: String,

    /// OpenID Connect issuer, whose discovery document names the endpoints
    #[arg(
        long,
        value_name = "URL",
        required_unless_present = "authorization_endpoint",
        conflicts_with = "authorization_endpoint"
    )]
    pub(crate) issuer: Option<Url>,

    /// For a provider without discovery
    #[arg(long, value_name = "URL", requires = "token_endpoint")]
    pub(crate) authorization_endpoint: Option<Url>,

    /// Beside --authorization-endpoint
    #[arg(long, value_name = "URL", requires = "authorization_endpoint")]
    pub(crate) token_endpoint: Option<Url>,

    /// Beside --authorization-endpoint: who somebody is
    #[arg(long, value_name = "URL", requires = "authorization_endpoint")]
    pub(crate) userinfo_endpoint: Option<Url>,

    /// The client id of your registration there
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: String,

    /// Read a client secret from standard input; it goes into the keychain
    #[arg(long)]
    pub(crate) secret_stdin: bool,

    /// Base of the OpenAI-compatible API, such as <https://api.example/v1>
    #[arg(long, value_name = "URL")]
    pub(crate) api_base: Url,

    /// Scopes to request, space separated
    #[arg(long, value_name = "SCOPES", default_value = "")]
    pub(crate) scopes: String,

    /// Ports of 127.0.0.1 that the provider accepts in redirect URIs: `any`, or a list to try in order
    #[arg(long, value_name = "any|N,N,…", default_value = "any", value_parser = ports)]
    pub(crate) redirect_ports: RedirectPorts,

    /// Allow plain http to a provider on this machine
    #[arg(long)]
    pub(crate) insecure_loopback: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SetProvider {
    /// quota or chutes
    #[arg(value_parser = ["quota", "chutes"])]
    pub(crate) provider: String,

    /// The client id of your registration there
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: String,

    /// Read the client secret from standard input; it goes into the keychain
    #[arg(long)]
    pub(crate) secret_stdin: bool,
}

/// Ports below 1024 need privileges that this program must not have.
fn ports(text: &str) -> Result<RedirectPorts, String> {
    if text == "any" {
        return Ok(RedirectPorts::Any);
    }
    let port = |word: &str| word.trim().parse().ok().filter(|port: &u16| *port >= 1024);
    let ports: Option<Vec<u16>> = text.split(',').map(port).collect();
    ports
        .map(RedirectPorts::Listed)
        .ok_or_else(|| "`any`, or ports from 1024 to 65535 with commas between".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_any_or_a_list_in_order() {
        assert_eq!(ports("any"), Ok(RedirectPorts::Any));
        assert_eq!(
            ports("31847, 17493"),
            Ok(RedirectPorts::Listed(vec![31847, 17493]))
        );
        for wrong in ["", "80", "17493,", "all", "70000"] {
            assert!(ports(wrong).is_err(), "{wrong}");
        }
    }
}
