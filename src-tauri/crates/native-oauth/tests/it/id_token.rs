//! ID tokens that must not be believed. Each is sent by a provider that is honest otherwise.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use native_oauth::id_token::IdTokenError;
use native_oauth::{
    Authorized, CancellationToken, ClockSkew, Scopes, SignInError, SignInOptions, TokenSet,
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use url::Url;

use crate::browser;
use crate::provider::{CLIENT_ID, SigningKey};
use crate::world::{World, authorize};

/// Signs in with a provider whose ID token is forged, and returns why it was refused.
async fn refused(
    algorithm: Algorithm,
    forge: impl Fn(&[SigningKey], Value) -> Option<String> + Send + 'static,
) -> IdTokenError {
    let world = World::new().await;
    world.provider.state().keys = vec![SigningKey::new("key-1", algorithm)];
    world.provider.state().faults.id_token = Some(Box::new(forge));
    match world.authorize().await {
        Err(SignInError::IdToken(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// The same with honest signatures over changed claims.
async fn refused_claims(change: impl Fn(&mut Value) + Send + 'static) -> IdTokenError {
    refused(Algorithm::ES256, move |keys, mut claims| {
        change(&mut claims);
        Some(keys[0].sign(&claims))
    })
    .await
}

async fn accepted(world: World) -> TokenSet {
    world.authorize().await.unwrap().tokens
}

fn part(value: &Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

#[tokio::test]
async fn every_expected_algorithm_is_accepted() {
    for algorithm in [
        Algorithm::RS256,
        Algorithm::PS256,
        Algorithm::ES256,
        Algorithm::EdDSA,
    ] {
        let world = World::new().await;
        world.provider.state().keys = vec![SigningKey::new("key-1", algorithm)];
        assert!(accepted(world).await.id_token.is_some(), "{algorithm:?}");
    }
}

/// Checklist 40.
#[tokio::test]
async fn an_unsigned_token_is_refused() {
    for alg in ["none", "None", "NONE", ""] {
        let error = refused(Algorithm::ES256, move |_, claims| {
            Some(format!("{}.{}.", part(&json!({"alg": alg})), part(&claims)))
        });
        let error = error.await;
        assert!(matches!(error, IdTokenError::Algorithm), "{alg}: {error}");
    }
}

/// Checklist 41.
#[tokio::test]
async fn a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() {
    let error = refused(Algorithm::RS256, |keys, claims| {
        let public = keys[0].public()["n"].as_str().unwrap().to_owned();
        let header = Header {
            kid: Some("key-1".to_owned()),
            ..Header::new(Algorithm::HS256)
        };
        Some(
            encode(
                &header,
                &claims,
                &EncodingKey::from_secret(public.as_bytes()),
            )
            .unwrap(),
        )
    });
    assert!(matches!(error.await, IdTokenError::Algorithm));
}

/// Checklist 42.
#[tokio::test]
async fn an_algorithm_that_the_provider_does_not_announce_is_refused() {
    let error = refused(Algorithm::ES256, |_, claims| {
        Some(SigningKey::forged("key-1", Algorithm::RS256).sign(&claims))
    });
    assert!(matches!(error.await, IdTokenError::Algorithm));
}

/// Checklist 43.
#[tokio::test]
async fn a_signature_of_another_key_is_refused() {
    for algorithm in [Algorithm::RS256, Algorithm::ES256] {
        let error = refused(algorithm, move |_, claims| {
            Some(SigningKey::forged("key-1", algorithm).sign(&claims))
        });
        let error = error.await;
        assert!(
            matches!(error, IdTokenError::Signature),
            "{algorithm:?}: {error}"
        );
    }
}

/// Checklist 44.
#[tokio::test]
async fn keys_that_the_token_brings_along_are_ignored() {
    let error = refused(Algorithm::ES256, |_, claims| {
        let mine = SigningKey::forged("key-1", Algorithm::ES256);
        let header = Header {
            jwk: serde_json::from_value(mine.public()).ok(),
            jku: Some("https://evil.example/keys".to_owned()),
            x5u: Some("https://evil.example/cert".to_owned()),
            ..mine.header()
        };
        Some(mine.sign_with(&header, &claims))
    });
    assert!(matches!(error.await, IdTokenError::Signature));
}

/// Checklist 45.
#[tokio::test]
async fn another_issuer_is_refused() {
    let error = refused_claims(|claims| claims["iss"] = "https://evil.example".into()).await;
    assert!(matches!(error, IdTokenError::WrongIssuer));
}

/// Checklist 46, 47 and 48.
#[tokio::test]
async fn another_audience_is_refused() {
    let audiences: [fn(&mut Value); 5] = [
        |claims| claims["aud"] = "other".into(),
        |claims| claims["aud"] = json!(["other", "another"]),
        |claims| claims["aud"] = json!([CLIENT_ID, "other"]),
        |claims| {
            claims["aud"] = json!([CLIENT_ID, "other"]);
            claims["azp"] = "other".into();
        },
        |claims| claims["azp"] = "other".into(),
    ];
    for change in audiences {
        let error = refused_claims(change).await;
        assert!(matches!(error, IdTokenError::WrongAudience), "{error}");
    }
    let world = World::new().await;
    world.provider.state().faults.claims = Some(Box::new(|claims| {
        claims["aud"] = json!([CLIENT_ID, "other"]);
        claims["azp"] = CLIENT_ID.into();
    }));
    assert!(accepted(world).await.id_token.is_some());
}

/// Checklist 49.
#[tokio::test]
async fn another_nonce_or_none_is_refused() {
    for nonce in [json!("other"), Value::Null, json!("")] {
        let error = refused_claims(move |claims| claims["nonce"] = nonce.clone()).await;
        assert!(matches!(error, IdTokenError::WrongNonce), "{error}");
    }
}

/// Checklist 50 and 51: five minutes of difference between two clocks are forgiven, more is not.
#[tokio::test]
async fn times_beyond_the_skew_are_refused() {
    let shift = |claim: &'static str, seconds: i64| {
        refused_claims(move |claims| {
            let now = claims["iat"].as_i64().unwrap();
            claims[claim] = (now + seconds).into();
        })
    };
    assert!(matches!(shift("exp", -301).await, IdTokenError::Expired));
    assert!(matches!(shift("nbf", 320).await, IdTokenError::NotYetValid));
    assert!(matches!(shift("iat", 320).await, IdTokenError::NotYetValid));
    let world = World::new().await;
    world.provider.state().faults.claims = Some(Box::new(|claims| {
        let now = claims["iat"].as_i64().unwrap();
        claims["exp"] = (now - 200).into();
        claims["nbf"] = (now + 200).into();
    }));
    assert!(accepted(world).await.id_token.is_some());
}

/// Checklist 68: a clock that is wrong by more than five minutes is named as the cause, with the measure
/// that the provider's `Date` header gives.
#[tokio::test]
async fn a_wrong_clock_is_named_as_the_cause() {
    let measured = |outcome: Result<_, SignInError>| match outcome {
        Err(SignInError::IdToken(IdTokenError::ClockSkewed(skew))) => skew,
        other => panic!("{other:?}"),
    };
    let world = World::new().await;
    world.clock.set_back(Duration::from_secs(3600));
    let skew = measured(world.authorize().await);
    let ClockSkew::Behind(by) = skew else {
        panic!("{skew:?}")
    };
    assert!((3590..3610).contains(&by.as_secs()), "{by:?}");
    world.clock.advance(Duration::from_secs(3 * 3600));
    let skew = measured(world.authorize().await);
    let ClockSkew::Ahead(by) = skew else {
        panic!("{skew:?}")
    };
    assert!((7190..7210).contains(&by.as_secs()), "{by:?}");
    assert!(
        IdTokenError::ClockSkewed(skew)
            .to_string()
            .contains("ahead")
    );
}

/// A clock that is off by less signs in, whichever way.
#[tokio::test]
async fn a_clock_within_the_tolerance_is_no_hindrance() {
    let world = World::new().await;
    world.clock.set_back(Duration::from_secs(280));
    world.authorize().await.unwrap();
    world.clock.advance(Duration::from_secs(560));
    world.authorize().await.unwrap();
}

/// Checklist 52.
#[tokio::test]
async fn a_missing_claim_is_refused() {
    for claim in ["iss", "sub", "aud", "exp", "iat"] {
        let error = refused_claims(move |it| drop(it.as_object_mut().unwrap().remove(claim))).await;
        assert!(
            matches!(error, IdTokenError::MissingClaim(missing) if missing == claim),
            "{error}"
        );
    }
}

/// Checklist 53.
#[tokio::test]
async fn the_hash_of_another_access_token_is_refused() {
    let error = refused_claims(|claims| claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA".into()).await;
    assert!(matches!(error, IdTokenError::WrongAccessToken));
}

/// Checklist 54 and 56: a key that the provider has just begun to use is found, and a key that it never
/// had costs one more look, not one per token.
#[tokio::test]
async fn an_unknown_key_is_looked_for_once() {
    let world = World::new().await;
    let flow = world.flow().await;
    let sign_in = async || {
        let pending = flow.begin(SignInOptions::default()).await.unwrap();
        authorize(pending).await
    };
    assert!(sign_in().await.is_ok());
    assert_eq!(world.provider.count("/jwks", ""), 1);
    world.provider.state().keys = vec![SigningKey::new("key-2", Algorithm::ES256)];
    assert!(sign_in().await.is_ok());
    assert_eq!(world.provider.count("/jwks", ""), 2);
    world.provider.state().faults.id_token = Some(Box::new(|_, claims| {
        Some(SigningKey::new("key-3", Algorithm::ES256).sign(&claims))
    }));
    for _ in 0..3 {
        let outcome = sign_in().await;
        assert!(
            matches!(outcome, Err(SignInError::IdToken(IdTokenError::UnknownKey))),
            "{outcome:?}"
        );
    }
    assert_eq!(world.provider.count("/jwks", ""), 2);
}

/// A sign-in whose browser has not come back, once the provider was asked for its keys.
async fn asked_for_keys(world: &World) -> (Url, JoinHandle<Result<Authorized, SignInError>>) {
    let pending = world.begin().await;
    let launch_address = pending.launch_address().clone();
    let waiting = tokio::spawn(pending.authorized(CancellationToken::new(), || {}));
    while world.provider.count("/jwks", "") == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    (launch_address, waiting)
}

#[tokio::test]
async fn the_keys_are_fetched_while_the_person_is_with_the_provider() {
    let world = World::new().await;
    let (launch_address, waiting) = asked_for_keys(&world).await;
    browser::try_sign_in(&launch_address).await;
    assert!(waiting.await.unwrap().is_ok());
    assert_eq!(world.provider.count("/jwks", ""), 1);
}

#[tokio::test]
async fn keys_that_could_not_be_had_meanwhile_are_fetched_for_the_token() {
    let world = World::new().await;
    world.provider.state().faults.key_set = Some("<html>".to_owned());
    let (launch_address, waiting) = asked_for_keys(&world).await;
    world.provider.state().faults.key_set = None;
    browser::try_sign_in(&launch_address).await;
    assert!(waiting.await.unwrap().is_ok());
    assert_eq!(world.provider.count("/jwks", ""), 2);
}

#[tokio::test]
async fn a_sign_in_without_an_id_token_asks_for_no_keys() {
    let world = World::new().await;
    let options = SignInOptions {
        scopes: Some(Scopes::parse("chat")),
        ..SignInOptions::default()
    };
    let pending = world.flow().await.begin(options).await.unwrap();
    assert!(authorize(pending).await.is_ok());
    assert_eq!(world.provider.count("/jwks", ""), 0);
}

/// Checklist 55.
#[tokio::test]
async fn a_token_that_names_no_key_is_tried_with_those_that_fit() {
    let world = World::new().await;
    world.provider.state().keys = vec![
        SigningKey::new("key-1", Algorithm::ES256),
        SigningKey::new("key-2", Algorithm::ES256),
    ];
    world.provider.state().faults.id_token = Some(Box::new(|keys, claims| {
        Some(keys[1].sign_with(&Header::new(Algorithm::ES256), &claims))
    }));
    assert!(accepted(world).await.id_token.is_some());
}

/// Checklist 57.
#[tokio::test]
async fn an_excessive_key_set_is_bounded() {
    let world = World::new().await;
    world.provider.state().faults.key_set = Some(format!("{{\"keys\":[{}", " ".repeat(50 << 20)));
    let outcome = world.authorize().await;
    assert!(
        matches!(
            outcome,
            Err(SignInError::IdToken(IdTokenError::KeysUnavailable(_)))
        ),
        "{outcome:?}"
    );
    let many = vec!["{}"; 100_000].join(",");
    world.provider.state().faults.key_set = Some(format!("{{\"keys\":[{many}]}}"));
    let outcome = world.authorize().await;
    assert!(
        matches!(outcome, Err(SignInError::IdToken(_))),
        "{outcome:?}"
    );
    // Two keys of one name, the wrong one first.
    let keys = [
        SigningKey::new("key-1", Algorithm::ES256).public(),
        world.provider.state().keys[0].public(),
    ];
    world.provider.state().faults.key_set = Some(json!({ "keys": keys }).to_string());
    assert!(accepted(world).await.id_token.is_some());
}

/// Checklist 58.
#[tokio::test]
async fn a_key_for_encryption_is_not_used() {
    let world = World::new().await;
    let mut key = world.provider.state().keys[0].public();
    key["use"] = "enc".into();
    world.provider.state().faults.key_set = Some(json!({ "keys": [key] }).to_string());
    let outcome = world.authorize().await;
    assert!(
        matches!(outcome, Err(SignInError::IdToken(IdTokenError::UnknownKey))),
        "{outcome:?}"
    );
}

/// Checklist 59.
#[tokio::test]
async fn anything_but_three_strictly_encoded_parts_is_refused() {
    let spoils: [fn(String) -> String; 7] = [
        |token| format!("{token}="),
        |token| format!(" {token}"),
        |token| format!("{token}\n"),
        |token| token.rsplit_once('.').unwrap().0.to_owned(),
        |token| format!("{token}.AAAA"),
        |token| token.replacen('.', "=.", 1),
        |_| String::new(),
    ];
    for spoil in spoils {
        let error = refused(Algorithm::ES256, move |keys, claims| {
            Some(spoil(keys[0].sign(&claims)))
        })
        .await;
        assert!(
            matches!(
                error,
                IdTokenError::Malformed | IdTokenError::Signature | IdTokenError::Algorithm
            ),
            "{error}"
        );
    }
    let critical = refused(Algorithm::ES256, |keys, claims| {
        let header = Header {
            crit: Some(vec!["b64".to_owned()]),
            ..keys[0].header()
        };
        Some(keys[0].sign_with(&header, &claims))
    });
    assert!(matches!(critical.await, IdTokenError::Malformed));
}

/// Checklist 62.
#[tokio::test]
async fn an_access_token_in_its_place_is_refused() {
    let error = refused(Algorithm::ES256, |keys, claims| {
        let header = Header {
            typ: Some("at+jwt".to_owned()),
            ..keys[0].header()
        };
        Some(keys[0].sign_with(&header, &claims))
    });
    assert!(matches!(error.await, IdTokenError::Malformed));
}

#[tokio::test]
async fn an_id_token_that_was_asked_for_and_did_not_come_is_an_error() {
    let error = refused(Algorithm::ES256, |_, _| None).await;
    assert!(matches!(error, IdTokenError::Missing), "{error}");
}
