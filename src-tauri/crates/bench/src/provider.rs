//! A provider to sign in to: the sandbox, on threads of its own, and a person who allows everything.

use anyhow::Context;
use native_oauth::issuer::InsecureLoopback;
use native_oauth::{
    Client, ClientAuthentication, Discovery, HttpClient, Issuer, PageText, ProviderMetadata,
    RedirectPolicy, Scopes, SignInFlow,
};
use sandbox_provider::{Control, Dialect, REGISTERED_PROFILES, Sandbox, SandboxConfig, Visitor};
use url::Url;

/// What is asked for.
pub(crate) const SCOPES: &str = "openid profile";

/// A running provider. Its threads end with the process.
pub(crate) struct Provider {
    issuer: String,
    client_id: String,
    /// Its counters.
    pub(crate) control: Control,
    /// The person.
    pub(crate) person: Visitor,
    // Dropped last: the provider runs on it.
    _runtime: Runtime,
}

/// A runtime that does not wait for what still runs on it when it is dropped.
struct Runtime(Option<tokio::runtime::Runtime>);

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Provider {
    /// Starts an OpenID provider that lets the port of a loopback redirect vary.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Runtime::new()?;
        let config = SandboxConfig {
            dialect: Dialect::Oidc,
            ..SandboxConfig::default()
        };
        let (sandbox, person) = runtime
            .block_on(async { anyhow::Ok((Sandbox::start(config).await?, Visitor::new()?)) })?;
        let provider = Self {
            issuer: sandbox.issuer_identifier().to_owned(),
            client_id: sandbox.client_id().to_owned(),
            control: sandbox.control(),
            person,
            _runtime: Runtime(None),
        };
        runtime.spawn(async move {
            std::future::pending::<()>().await;
            sandbox.stop().await;
        });
        Ok(Self {
            _runtime: Runtime(Some(runtime)),
            ..provider
        })
    }

    /// The issuer identifier.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The client id.
    pub(crate) fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Fetches the provider's metadata.
    pub(crate) async fn metadata(&self, http: &HttpClient) -> anyhow::Result<ProviderMetadata> {
        metadata(&self.issuer, http).await
    }
}

/// The path of every redirect URI here.
pub(crate) fn redirect_path() -> String {
    format!("/redirect/{}", REGISTERED_PROFILES[0])
}

/// Fetches the metadata of a provider on loopback.
pub(crate) async fn metadata(issuer: &str, http: &HttpClient) -> anyhow::Result<ProviderMetadata> {
    let issuer = Issuer::new(issuer, InsecureLoopback::Allowed)?;
    Ok(Discovery::of(issuer, InsecureLoopback::Allowed)?
        .fetch(http)
        .await?)
}

/// A client that has not seen the provider's keys.
pub(crate) fn client(client_id: &str, metadata: ProviderMetadata) -> Client {
    let policy = RedirectPolicy::LoopbackAnyPort {
        path: redirect_path(),
    };
    let scopes = Scopes::parse(SCOPES);
    Client::new(
        client_id,
        ClientAuthentication::None,
        metadata,
        scopes,
        policy,
    )
}

/// Sign-ins of that client.
pub(crate) fn flow(http: &HttpClient, client: Client) -> SignInFlow {
    let page = PageText {
        app_name: "bench".to_owned(),
        provider_name: "Sandbox".to_owned(),
    };
    SignInFlow::new(http.clone(), client, page)
}

/// The value of a query parameter.
pub(crate) fn parameter(url: &Url, name: &str) -> anyhow::Result<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .with_context(|| format!("no {name} in the response"))
}
