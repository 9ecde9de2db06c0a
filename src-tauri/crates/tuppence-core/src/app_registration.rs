//! "Register it for me": an app of the person's own at their provider, with their developer key.

use native_oauth::SecretText;
use rand::Rng as _;
use wallet_api::{ApiError, AppRegistry};

use crate::failure::{Failure, FailureKind, SetupField};
use crate::provider_setup::ProviderSetup;
use crate::{APP_NAME, Tuppence};

impl Tuppence {
    /// Registers an app at a provider and sets the provider up with it: the client id in the store, the
    /// client secret in the keychain. The developer key is used once and kept nowhere.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where apps are not registered by request;
    /// [`FailureKind::RegistrationRejected`] where the key does not do; those of the keychain, which is
    /// tried first because a provider tells a secret once; those of the provider and the store.
    pub async fn register_app(
        &self,
        provider_id: &str,
        developer_key: SecretText,
    ) -> Result<ProviderSetup, Failure> {
        let profile = self.inner.providers.profile(provider_id)?;
        let registry = AppRegistry::of(&profile).ok_or_else(|| {
            Failure::not_found("apps are registered on this provider's own pages only")
        })?;
        self.inner.keychain.probe().await?;
        let name = format!("{APP_NAME} {:08x}", rand::rng().next_u32());
        let registered = registry
            .register(&self.inner.http, &name, &developer_key)
            .await;
        let app = registered.map_err(rejected)?;
        let client_id = app.client_id;
        self.store_setup(provider_id, app.client_secret, move |stored| {
            stored.client_id = Some(client_id);
        })
        .await?;
        self.provider_setup(provider_id)
    }
}

/// A developer key that is refused says nothing about anybody's sign-in.
fn rejected(error: ApiError) -> Failure {
    let is_about_the_key = matches!(
        error,
        ApiError::Unauthorized { .. }
            | ApiError::Forbidden { .. }
            | ApiError::InsufficientScope { .. }
    );
    let failure = Failure::from(error);
    if is_about_the_key {
        let detail = format!("the developer key is not accepted: {}", failure.detail);
        return Failure::lasting(FailureKind::RegistrationRejected, detail)
            .about(Some(SetupField::DeveloperKey));
    }
    failure
}
