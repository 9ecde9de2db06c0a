//! Account, wallet and models.

use reqwest::StatusCode;
use sandbox_provider::{Dialect, Scenario};
use serde_json::{Value, json};

use crate::support::{party, query};

#[tokio::test]
async fn quota_tells_the_balance_in_credits_and_as_a_claim() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let (_, balance) = party.get("/v1/balance", tokens.access()).await;
    assert_eq!(balance["balance"], 5_000_000);
    assert_eq!(balance["wallet"], "oauth_user");
    assert_eq!(balance["user_id"], party.sandbox.control().subjects()[0]);
    let (_, claims) = party.get("/oauth/userinfo", tokens.access()).await;
    assert_eq!(
        (&claims["balance"], &claims["name"]),
        (&json!(5_000_000), &json!("Penny Sandbox"))
    );
    let (_, me) = party.get("/v1/me", tokens.access()).await;
    assert_eq!(me["usage_30d"]["credits_used"], 0);
}

#[tokio::test]
async fn chutes_tells_the_balance_in_dollars_among_the_account() {
    let party = party(Dialect::Chutes).await;
    let tokens = party.sign_in().await;
    let (_, account) = party.get("/users/me", tokens.access()).await;
    assert_eq!(account["balance"], 5.0);
    assert_eq!(account["username"], "penny-sandbox");
    assert!(account["logo"].is_null());
    let (_, claims) = party.get("/idp/userinfo", tokens.access()).await;
    assert_eq!(
        claims.as_object().unwrap().len(),
        3,
        "sub, username and created_at only"
    );
    assert!(
        !claims["created_at"].as_str().unwrap().ends_with('Z'),
        "no zone"
    );
    let (_, subscription) = party
        .get("/users/me/subscription_usage", tokens.access())
        .await;
    assert_eq!(subscription, json!({ "subscription": false }));
}

#[tokio::test]
async fn oidc_has_no_wallet() {
    let party = party(Dialect::Oidc).await;
    let tokens = party.sign_in().await;
    assert_eq!(
        party.get("/v1/balance", tokens.access()).await.0,
        StatusCode::NOT_FOUND
    );
    let (_, claims) = party.get("/oauth/userinfo", tokens.access()).await;
    assert!(claims["balance"].is_null());
    assert_eq!(claims["preferred_username"], "penny-sandbox");
}

#[tokio::test]
async fn errors_have_the_dialects_shape() {
    let quota = party(Dialect::Quota).await;
    let (status, body) = quota.get("/v1/balance", "quota_token_unknown").await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (StatusCode::UNAUTHORIZED, &json!("invalid_token"))
    );
    assert!(body["error"]["docs_url"].is_string());
    let bare: Value = quota
        .open(&quota.at("/v1/balance"))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(bare["error"]["code"], "invalid_api_key");

    let chutes = party(Dialect::Chutes).await;
    let (status, body) = chutes.get("/users/me", "cak_unknown").await;
    assert_eq!(
        (status, body),
        (
            StatusCode::UNAUTHORIZED,
            json!({ "detail": "Invalid or expired token" })
        )
    );

    let oidc = party(Dialect::Oidc).await;
    let (_, body) = oidc.get("/v1/models", "unknown").await;
    assert_eq!(body["error"]["type"], "authentication_error");
}

/// Checklist 32.
#[tokio::test]
async fn a_scope_that_was_not_granted_is_missed() {
    let quota = party(Dialect::Quota).await;
    let redirect = quota
        .visitor
        .allow(&quota.authorization_url(&[("scope", "openid")]))
        .await
        .unwrap();
    let (_, tokens) = quota
        .token(&quota.exchange(&query(&redirect)["code"]))
        .await;
    let (status, body) = quota
        .get("/v1/balance", tokens["access_token"].as_str().unwrap())
        .await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (StatusCode::FORBIDDEN, &json!("insufficient_scope"))
    );

    let party = party(Dialect::Quota).await;
    party.fault(Scenario::TokenSmallerScope);
    assert_eq!(party.sign_in().await.0["scope"], "openid");
}

#[tokio::test]
async fn models_are_priced_in_the_dialects_unit() {
    let quota = party(Dialect::Quota).await;
    let tokens = quota.sign_in().await;
    let (_, list) = quota.get("/v1/models", tokens.access()).await;
    let large = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|model| model["id"] == "penny-large")
        .unwrap();
    assert_eq!(
        large["pricing"],
        json!({ "prompt_per_1k_tokens": 0.015, "completion_per_1k_tokens": 0.075 })
    );
    assert!(large["context_length"].is_null());
    assert!(
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .any(|model| model["id"].as_str().unwrap().starts_with("elevenlabs/"))
    );

    let chutes = party(Dialect::Chutes).await;
    let list: Value = chutes
        .open(&chutes.at("/v1/models"))
        .await
        .json()
        .await
        .unwrap();
    let vision = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|model| model["id"] == "penny-vision")
        .unwrap();
    assert_eq!(
        (
            &vision["pricing"]["prompt"],
            &vision["price"]["output"]["usd"]
        ),
        (&json!(0.5), &json!(2.0))
    );
    assert_eq!(vision["input_modalities"], json!(["text", "image"]));
}

#[tokio::test]
async fn wallet_faults_are_what_their_names_say() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    party.fault(Scenario::BalanceNull);
    assert!(party.get("/v1/balance", tokens.access()).await.1["balance"].is_null());
    party.fault(Scenario::BalanceNegative);
    assert!(
        party.get("/v1/balance", tokens.access()).await.1["balance"]
            .as_i64()
            .unwrap()
            < 0
    );
    party.fault(Scenario::Balance500);
    assert_eq!(
        party.get("/v1/balance", tokens.access()).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    party.fault(Scenario::Models500);
    assert_eq!(
        party.get("/v1/models", tokens.access()).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    party.fault(Scenario::UserinfoOtherSub);
    assert_ne!(
        party.get("/oauth/userinfo", tokens.access()).await.1["sub"],
        party.sandbox.control().subjects()[0]
    );
}
