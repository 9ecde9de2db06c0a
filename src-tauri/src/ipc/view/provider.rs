//! Providers and their set-up.

use tuppence_core as core;

use crate::ipc::contract::*;

pub(in crate::ipc) fn provider(provider: core::ProviderSummary) -> ProviderView {
    ProviderView {
        id: provider.id,
        name: provider.name,
        play_money: provider.play_money,
        ready: provider.ready,
    }
}

pub(in crate::ipc) fn provider_setup(setup: core::ProviderSetup) -> ProviderSetupView {
    ProviderSetupView {
        provider_id: setup.provider_id,
        provider_name: setup.provider_name,
        redirect_uris: setup.redirect_uris,
        scopes: setup.scopes,
        client_id: setup.client_id,
        client_id_source: value_source(setup.client_id_source),
        secret: match setup.secret {
            core::SecretNeed::None => SecretNeed::None,
            core::SecretNeed::Optional => SecretNeed::Optional,
            core::SecretNeed::Required => SecretNeed::Required,
        },
        secret_source: value_source(setup.secret_source),
        registration_url: setup.registration_url.map(String::from),
        issuer: setup.issuer,
        api_base: setup.api_base.map(String::from),
    }
}

pub(in crate::ipc) fn value_source(source: core::ValueSource) -> ValueSource {
    match source {
        core::ValueSource::None => ValueSource::None,
        core::ValueSource::BuiltIn => ValueSource::BuiltIn,
        core::ValueSource::Environment => ValueSource::Environment,
        core::ValueSource::SetUp => ValueSource::SetUp,
    }
}

pub(in crate::ipc) fn new_provider_setup(params: ProviderSetupParams) -> core::NewProviderSetup {
    core::NewProviderSetup {
        provider_id: params.provider_id,
        provider_name: params.provider_name,
        client_id: params.client_id,
        client_secret: params
            .client_secret
            .map(|secret| secret.into_inner().into()),
        issuer: params.issuer,
        api_base: params.api_base,
        scopes: params.scopes,
    }
}
