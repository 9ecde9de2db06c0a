//! A provider that answers every chat with one shape.

use std::sync::Arc;

use native_oauth::{AccessToken, BoxFuture, HttpClient, SessionError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;
use wallet_api::{AccessTokens, ProviderProfile, Wallet, profiles};

use crate::{Dialect, Shape};

pub(crate) struct Provider {
    profile: ProviderProfile,
    task: JoinHandle<()>,
}

impl Provider {
    pub(crate) async fn start(shape: &Shape) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let base: Url = base.parse().unwrap();
        let (chat, other) = (chat(shape), json(shape.balance.as_deref().unwrap_or("{}")));
        let task = tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let is_chat = request(&mut socket).await.contains("/chat/completions");
                let reply = if is_chat { &chat } else { &other };
                // A client that is gone has seen enough.
                let _ = socket.write_all(reply.as_bytes()).await;
            }
        });
        Self {
            profile: profile(shape.dialect, &base),
            task,
        }
    }

    pub(crate) fn wallet(&self) -> Wallet {
        let profile = Arc::new(self.profile.clone());
        Wallet::new(HttpClient::new().unwrap(), profile, Tokens)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn profile(dialect: Dialect, base: &Url) -> ProviderProfile {
    let api = base.join("v1").unwrap();
    let mut profile = match dialect {
        Dialect::Quota => profiles::sandbox(base, &api, "client"),
        Dialect::Chutes => profiles::chutes(),
        Dialect::Key => profiles::openrouter(),
    };
    profile.allow_insecure_loopback = true;
    profile.api_base = api;
    profile.account_base = base.clone();
    profile
}

/// Reads a request's head, and as much of its body as is announced.
async fn request(socket: &mut TcpStream) -> String {
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = socket.read(&mut buffer).await.unwrap_or_default();
        received.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&received).to_lowercase();
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next()?.parse().ok());
            body.len() >= length.unwrap_or(0)
        });
        if whole || count == 0 {
            return text;
        }
    }
}

fn chat(shape: &Shape) -> String {
    let (kind, body) = match &shape.stream {
        Some(stream) => ("text/event-stream", stream),
        None => ("application/json", &shape.body),
    };
    let kind = shape.content_type.as_deref().unwrap_or(kind);
    let headers: String = shape
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    reply(shape.status, kind, &headers, body)
}

fn json(body: &str) -> String {
    reply(200, "application/json", "", body)
}

fn reply(status: u16, kind: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Told\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{headers}connection: close\r\n\r\n{body}"
    )
}

/// A token that is as good after a refusal as before.
struct Tokens;

impl AccessTokens for Tokens {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, SessionError>> {
        Box::pin(async { Ok(AccessToken::new("first")) })
    }

    fn access_token_after_rejection<'a>(
        &'a self,
        _: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, SessionError>> {
        Box::pin(async { Ok(AccessToken::new("second")) })
    }
}
