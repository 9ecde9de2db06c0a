//! Providers and their set-up.

use tuppence_core as core;

use crate::ipc::contract::*;

pub(in crate::ipc) fn provider(provider: core::ProviderSummary) -> ProviderView {
    ProviderView {
        id: provider.id,
        name: provider.name,
        play_money: provider.play_money,
        ready: provider.ready,
        takes_key_terms: provider.takes_key_terms,
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
        endpoints: setup.endpoints.map(|endpoints| EndpointsView {
            authorization: endpoints.authorization.into(),
            token: endpoints.token.into(),
            userinfo: endpoints.userinfo.map(String::from),
        }),
        api_base: setup.api_base.map(String::from),
        addresses_source: value_source(setup.addresses_source),
        scopes_source: value_source(setup.scopes_source),
        redirect_source: value_source(setup.redirect_source),
        redirect_ports: match setup.redirect_ports {
            Some(core::RedirectPorts::Listed(ports)) => Some(ports),
            Some(core::RedirectPorts::Registered) => Some(Vec::new()),
            Some(core::RedirectPorts::Any) | None => None,
        },
        registered_ports: core::REGISTERED_PORTS.to_vec(),
        registers_apps: setup.registers_apps,
        is_set_up_here: setup.is_set_up_here,
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
        endpoints: params.endpoints.map(|endpoints| core::NewEndpoints {
            authorization: endpoints.authorization,
            token: endpoints.token,
            userinfo: endpoints.userinfo,
        }),
        api_base: params.api_base,
        scopes: params.scopes,
        redirect_ports: params.redirect_ports.map(|ports| match ports.is_empty() {
            true => core::RedirectPorts::Registered,
            false => core::RedirectPorts::Listed(ports),
        }),
    }
}
