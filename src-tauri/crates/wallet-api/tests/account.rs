//! Account calls and the rules around the access token, over real HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use money::{Amount, MicroUsd};
use support::*;
use wallet_api::{ApiError, ApiErrorKind, Balance, PaymentCause, UnreadableAnswer};

const EMPTY: &str = r#"{"error":{"code":"insufficient_credits","message":"top up"}}"#;

async fn balance_of(
    reply: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) -> Result<Balance, ApiErrorKind> {
    let server = Server::start(reply).await;
    wallet(quota_at(&server.base))
        .balance()
        .await
        .map_err(|error| error.kind())
}

#[tokio::test]
async fn a_balance_is_read_with_the_access_token() {
    let server = Server::start(|_| json(200, r#"{"wallet":"oauth_user","balance":4180000}"#)).await;
    let balance = wallet(quota_at(&server.base)).balance().await.unwrap();
    assert!(matches!(
        balance,
        Balance::Known {
            amount: Amount::Usd(MicroUsd(4_180_000)),
            ..
        }
    ));
    let requests = server.requests();
    assert_eq!(
        (requests[0].path.as_str(), requests[0].token()),
        ("/v1/balance", Some(FIRST_TOKEN))
    );
}

#[tokio::test]
async fn a_balance_that_may_not_be_read_is_no_failure_and_an_outage_is_no_balance() {
    let refused = r#"{"error":{"code":"insufficient_scope","message":"m"}}"#;
    assert_eq!(
        balance_of(move |_| json(403, refused)).await,
        Ok(Balance::NotReadable)
    );
    assert_eq!(
        balance_of(|_| json(404, "{}")).await,
        Ok(Balance::NotReadable)
    );
    assert_eq!(
        balance_of(|_| json(200, r#"{"balance":null}"#)).await,
        Ok(Balance::NotLinked)
    );
    assert_eq!(
        balance_of(|_| json(500, "")).await,
        Err(ApiErrorKind::ProviderFailing)
    );
    assert_eq!(
        balance_of(|_| page(200, "", "<html>")).await,
        Err(ApiErrorKind::Unreadable)
    );
    assert_eq!(
        balance_of(|_| json(200, &" ".repeat(2 << 20))).await,
        Err(ApiErrorKind::TooLarge)
    );
    assert_eq!(
        balance_of(|_| vec![Step::Reset]).await,
        Err(ApiErrorKind::Offline)
    );
}

#[tokio::test]
async fn a_provider_without_wallet_is_not_asked() {
    let server = Server::start(|_| json(500, "")).await;
    let mut profile = quota_at(&server.base);
    profile.wallet = wallet_api::profile::WalletDialect::None;
    assert_eq!(
        wallet(profile).balance().await.unwrap(),
        Balance::NotReadable
    );
    assert!(server.requests().is_empty());
}

/// Checklist 69.
#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let server = Server::start(|request| match request.token() {
        Some(SECOND_TOKEN) => json(200, r#"{"balance":1}"#),
        _ => json(401, r#"{"error":{"code":"invalid_token","message":"m"}}"#),
    })
    .await;
    let tokens = Tokens::default();
    wallet_with(quota_at(&server.base), &tokens)
        .balance()
        .await
        .unwrap();
    assert_eq!((tokens.refusals(), server.requests().len()), (1, 2));
}

/// Checklist 69.
#[tokio::test]
async fn a_second_refusal_is_the_end_of_it() {
    let server = Server::start(|_| json(401, r#"{"detail":"Authentication required."}"#)).await;
    let tokens = Tokens::default();
    let error = wallet_with(chutes_at(&server.base), &tokens)
        .balance()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.detail()),
        (ApiErrorKind::Unauthorized, Some("Authentication required."))
    );
    assert_eq!((tokens.refusals(), server.requests().len()), (1, 2));
}

/// Checklist 69 and 118.
#[tokio::test]
async fn a_chat_is_sent_again_after_a_refused_token_and_after_nothing_else() {
    let server = Server::start(|request| match request.token() {
        Some(SECOND_TOKEN) => stream([text_event("ok").into(), END.into()]),
        _ => json(401, "{}"),
    })
    .await;
    assert_eq!(ask(&wallet(quota_at(&server.base))).await.text, "ok");
    assert_eq!(server.requests().len(), 2);

    for reply in [
        || json(500, ""),
        || json(429, ""),
        || json(503, ""),
        || vec![Step::Reset],
        || stream([Step::Reset]),
        || stream([]),
        || vec![Step::Hold],
    ] {
        let server = Server::start(move |_| reply()).await;
        assert!(ask(&wallet(quota_at(&server.base))).await.error.is_some());
        assert_eq!(server.requests().len(), 1);
    }
}

/// Checklist 36.
#[tokio::test]
async fn a_redirect_is_not_followed_and_takes_no_token_along() {
    let elsewhere = Server::start(|_| json(200, r#"{"balance":1}"#)).await;
    let target = elsewhere.base.clone();
    let server =
        Server::start(move |_| page(307, &format!("Location: {target}v1/balance\r\n"), "")).await;
    let error = wallet(quota_at(&server.base)).balance().await.unwrap_err();
    assert!(matches!(
        error,
        ApiError::Unreadable {
            what: UnreadableAnswer::Redirect,
            ..
        }
    ));
    assert!(ask(&wallet(quota_at(&server.base))).await.error.is_some());
    assert!(elsewhere.requests().is_empty());
}

/// Checklist 34.
#[tokio::test]
async fn a_token_is_not_sent_to_an_insecure_address() {
    let server = Server::start(|_| json(200, r#"{"balance":1}"#)).await;
    let mut profile = quota_at(&server.base);
    profile.allow_insecure_loopback = false;
    let wallet = wallet(profile);
    assert_eq!(
        wallet.balance().await.unwrap_err().kind(),
        ApiErrorKind::InsecureEndpoint
    );
    assert_eq!(
        wallet.models().await.unwrap_err().kind(),
        ApiErrorKind::InsecureEndpoint
    );
    assert_eq!(
        ask(&wallet).await.error.unwrap().kind(),
        ApiErrorKind::InsecureEndpoint
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_empty_wallet_is_told_from_one_that_is_too_small() {
    for (balance, expected) in [
        (r#"{"balance":0}"#, PaymentCause::WalletEmpty),
        (r#"{"balance":-20}"#, PaymentCause::WalletEmpty),
        (r#"{"balance":120}"#, PaymentCause::ReservationTooLarge),
        ("not json", PaymentCause::WalletEmpty),
    ] {
        let server = Server::start(move |request| match request.path.as_str() {
            "/v1/balance" => json(200, balance),
            _ => json(402, EMPTY),
        })
        .await;
        let answer = ask(&wallet(quota_at(&server.base))).await;
        assert!(
            matches!(answer.error, Some(ApiError::PaymentRequired { cause, .. }) if cause == expected),
            "{balance}: {answer:?}"
        );
        let chats = server
            .requests()
            .iter()
            .filter(|request| request.method == "POST")
            .count();
        assert_eq!(chats, 1, "nothing is sent twice");
    }
}

#[tokio::test]
async fn profiles_of_both_shapes_are_read() {
    let server = Server::start(|request| match request.path.as_str() {
        "/oauth/userinfo" => json(200, r#"{"sub":"u1","name":"Penny","email":"p@x.example","picture":"https://x.example/p.png"}"#),
        "/idp/userinfo" => json(200, r#"{"sub":"u2","username":"dan","created_at":"2026-01-01T00:00:00"}"#),
        "/users/me" => json(200, r#"{"user_id":"u2","username":"dan","logo":"https://logos.example/l.webp","payment_address":"5F3s","balance":1.5}"#),
        _ => json(404, ""),
    })
    .await;
    let penny = wallet(quota_at(&server.base)).profile().await.unwrap();
    assert_eq!(
        (penny.subject.as_str(), penny.name.as_deref()),
        ("u1", Some("Penny"))
    );
    let dan = wallet(chutes_at(&server.base)).profile().await.unwrap();
    assert_eq!(
        (dan.subject.as_str(), dan.username.as_deref()),
        ("u2", Some("dan"))
    );
    assert_eq!(
        dan.picture_url.unwrap().as_str(),
        "https://logos.example/l.webp"
    );
    let balance = wallet(chutes_at(&server.base)).balance().await.unwrap();
    assert!(matches!(
        balance,
        Balance::Known {
            amount: Amount::Usd(MicroUsd(1_500_000)),
            ..
        }
    ));
}

#[tokio::test]
async fn a_public_list_of_models_is_asked_for_without_the_token() {
    let list = r#"{"object":"list","data":[{"id":"m","pricing":{"prompt":1,"completion":2}}]}"#;
    let server = Server::start(move |_| json(200, list)).await;
    assert_eq!(
        wallet(chutes_at(&server.base))
            .models()
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        wallet(quota_at(&server.base)).models().await.unwrap().len(),
        1
    );
    let requests = server.requests();
    assert_eq!(
        (requests[0].token(), requests[1].token()),
        (None, Some(FIRST_TOKEN))
    );
}

#[tokio::test]
async fn a_top_up_page_is_made_for_the_account_and_stays_at_the_provider() {
    let server = Server::start(|request| {
        let host = request.header("host").unwrap();
        json(200, &format!(r#"{{"url":"http://{host}/top-up/once"}}"#))
    })
    .await;
    let page = wallet(quota_at(&server.base))
        .top_up_page()
        .await
        .unwrap()
        .unwrap();
    assert_eq!(page, server.base.join("top-up/once").unwrap());
    let request = &server.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.token()),
        ("POST", Some(FIRST_TOKEN))
    );

    let server = Server::start(|_| json(200, r#"{"url":"https://evil.example/"}"#)).await;
    let error = wallet(quota_at(&server.base))
        .top_up_page()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ApiErrorKind::InsecureEndpoint);
}

/// Checklist 25.
#[tokio::test]
async fn errors_show_neither_token_nor_address() {
    let server = Server::start(|_| {
        json(
            403,
            &format!(r#"{{"detail":"token {FIRST_TOKEN} lacks https://x.example/?code=c0de"}}"#),
        )
    })
    .await;
    let refused = wallet(quota_at(&server.base)).profile().await.unwrap_err();
    let offline = {
        let gone = Server::start(|_| vec![]).await.base.clone();
        wallet(quota_at(&gone)).profile().await.unwrap_err()
    };
    for error in [refused, offline] {
        let shown = format!("{error} {error:?} {:?}", error.detail());
        assert!(
            !shown.contains(FIRST_TOKEN)
                && !shown.contains("c0de")
                && !shown.contains("/oauth/userinfo"),
            "{shown}"
        );
    }
}

/// With each call that a person pays for, and not with the public list of models.
#[tokio::test]
async fn a_provider_that_wants_to_know_which_app_asks_is_told() {
    let server = Server::start(|_| json(200, r#"{"data":[]}"#)).await;
    let mut profile = wallet_api::profiles::openrouter_at(&server.base);
    profile.allow_insecure_loopback = true;
    let wallet = wallet(profile);
    let _ = wallet.balance().await;
    let _ = wallet.models().await;
    let requests = server.requests();
    assert_eq!(requests[0].path, "/api/v1/key");
    let title = requests[0].header("x-openrouter-title");
    assert_eq!(title, Some("Tuppence"));
    let referer = requests[0].header("http-referer").unwrap();
    assert!(referer.starts_with("https://"), "{referer}");
    assert_eq!(requests[1].path, "/api/v1/models");
    assert_eq!(requests[1].header("x-openrouter-title"), None);
    let others = wallet_api::profiles::quota();
    assert!(others.attribution.is_empty());
}
