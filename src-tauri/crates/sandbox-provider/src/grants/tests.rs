#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;

fn authorization() -> Authorization {
    Authorization {
        subject: "penny".into(),
        redirect_uri: "http://127.0.0.1:1/redirect".into(),
        scopes: vec!["openid".into()],
        challenge: None,
        nonce: None,
        auth_time: 0,
        key: None,
    }
}

#[test]
fn a_code_is_taken_once_and_its_second_use_ends_the_grant() {
    let mut grants = Grants::default();
    grants.add_code("code", authorization());
    let taken = grants.take_code("code").unwrap();
    let grant = grants.open("code", &taken);
    grants.add_tokens(&grant, "access", Some("refresh"), 60);
    assert!(grants.grant_of_access_token("access").is_some());
    assert_eq!(grants.take_code("code").unwrap_err(), CodeRefusal::Spent);
    assert!(grants.grant_of_access_token("access").is_none());
    assert_eq!(
        grants.use_refresh_token("refresh").unwrap_err(),
        RefreshRefusal::Revoked
    );
}

#[test]
fn a_code_expires() {
    let mut grants = Grants::default();
    grants.add_code("code", authorization());
    grants.codes[0].expires_at = now() - 1;
    assert_eq!(grants.take_code("code").unwrap_err(), CodeRefusal::Expired);
}

#[test]
fn a_refresh_token_is_used_once() {
    let mut grants = Grants::default();
    grants.add_code("code", authorization());
    let taken = grants.take_code("code").unwrap();
    let grant = grants.open("code", &taken);
    grants.add_tokens(&grant, "access", Some("refresh"), 60);
    assert_eq!(grants.use_refresh_token("refresh").unwrap().id, grant);
    assert_eq!(
        grants.use_refresh_token("refresh").unwrap_err(),
        RefreshRefusal::Reused
    );
    assert_eq!(
        grants.use_refresh_token("other").unwrap_err(),
        RefreshRefusal::Unknown
    );
}

#[test]
fn no_token_is_in_what_is_stored() {
    let mut grants = Grants::default();
    grants.add_code("code-secret", authorization());
    let taken = grants.take_code("code-secret").unwrap();
    let grant = grants.open("code-secret", &taken);
    grants.add_tokens(&grant, "access-secret", Some("refresh-secret"), 60);
    assert!(
        !serde_json::to_string(grants.grants())
            .unwrap()
            .contains("secret")
    );
}
