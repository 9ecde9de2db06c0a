//! Quota: an OpenID provider with a wallet in millionths of a dollar.

use url::Url;

use crate::profile::{
    AuthorizationKind, ClientAuthenticationKind, FeatureScopes, IdentityKind, Links,
    MetadataSource, ModelsKind, PriceUnit, ProfileError, ProviderProfile, ValueSource,
    ValueSources, WalletDialect, is_loopback_literal, joined,
};

use super::{Environment, literal, registered_ports, words};

/// The origin of the provider's site, which a deployment may name as the issuer instead of the API's.
const SITE: &str = "https://usequota.ai";
const API: &str = "https://api.usequota.ai";

/// Quota as it ships: without a client id, which its developers hand out.
#[must_use]
pub fn quota() -> ProviderProfile {
    let mut profile = quota_at(&literal(API));
    if let MetadataSource::Discovery {
        accepted_issuers, ..
    } = &mut profile.metadata
    {
        accepted_issuers.push(SITE.to_owned());
    }
    profile
}

/// Quota, or what behaves like it, at another address.
#[must_use]
pub fn quota_at(base: &Url) -> ProviderProfile {
    ProviderProfile {
        id: "quota".to_owned(),
        name: "Quota".to_owned(),
        play_money: false,
        metadata: MetadataSource::Discovery {
            url: joined(base, ".well-known/openid-configuration"),
            accepted_issuers: vec![base.as_str().trim_end_matches('/').to_owned()],
        },
        client_id: None,
        authorization: AuthorizationKind::Tokens,
        // The documents list `none` for public clients; an older registration may have a secret.
        client_authentication: ClientAuthenticationKind::SecretPostOptional,
        scopes: words("openid profile email credits.read credits.spend"),
        feature_scopes: FeatureScopes {
            answers: Some("credits.spend".to_owned()),
            balance: Some("credits.read".to_owned()),
        },
        attribution: Vec::new(),
        redirect: registered_ports("quota"),
        identity: IdentityKind::IdToken,
        userinfo_endpoint: Some(joined(base, "oauth/userinfo")),
        wallet: WalletDialect::Quota,
        api_base: joined(base, "v1"),
        account_base: base.clone(),
        models: ModelsKind {
            prices: PriceUnit::PerThousand,
            authenticated: true,
        },
        links: Links {
            top_up: None,
            manage_consent: None,
            register_app: Some(literal("https://usequota.ai/dashboard")),
            docs: Some(literal("https://usequota.ai/docs")),
            ..Links::default()
        },
        // A spent refresh token is told as 401 `invalid_token`.
        grant_verdicts: vec!["invalid_token".to_owned()],
        allow_insecure_loopback: false,
        sources: ValueSources {
            client_id: ValueSource::None,
            addresses: ValueSource::BuiltIn,
            scopes: ValueSource::BuiltIn,
            redirect: ValueSource::BuiltIn,
        },
    }
}

/// Quota with `QUOTA_CLIENT_ID`, `QUOTA_BASE_URL` and `QUOTA_SCOPES` where they are set. `http` is taken from
/// there only for a loopback literal: what stands in for it on this machine.
///
/// # Errors
/// A value cannot be used; it is named.
pub fn quota_with(environment: &impl Environment) -> Result<ProviderProfile, ProfileError> {
    let mut profile = match environment.base("QUOTA_BASE_URL")? {
        Some(base) => ProviderProfile {
            allow_insecure_loopback: is_loopback_literal(&base),
            ..quota_at(&base).with_addresses_from(ValueSource::Environment)
        },
        None => quota(),
    };
    environment.client_id("QUOTA_CLIENT_ID", &mut profile);
    environment.scopes("QUOTA_SCOPES", &mut profile);
    profile.check()?;
    Ok(profile)
}
