//! The top-up page and the end of a browser session.

use reqwest::{StatusCode, header};
use sandbox_provider::{Dialect, SandboxConfig, TopUp, Visitor};
use serde_json::Value;
use url::Url;

use crate::support::{Party, config, party, party_with, query};

async fn ticket(party: &Party, token: &str) -> Url {
    let answer = party
        .http
        .post(party.at("/sandbox/top-up-ticket"))
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json::<Value>().await.unwrap()["url"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}

fn balance(party: &Party) -> i64 {
    let control = party.sandbox.control();
    control.balance(&control.subjects()[0]).unwrap()
}

#[tokio::test]
async fn play_money_can_be_added_and_spent() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    for (click, expected, shown) in [
        (TopUp::One, 6_000_000, "▷ 6.00 play"),
        (TopUp::Five, 11_000_000, "▷ 11.00 play"),
        (TopUp::SpendEverything, 0, "▷ 0.00 play"),
    ] {
        let html = party
            .visitor
            .top_up(&ticket(&party, tokens.access()).await, click)
            .await
            .unwrap();
        assert_eq!(balance(&party), expected);
        assert!(html.contains(shown));
        for id in [
            "id=\"top-up-1\"",
            "id=\"top-up-5\"",
            "id=\"spend-all\"",
            "Play money",
        ] {
            assert!(html.contains(id), "{id}");
        }
    }
}

#[tokio::test]
async fn a_ticket_opens_the_page_once_and_holds_no_bearer() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let url = ticket(&party, tokens.access()).await;
    assert!(!url.as_str().contains(tokens.access()));
    party.visitor.top_up(&url, TopUp::One).await.unwrap();
    assert!(
        Visitor::new()
            .unwrap()
            .top_up(&url, TopUp::One)
            .await
            .is_err()
    );
    assert_eq!(balance(&party), 6_000_000);
}

#[tokio::test]
async fn a_ticket_needs_a_token_and_the_page_a_ticket() {
    let party = party(Dialect::Quota).await;
    let refused = party
        .http
        .post(party.at("/sandbox/top-up-ticket"))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let form = [("change", "add-5"), ("csrf", "guessed")];
    let refused = party
        .http
        .post(party.at("/sandbox/top-up"))
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(
        party.open(&party.at("/sandbox/top-up")).await.status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn the_style_sheet_is_our_own() {
    let party = party(Dialect::Quota).await;
    let response = party.open(&party.at("/sandbox/style.css")).await;
    assert!(
        response.headers()[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .starts_with("text/css")
    );
    let css = response.text().await.unwrap();
    assert!(
        css.contains("prefers-color-scheme: dark")
            && !css.contains("url(")
            && !css.contains("@import")
    );
}

/// Checklist 70, 71.
#[tokio::test]
async fn end_session_forgets_the_browser_and_returns_only_to_registered_addresses() {
    let back = "http://127.0.0.1:17493/signed-out";
    let setup = SandboxConfig {
        silent_reauthorization: true,
        post_logout_redirect_uris: vec![back.to_owned()],
        ..config(Dialect::Oidc)
    };
    let party = party_with(setup).await;
    let tokens = party.sign_in().await;
    let hint = tokens.0["id_token"].as_str().unwrap();
    let logout = |parameters: &[(&str, &str)]| {
        let mut url = party.at("/oauth/logout");
        url.query_pairs_mut().extend_pairs(parameters);
        url
    };
    let elsewhere = party
        .open(&logout(&[
            ("id_token_hint", hint),
            ("post_logout_redirect_uri", "http://127.0.0.1:17493/other"),
        ]))
        .await;
    assert_eq!(elsewhere.status(), StatusCode::BAD_REQUEST);
    let forged = party.open(&logout(&[("id_token_hint", "a.b.c")])).await;
    assert_eq!(forged.status(), StatusCode::BAD_REQUEST);
    let silent = party
        .visitor
        .deny(&party.authorization_url(&[]))
        .await
        .unwrap();
    assert!(query(&silent).contains_key("code"), "still signed in");

    let done = party
        .open(&logout(&[
            ("id_token_hint", hint),
            ("post_logout_redirect_uri", back),
            ("state", "kept"),
        ]))
        .await;
    assert_eq!(done.status(), StatusCode::FOUND);
    assert_eq!(
        done.headers()[header::LOCATION],
        format!("{back}?state=kept")
    );
    let asked = party
        .visitor
        .deny(&party.authorization_url(&[]))
        .await
        .unwrap();
    assert_eq!(query(&asked)["error"], "access_denied", "asked again");
    assert_eq!(party.open(&logout(&[])).await.status(), StatusCode::OK);
}
