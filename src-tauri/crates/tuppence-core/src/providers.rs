//! The providers that can be signed in to: profiles with the values of this installation.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use conversations::Store;
use native_oauth::{Client, ClientSecret, SecretItems as _};
use wallet_api::profile::{ClientAuthenticationKind, IdentityKind, MetadataError, ProfileError};
use wallet_api::{ProviderProfile, profiles};

pub use wallet_api::profile::ValueSource;

use crate::failure::{Failure, FailureKind, SetupField, chain};
use crate::provider_setup::{BUILT_IN, StoredSetup};
use crate::{Environment, PlayMoneyHost, Tuppence, setting};

/// The provider that a host lends; it is set up by running.
pub(crate) const PLAY_MONEY: &str = "sandbox";

pub(crate) const SETUPS: &str = "provider-setups";

/// A provider as a list shows it.
#[derive(Clone, Debug)]
pub struct ProviderSummary {
    /// `quota`, `chutes`, `openrouter`, `sandbox`, or the id of one that the person added.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Amounts are play money.
    pub play_money: bool,
    /// Signing in can start; otherwise it is set up first.
    pub ready: bool,
    /// A sign-in ends in a key, and terms can be asked of it ([`crate::SignInRequest::with_terms`]).
    pub takes_key_terms: bool,
}

/// Profiles by id, and what was set up for them.
pub(crate) struct Providers {
    pub(crate) environment: Environment,
    play_money: Option<Arc<dyn PlayMoneyHost>>,
    setups: Mutex<BTreeMap<String, StoredSetup>>,
    /// Providers as they were made ready in this run: with their metadata, and the keys that the client
    /// has seen. One whose profile has changed since is made ready anew.
    ready: Mutex<HashMap<String, Provider>>,
}

/// A provider that is ready to be signed in to.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) profile: Arc<ProviderProfile>,
    pub(crate) client: Client,
}

impl Provider {
    /// What accounts are told apart by, besides the subject. The play-money provider's issuer changes
    /// with its port and says nothing about who it is.
    pub(crate) fn issuer_key(&self) -> String {
        if self.profile.play_money {
            return format!("play-money:{}", self.profile.id);
        }
        self.client.metadata().issuer.as_str().to_owned()
    }

    /// Whether it can be asked who somebody is after the sign-in.
    pub(crate) fn names_its_people(&self) -> bool {
        self.profile.identity == IdentityKind::Key
            || self.profile.userinfo_endpoint.is_some()
            || self.client.metadata().userinfo_endpoint.is_some()
    }

    /// Whether a person can sign in by a code that they type on another device (RFC 8628).
    pub(crate) fn offers_device_sign_in(&self) -> bool {
        let metadata = self.client.metadata();
        metadata.device_authorization_endpoint.is_some()
    }

    pub(crate) fn can_end_browser_session(&self) -> bool {
        self.client.metadata().end_session_endpoint.is_some()
    }
}

impl Providers {
    pub(crate) async fn load(
        store: &Store,
        environment: Environment,
        play_money: Option<Arc<dyn PlayMoneyHost>>,
    ) -> Result<Self, Failure> {
        let setups = setting(store, SETUPS).await?.unwrap_or_default();
        Ok(Self {
            environment,
            play_money,
            setups: Mutex::new(setups),
            ready: Mutex::default(),
        })
    }

    pub(crate) fn setups(&self) -> MutexGuard<'_, BTreeMap<String, StoredSetup>> {
        self.setups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The profile of a provider that is not the host's, with everything but secrets applied.
    pub(crate) fn profile(&self, id: &str) -> Result<ProviderProfile, Failure> {
        let variable = |name: &str| self.environment.value(name).map(str::to_owned);
        let setup = self.setups().get(id).cloned();
        let profile = match (id, &setup) {
            ("quota", _) => profiles::quota_with(&variable)?,
            ("chutes", _) => profiles::chutes_with(&variable)?,
            ("openrouter", _) => profiles::openrouter_with(&variable)?,
            (
                _,
                Some(StoredSetup {
                    profile: Some(profile),
                    ..
                }),
            ) => return Ok(profile.clone()),
            _ => return Err(Failure::not_found("no such provider")),
        };
        Ok(match setup.and_then(|setup| setup.client_id) {
            // A value from the environment is somebody's decision for this run.
            Some(client_id) if profile.sources.client_id != ValueSource::Environment => {
                profile.with_client_id(&client_id, ValueSource::SetUp)
            }
            _ => profile,
        })
    }

    fn own_ids(&self) -> Vec<String> {
        let setups = self.setups();
        let added = setups
            .iter()
            .filter(|(_, setup)| setup.profile.is_some())
            .map(|(id, _)| id.clone());
        BUILT_IN
            .into_iter()
            .map(str::to_owned)
            .chain(added)
            .collect()
    }

    /// Whether a client secret is at hand, without asking the keychain.
    pub(crate) fn secret_source(&self, id: &str) -> ValueSource {
        if self.environment.secret(secret_variable(id)).is_some() {
            return ValueSource::Environment;
        }
        match self.setups().get(id) {
            Some(setup) if setup.has_secret => ValueSource::SetUp,
            _ => ValueSource::None,
        }
    }

    /// Makes a provider be made ready anew: its client secret has changed.
    pub(crate) fn set_up_anew(&self, id: &str) {
        self.ready().remove(id);
    }

    fn ready(&self) -> MutexGuard<'_, HashMap<String, Provider>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tuppence {
    /// The providers, in the order to offer them. One whose values from the environment cannot be used
    /// is not ready: its set-up says which.
    pub fn providers(&self) -> Vec<ProviderSummary> {
        let providers = &self.inner.providers;
        let own = providers
            .own_ids()
            .into_iter()
            .map(|id| match providers.profile(&id) {
                Ok(profile) => ProviderSummary {
                    ready: profile.is_ready(providers.secret_source(&id) != ValueSource::None),
                    takes_key_terms: profile.gives_keys(),
                    name: profile.name,
                    play_money: profile.play_money,
                    id,
                },
                Err(failure) => {
                    tracing::warn!(%failure, provider = id, "a profile cannot be used");
                    ProviderSummary {
                        name: id.clone(),
                        play_money: false,
                        ready: false,
                        takes_key_terms: false,
                        id,
                    }
                }
            });
        let lent = providers.play_money.as_ref().map(|_| ProviderSummary {
            id: PLAY_MONEY.to_owned(),
            name: "Play money".to_owned(),
            play_money: true,
            ready: true,
            takes_key_terms: false,
        });
        own.chain(lent).collect()
    }

    /// A provider's profile, started where it is the host's.
    pub(crate) async fn provider_profile(&self, id: &str) -> Result<ProviderProfile, Failure> {
        match &self.inner.providers.play_money {
            Some(host) if id == PLAY_MONEY => {
                let running = host.start().await.map_err(|detail| {
                    Failure::retryable(FailureKind::ProviderUnavailable, detail)
                })?;
                let (issuer, api_base) = (&running.issuer, &running.api_base);
                Ok(profiles::sandbox(issuer, api_base, &running.client_id))
            }
            _ => self.inner.providers.profile(id),
        }
    }

    /// A provider ready for a sign-in or a session: started where it is the host's, its metadata read,
    /// its client with the secret that it needs.
    pub(crate) async fn provider(&self, id: &str) -> Result<Provider, Failure> {
        let profile = self.provider_profile(id).await?;
        if let Some(provider) = self
            .inner
            .providers
            .ready()
            .get(id)
            .filter(|ready| *ready.profile == profile)
        {
            return Ok(provider.clone());
        }
        let secret = self.client_secret(&profile).await?;
        let metadata = profile.provider_metadata(&self.inner.http).await?;
        let client = profile.oauth_client(metadata, secret)?;
        let provider = Provider {
            profile: Arc::new(profile),
            client,
        };
        self.inner
            .providers
            .ready()
            .insert(id.to_owned(), provider.clone());
        Ok(provider)
    }

    async fn client_secret(
        &self,
        profile: &ProviderProfile,
    ) -> Result<Option<ClientSecret>, Failure> {
        let takes_one = matches!(
            profile.client_authentication,
            ClientAuthenticationKind::SecretPost | ClientAuthenticationKind::SecretPostOptional
        );
        if !takes_one {
            return Ok(None);
        }
        if let Some(secret) = self
            .inner
            .providers
            .environment
            .secret(secret_variable(&profile.id))
        {
            return Ok(Some(secret.clone().into()));
        }
        if self.inner.providers.secret_source(&profile.id) == ValueSource::None {
            return Ok(None);
        }
        let secret = self
            .inner
            .keychain
            .get_secret(&secret_item(&profile.id))
            .await?;
        Ok(secret.map(ClientSecret::from))
    }
}

/// The variable that the providers' own guides name; none for others.
pub(crate) fn secret_variable(provider_id: &str) -> &'static str {
    match provider_id {
        "quota" => "QUOTA_CLIENT_SECRET",
        "chutes" => "CHUTES_OAUTH_CLIENT_SECRET",
        _ => "",
    }
}

/// The keychain item of a provider's client secret.
pub(crate) fn secret_item(provider_id: &str) -> String {
    format!("client-secret/{provider_id}")
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        let field = SetupField::of_profile(&error);
        Self::lasting(FailureKind::SetupIncomplete, chain(&error)).about(field)
    }
}

impl From<MetadataError> for Failure {
    fn from(error: MetadataError) -> Self {
        match error {
            MetadataError::Profile(error) => error.into(),
            MetadataError::Discovery(error) => error.into(),
        }
    }
}
