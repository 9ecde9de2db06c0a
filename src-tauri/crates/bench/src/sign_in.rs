//! `sign-in`: from the redirect that brings the response to a session, beside the same HTTP calls
//! made bare.
//!
//! Both make what a first sign-in needs: the code is exchanged, the keys are fetched. Ours fetches the
//! keys while the person is with the provider; it also checks the response, verifies the ID token, and
//! hands the tokens to a store before the session is there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use native_oauth::pkce::CodeVerifier;
use native_oauth::{
    AccountKey, CancellationToken, Completion, HttpClient, MemoryStore, ProviderMetadata, Session,
    SignInOptions,
};
use url::Url;

use crate::clock::{median, ms, quantile};
use crate::peers::Peers;
use crate::provider::{self, Provider, SCOPES, parameter};
use crate::report::{Report, Row};

const ROUNDS: usize = 300;
const PEER: &str = "openid-client (npm)";
const BARE: &str = "the same HTTP calls, bare";
const EXCHANGE: &str = "of these the code exchange";

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let provider = Provider::start()?;
    let mut peer = OpenidClient::start(peers, &provider)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let [mut ours, mut bare, mut exchanges, mut theirs] = [const { Vec::new() }; 4];
    runtime.block_on(async {
        let http = HttpClient::new()?;
        let metadata = provider.metadata(&http).await?;
        for round in 0..=ROUNDS {
            // By turns, as the one that comes after the peer finds less of the provider in the caches.
            let (own, calls) = if round % 2 == 0 {
                let own = signed_in(&provider, &http, &metadata).await?;
                (own, bare_calls(&provider, &http, &metadata).await?)
            } else {
                let calls = bare_calls(&provider, &http, &metadata).await?;
                (signed_in(&provider, &http, &metadata).await?, calls)
            };
            let peer = peer.signed_in(&provider).await?;
            // The first of each connects.
            if round > 0 {
                ours.push(ms(own));
                bare.push(ms(calls.exchange + calls.keys));
                exchanges.push(ms(calls.exchange));
                theirs.push(ms(peer));
            }
        }
        anyhow::Ok(())
    })?;
    let row = |figure: &str, of: fn(&[f64]) -> f64| {
        Row::new(figure, of(&ours))
            .beside(BARE, of(&bare))
            .beside(EXCHANGE, of(&exchanges))
            .beside(PEER, of(&theirs))
    };
    Ok(Report::new(
        "sign-in",
        vec![
            row("response received to session, ms", median).at_most_of(1.3, BARE),
            row("the same, 95th percentile, ms", |all| quantile(all, 0.95)),
        ],
    ))
}

async fn signed_in(
    provider: &Provider,
    http: &HttpClient,
    metadata: &ProviderMetadata,
) -> anyhow::Result<Duration> {
    let folder = tempfile::tempdir()?;
    let client = provider::client(provider.client_id(), metadata.clone());
    let pending = provider::flow(http, client.clone())
        .begin(SignInOptions::default())
        .await?;
    let authorization = pending.authorization_url();
    // The person is elsewhere while the app waits.
    let browser = async { Ok(provider.person.sign_in(&authorization).await?) };
    let received = Arc::new(Mutex::new(None));
    let at = Arc::clone(&received);
    let app = async {
        let authorized = pending
            .authorized(CancellationToken::new(), move || {
                *at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            })
            .await?;
        let subject = authorized.id_token_claims.context("an ID token")?.subject;
        let session = Session::start(
            http.clone(),
            client,
            Arc::new(MemoryStore::new()),
            AccountKey::new("bench"),
            folder.path().join("lock"),
            Some(subject.clone()),
            authorized.tokens,
        );
        let _session = session.await?;
        let done = Instant::now();
        authorized
            .browser
            .finish(Completion::SignedIn {
                account: subject.clone(),
            })
            .await;
        anyhow::Ok((done, subject))
    };
    let ((done, subject), page) = tokio::try_join!(app, browser)?;
    anyhow::ensure!(page.contains(&subject), "the browser saw another page");
    let received = received
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .context("a response")?;
    Ok(done - received)
}

/// How long the same HTTP calls take when nothing is done with their answers.
struct Bare {
    exchange: Duration,
    keys: Duration,
}

async fn bare_calls(
    provider: &Provider,
    http: &HttpClient,
    metadata: &ProviderMetadata,
) -> anyhow::Result<Bare> {
    let verifier = CodeVerifier::random();
    let redirect_uri = format!("http://127.0.0.1:9{}", provider::redirect_path());
    let mut url = metadata.authorization_endpoint.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", provider.client_id())
        .append_pair("redirect_uri", &redirect_uri)
        .append_pair("scope", SCOPES)
        .append_pair("state", "bare-state-0123456789")
        .append_pair("nonce", "bare-nonce-0123456789")
        .append_pair("code_challenge", verifier.challenge().as_str())
        .append_pair("code_challenge_method", "S256");
    let redirect = provider.person.allow(&url).await?;
    let code = parameter(&redirect, "code")?;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", &redirect_uri),
        ("client_id", provider.client_id()),
        ("code_verifier", verifier.expose()),
    ];
    let keys = metadata.jwks_uri.clone().context("a key set")?;
    let started = Instant::now();
    let tokens = http
        .inner()
        .post(metadata.token_endpoint.clone())
        .form(&form)
        .send()
        .await?;
    tokens.error_for_status()?.bytes().await?;
    let exchanged = Instant::now();
    http.inner()
        .get(keys)
        .send()
        .await?
        .error_for_status()?
        .bytes()
        .await?;
    Ok(Bare {
        exchange: exchanged - started,
        keys: exchanged.elapsed(),
    })
}

/// The peer's process: it prints an authorization URL, is given the redirect, and prints how long it
/// took from there to verified claims.
struct OpenidClient {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl OpenidClient {
    fn start(peers: &Peers, provider: &Provider) -> anyhow::Result<Self> {
        let mut process = Command::new("node")
            .arg(peers.source("node/openid-client.mjs"))
            .args([provider.issuer(), provider.client_id(), SCOPES])
            .arg(format!("http://127.0.0.1:9{}", provider::redirect_path()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        Ok(Self {
            input: process.stdin.take().context("the peer's input")?,
            output: BufReader::new(process.stdout.take().context("the peer's output")?),
            process,
        })
    }

    async fn signed_in(&mut self, provider: &Provider) -> anyhow::Result<Duration> {
        let authorization = Url::parse(&self.line()?)?;
        let redirect = provider.person.allow(&authorization).await?;
        writeln!(self.input, "{redirect}")?;
        Ok(Duration::from_secs_f64(
            self.line()?.parse::<f64>()? / 1000.0,
        ))
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        anyhow::ensure!(!line.is_empty(), "openid-client ended");
        Ok(line.trim().to_owned())
    }
}

impl Drop for OpenidClient {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
