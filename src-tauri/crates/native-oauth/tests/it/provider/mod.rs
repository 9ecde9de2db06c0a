//! A provider that keeps books and forgives nothing: a mistake of the client fails here as it would at
//! a real one.

mod books;
mod keys;
mod routes;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use jsonwebtoken::Algorithm;
use native_oauth::issuer::InsecureLoopback;
use native_oauth::{Discovery, HttpClient, Issuer, ProviderMetadata};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub(crate) use self::books::{Books, DeviceVerdict, Form};
pub(crate) use self::keys::SigningKey;

pub(crate) const CLIENT_ID: &str = "native-client";
pub(crate) const REDIRECT_PATH: &str = "/redirect/test";
/// Its path is the loopback redirect's, so that only the scheme tells them apart.
pub(crate) const PRIVATE_USE_URI: &str = "org.example.app:/redirect/test";
pub(crate) const SUBJECT: &str = "person-1";

pub(crate) struct TestProvider {
    pub(crate) issuer: String,
    pub(crate) shared: Arc<Shared>,
    server: JoinHandle<()>,
}

pub(crate) struct Shared {
    pub(crate) issuer: String,
    state: Mutex<State>,
}

pub(crate) struct State {
    pub(crate) books: Books,
    pub(crate) faults: Faults,
    pub(crate) keys: Vec<SigningKey>,
    pub(crate) secret: Option<String>,
    /// The path and form of every request to a back-channel endpoint.
    pub(crate) requests: Vec<(&'static str, Form)>,
    pub(crate) subject: String,
    pub(crate) token_lifetime: u64,
}

type Forgery = Box<dyn Fn(&[SigningKey], Value) -> Option<String> + Send>;
type Change<T> = Option<Box<dyn Fn(&mut T) + Send>>;

/// How the provider misbehaves. By default, not at all.
#[derive(Default)]
pub(crate) struct Faults {
    pub(crate) discovery: Change<Value>,
    /// Parameters of the authorization response.
    pub(crate) response: Change<Vec<(String, String)>>,
    pub(crate) deny: bool,
    /// Answers of the token endpoint, given instead of real ones, in order.
    pub(crate) token_answers: VecDeque<Answer>,
    /// Applied to a good token response.
    pub(crate) token_response: Change<Value>,
    /// The ID token to send instead: from the honest claims and the keys.
    pub(crate) id_token: Option<Forgery>,
    pub(crate) claims: Change<Value>,
    /// The body of the key set.
    pub(crate) key_set: Option<String>,
    /// The token endpoint takes its time, after it has changed its books.
    pub(crate) token_delay: Duration,
    pub(crate) refresh_with_id_token: bool,
    pub(crate) revocation_down: bool,
    /// The lifetime of a device code, in seconds.
    pub(crate) device_code_lifetime: Option<u64>,
}

#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json")],
            body: body.to_owned(),
        }
    }

    pub(crate) fn html(status: u16) -> Self {
        let body = "<html><body>Bad gateway</body></html>".to_owned();
        Self {
            status,
            headers: vec![("content-type", "text/html")],
            body,
        }
    }
}

impl TestProvider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let state = State {
            books: Books::default(),
            faults: Faults::default(),
            keys: vec![SigningKey::new("key-1", Algorithm::ES256)],
            secret: None,
            requests: Vec::new(),
            subject: SUBJECT.to_owned(),
            token_lifetime: 3600,
        };
        let shared = Arc::new(Shared {
            issuer: issuer.clone(),
            state: Mutex::new(state),
        });
        let router = routes::router(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            issuer,
            shared,
            server,
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }

    pub(crate) fn discovery(&self) -> Discovery {
        let issuer = Issuer::new(&self.issuer, InsecureLoopback::Allowed).unwrap();
        Discovery::of(issuer, InsecureLoopback::Allowed).unwrap()
    }

    pub(crate) async fn metadata(&self, http: &HttpClient) -> ProviderMetadata {
        self.discovery().fetch(http).await.unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&self.issuer).unwrap().join(path).unwrap()
    }

    /// How often an endpoint was asked, and with which grant type.
    pub(crate) fn count(&self, path: &str, grant_type: &str) -> usize {
        let same = |form: &Form| form.get("grant_type").is_none_or(|it| it == grant_type);
        self.state()
            .requests
            .iter()
            .filter(|(asked, form)| *asked == path && same(form))
            .count()
    }

    pub(crate) fn refreshes(&self) -> usize {
        self.count("/token", "refresh_token")
    }

    /// Stops answering; the port refuses connections.
    pub(crate) async fn stop(&mut self) {
        self.server.abort();
        let _ = (&mut self.server).await;
    }
}

impl Drop for TestProvider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}
