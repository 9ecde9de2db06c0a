//! Chutes: plain OAuth with a required client secret, and a wallet in dollars.

use url::Url;

use crate::profile::{
    AuthorizationKind, ClientAuthenticationKind, Endpoints, FeatureScopes, IdentityKind, Links,
    MetadataSource, ModelsKind, PriceUnit, ProfileError, ProviderProfile, TopUp, UserInfoShape,
    ValueSource, ValueSources, WalletDialect, is_loopback_literal, joined,
};

use super::{Environment, literal, registered_ports, words};

const API: &str = "https://api.chutes.ai";

/// Chutes as it ships: each person or packager brings their own client id and secret.
#[must_use]
pub fn chutes() -> ProviderProfile {
    chutes_at(&literal(API), &literal("https://llm.chutes.ai/v1"))
}

/// Chutes, or what behaves like it, at other addresses: of sign-in and account, and of the models.
#[must_use]
pub fn chutes_at(base: &Url, api_base: &Url) -> ProviderProfile {
    let endpoints = endpoints(base);
    ProviderProfile {
        id: "chutes".to_owned(),
        name: "Chutes".to_owned(),
        play_money: false,
        userinfo_endpoint: endpoints.userinfo.clone(),
        // Its discovery document is no OpenID metadata and says `none` and `plain` without meaning it.
        metadata: MetadataSource::Static(endpoints),
        client_id: None,
        authorization: AuthorizationKind::Tokens,
        client_authentication: ClientAuthenticationKind::SecretPost,
        // `profile` covers the balance; `billing:read` is privileged and would break the sign-in.
        scopes: words("openid profile chutes:invoke"),
        feature_scopes: FeatureScopes {
            answers: Some("chutes:invoke".to_owned()),
            balance: Some("profile".to_owned()),
        },
        attribution: Vec::new(),
        redirect: registered_ports("chutes"),
        identity: IdentityKind::UserInfo(UserInfoShape::Chutes),
        wallet: WalletDialect::Chutes,
        api_base: api_base.clone(),
        account_base: base.clone(),
        models: ModelsKind {
            prices: PriceUnit::PerMillion,
            authenticated: false,
        },
        links: Links {
            top_up: Some(TopUp::Page {
                url: literal("https://chutes.ai/app/api/billing-balance"),
            }),
            manage_consent: Some(literal("https://chutes.ai/settings/apps")),
            register_app: Some(literal("https://chutes.ai/settings/apps")),
            docs: Some(literal("https://docs.chutes.ai/oauth")),
            ..Links::default()
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

/// Chutes with `CHUTES_OAUTH_CLIENT_ID`, `CHUTES_OAUTH_SCOPES`, `CHUTES_OAUTH_REDIRECT_URI` and
/// `CHUTES_IDP_BASE_URL` where they are set. `http` is taken from there only for a loopback literal: what
/// stands in for it on this machine.
///
/// # Errors
/// A value cannot be used; it is named. A redirect URI must be a loopback literal or the app's own
/// scheme.
pub fn chutes_with(environment: &impl Environment) -> Result<ProviderProfile, ProfileError> {
    let mut profile = match environment.base("CHUTES_IDP_BASE_URL")? {
        Some(base) => {
            // What stands in for it on this machine stands in for its models too.
            let is_local = is_loopback_literal(&base);
            let api_base = match is_local {
                true => joined(&base, "v1"),
                false => chutes().api_base,
            };
            ProviderProfile {
                allow_insecure_loopback: is_local,
                ..chutes_at(&base, &api_base).with_addresses_from(ValueSource::Environment)
            }
        }
        None => chutes(),
    };
    environment.client_id("CHUTES_OAUTH_CLIENT_ID", &mut profile);
    environment.scopes("CHUTES_OAUTH_SCOPES", &mut profile);
    if let Some(redirect) = environment.redirect("CHUTES_OAUTH_REDIRECT_URI")? {
        profile.redirect = redirect;
        profile.sources.redirect = ValueSource::Environment;
    }
    profile.check()?;
    Ok(profile)
}

fn endpoints(base: &Url) -> Endpoints {
    Endpoints {
        issuer: base.as_str().trim_end_matches('/').to_owned(),
        authorization: joined(base, "idp/authorize"),
        token: joined(base, "idp/token"),
        userinfo: Some(joined(base, "idp/userinfo")),
        revocation: Some(joined(base, "idp/token/revoke")),
        end_session: None,
        introspection: Some(joined(base, "idp/token/introspect")),
    }
}
