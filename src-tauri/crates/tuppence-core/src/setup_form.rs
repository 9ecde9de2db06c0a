//! What a set-up screen says about a provider that the app does not know.

use url::Url;
use wallet_api::profiles::{GenericMetadata, RedirectPorts};

use crate::another_provider::NewProvider;
use crate::failure::{Failure, FailureKind, SetupField};
use crate::provider_setup::NewProviderSetup;

/// The endpoints of a provider without discovery, as they were typed.
#[derive(Clone, Debug, Default)]
pub struct NewEndpoints {
    /// `authorization_endpoint`.
    pub authorization: String,
    /// `token_endpoint`.
    pub token: String,
    /// `userinfo_endpoint`, where there is one.
    pub userinfo: Option<String>,
}

/// Reads the form. It has no switch for plain `http`: a provider on this machine is taken as it is.
///
/// # Errors
/// [`FailureKind::SetupIncomplete`], with the field that is missing or no address.
pub(crate) fn another(new: NewProviderSetup) -> Result<NewProvider, Failure> {
    let name = given(new.provider_name)
        .ok_or_else(|| incomplete(SetupField::Name, "the name is missing"))?;
    let metadata = match new.endpoints {
        Some(endpoints) => read_endpoints(endpoints)?,
        None => {
            let issuer = given(new.issuer)
                .ok_or_else(|| incomplete(SetupField::Issuer, "the issuer is missing"))?;
            GenericMetadata::Issuer(issuer.trim_end_matches('/').to_owned())
        }
    };
    let allow_insecure_loopback = match &metadata {
        GenericMetadata::Issuer(issuer) => Url::parse(issuer).is_ok_and(|url| is_here(&url)),
        GenericMetadata::Endpoints {
            authorization,
            token,
            ..
        } => is_here(authorization) && is_here(token),
    };
    let api_base = address(SetupField::ApiBase, "the address of the API", new.api_base)?;
    Ok(NewProvider {
        name,
        metadata,
        client_id: new.client_id,
        client_secret: new.client_secret,
        keep_secret: true,
        api_base,
        scopes: given(new.scopes)
            .map(|scopes| scopes.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
        redirect_ports: new.redirect_ports.unwrap_or(RedirectPorts::Any),
        allow_insecure_loopback,
    })
}

fn read_endpoints(endpoints: NewEndpoints) -> Result<GenericMetadata, Failure> {
    let userinfo = given(endpoints.userinfo)
        .map(|text| {
            let field = SetupField::UserinfoEndpoint;
            address(field, "the userinfo endpoint", Some(text))
        })
        .transpose()?;
    Ok(GenericMetadata::Endpoints {
        authorization: address(
            SetupField::AuthorizationEndpoint,
            "the authorization endpoint",
            Some(endpoints.authorization),
        )?,
        token: address(
            SetupField::TokenEndpoint,
            "the token endpoint",
            Some(endpoints.token),
        )?,
        userinfo,
    })
}

fn address(field: SetupField, what: &str, text: Option<String>) -> Result<Url, Failure> {
    let text = given(text).ok_or_else(|| incomplete(field, &format!("{what} is missing")))?;
    Url::parse(&text).map_err(|_| incomplete(field, &format!("{what} is no web address")))
}

fn incomplete(field: SetupField, what: &str) -> Failure {
    Failure::lasting(FailureKind::SetupIncomplete, what).about(Some(field))
}

fn given(value: Option<String>) -> Option<String> {
    value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

fn is_here(url: &Url) -> bool {
    url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn form() -> NewProviderSetup {
        NewProviderSetup {
            provider_id: "other".to_owned(),
            provider_name: Some("Mine".to_owned()),
            client_id: "client".to_owned(),
            issuer: Some("https://login.example.org/".to_owned()),
            api_base: Some("https://api.example.org/v1".to_owned()),
            ..NewProviderSetup::default()
        }
    }

    #[test]
    fn a_refusal_names_the_field() {
        let field = |new| another(new).unwrap_err().field;
        let nameless = NewProviderSetup {
            provider_name: Some(" ".to_owned()),
            ..form()
        };
        assert_eq!(field(nameless), Some(SetupField::Name));
        let no_address = NewProviderSetup {
            api_base: Some("api".to_owned()),
            ..form()
        };
        assert_eq!(field(no_address), Some(SetupField::ApiBase));
        let half = NewProviderSetup {
            endpoints: Some(NewEndpoints {
                authorization: "https://login.example.org/authorize".to_owned(),
                ..NewEndpoints::default()
            }),
            ..form()
        };
        assert_eq!(field(half), Some(SetupField::TokenEndpoint));
    }

    #[test]
    fn plain_http_is_for_a_provider_on_this_machine_alone() {
        assert!(!another(form()).unwrap().allow_insecure_loopback);
        let here = |issuer: &str| NewProviderSetup {
            issuer: Some(issuer.to_owned()),
            ..form()
        };
        let allows = |issuer| another(here(issuer)).unwrap().allow_insecure_loopback;
        assert!(allows("http://127.0.0.1:8080"));
        assert!(!allows("http://localhost:8080"));
        assert!(!allows("http://login.example.org"));
    }
}
