//! A provider on this machine that deals in play money.

use url::Url;

use crate::profile::{
    AuthorizationKind, ClientAuthenticationKind, FeatureScopes, IdentityKind, Links,
    MetadataSource, ModelsKind, PriceUnit, ProviderProfile, TopUp, ValueSource, ValueSources,
    WalletDialect, joined,
};

use super::{registered_ports, words};

/// The profile of a sandbox whose addresses are known because it runs.
///
/// `issuer` may have a path, which then is part of every address.
#[must_use]
pub fn sandbox(issuer: &Url, api_base: &Url, client_id: &str) -> ProviderProfile {
    ProviderProfile {
        id: "sandbox".to_owned(),
        name: "Sandbox".to_owned(),
        play_money: true,
        metadata: MetadataSource::Discovery {
            url: joined(issuer, ".well-known/openid-configuration"),
            accepted_issuers: vec![issuer.as_str().trim_end_matches('/').to_owned()],
        },
        client_id: Some(client_id.to_owned()),
        authorization: AuthorizationKind::Tokens,
        client_authentication: ClientAuthenticationKind::None,
        scopes: words("openid profile email credits.read credits.spend"),
        feature_scopes: FeatureScopes {
            answers: Some("credits.spend".to_owned()),
            balance: Some("credits.read".to_owned()),
        },
        attribution: Vec::new(),
        redirect: registered_ports("sandbox"),
        identity: IdentityKind::IdToken,
        userinfo_endpoint: Some(joined(issuer, "oauth/userinfo")),
        wallet: WalletDialect::Quota,
        api_base: api_base.clone(),
        account_base: issuer.clone(),
        models: ModelsKind {
            prices: PriceUnit::PerThousand,
            authenticated: true,
        },
        links: Links {
            top_up: Some(TopUp::Ticket {
                url: joined(issuer, "sandbox/top-up-ticket"),
            }),
            ..Links::default()
        },
        grant_verdicts: vec!["invalid_token".to_owned()],
        allow_insecure_loopback: true,
        sources: ValueSources {
            client_id: ValueSource::BuiltIn,
            addresses: ValueSource::BuiltIn,
            scopes: ValueSource::BuiltIn,
            redirect: ValueSource::BuiltIn,
        },
    }
}
