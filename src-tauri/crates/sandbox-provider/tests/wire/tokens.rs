//! The token endpoint, revocation, introspection.
use std::time::Duration;

use crate::support::{REDIRECT_URI, config, party, party_with, query};
use reqwest::{StatusCode, header};
use sandbox_provider::{Dialect, SandboxConfig};
use serde_json::{Value, json};

const ALL: [Dialect; 3] = [Dialect::Quota, Dialect::Chutes, Dialect::Oidc];

/// The code of an OAuth error, in either of its shapes.
fn code_of(body: &Value) -> &str {
    body["error"]
        .as_str()
        .or(body["error"]["code"].as_str())
        .unwrap_or_default()
}

fn replaced(
    mut form: Vec<(&'static str, String)>,
    name: &'static str,
    value: &str,
) -> Vec<(&'static str, String)> {
    form.retain(|(known, _)| *known != name);
    if !value.is_empty() {
        form.push((name, value.to_owned()));
    }
    form
}

#[tokio::test]
async fn a_code_becomes_tokens_in_the_dialects_form() {
    for dialect in ALL {
        let party = party(dialect).await;
        let tokens = party.sign_in().await;
        assert_eq!(tokens.0["token_type"], "Bearer");
        assert_eq!(tokens.0["expires_in"], 3600);
        assert_eq!(tokens.0["scope"], crate::support::scopes(dialect));
        assert_eq!(tokens.0["id_token"].is_string(), dialect != Dialect::Chutes);
        match dialect {
            Dialect::Quota => assert!(
                tokens.access().starts_with("quota_token_")
                    && tokens.refresh().starts_with("quota_refresh_")
            ),
            Dialect::Chutes => {
                let (id, secret) = tokens
                    .access()
                    .strip_prefix("cak_")
                    .unwrap()
                    .split_once('.')
                    .unwrap();
                assert_eq!((id.len(), secret.len()), (36, 48));
                assert!(tokens.refresh().starts_with("crt_"));
            }
            Dialect::Oidc => {}
            Dialect::OpenRouter => panic!("it gives no tokens"),
        }
    }
}

#[tokio::test]
async fn token_responses_are_not_cached() {
    let party = party(Dialect::Quota).await;
    let code = party.code().await;
    let response = party
        .http
        .post(party.oauth("token"))
        .form(&party.exchange(&code))
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn a_second_use_of_a_code_is_refused_and_ends_the_first() {
    for dialect in ALL {
        let party = party(dialect).await;
        let code = party.code().await;
        let (_, first) = party.token(&party.exchange(&code)).await;
        let (status, second) = party.token(&party.exchange(&code)).await;
        match dialect {
            Dialect::Quota => assert_eq!(
                (status, code_of(&second)),
                (StatusCode::UNAUTHORIZED, "invalid_token")
            ),
            _ => assert_eq!(
                (status, code_of(&second)),
                (StatusCode::BAD_REQUEST, "invalid_grant")
            ),
        }
        let (status, _) = party
            .token(&party.refreshing(first["refresh_token"].as_str().unwrap()))
            .await;
        assert!(status.is_client_error(), "{dialect}");
    }
}

/// Checklist 22, 27, 28.
#[tokio::test]
async fn an_exchange_must_fit_its_authorization() {
    for dialect in ALL {
        let party = party(dialect).await;
        for (name, value) in [
            (
                "code_verifier",
                "another-verifier-that-is-long-enough-to-be-one-0",
            ),
            ("code_verifier", "short"),
            ("code_verifier", ""),
            ("redirect_uri", "http://127.0.0.1:21907/redirect/sandbox"),
            ("redirect_uri", ""),
            ("code", "never-issued"),
        ] {
            let code = party.code().await;
            let (status, body) = party
                .token(&replaced(party.exchange(&code), name, value))
                .await;
            assert_eq!(
                (status, code_of(&body)),
                (StatusCode::BAD_REQUEST, "invalid_grant"),
                "{dialect} {name}={value}"
            );
        }
    }
}

#[tokio::test]
async fn a_failed_exchange_burns_the_code() {
    for dialect in ALL {
        let party = party(dialect).await;
        let code = party.code().await;
        party
            .token(&replaced(party.exchange(&code), "code_verifier", "short"))
            .await;
        let (status, _) = party.token(&party.exchange(&code)).await;
        assert!(status.is_client_error(), "{dialect}");
    }
}

#[tokio::test]
async fn chutes_wants_its_secret_on_both_grants_and_burns_the_code_without_it() {
    let party = party(Dialect::Chutes).await;
    for secret in ["", "csc_wrong"] {
        let code = party.code().await;
        let (status, body) = party
            .token(&replaced(party.exchange(&code), "client_secret", secret))
            .await;
        assert_eq!(
            (status, body),
            (
                StatusCode::BAD_REQUEST,
                json!({ "error": "invalid_client" })
            )
        );
        let (status, _) = party.token(&party.exchange(&code)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "the code is burnt");
    }
    let tokens = party.sign_in().await;
    let (status, body) = party
        .token(&replaced(
            party.refreshing(tokens.refresh()),
            "client_secret",
            "",
        ))
        .await;
    assert_eq!(
        (status, code_of(&body)),
        (StatusCode::BAD_REQUEST, "invalid_client")
    );
    let (status, _) = party.token(&party.refreshing(tokens.refresh())).await;
    assert_eq!(
        status,
        StatusCode::OK,
        "a refused client costs no refresh token"
    );
}

#[tokio::test]
async fn chutes_takes_its_secret_as_basic_too() {
    let party = party(Dialect::Chutes).await;
    let code = party.code().await;
    let form = replaced(
        replaced(party.exchange(&code), "client_secret", ""),
        "client_id",
        "",
    );
    let request = party
        .http
        .post(party.oauth("token"))
        .basic_auth(party.sandbox.client_id(), party.sandbox.client_secret());
    assert_eq!(
        request.form(&form).send().await.unwrap().status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn public_clients_send_no_secret() {
    for dialect in [Dialect::Quota, Dialect::Oidc] {
        let party = party(dialect).await;
        let code = party.code().await;
        let (status, body) = party
            .token(&replaced(party.exchange(&code), "client_secret", "made-up"))
            .await;
        assert_eq!(
            (status, code_of(&body)),
            (StatusCode::UNAUTHORIZED, "invalid_client")
        );
        let (status, body) = party
            .token(&replaced(party.exchange(&code), "client_id", "somebody"))
            .await;
        assert_eq!(
            (status, code_of(&body)),
            (StatusCode::UNAUTHORIZED, "invalid_client")
        );
        let (status, _) = party.token(&party.exchange(&code)).await;
        assert_eq!(status, StatusCode::OK, "only the right client burns a code");
    }
}

#[tokio::test]
async fn badly_formed_requests_get_the_errors_of_the_model() {
    let quota = party(Dialect::Quota).await;
    let twice = [
        ("grant_type", "refresh_token".into()),
        ("grant_type", "refresh_token".into()),
    ];
    assert_eq!(code_of(&quota.token(&twice).await.1), "invalid_request");
    assert_eq!(code_of(&quota.token(&[]).await.1), "invalid_request");
    assert_eq!(
        code_of(&quota.token(&[("grant_type", "password".into())]).await.1),
        "unsupported_grant_type"
    );
    let json = quota
        .http
        .post(quota.oauth("token"))
        .json(&json!({ "grant_type": "refresh_token" }))
        .send()
        .await
        .unwrap();
    assert_eq!(json.status(), StatusCode::BAD_REQUEST);

    let chutes = party(Dialect::Chutes).await;
    let (status, body) = chutes.token(&[("code", "x".into())]).await;
    assert_eq!(
        (status, &body["detail"][0]["loc"]),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!(["body", "grant_type"])
        )
    );
    let (status, body) = chutes.token(&[("grant_type", "password".into())]).await;
    assert_eq!(
        (status, body),
        (
            StatusCode::BAD_REQUEST,
            json!({ "error": "unsupported_grant_type" })
        )
    );
}

#[tokio::test]
async fn refresh_tokens_rotate() {
    for dialect in ALL {
        let party = party(dialect).await;
        let first = party.sign_in().await;
        let (status, second) = party.token(&party.refreshing(first.refresh())).await;
        assert_eq!(status, StatusCode::OK);
        assert_ne!(second["refresh_token"], first.0["refresh_token"]);
        assert_ne!(second["access_token"], first.0["access_token"]);
        assert_eq!(second["id_token"].is_string(), dialect == Dialect::Oidc);
        let (status, _) = party
            .token(&party.refreshing(second["refresh_token"].as_str().unwrap()))
            .await;
        assert_eq!(status, StatusCode::OK);
    }
}

#[tokio::test]
async fn reuse_of_a_refresh_token_ends_the_family_except_in_chutes() {
    for dialect in ALL {
        let party = party(dialect).await;
        let first = party.sign_in().await;
        let (_, second) = party.token(&party.refreshing(first.refresh())).await;
        let (status, body) = party.token(&party.refreshing(first.refresh())).await;
        match dialect {
            Dialect::Quota => assert_eq!(
                (status, code_of(&body)),
                (StatusCode::UNAUTHORIZED, "invalid_token")
            ),
            _ => assert_eq!(
                (status, code_of(&body)),
                (StatusCode::BAD_REQUEST, "invalid_grant")
            ),
        }
        let (newest, _) = party
            .token(&party.refreshing(second["refresh_token"].as_str().unwrap()))
            .await;
        assert_eq!(newest.is_success(), dialect == Dialect::Chutes);
        let (access, _) = party
            .get("/v1/models", second["access_token"].as_str().unwrap())
            .await;
        assert_eq!(access.is_success(), dialect == Dialect::Chutes);
    }
}

#[tokio::test]
async fn access_tokens_expire() {
    let party = party_with(SandboxConfig {
        access_token_lifetime: Duration::from_secs(3),
        ..config(Dialect::Quota)
    })
    .await;
    let tokens = party.sign_in().await;
    assert_eq!(tokens.0["expires_in"], 3);
    assert_eq!(
        party.get("/v1/balance", tokens.access()).await.0,
        StatusCode::OK
    );
    tokio::time::sleep(Duration::from_millis(3100)).await;
    let (status, body) = party.get("/v1/balance", tokens.access()).await;
    assert_eq!(
        (status, code_of(&body)),
        (StatusCode::UNAUTHORIZED, "invalid_token")
    );
    assert_eq!(
        party.token(&party.refreshing(tokens.refresh())).await.0,
        StatusCode::OK
    );
}

/// Checklist 70.
#[tokio::test]
async fn revocation_ends_the_grant_except_in_chutes_where_it_ends_one_token() {
    for dialect in ALL {
        let party = party(dialect).await;
        let tokens = party.sign_in().await;
        let form = [
            ("token", tokens.refresh()),
            ("client_id", party.sandbox.client_id()),
        ];
        let answer = party
            .http
            .post(party.oauth("revoke"))
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(
            party
                .token(&party.refreshing(tokens.refresh()))
                .await
                .0
                .is_client_error()
        );
        let (status, _) = party
            .get(
                if dialect == Dialect::Chutes {
                    "/users/me"
                } else {
                    "/oauth/userinfo"
                },
                tokens.access(),
            )
            .await;
        assert_eq!(status.is_success(), dialect == Dialect::Chutes);
        let again = party.http.post(party.oauth("revoke")).form(&[
            ("token", "unknown"),
            ("client_id", party.sandbox.client_id()),
        ]);
        assert_eq!(
            again.send().await.unwrap().status(),
            StatusCode::OK,
            "RFC 7009 section 2.2"
        );
    }
}

#[tokio::test]
async fn chutes_introspects_without_authentication() {
    let party = party(Dialect::Chutes).await;
    let tokens = party.sign_in().await;
    let ask = async |form: &[(&str, &str)]| {
        let answer = party
            .http
            .post(party.at("/idp/token/introspect"))
            .form(form)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.json::<Value>().await.unwrap())
    };
    let (_, access) = ask(&[("token", tokens.access())]).await;
    assert_eq!(
        (access["active"].clone(), access["token_type"].clone()),
        (json!(true), json!("access_token"))
    );
    assert_eq!(access["username"], "penny-sandbox");
    assert_eq!(
        ask(&[("token", tokens.refresh())]).await.1["token_type"],
        "refresh_token"
    );
    assert_eq!(
        ask(&[("token", "cak_unknown")]).await.1,
        json!({ "active": false })
    );
    let wrong = [
        ("token", tokens.access()),
        ("client_id", party.sandbox.client_id()),
        ("client_secret", "csc_wrong"),
    ];
    assert_eq!(ask(&wrong).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn chutes_keeps_one_set_of_scopes_per_person() {
    let party = party(Dialect::Chutes).await;
    let first = party.sign_in().await;
    party
        .visitor
        .allow(&party.authorization_url(&[("scope", "profile")]))
        .await
        .unwrap();
    let (_, refreshed) = party.token(&party.refreshing(first.refresh())).await;
    assert_eq!(refreshed["scope"], "profile");
}

#[tokio::test]
async fn every_secret_of_a_sign_in_is_on_record_for_leak_tests() {
    let party = party(Dialect::Quota).await;
    let redirect = party
        .visitor
        .allow(&party.authorization_url(&[]))
        .await
        .unwrap();
    let code = query(&redirect)["code"].clone();
    let (_, tokens) = party.token(&party.exchange(&code)).await;
    let secrets = party.sandbox.control().issued_secrets();
    for name in ["access_token", "refresh_token", "id_token"] {
        assert!(
            secrets.iter().any(|secret| tokens[name] == secret.as_str()),
            "{name}"
        );
    }
    for secret in [
        code.as_str(),
        crate::support::STATE,
        crate::support::NONCE,
        crate::support::VERIFIER,
    ] {
        assert!(secrets.iter().any(|known| known == secret));
    }
    assert!(!secrets.iter().any(|known| known == REDIRECT_URI));
}
