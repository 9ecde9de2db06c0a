//! Registering an app for a person who is a developer at their provider.

use native_oauth::{HttpClient, SecretText};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::call::{self, CALL_TIME, Subject};
use crate::error::ApiError;
use crate::profile::{ProviderProfile, WalletDialect, joined};

/// Most bytes of an answer that are read.
const ANSWER_BYTES: u64 = 64 << 10;

/// Where, and in which words, a provider takes registrations.
#[derive(Clone, Debug)]
pub struct AppRegistry {
    endpoint: Url,
    dialect: WalletDialect,
    redirect_uris: Vec<String>,
    scopes: Vec<String>,
}

/// What a provider gives a newly registered app.
#[derive(Debug)]
pub struct RegisteredApp {
    /// The client id.
    pub client_id: String,
    /// The client secret. It is told this once.
    pub client_secret: Option<SecretText>,
}

#[derive(Deserialize)]
struct Answer {
    client_id: String,
    client_secret: Option<String>,
}

impl AppRegistry {
    /// The registry of a profile's provider; `None` where apps are not registered by request.
    #[must_use]
    pub fn of(profile: &ProviderProfile) -> Option<Self> {
        profile.links.register_app.as_ref()?;
        let path = match profile.wallet {
            WalletDialect::Chutes => "idp/apps",
            WalletDialect::Quota => "developers/apps",
            _ => return None,
        };
        let endpoint = joined(&profile.account_base, path);
        profile.may_call(&endpoint).then(|| Self {
            endpoint,
            dialect: profile.wallet,
            redirect_uris: profile.redirect_uris(),
            scopes: profile.scopes.clone(),
        })
    }

    /// Registers an app with the profile's redirect URIs and scopes, as the developer whose key this is.
    /// The key goes into this one request and is kept nowhere.
    ///
    /// # Errors
    /// [`ApiError::Unauthorized`] and [`ApiError::Forbidden`] where the key does not do,
    /// [`ApiError::RequestRejected`] for a name that is taken, and those of any call.
    pub async fn register(
        &self,
        http: &HttpClient,
        app_name: &str,
        developer_key: &SecretText,
    ) -> Result<RegisteredApp, ApiError> {
        let request = http
            .inner()
            .post(self.endpoint.clone())
            .timeout(CALL_TIME)
            .bearer_auth(developer_key.expose())
            .json(&self.request(app_name));
        let response = request.send().await.map_err(call::transport)?;
        let response = call::accepted(response, Subject::Account).await?;
        let answer: Answer = call::json(response, ANSWER_BYTES).await?;
        Ok(RegisteredApp {
            client_id: answer.client_id,
            client_secret: answer.client_secret.map(SecretText::new),
        })
    }

    fn request(&self, app_name: &str) -> Value {
        let mut request = json!({
            "name": app_name,
            "redirect_uris": self.redirect_uris,
            "allowed_scopes": self.scopes,
        });
        if self.dialect == WalletDialect::Chutes {
            // `public` lists the app to everybody. `openid` is taken at sign-in and is no scope of theirs.
            request["public"] = json!(false);
            let scopes = self.scopes.iter().filter(|scope| *scope != "openid");
            request["allowed_scopes"] = json!(scopes.collect::<Vec<_>>());
        }
        request
    }
}
