//! Setting a provider up: what to register there, and what comes back from there.

use native_oauth::{SecretItems as _, SecretText};
use url::Url;
use wallet_api::ProviderProfile;
use wallet_api::profile::{ClientAuthenticationKind, MetadataSource, ValueSource};
use wallet_api::profiles::{GenericMetadata, GenericProvider, RedirectPorts, generic};

use crate::Tuppence;
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::providers::{SETUPS, secret_item};

/// The id under which another provider is set up before it has a name.
const OTHER: &str = "other";

/// What a set-up screen shows.
#[derive(Clone, Debug)]
pub struct ProviderSetup {
    /// The provider's id; `other` for one to be added.
    pub provider_id: String,
    /// The name to show.
    pub provider_name: String,
    /// Redirect URIs to register, exactly.
    pub redirect_uris: Vec<String>,
    /// Scopes to allow.
    pub scopes: String,
    /// The client id in use.
    pub client_id: Option<String>,
    /// Where it comes from.
    pub client_id_source: ValueSource,
    /// Whether the provider wants a client secret.
    pub secret: SecretNeed,
    /// Whether there is one, and from where.
    pub secret_source: ValueSource,
    /// Where apps are registered.
    pub registration_url: Option<Url>,
    /// The issuer, where it is known by one.
    pub issuer: Option<String>,
    /// Base URL of the OpenAI-compatible API.
    pub api_base: Option<Url>,
}

/// Whether a provider wants a client secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretNeed {
    /// A public client has none.
    None,
    /// May be given.
    Optional,
    /// The provider refuses clients without one.
    Required,
}

/// What a set-up screen saves. For a built-in provider, id and secret only.
#[derive(Debug)]
pub struct NewProviderSetup {
    /// `quota`, `chutes`, `other`, or the id of one that was added.
    pub provider_id: String,
    /// The name of another provider.
    pub provider_name: Option<String>,
    /// The client id; empty takes it away.
    pub client_id: String,
    /// A client secret for the keychain; `None` leaves what is there.
    pub client_secret: Option<SecretText>,
    /// The issuer of another provider.
    pub issuer: Option<String>,
    /// Base URL of another provider's API.
    pub api_base: Option<String>,
    /// Scopes of another provider, space separated.
    pub scopes: Option<String>,
}

/// What is stored of a set-up: no secret, only that there is one.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(crate) struct StoredSetup {
    pub(crate) client_id: Option<String>,
    pub(crate) has_secret: bool,
    /// The whole profile of a provider that the person added.
    pub(crate) profile: Option<ProviderProfile>,
}

impl Tuppence {
    /// What to show for setting up a provider; `other` for one that is not known yet.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`], or a value from the environment cannot be used.
    pub fn provider_setup(&self, id: &str) -> Result<ProviderSetup, Failure> {
        if id == OTHER {
            return Ok(ProviderSetup {
                provider_id: OTHER.to_owned(),
                provider_name: String::new(),
                redirect_uris: Vec::new(),
                scopes: "openid profile email".to_owned(),
                client_id: None,
                client_id_source: ValueSource::None,
                secret: SecretNeed::Optional,
                secret_source: ValueSource::None,
                registration_url: None,
                issuer: None,
                api_base: None,
            });
        }
        let profile = self.inner.providers.profile(id)?;
        Ok(ProviderSetup {
            redirect_uris: profile.redirect_uris(),
            scopes: profile.scopes.join(" "),
            client_id_source: profile.sources.client_id,
            secret: match profile.client_authentication {
                ClientAuthenticationKind::SecretPost => SecretNeed::Required,
                ClientAuthenticationKind::SecretPostOptional => SecretNeed::Optional,
                ClientAuthenticationKind::None | ClientAuthenticationKind::Broker { .. } => {
                    SecretNeed::None
                }
            },
            secret_source: self.inner.providers.secret_source(id),
            registration_url: profile.links.register_app,
            issuer: match profile.metadata {
                MetadataSource::Discovery {
                    accepted_issuers, ..
                } => accepted_issuers.into_iter().next(),
                MetadataSource::Static(endpoints) => Some(endpoints.issuer),
            },
            api_base: Some(profile.api_base),
            provider_id: profile.id,
            provider_name: profile.name,
            client_id: profile.client_id,
        })
    }

    /// Stores a set-up: the secret in the keychain, the rest in the data directory. Answers what a
    /// set-up screen shows then.
    ///
    /// # Errors
    /// [`FailureKind::SetupIncomplete`] names what is missing or cannot be used; those of the keychain
    /// and the store. Nothing is stored then.
    pub async fn save_provider_setup(
        &self,
        new: NewProviderSetup,
    ) -> Result<ProviderSetup, Failure> {
        let client_id = new.client_id.trim().to_owned();
        let added = match new.provider_id.as_str() {
            "quota" | "chutes" => None,
            _ => Some(another(&new, &client_id)?),
        };
        let id = added
            .as_ref()
            .map_or_else(|| new.provider_id.clone(), |profile| profile.id.clone());
        let mut has_secret = self
            .inner
            .providers
            .setups()
            .get(&id)
            .is_some_and(|setup| setup.has_secret);
        if let Some(secret) = new
            .client_secret
            .filter(|secret| !secret.expose().trim().is_empty())
        {
            self.inner
                .keychain
                .set_secret(&secret_item(&id), &secret)
                .await?;
            has_secret = true;
        }
        let setups = {
            let mut setups = self.inner.providers.setups();
            let client_id = (!client_id.is_empty()).then_some(client_id);
            setups.insert(
                id.clone(),
                StoredSetup {
                    client_id,
                    has_secret,
                    profile: added,
                },
            );
            setups.clone()
        };
        self.put_setting(SETUPS, &setups).await?;
        self.inner.providers.set_up_anew(&id);
        self.emit(CoreEvent::Changed);
        self.provider_setup(&id)
    }
}

/// The profile of a provider that the app does not know.
fn another(new: &NewProviderSetup, client_id: &str) -> Result<ProviderProfile, Failure> {
    let incomplete = |what: &str| Failure::lasting(FailureKind::SetupIncomplete, what);
    let given = |value: &Option<String>| {
        value
            .as_deref()
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
    };
    if client_id.is_empty() {
        return Err(incomplete("the client id is missing"));
    }
    let issuer = given(&new.issuer).ok_or_else(|| incomplete("the issuer is missing"))?;
    let on_this_machine = Url::parse(&issuer).is_ok_and(|url| {
        url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"))
    });
    let api_base =
        given(&new.api_base).ok_or_else(|| incomplete("the address of the API is missing"))?;
    Ok(generic(GenericProvider {
        name: given(&new.provider_name).ok_or_else(|| incomplete("the name is missing"))?,
        metadata: GenericMetadata::Issuer(issuer.trim_end_matches('/').to_owned()),
        client_id: client_id.to_owned(),
        api_base: Url::parse(&api_base)
            .map_err(|_| incomplete("the address of the API is no web address"))?,
        scopes: given(&new.scopes)
            .map(|scopes| scopes.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
        redirect_ports: RedirectPorts::Any,
        allow_insecure_loopback: on_this_machine,
    })?)
}
