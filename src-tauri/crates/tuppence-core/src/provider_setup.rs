//! Setting a provider up: what to register there, and what comes back from there.

use std::collections::BTreeMap;

use native_oauth::{SecretItems as _, SecretText};
use url::Url;
use wallet_api::profile::{
    ClientAuthenticationKind, Endpoints, MetadataSource, RedirectPolicyKind, ValueSource,
};
use wallet_api::profiles::RedirectPorts;
use wallet_api::{AppRegistry, ProviderProfile};

use crate::Tuppence;
use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::providers::{SETUPS, secret_item};
use crate::setup_form::{NewEndpoints, another};

/// The id under which another provider is set up before it has a name.
const OTHER: &str = "other";

/// Those whose profile ships with the app: only client id and secret can be set up.
pub(crate) const BUILT_IN: [&str; 3] = ["quota", "chutes", "openrouter"];

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
    /// Its endpoints, where they are known without discovery.
    pub endpoints: Option<Endpoints>,
    /// Base URL of the OpenAI-compatible API.
    pub api_base: Option<Url>,
    /// Where the addresses come from.
    pub addresses_source: ValueSource,
    /// Where the scopes come from.
    pub scopes_source: ValueSource,
    /// Where the redirect URIs come from.
    pub redirect_source: ValueSource,
    /// The ports that the provider takes redirects on; `None` where it goes by the app's own scheme.
    pub redirect_ports: Option<RedirectPorts>,
    /// Whether [`Tuppence::register_app`] can register the app there.
    pub registers_apps: bool,
    /// Whether there is something to take away: an added provider, or what was set up for one that ships.
    pub is_set_up_here: bool,
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
#[derive(Debug, Default)]
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
    /// Its endpoints, where it has no discovery; they take the issuer's place.
    pub endpoints: Option<NewEndpoints>,
    /// Base URL of another provider's API.
    pub api_base: Option<String>,
    /// Scopes of another provider, space separated.
    pub scopes: Option<String>,
    /// Which ports another provider takes redirects on; `None` means any.
    pub redirect_ports: Option<RedirectPorts>,
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
    /// [`NotFound`](crate::FailureKind::NotFound), or a value from the environment cannot be used.
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
                endpoints: None,
                api_base: None,
                addresses_source: ValueSource::None,
                scopes_source: ValueSource::None,
                redirect_source: ValueSource::None,
                redirect_ports: Some(RedirectPorts::Any),
                registers_apps: false,
                is_set_up_here: false,
            });
        }
        let profile = self.inner.providers.profile(id)?;
        let (issuer, endpoints) = match &profile.metadata {
            MetadataSource::Discovery {
                accepted_issuers, ..
            } => (accepted_issuers.first().cloned(), None),
            MetadataSource::Static(endpoints) => {
                (Some(endpoints.issuer.clone()), Some(endpoints.clone()))
            }
        };
        let registers_apps = AppRegistry::of(&profile).is_some();
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
            issuer,
            endpoints,
            api_base: Some(profile.api_base),
            addresses_source: profile.sources.addresses,
            scopes_source: profile.sources.scopes,
            redirect_source: profile.sources.redirect,
            redirect_ports: redirect_ports(&profile.redirect),
            registers_apps,
            is_set_up_here: self.inner.providers.setups().contains_key(id),
            provider_id: profile.id,
            provider_name: profile.name,
            client_id: profile.client_id,
        })
    }

    /// Stores a set-up: the secret in the keychain, the rest in the data directory. Answers what a
    /// set-up screen shows then.
    ///
    /// # Errors
    /// [`SetupIncomplete`](crate::FailureKind::SetupIncomplete) names the field that is missing or cannot
    /// be used; those of the keychain and the store. Nothing is stored then.
    pub async fn save_provider_setup(
        &self,
        new: NewProviderSetup,
    ) -> Result<ProviderSetup, Failure> {
        if !BUILT_IN.contains(&new.provider_id.as_str()) {
            return self.add_provider(another(new)?).await;
        }
        let id = new.provider_id;
        let client_id = Some(new.client_id.trim().to_owned()).filter(|given| !given.is_empty());
        let secret = new
            .client_secret
            .filter(|secret| !secret.expose().trim().is_empty());
        self.store_setup(&id, secret, move |stored| stored.client_id = client_id)
            .await?;
        self.provider_setup(&id)
    }

    /// Changes what is stored of one provider, a client secret first.
    pub(crate) async fn store_setup(
        &self,
        id: &str,
        secret: Option<SecretText>,
        change: impl FnOnce(&mut StoredSetup) + Send + 'static,
    ) -> Result<(), Failure> {
        if let Some(secret) = &secret {
            let item = secret_item(id);
            self.inner.keychain.set_secret(&item, secret).await?;
        }
        let name = id.to_owned();
        self.change_setups(move |setups| {
            let stored = setups.entry(name).or_default();
            stored.has_secret |= secret.is_some();
            change(stored);
        })
        .await?;
        self.inner.providers.set_up_anew(id);
        self.emit(CoreEvent::Changed);
        Ok(())
    }

    /// Changes the stored set-ups. Another process may have set a provider up meanwhile: what it stored
    /// is read first.
    pub(crate) async fn change_setups(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, StoredSetup>) + Send + 'static,
    ) -> Result<(), Failure> {
        let lock = self.inner.data.path().join("locks").join("providers.lock");
        let setups = self
            .with_store(move |store| {
                // Without the lock the worst case is another process's newest set-up missing.
                let _turn = crate::data_dir::exclusive(&lock);
                let stored = store.setting(SETUPS)?;
                let mut setups: BTreeMap<String, StoredSetup> = stored
                    .and_then(|json| serde_json::from_str(&json).ok())
                    .unwrap_or_default();
                change(&mut setups);
                let json = serde_json::to_string(&setups).unwrap_or_else(|_| "{}".to_owned());
                store.set_setting(SETUPS, &json)?;
                Ok(setups)
            })
            .await?;
        *self.inner.providers.setups() = setups;
        Ok(())
    }
}

fn redirect_ports(redirect: &RedirectPolicyKind) -> Option<RedirectPorts> {
    match redirect {
        RedirectPolicyKind::LoopbackAnyPort { .. } => Some(RedirectPorts::Any),
        RedirectPolicyKind::LoopbackRegistered { ports, .. } => {
            Some(RedirectPorts::Listed(ports.clone()))
        }
        RedirectPolicyKind::PrivateUseScheme { .. } => None,
    }
}
