//! What each dialect publishes about itself.

use sandbox_provider::Dialect;
use serde_json::Value;

use crate::support::{Party, party};

async fn document(party: &Party) -> Value {
    party
        .open(&party.at("/.well-known/openid-configuration"))
        .await
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn the_issuer_is_the_base_without_a_slash() {
    for dialect in [Dialect::Quota, Dialect::Chutes, Dialect::Oidc] {
        let party = party(dialect).await;
        let document = document(&party).await;
        assert_eq!(document["issuer"], party.sandbox.issuer_identifier());
        for name in [
            "authorization_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "revocation_endpoint",
        ] {
            assert!(
                document[name]
                    .as_str()
                    .unwrap()
                    .starts_with(party.sandbox.issuer_identifier()),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn quota_publishes_what_its_model_documents() {
    let document = document(&party(Dialect::Quota).await).await;
    assert_eq!(
        document["token_endpoint_auth_methods_supported"],
        serde_json::json!(["client_secret_post", "none"])
    );
    assert_eq!(
        document["code_challenge_methods_supported"],
        serde_json::json!(["S256", "plain"])
    );
    assert_eq!(
        document["id_token_signing_alg_values_supported"],
        serde_json::json!(["RS256"])
    );
    assert_eq!(document["scopes_supported"].as_array().unwrap().len(), 9);
    assert!(document["introspection_endpoint"].is_null());
    assert!(document["authorization_response_iss_parameter_supported"].is_null());
}

#[tokio::test]
async fn chutes_publishes_no_keys_and_no_end_session() {
    let party = party(Dialect::Chutes).await;
    let document = document(&party).await;
    for absent in [
        "jwks_uri",
        "id_token_signing_alg_values_supported",
        "end_session_endpoint",
    ] {
        assert!(document[absent].is_null(), "{absent}");
    }
    assert!(
        document["token_endpoint_auth_methods_supported"]
            .as_array()
            .unwrap()
            .contains(&"none".into())
    );
    assert!(
        !document["scopes_supported"]
            .as_array()
            .unwrap()
            .contains(&"openid".into())
    );
    let scopes: Value = party
        .open(&party.at("/idp/scopes"))
        .await
        .json()
        .await
        .unwrap();
    assert!(scopes["scopes"]["chutes:invoke"].is_string());
}

#[tokio::test]
async fn oidc_publishes_what_a_native_client_looks_for() {
    let document = document(&party(Dialect::Oidc).await).await;
    assert_eq!(
        document["authorization_response_iss_parameter_supported"],
        true
    );
    assert_eq!(
        document["code_challenge_methods_supported"],
        serde_json::json!(["S256"])
    );
    assert!(document["end_session_endpoint"].is_string());
}
