//! `token-broker`: the secret comes on standard input, so that it is in no process list.

use std::io::Read as _;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use token_broker::{Broker, BrokerConfig, BrokerError, RateLimit};
use tokio::net::TcpListener;
use url::Url;
use zeroize::Zeroizing;

/// Adds a client secret to token requests, and does nothing else
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Where to listen; put TLS in front of it
    #[arg(long, default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// The provider's token endpoint
    #[arg(long)]
    token_endpoint: Url,
    /// The client whose secret is added
    #[arg(long)]
    client_id: String,
    /// Requests a minute that one address may make
    #[arg(long, default_value_t = RateLimit::default().requests)]
    per_minute: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "token-broker: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), BrokerError> {
    let mut secret = Zeroizing::new(String::new());
    std::io::stdin()
        .read_to_string(&mut secret)
        .map_err(BrokerError::Serve)?;
    let broker = Broker::new(BrokerConfig {
        token_endpoint: args.token_endpoint,
        client_id: args.client_id,
        client_secret: Zeroizing::new(secret.trim().to_owned()),
        rate: RateLimit {
            requests: args.per_minute,
            ..RateLimit::default()
        },
    })?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(BrokerError::Serve)?;
    broker.serve(listener).await
}
