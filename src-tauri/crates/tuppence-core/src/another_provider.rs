//! Providers that the app does not know: added by a person, and taken away again.

use native_oauth::{SecretItems as _, SecretText};
use url::Url;
use wallet_api::profiles::{GenericMetadata, GenericProvider, RedirectPorts, generic};

use crate::Tuppence;
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind, SetupField};
use crate::provider_setup::{BUILT_IN, ProviderSetup};
use crate::providers::secret_item;

/// What a person says about a provider that the app does not know.
#[derive(Debug)]
pub struct NewProvider {
    /// A name: letters, digits, spaces, `-`, `_` and `.`, at most 64 characters. One that is taken by
    /// another added provider replaces that.
    pub name: String,
    /// Where its endpoints are known from.
    pub metadata: GenericMetadata,
    /// The client id.
    pub client_id: String,
    /// The client secret, for the keychain.
    pub client_secret: Option<SecretText>,
    /// Without a new secret, one that was given before is kept; otherwise it is forgotten.
    pub keep_secret: bool,
    /// Base URL of the OpenAI-compatible API.
    pub api_base: Url,
    /// Scopes to request; empty means `openid profile email` with discovery and none without.
    pub scopes: Vec<String>,
    /// Which ports of `127.0.0.1` the provider accepts in redirect URIs.
    pub redirect_ports: RedirectPorts,
    /// Whether plain `http` to a loopback literal is allowed.
    pub allow_insecure_loopback: bool,
}

impl Tuppence {
    /// Adds a provider, or replaces one that was added under the same name. Answers its set-up.
    ///
    /// # Errors
    /// [`FailureKind::SetupIncomplete`] names what is missing or cannot be used; those of the keychain
    /// and the store.
    pub async fn add_provider(&self, new: NewProvider) -> Result<ProviderSetup, Failure> {
        let client_id = new.client_id.trim().to_owned();
        if client_id.is_empty() {
            let what = "the client id is missing";
            return Err(Failure::lasting(FailureKind::SetupIncomplete, what)
                .about(Some(SetupField::ClientId)));
        }
        let profile = generic(GenericProvider {
            name: new.name,
            metadata: new.metadata,
            client_id: client_id.clone(),
            api_base: new.api_base,
            scopes: new.scopes,
            redirect_ports: new.redirect_ports,
            allow_insecure_loopback: new.allow_insecure_loopback,
        })?;
        let id = profile.id.clone();
        let secret = new
            .client_secret
            .filter(|secret| !secret.expose().trim().is_empty());
        let forgets = secret.is_none() && !new.keep_secret;
        if forgets {
            self.forget_secret(&id).await?;
        }
        self.store_setup(&id, secret, move |stored| {
            stored.client_id = Some(client_id);
            stored.has_secret &= !forgets;
            stored.profile = Some(profile);
        })
        .await?;
        self.provider_setup(&id)
    }

    /// Takes an added provider away, or what was set up for one that ships with the app; a client secret
    /// leaves the keychain.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`]; [`FailureKind::RequestRejected`] while accounts of it are signed in;
    /// those of the keychain and the store.
    pub async fn remove_provider(&self, id: &str) -> Result<(), Failure> {
        let is_known = BUILT_IN.contains(&id) || self.inner.providers.setups().contains_key(id);
        if !is_known {
            return Err(Failure::not_found("no such provider was added"));
        }
        let accounts = self.accounts();
        if accounts.iter().any(|known| known.record.provider_id == id) {
            return Err(Failure::lasting(
                FailureKind::RequestRejected,
                "accounts of this provider are signed in; sign them out first",
            ));
        }
        self.forget_secret(id).await?;
        let name = id.to_owned();
        self.change_setups(move |setups| {
            setups.remove(&name);
        })
        .await?;
        self.inner.providers.set_up_anew(id);
        self.emit(CoreEvent::Changed);
        Ok(())
    }

    /// The keychain is not asked where nothing was put into it.
    async fn forget_secret(&self, id: &str) -> Result<(), Failure> {
        let has_secret = self
            .inner
            .providers
            .setups()
            .get(id)
            .is_some_and(|setup| setup.has_secret);
        if has_secret {
            self.inner.keychain.delete_secret(&secret_item(id)).await?;
        }
        Ok(())
    }
}
