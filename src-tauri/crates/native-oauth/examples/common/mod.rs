//! What the three examples share: the provider and the client that the command line names, and where
//! the tokens of this client's account rest.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use native_oauth::issuer::InsecureLoopback;
use native_oauth::{
    AccountKey, Client, ClientAuthentication, Discovery, HttpClient, Issuer, KeyringStore,
    RedirectPolicy, Scopes, TokenStore,
};

pub(crate) struct Setup {
    pub(crate) http: HttpClient,
    pub(crate) client: Client,
    pub(crate) store: Arc<dyn TokenStore>,
    pub(crate) account: AccountKey,
    pub(crate) lock_path: PathBuf,
}

impl Setup {
    /// From `ISSUER CLIENT_ID SCOPES`.
    pub(crate) async fn from_arguments() -> Result<Self, Box<dyn Error>> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [issuer, client_id, scopes] = arguments.as_slice() else {
            return Err("usage: ISSUER CLIENT_ID SCOPES".into());
        };

        // Who the provider is. A provider on this machine may use plain http.
        let http = HttpClient::new()?;
        let loopback = InsecureLoopback::Allowed;
        let metadata = Discovery::of(Issuer::new(issuer, loopback)?, loopback)?
            .fetch(&http)
            .await?;

        // Who we are to it.
        let redirect = RedirectPolicy::LoopbackAnyPort {
            path: "/redirect".to_owned(),
        };
        let scopes = Scopes::parse(scopes);
        let client = Client::new(
            client_id,
            ClientAuthentication::None,
            metadata,
            scopes,
            redirect,
        );

        // An application names itself, and keeps the lock file in its data directory.
        let store = KeyringStore::new("native-oauth.example", "examples");
        store.probe().await?;
        Ok(Self {
            http,
            client,
            store: Arc::new(store),
            account: AccountKey::new(format!("{issuer} {client_id}")),
            lock_path: std::env::temp_dir().join("native-oauth-example.lock"),
        })
    }
}
