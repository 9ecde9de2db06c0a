//! ID tokens, verified by a library that the sandbox does not use.

use jsonwebtoken::{
    Algorithm, DecodingKey, TokenData, Validation, decode, decode_header, errors::ErrorKind,
    jwk::JwkSet,
};
use sandbox_provider::{Dialect, Scenario};
use serde_json::Value;

use crate::support::{NONCE, Party, challenge, party};

async fn keys(party: &Party) -> JwkSet {
    party
        .open(&party.at("/.well-known/jwks.json"))
        .await
        .json()
        .await
        .unwrap()
}

async fn verified(party: &Party, token: &str) -> Result<TokenData<Value>, ErrorKind> {
    let kid = decode_header(token)
        .map_err(|error| error.into_kind())?
        .kid
        .unwrap_or_default();
    let keys = keys(party).await;
    let key = keys.find(&kid).ok_or(ErrorKind::InvalidToken)?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[party.sandbox.client_id()]);
    validation.set_issuer(&[party.sandbox.issuer_identifier()]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    decode(token, &DecodingKey::from_jwk(key).unwrap(), &validation)
        .map_err(|error| error.into_kind())
}

/// Signs in with a fault on; what a verifying client makes of the ID token.
async fn with(scenario: Scenario) -> Result<TokenData<Value>, ErrorKind> {
    let party = party(Dialect::Oidc).await;
    party.fault(scenario);
    let tokens = party.sign_in().await;
    verified(&party, tokens.0["id_token"].as_str().unwrap()).await
}

#[tokio::test]
async fn an_id_token_says_who_when_and_for_whom() {
    for dialect in [Dialect::Quota, Dialect::Oidc] {
        let party = party(dialect).await;
        let tokens = party.sign_in().await;
        let claims = verified(&party, tokens.0["id_token"].as_str().unwrap())
            .await
            .unwrap()
            .claims;
        assert_eq!(claims["nonce"], NONCE);
        assert_eq!(claims["sub"], party.sandbox.control().subjects()[0]);
        assert_eq!(claims["name"], "Penny Sandbox");
        assert_eq!(claims["email_verified"], true);
        assert!(claims["auth_time"].is_i64() && claims["iat"].is_i64());
        let at_hash = claims["at_hash"].as_str().unwrap();
        assert_eq!(at_hash.len(), 22, "half of SHA-256");
        assert_eq!(at_hash[..20], challenge(tokens.access())[..20]);
    }
}

#[tokio::test]
async fn there_is_no_id_token_without_openid_nor_a_name_without_profile() {
    let party = party(Dialect::Quota).await;
    for (scope, present) in [("credits.read", false), ("openid credits.read", true)] {
        let redirect = party
            .visitor
            .allow(&party.authorization_url(&[("scope", scope)]))
            .await
            .unwrap();
        let code = crate::support::query(&redirect)["code"].clone();
        let (_, body) = party.token(&party.exchange(&code)).await;
        assert_eq!(body["id_token"].is_string(), present);
        if present {
            let claims = verified(&party, body["id_token"].as_str().unwrap())
                .await
                .unwrap()
                .claims;
            assert!(claims["name"].is_null() && claims["email"].is_null());
        }
    }
}

/// Checklist 56.
#[tokio::test]
async fn after_a_rotation_both_keys_are_published_and_the_new_one_signs() {
    let party = party(Dialect::Oidc).await;
    let before = party.sign_in().await;
    party.sandbox.control().rotate_keys().await.unwrap();
    let after = party.sign_in().await;
    assert_eq!(keys(&party).await.keys.len(), 2);
    for tokens in [&before, &after] {
        verified(&party, tokens.0["id_token"].as_str().unwrap())
            .await
            .unwrap();
    }
    let kid = |tokens: &crate::support::Tokens| {
        decode_header(tokens.0["id_token"].as_str().unwrap())
            .unwrap()
            .kid
    };
    assert_ne!(kid(&before), kid(&after));
}

/// Checklist 54.
#[tokio::test]
async fn an_unknown_key_is_known_at_the_second_fetch() {
    let party = party(Dialect::Oidc).await;
    party.fault(Scenario::IdTokenUnknownKidThenRotated);
    let tokens = party.sign_in().await;
    let token = tokens.0["id_token"].as_str().unwrap();
    assert_eq!(
        verified(&party, token).await.unwrap_err(),
        ErrorKind::InvalidToken
    );
    verified(&party, token).await.unwrap();
}

/// Checklist 40 to 53 and 59.
#[tokio::test]
async fn each_id_token_fault_is_what_its_name_says() {
    assert_eq!(
        with(Scenario::IdTokenWrongIss).await.unwrap_err(),
        ErrorKind::InvalidIssuer
    );
    assert_eq!(
        with(Scenario::IdTokenWrongAud).await.unwrap_err(),
        ErrorKind::InvalidAudience
    );
    assert_eq!(
        with(Scenario::IdTokenAudWithoutUs).await.unwrap_err(),
        ErrorKind::InvalidAudience
    );
    assert_eq!(
        with(Scenario::IdTokenExpired).await.unwrap_err(),
        ErrorKind::ExpiredSignature
    );
    assert_eq!(
        with(Scenario::IdTokenBadSignature).await.unwrap_err(),
        ErrorKind::InvalidSignature
    );
    assert_eq!(
        with(Scenario::IdTokenHs256).await.unwrap_err(),
        ErrorKind::InvalidAlgorithm
    );
    for refused in [
        Scenario::IdTokenAlgNone,
        Scenario::IdTokenPadded,
        Scenario::IdTokenTwoParts,
        Scenario::IdTokenIsAccessToken,
        Scenario::IdTokenForeignKid,
        Scenario::IdTokenEmbeddedKey,
        Scenario::IdTokenNoKid,
        Scenario::IdTokenMissingSub,
    ] {
        assert!(with(refused).await.is_err(), "{refused}");
    }
    assert_eq!(
        with(Scenario::IdTokenWrongNonce).await.unwrap().claims["nonce"],
        "another-nonce"
    );
    assert!(with(Scenario::IdTokenMissingNonce).await.unwrap().claims["nonce"].is_null());
    assert_eq!(
        with(Scenario::IdTokenWrongAzp).await.unwrap().claims["azp"],
        "another-client"
    );
    let future = with(Scenario::IdTokenFuture).await.unwrap().claims;
    assert_eq!(future["iat"], future["nbf"]);
}

/// Checklist 61.
#[tokio::test]
async fn a_refreshed_id_token_can_name_somebody_else() {
    let party = party(Dialect::Oidc).await;
    let tokens = party.sign_in().await;
    party.fault(Scenario::RefreshOtherSubject);
    let (_, refreshed) = party.token(&party.refreshing(tokens.refresh())).await;
    let claims = verified(&party, refreshed["id_token"].as_str().unwrap())
        .await
        .unwrap()
        .claims;
    assert_ne!(claims["sub"], party.sandbox.control().subjects()[0]);
}
