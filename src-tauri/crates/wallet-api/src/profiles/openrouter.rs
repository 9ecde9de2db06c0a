//! OpenRouter: a lasting key of the person's own, with what it may spend, and exact costs in the stream.

use url::Url;

use crate::profile::{
    AuthorizationKind, ClientAuthenticationKind, Endpoints, FeatureScopes, IdentityKind, Links,
    MetadataSource, ModelsKind, PriceUnit, ProfileError, ProviderProfile, RedirectPolicyKind,
    TermParameters, TopUp, ValueSource, ValueSources, WalletDialect, is_loopback_literal, joined,
};

use super::{Environment, literal, redirect_path};

const SITE: &str = "https://openrouter.ai";
/// What the app is known by there; the domain of its private-use scheme.
const APP_ADDRESS: &str = "https://tuppence.app";

/// OpenRouter as it ships: ready at once, because it registers no apps.
#[must_use]
pub fn openrouter() -> ProviderProfile {
    openrouter_at(&literal(SITE))
}

/// OpenRouter, or what behaves like it, at another address.
#[must_use]
pub fn openrouter_at(base: &Url) -> ProviderProfile {
    let api_base = joined(base, "api/v1");
    ProviderProfile {
        id: "openrouter".to_owned(),
        name: "OpenRouter".to_owned(),
        play_money: false,
        metadata: MetadataSource::Static(Endpoints {
            issuer: base.as_str().trim_end_matches('/').to_owned(),
            authorization: joined(base, "auth"),
            token: joined(&api_base, "auth/keys"),
            userinfo: None,
            revocation: None,
            end_session: None,
            introspection: None,
        }),
        client_id: None,
        authorization: AuthorizationKind::Key {
            redirect_parameter: "callback_url".to_owned(),
            key_member: "key".to_owned(),
            key_endpoint: joined(&api_base, "key"),
            // The names that its interface gives them. Its page is only known to take the first; what was
            // granted is read back from the key.
            terms: TermParameters {
                limit: Some("limit".to_owned()),
                reset: Some("usage_limit_type".to_owned()),
                ends_at: Some("expires_at".to_owned()),
            },
        },
        client_authentication: ClientAuthenticationKind::None,
        scopes: Vec::new(),
        feature_scopes: FeatureScopes::default(),
        // The person finds their spending under this name, and not under the redirect's `127.0.0.1`.
        attribution: vec![
            ("HTTP-Referer".to_owned(), APP_ADDRESS.to_owned()),
            ("X-OpenRouter-Title".to_owned(), "Tuppence".to_owned()),
        ],
        redirect: RedirectPolicyKind::LoopbackAnyPort {
            path: redirect_path("openrouter"),
        },
        identity: IdentityKind::Key,
        userinfo_endpoint: None,
        wallet: WalletDialect::KeyCap,
        account_base: api_base.clone(),
        api_base,
        models: ModelsKind {
            prices: PriceUnit::PerToken,
            authenticated: false,
        },
        links: Links {
            top_up: Some(TopUp::Page {
                url: literal("https://openrouter.ai/settings/credits"),
            }),
            manage_consent: Some(literal("https://openrouter.ai/settings/keys")),
            manage_key: Some(literal("https://openrouter.ai/keys")),
            register_app: None,
            docs: Some(literal("https://openrouter.ai/docs")),
        },
        grant_verdicts: Vec::new(),
        allow_insecure_loopback: false,
        sources: ValueSources {
            client_id: ValueSource::None,
            addresses: ValueSource::BuiltIn,
            scopes: ValueSource::BuiltIn,
            redirect: ValueSource::BuiltIn,
        },
    }
}

/// OpenRouter at `OPENROUTER_BASE_URL` where that is set. `http` is taken from there only for a
/// loopback literal: what stands in for it on this machine.
///
/// # Errors
/// The value cannot be used; it is named.
pub fn openrouter_with(environment: &impl Environment) -> Result<ProviderProfile, ProfileError> {
    let mut profile = openrouter();
    if let Some(base) = environment.base("OPENROUTER_BASE_URL")? {
        profile = openrouter_at(&base).with_addresses_from(ValueSource::Environment);
        profile.allow_insecure_loopback = is_loopback_literal(&base);
    }
    profile.check()?;
    Ok(profile)
}
