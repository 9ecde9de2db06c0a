#![allow(clippy::unwrap_used, clippy::expect_used)]

use url::Url;

use super::*;
use crate::profile::{MetadataSource, ProfileError, ProviderProfile, ValueSource};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn environment(values: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
    move |name| {
        values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    }
}

fn some_provider(name: &str, issuer: &str) -> GenericProvider {
    GenericProvider {
        name: name.to_owned(),
        metadata: GenericMetadata::Issuer(issuer.to_owned()),
        client_id: "app".to_owned(),
        api_base: url("https://api.example/v1"),
        scopes: Vec::new(),
        redirect_ports: RedirectPorts::Any,
        allow_insecure_loopback: false,
    }
}

#[test]
fn built_in_profiles_have_secure_addresses_and_no_client_id() {
    for profile in [quota(), chutes()] {
        profile.check().unwrap();
        assert!(!profile.allow_insecure_loopback);
        assert_eq!(
            (profile.client_id.as_deref(), profile.sources.client_id),
            (None, ValueSource::None)
        );
        assert!(!profile.is_ready(true), "{}", profile.id);
    }
    assert_eq!(
        chutes().redirect_uris(),
        [17493, 21907, 24611, 28561, 31847]
            .map(|port| format!("http://127.0.0.1:{port}/redirect/chutes"))
    );
}

#[test]
fn profiles_are_data_that_survives_a_file() {
    let sandbox = sandbox(
        &url("http://127.0.0.1:9/secret"),
        &url("http://127.0.0.1:9/secret/v1"),
        "penny",
    );
    let other = generic(some_provider("My Provider", "https://id.example")).unwrap();
    for profile in [quota(), chutes(), openrouter(), sandbox, other] {
        let json = serde_json::to_string(&profile).unwrap();
        let read: ProviderProfile = serde_json::from_str(&json).unwrap();
        assert_eq!(read, profile);
    }
}

#[test]
fn a_secret_makes_chutes_ready_and_quota_needs_none() {
    let chutes = chutes().with_client_id(" cid_1 ", ValueSource::SetUp);
    assert_eq!(chutes.client_id.as_deref(), Some("cid_1"));
    assert!(!chutes.is_ready(false) && chutes.is_ready(true));
    let quota = quota().with_client_id("q", ValueSource::SetUp);
    assert!(quota.is_ready(false));
    assert!(!quota.with_client_id("", ValueSource::SetUp).is_ready(false));
}

#[test]
fn the_environment_replaces_values_and_is_named_as_their_source() {
    let values = environment(&[
        ("QUOTA_CLIENT_ID", "q1"),
        ("QUOTA_BASE_URL", "https://quota.example/"),
        ("QUOTA_SCOPES", "openid  credits.read"),
    ]);
    let profile = quota_with(&values).unwrap();
    assert_eq!(profile.client_id.as_deref(), Some("q1"));
    assert_eq!(profile.scopes, ["openid", "credits.read"]);
    assert_eq!(profile.api_base, url("https://quota.example/v1"));
    let MetadataSource::Discovery {
        url: address,
        accepted_issuers,
    } = &profile.metadata
    else {
        panic!("{:?}", profile.metadata);
    };
    assert_eq!(
        address,
        &url("https://quota.example/.well-known/openid-configuration")
    );
    assert_eq!(accepted_issuers, &["https://quota.example"]);
    assert_eq!(profile.sources.client_id, ValueSource::Environment);
    assert_eq!(profile.sources.addresses, ValueSource::Environment);
    assert_eq!(
        quota_with(&environment(&[("QUOTA_CLIENT_ID", " ")])).unwrap(),
        quota()
    );
}

#[test]
fn a_redirect_from_the_environment_stays_on_this_machine() {
    let with = |uri: &'static str| {
        chutes_with(&move |name: &str| {
            (name == "CHUTES_OAUTH_REDIRECT_URI").then(|| uri.to_owned())
        })
    };
    let uris = |uri| with(uri).unwrap().redirect_uris();
    assert_eq!(
        uris("http://127.0.0.1:4000/cb"),
        ["http://127.0.0.1:4000/cb"]
    );
    assert_eq!(
        uris("app.tuppence.desktop:/redirect/chutes"),
        ["app.tuppence.desktop:/redirect/chutes"]
    );
    for refused in [
        "https://evil.example/cb",
        "http://localhost:4000/cb",
        "http://127.0.0.1.evil.example:4000/cb",
        "http://127.0.0.1/cb",
        "http://127.0.0.1:80/cb",
        "https://127.0.0.1:4000/cb",
        "http://127.0.0.1:4000/cb?x=1",
        "other.app:/cb",
        "not an address",
    ] {
        assert!(
            matches!(with(refused), Err(ProfileError::Value { .. })),
            "{refused}"
        );
    }
}

/// Checklist 34.
#[test]
fn plain_http_is_for_loopback_literals_of_profiles_that_allow_it() {
    let base = |value: &'static str| {
        chutes_with(&move |name: &str| (name == "CHUTES_IDP_BASE_URL").then(|| value.to_owned()))
    };
    assert!(base("https://idp.example").is_ok());
    assert!(base("http://idp.example").is_err());
    assert!(base("http://192.168.0.9:9").is_err());
    assert!(base("http://localhost:9").is_err());
    let local = base("http://127.0.0.1:9").unwrap();
    assert!(local.allow_insecure_loopback, "a stand-in on this machine");
    assert_eq!(local.api_base.as_str(), "http://127.0.0.1:9/v1");
    let mut local = some_provider("Local", "http://127.0.0.1:9/x");
    assert!(generic(local.clone()).is_err());
    local.allow_insecure_loopback = true;
    assert!(generic(local.clone()).is_ok());
    local.api_base = url("http://192.168.0.9/v1");
    assert!(generic(local).is_err());
}

#[test]
fn a_generic_provider_s_name_becomes_its_id() {
    let id = |name| generic(some_provider(name, "https://id.example")).map(|profile| profile.id);
    assert_eq!(id(" My Provider 2 ").unwrap(), "my-provider-2");
    for refused in [
        "",
        "--",
        "quota",
        "Chutes",
        "a/b",
        "näme\u{202e}",
        &"x".repeat(65),
    ] {
        assert!(id(refused).is_err(), "{refused:?}");
    }
}

#[tokio::test]
async fn a_client_needs_its_id_and_the_secret_that_is_demanded() {
    let http = native_oauth::HttpClient::new().unwrap();
    let metadata = chutes().provider_metadata(&http).await.unwrap();
    assert_eq!(metadata.issuer.as_str(), "https://api.chutes.ai");
    let client = |profile: ProviderProfile, secret: Option<&str>| {
        let secret = secret.map(native_oauth::ClientSecret::new);
        profile.oauth_client(metadata.clone(), secret)
    };
    let with_id = |profile: ProviderProfile| profile.with_client_id("id", ValueSource::SetUp);
    let missing = client(chutes(), Some("s"));
    assert!(matches!(missing, Err(ProfileError::ClientIdMissing)));
    let missing = client(with_id(chutes()), None);
    assert!(matches!(missing, Err(ProfileError::ClientSecretMissing)));
    assert!(client(with_id(chutes()), Some("s")).is_ok());
    assert!(client(with_id(quota()), None).is_ok());
}

#[test]
fn openrouter_is_ready_without_a_registration_and_takes_http_only_from_this_machine() {
    let built_in = openrouter();
    built_in.check().unwrap();
    assert!(built_in.is_ready(false) && built_in.redirect_uris().is_empty());
    assert!(!built_in.allow_insecure_loopback);
    let here = openrouter_with(&environment(&[(
        "OPENROUTER_BASE_URL",
        "http://127.0.0.1:9/x",
    )]));
    let here = here.unwrap();
    assert_eq!(here.api_base.as_str(), "http://127.0.0.1:9/x/api/v1");
    assert_eq!(here.sources.addresses, ValueSource::Environment);
    for base in ["http://openrouter.example", "http://localhost:9"] {
        let variable = |name: &str| (name == "OPENROUTER_BASE_URL").then(|| base.to_owned());
        assert!(openrouter_with(&variable).is_err(), "{base}");
    }
}

/// A file that was written before there were keys.
#[test]
fn a_profile_without_the_newer_members_is_one_with_tokens() {
    let mut json = serde_json::to_value(quota()).unwrap();
    let members = json.as_object_mut().unwrap();
    members.remove("authorization").unwrap();
    members["links"]
        .as_object_mut()
        .unwrap()
        .remove("manage_key");
    let read: ProviderProfile = serde_json::from_value(json).unwrap();
    assert_eq!(read, quota());
}

/// RFC 8252 section 7.1: the response comes back through the operating system.
#[tokio::test]
async fn a_redirect_to_the_apps_own_scheme_reaches_the_sign_in() {
    use native_oauth::RedirectPolicy;
    let http = native_oauth::HttpClient::new().unwrap();
    let metadata = chutes().provider_metadata(&http).await.unwrap();
    let policy_of = |uri: &str| {
        let mut profile = chutes().with_client_id("id", ValueSource::SetUp);
        profile.redirect = RedirectPolicyKind::PrivateUseScheme { uri: url(uri) };
        let secret = Some(native_oauth::ClientSecret::new("s"));
        let client = profile.oauth_client(metadata.clone(), secret)?;
        Ok::<_, ProfileError>(client.redirect_policy().clone())
    };
    assert!(matches!(
        policy_of("app.tuppence.desktop:/redirect/chutes"),
        Ok(RedirectPolicy::PrivateUseScheme { uri }) if uri.as_url().path() == "/redirect/chutes"
    ));
    let refused = policy_of("own:/redirect");
    assert!(matches!(refused, Err(ProfileError::RedirectUnsupported)));
}
