//! Our own measured clients: the product's path, and the two floors under it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use futures_util::StreamExt;
use native_oauth::{AccessToken, BoxFuture, HttpClient, SessionError};
use url::Url;
use wallet_api::{
    AccessTokens, CancellationToken, ChatEvent, ChatMessage, ChatRequest, Role, Wallet, profiles,
};

use super::{Found, Reading};
use crate::clock::cpu_time;

/// Asks for an answer, `times` times, and reads it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which client.
    #[arg(value_enum)]
    client: Client,
    /// Where the provider is.
    base: Url,
    /// Which model, that is, which answer.
    model: String,
    /// How often.
    times: usize,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Client {
    /// The product's.
    Ours,
    /// The product's HTTP client, whose bytes are counted and dropped.
    Drain,
    /// A socket and a search for one string: below it is only the kernel.
    Floor,
}

/// Reads one short answer, so that everything is loaded and connected, then measures.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let arguments_of = |model: &str, times| Arguments {
        client: arguments.client,
        base: arguments.base.clone(),
        model: model.to_owned(),
        times,
    };
    let warm_up = arguments_of("plain-100", 1);
    let measured = arguments_of(&arguments.model, arguments.times);
    let found = match arguments.client {
        Client::Floor => {
            let mut connection = connect(&arguments.base)?;
            floor(&mut connection, &warm_up)?;
            timed(|| floor(&mut connection, &measured))?
        }
        Client::Ours | Client::Drain => {
            // As in the app: the answer is read by a task on the runtime's own threads.
            let runtime = tokio::runtime::Runtime::new()?;
            let read = reader(arguments.client, &arguments.base)?;
            runtime.block_on(runtime.spawn(read(warm_up)))??;
            timed(|| runtime.block_on(runtime.spawn(read(measured)))?)?
        }
    };
    println!("{}", serde_json::to_string(&found)?);
    Ok(())
}

fn timed(read: impl FnOnce() -> anyhow::Result<Reading>) -> anyhow::Result<Found> {
    let (cpu, wall) = (cpu_time(), Instant::now());
    let reading = read()?;
    Ok(Found::new(reading, cpu_time() - cpu, wall.elapsed()))
}

type Read = dyn Fn(Arguments) -> BoxFuture<'static, anyhow::Result<Reading>>;

fn reader(client: Client, base: &Url) -> anyhow::Result<Box<Read>> {
    let http = HttpClient::new()?;
    if matches!(client, Client::Drain) {
        return Ok(Box::new(move |arguments| {
            Box::pin(drain(http.clone(), arguments))
        }));
    }
    let mut profile = profiles::sandbox(base, base, "bench");
    profile.play_money = false;
    let wallet = Wallet::new(http, Arc::new(profile), OneToken);
    Ok(Box::new(move |arguments| {
        Box::pin(ours(wallet.clone(), arguments))
    }))
}

async fn ours(wallet: Wallet, arguments: Arguments) -> anyhow::Result<Reading> {
    let mut reading = Reading::default();
    for _ in 0..arguments.times {
        reading.text.clear();
        let asked = Instant::now();
        let mut first = None;
        let messages = vec![ChatMessage::new(Role::User, "Why?")];
        let request = ChatRequest::new(arguments.model.as_str(), messages);
        let mut stream = wallet.chat(request, CancellationToken::new()).await?;
        while let Some(event) = stream.next().await {
            if let ChatEvent::Text(text) = event? {
                first.get_or_insert_with(|| asked.elapsed());
                reading.text.push_str(&text);
            }
        }
        reading.first.push(first.context("no text came")?);
    }
    Ok(reading)
}

async fn drain(http: HttpClient, arguments: Arguments) -> anyhow::Result<Reading> {
    let mut reading = Reading::default();
    for _ in 0..arguments.times {
        let asked = Instant::now();
        let mut response = http
            .inner()
            .post(format!("{}/chat/completions", arguments.base))
            .json(&serde_json::json!({ "model": arguments.model, "stream": true }))
            .send()
            .await?;
        let mut first: Option<Duration> = None;
        while let Some(bytes) = response.chunk().await? {
            first.get_or_insert_with(|| asked.elapsed());
            reading.bytes += bytes.len() as u64;
        }
        reading.first.push(first.context("nothing came")?);
    }
    Ok(reading)
}

fn connect(base: &Url) -> anyhow::Result<TcpStream> {
    let address = base.socket_addrs(|| None)?;
    let connection = TcpStream::connect(address.as_slice())?;
    connection.set_nodelay(true)?;
    Ok(connection)
}

/// Reads until the last chunk has come, and takes the time until the first text is in the buffer.
fn floor(connection: &mut TcpStream, arguments: &Arguments) -> anyhow::Result<Reading> {
    let mut reading = Reading::default();
    let body = serde_json::json!({ "model": arguments.model, "stream": true }).to_string();
    let request = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: \
         application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut buffer = vec![0; 64 * 1024];
    for _ in 0..arguments.times {
        let asked = Instant::now();
        connection.write_all(request.as_bytes())?;
        let mut first = None;
        // The last bytes of the piece before: what is searched for may lie across two.
        let mut held = 0;
        loop {
            let length = connection.read(&mut buffer[held..])?;
            anyhow::ensure!(length > 0, "the provider hung up");
            reading.bytes += length as u64;
            let seen = &buffer[..held + length];
            if first.is_none() && contains(seen, b"\"content\":\"") {
                first = Some(asked.elapsed());
            }
            if seen.ends_with(b"\r\n0\r\n\r\n") {
                break;
            }
            let keep = seen.len().min(16);
            let end = seen.len();
            buffer.copy_within(end - keep..end, 0);
            held = keep;
        }
        reading.first.push(first.context("no text came")?);
    }
    Ok(reading)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The provider of this bench asks nobody who they are.
struct OneToken;

impl AccessTokens for OneToken {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, SessionError>> {
        Box::pin(async { Ok(AccessToken::new("a-token")) })
    }

    fn access_token_after_rejection<'a>(
        &'a self,
        _: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, SessionError>> {
        Box::pin(async { Err(SessionError::ReauthRequired) })
    }
}
