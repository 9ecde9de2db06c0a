#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use url::Url;

use super::*;
use crate::client::{ClientAuthentication, RedirectPolicy};
use crate::issuer::InsecureLoopback;
use crate::metadata::ProviderMetadata;

fn request() -> AuthorizationRequest {
    let client = client().with_authorization_parameter("prompt", "consent");
    request_for(&client, "chat")
}

fn request_for(client: &Client, scopes: &str) -> AuthorizationRequest {
    let redirect_uri = RedirectUri::loopback(([127, 0, 0, 1], 1234).into(), "/redirect").unwrap();
    AuthorizationRequest::new(client, Scopes::parse(scopes), redirect_uri)
}

fn client() -> Client {
    let url = |text| Url::parse(text).unwrap();
    let issuer = Issuer::new("https://provider.example", InsecureLoopback::Refused).unwrap();
    let metadata = ProviderMetadata::without_discovery(
        issuer,
        url("https://provider.example/authorize?tenant=a%26b"),
        url("https://provider.example/token"),
    );
    let policy = RedirectPolicy::LoopbackAnyPort {
        path: "/redirect".to_owned(),
    };
    Client::new(
        "client",
        ClientAuthentication::None,
        metadata,
        Scopes::parse("chat"),
        policy,
    )
    .with_authorization_parameter("state", "ours")
}

fn prompt_of(request: &AuthorizationRequest) -> Option<String> {
    let url = request.url();
    let mut prompts = url.query_pairs().filter(|(name, _)| name == "prompt");
    let prompt = prompts.next().map(|(_, value)| value.into_owned());
    assert!(prompts.next().is_none());
    prompt
}

/// OpenID Connect Core section 11.
#[test]
fn who_asks_an_openid_provider_for_offline_access_asks_for_consent() {
    let plain = client();
    let staying = request_for(&plain, "openid offline_access");
    assert_eq!(prompt_of(&staying).as_deref(), Some("consent"));
    assert_eq!(prompt_of(&request_for(&plain, "openid profile")), None);
    assert_eq!(prompt_of(&request_for(&plain, "chat offline_access")), None);

    let chosen = staying.with_parameter("prompt", "select_account");
    assert_eq!(
        prompt_of(&chosen).as_deref(),
        Some("select_account consent")
    );
    let said_twice = chosen.with_parameter("prompt", "consent login");
    assert_eq!(prompt_of(&said_twice).as_deref(), Some("consent login"));
    let silent = said_twice.with_parameter("prompt", "none");
    assert_eq!(prompt_of(&silent).as_deref(), Some("none"));

    let registered = client().with_authorization_parameter("prompt", "login");
    let staying = request_for(&registered, "openid offline_access");
    assert_eq!(prompt_of(&staying).as_deref(), Some("login consent"));
}

#[test]
fn the_request_keeps_the_endpoints_own_query_and_sets_each_parameter_once() {
    let request = request()
        .with_parameter("prompt", "login")
        .with_parameter("nonce", "x");
    let url = request.url();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let values = |name: &str| -> Vec<&str> {
        pairs
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect()
    };
    assert_eq!(values("response_type"), ["code"]);
    assert_eq!(values("code_challenge_method"), ["S256"]);
    assert_eq!(values("tenant"), ["a&b"]);
    assert_eq!(values("prompt"), ["login"]);
    assert_eq!(values("redirect_uri"), ["http://127.0.0.1:1234/redirect"]);
    assert_eq!(values("state"), [request.state.expose()]);
    assert_eq!(
        values("code_challenge"),
        [request.code_verifier().challenge().as_str()]
    );
    assert!(values("nonce").is_empty());
}

#[test]
fn a_grant_and_a_denial_are_told_apart() {
    let request = request();
    let state = request.state.expose();
    let granted = request.response(&format!("code=a%2Bb&state={state}"));
    assert!(
        matches!(granted, Ok(AuthorizationResponse::Granted { code }) if code.expose() == "a+b")
    );
    let denied = request.response(&format!("error=access_denied&state={state}"));
    assert!(
        matches!(denied, Ok(AuthorizationResponse::Denied { error, .. }) if error == "access_denied")
    );
}

/// Checklist 3 and 4: the error of a stranger is not even looked at.
#[test]
fn state_is_checked_before_anything_else() {
    let request = request();
    for query in [
        "error=access_denied",
        "code=x&code=y",
        "iss=https://other.example",
        "",
    ] {
        assert!(
            matches!(request.response(query), Err(ResponseError::WrongState)),
            "{query}"
        );
    }
}

#[test]
fn what_has_our_state_but_is_no_response_is_refused() {
    let request = request();
    let state = request.state.expose();
    let refused = |rest: &str| {
        request
            .response(&format!("state={state}&{rest}"))
            .unwrap_err()
    };
    assert_eq!(refused("code=x&code=y"), ResponseError::Repeated);
    assert_eq!(refused("code=x&error=y&error=z"), ResponseError::Repeated);
    assert_eq!(refused("code=x&iss=a&iss=b"), ResponseError::Repeated);
    assert_eq!(
        refused("code=x&iss=https://other.example"),
        ResponseError::WrongIssuer
    );
    assert_eq!(refused("code=x&error=y"), ResponseError::Malformed);
    assert_eq!(refused("code="), ResponseError::Malformed);
    assert_eq!(refused(""), ResponseError::Malformed);
}

proptest! {
    /// Checklist 5: whatever the query, there is no response without the exact state.
    #[test]
    fn no_query_without_our_state_is_a_response(query in ".*") {
        prop_assert!(matches!(request().response(&query), Err(ResponseError::WrongState)));
    }

    /// Whatever surrounds our state, reading it ends in a response or a named error.
    #[test]
    fn any_query_with_our_state_is_read_without_a_panic(
        before in "([a-z_]{0,8}(=[^#]{0,12})?&){0,4}",
        after in "(&[a-z_]{0,8}(=[^#]{0,12})?){0,4}",
    ) {
        let request = request();
        let query = format!("{before}state={}{after}", request.state.expose());
        if let Ok(AuthorizationResponse::Denied { error, description }) = request.response(&query) {
            prop_assert!(error.len() <= 64);
            prop_assert!(description.is_none_or(|it| !it.chars().any(char::is_control)));
        }
    }
}

/// RFC 9207 section 2.4 leaves it to the client what to do with an `iss` that was never announced.
#[test]
fn an_iss_that_was_not_announced_must_be_right_all_the_same() {
    let request = request();
    let state = request.state.expose();
    let right = format!("code=c&state={state}&iss=https%3A%2F%2Fprovider.example");
    assert!(request.response(&right).is_ok());
    for wrong in [
        "https%3A%2F%2Fother.example",
        "https%3A%2F%2Fprovider.example%2F",
        "",
    ] {
        for answer in ["code=c", "error=access_denied"] {
            let query = format!("{answer}&state={state}&iss={wrong}");
            let refused = request.response(&query);
            assert_eq!(refused.unwrap_err(), ResponseError::WrongIssuer, "{query}");
        }
    }
}
