//! The authorization endpoint and the consent page.
use crate::support::{REDIRECT_URI, STATE, config, party, party_with, query};
use reqwest::{StatusCode, header};
use sandbox_provider::{Dialect, SandboxConfig, VisitError, Visitor};

const ALL: [Dialect; 3] = [Dialect::Quota, Dialect::Chutes, Dialect::Oidc];

#[tokio::test]
async fn allowing_sends_the_browser_back_with_a_code_and_the_state() {
    for dialect in ALL {
        let party = party(dialect).await;
        let redirect = party
            .visitor
            .allow(&party.authorization_url(&[]))
            .await
            .unwrap();
        assert!(redirect.as_str().starts_with(REDIRECT_URI));
        let query = query(&redirect);
        assert!(query["code"].len() >= 43);
        assert_eq!(query["state"], STATE);
        assert_eq!(
            query.contains_key("iss"),
            dialect == Dialect::Oidc,
            "RFC 9207 only where it is advertised"
        );
    }
}

#[tokio::test]
async fn denying_sends_the_browser_back_with_access_denied() {
    for dialect in ALL {
        let party = party(dialect).await;
        let query = query(
            &party
                .visitor
                .deny(&party.authorization_url(&[]))
                .await
                .unwrap(),
        );
        assert_eq!(query["error"], "access_denied");
        assert_eq!(query["state"], STATE);
        assert!(!query.contains_key("code"));
    }
}

#[tokio::test]
async fn a_redirect_uri_that_is_not_registered_is_never_redirected_to() {
    for dialect in ALL {
        let party = party(dialect).await;
        for uri in [
            "http://127.0.0.1:17493/redirect/sandbox/",
            "http://127.0.0.1:17493/redirect/other",
            "http://localhost:17493/redirect/sandbox",
            "https://evil.invalid/redirect/sandbox",
            "http://127.0.0.1:17493/redirect/sandbox?x=1",
            "app.tuppence.desktop:/redirect/sandbox",
        ] {
            let response = party
                .open(&party.authorization_url(&[("redirect_uri", uri)]))
                .await;
            assert_eq!(
                response.status(),
                StatusCode::BAD_REQUEST,
                "{dialect} {uri}"
            );
            assert!(
                response.headers()[header::CONTENT_TYPE]
                    .to_str()
                    .unwrap()
                    .starts_with("text/html")
            );
            assert!(!response.headers().contains_key(header::LOCATION));
        }
    }
}

#[tokio::test]
async fn only_the_oidc_dialect_lets_a_loopback_port_vary() {
    for dialect in ALL {
        let party = party(dialect).await;
        let url =
            party.authorization_url(&[("redirect_uri", "http://127.0.0.1:40001/redirect/sandbox")]);
        let expected = if dialect == Dialect::Oidc {
            StatusCode::OK
        } else {
            StatusCode::BAD_REQUEST
        };
        assert_eq!(party.open(&url).await.status(), expected, "{dialect}");
    }
}

#[tokio::test]
async fn an_unknown_client_sees_a_page() {
    for dialect in ALL {
        let party = party(dialect).await;
        let response = party
            .open(&party.authorization_url(&[("client_id", "somebody")]))
            .await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    }
}

/// Checklist 23.
#[tokio::test]
async fn pkce_must_be_s256_and_is_required_where_the_model_requires_it() {
    for dialect in [Dialect::Quota, Dialect::Oidc] {
        let party = party(dialect).await;
        for changes in [
            vec![("code_challenge", ""), ("code_challenge_method", "")],
            vec![("code_challenge_method", "plain")],
            vec![("code_challenge_method", "")],
            vec![("code_challenge", "short")],
        ] {
            let redirect = party
                .visitor
                .allow(&party.authorization_url(&changes))
                .await
                .unwrap();
            assert_eq!(
                query(&redirect)["error"],
                "invalid_request",
                "{dialect} {changes:?}"
            );
        }
    }
    let party = party(Dialect::Chutes).await;
    let plain = party
        .open(&party.authorization_url(&[("code_challenge_method", "plain")]))
        .await;
    assert_eq!(
        plain.status(),
        StatusCode::BAD_REQUEST,
        "chutes shows it in the browser"
    );
    let none = party
        .open(&party.authorization_url(&[("code_challenge", ""), ("code_challenge_method", "")]))
        .await;
    assert_eq!(none.status(), StatusCode::OK, "chutes goes without");
}

#[tokio::test]
async fn a_repeated_parameter_is_refused() {
    for dialect in ALL {
        let party = party(dialect).await;
        let mut url = party.authorization_url(&[]);
        url.query_pairs_mut().append_pair("state", STATE);
        assert_eq!(party.open(&url).await.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn scopes_are_judged_when_and_as_the_model_does() {
    let quota = party(Dialect::Quota).await;
    let redirect = quota
        .visitor
        .allow(&quota.authorization_url(&[("scope", "openid apps.write")]))
        .await
        .unwrap();
    assert_eq!(query(&redirect)["error"], "invalid_scope");

    let chutes = party(Dialect::Chutes).await;
    for scope in [
        "profile billing:read",
        "profile chutes:invoke:some-id",
        "profile nonsense",
    ] {
        let url = chutes.authorization_url(&[("scope", scope)]);
        assert_eq!(
            chutes.open(&url).await.status(),
            StatusCode::OK,
            "only after Allow"
        );
        assert_eq!(
            query(&chutes.visitor.allow(&url).await.unwrap())["error"],
            "invalid_scope",
            "{scope}"
        );
    }

    let oidc = party(Dialect::Oidc).await;
    let redirect = oidc
        .visitor
        .allow(&oidc.authorization_url(&[("scope", "openid nonsense")]))
        .await
        .unwrap();
    assert!(
        query(&redirect).contains_key("code"),
        "unknown scopes are ignored"
    );
}

#[tokio::test]
async fn the_wrong_response_type_is_refused() {
    let quota = party(Dialect::Quota).await;
    let redirect = quota
        .visitor
        .allow(&quota.authorization_url(&[("response_type", "token")]))
        .await
        .unwrap();
    assert_eq!(query(&redirect)["error"], "unsupported_response_type");
}

#[tokio::test]
async fn the_consent_page_brings_nothing_from_elsewhere_and_cannot_be_framed() {
    let party = party(Dialect::Quota).await;
    let response = party.open(&party.authorization_url(&[])).await;
    let headers = response.headers().clone();
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains("default-src 'none'")
            && policy.contains("frame-ancestors 'none'")
            && !policy.contains("unsafe")
    );
    assert!(
        policy.contains("form-action 'self' http://127.0.0.1:17493;"),
        "browsers check redirects after forms: {policy}"
    );
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
    let cookie = headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let html = response.text().await.unwrap();
    for id in [
        "id=\"allow\"",
        "id=\"deny\"",
        "id=\"name\"",
        "Play money",
        "Penny Sandbox",
        "Tuppence would like to",
    ] {
        assert!(html.contains(id), "{id}");
    }
    assert!(!html.contains("<script") && !html.contains("style=\"") && !html.contains("https://"));
}

#[tokio::test]
async fn a_consent_form_from_another_browser_or_twice_is_refused() {
    let party = party(Dialect::Quota).await;
    let html = party
        .open(&party.authorization_url(&[]))
        .await
        .text()
        .await
        .unwrap();
    let value = |name: &str| {
        let start = html.find(&format!("name=\"{name}\" value=\"")).unwrap()
            + format!("name=\"{name}\" value=\"").len();
        html[start..start + html[start..].find('"').unwrap()].to_owned()
    };
    let form = [
        ("consent", value("consent")),
        ("csrf", value("csrf")),
        ("name", "Penny".into()),
        ("answer", "allow".into()),
    ];
    let response = party
        .http
        .post(party.at("/sandbox/consent"))
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(
        response.status(),
        StatusCode::BAD_REQUEST,
        "no cookie, no consent"
    );
    assert!(party.sandbox.control().subjects().is_empty());
}

#[tokio::test]
async fn a_name_is_an_account_with_a_stable_subject() {
    let party = party(Dialect::Quota).await;
    let other = Visitor::new().unwrap().named("Otto \"<b>\" Example");
    party
        .visitor
        .allow(&party.authorization_url(&[]))
        .await
        .unwrap();
    other.allow(&party.authorization_url(&[])).await.unwrap();
    other.allow(&party.authorization_url(&[])).await.unwrap();
    let subjects = party.sandbox.control().subjects();
    assert_eq!(subjects.len(), 2);
    let again = crate::support::party(Dialect::Quota).await;
    again
        .visitor
        .allow(&again.authorization_url(&[]))
        .await
        .unwrap();
    assert_eq!(
        again.sandbox.control().subjects()[0],
        subjects[0],
        "the same on every machine"
    );
}

#[tokio::test]
async fn a_browser_that_signed_in_before_is_sent_back_silently_only_if_configured() {
    let party = party_with(SandboxConfig {
        silent_reauthorization: true,
        ..config(Dialect::Quota)
    })
    .await;
    let url = party.authorization_url(&[]);
    party.visitor.allow(&url).await.unwrap();
    let fresh = Visitor::new().unwrap();
    assert!(
        query(
            &fresh
                .allow(&party.authorization_url(&[("prompt", "none")]))
                .await
                .unwrap()
        )
        .contains_key("error")
    );
    let silent = party.visitor.deny(&url).await.unwrap();
    assert!(
        query(&silent).contains_key("code"),
        "there was nothing to click Deny on"
    );
    let asked = party
        .visitor
        .deny(&party.authorization_url(&[("prompt", "login")]))
        .await
        .unwrap();
    assert_eq!(query(&asked)["error"], "access_denied");
}

/// Checklist 133.
#[tokio::test]
async fn without_the_install_secret_there_is_nothing() {
    let secret = "an-install-secret-of-some-length";
    let party = party_with(SandboxConfig {
        install_secret: Some(secret.into()),
        ..config(Dialect::Quota)
    })
    .await;
    let root = format!(
        "http://127.0.0.1:{}",
        party.sandbox.issuer().port().unwrap()
    );
    for path in [
        "/.well-known/openid-configuration",
        "/v1/models",
        "/sandbox/health",
        "/wrong/sandbox/health",
        "/",
    ] {
        assert_eq!(
            party
                .http
                .get(format!("{root}{path}"))
                .send()
                .await
                .unwrap()
                .status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(
        party.open(&party.at("/sandbox/health")).await.status(),
        StatusCode::OK
    );
    assert!(
        party
            .sandbox
            .issuer()
            .path()
            .starts_with(&format!("/{secret}"))
    );
    assert!(
        query(
            &party
                .visitor
                .allow(&party.authorization_url(&[]))
                .await
                .unwrap()
        )
        .contains_key("code")
    );
}

#[tokio::test]
async fn another_host_name_is_not_served() {
    let party = party(Dialect::Quota).await;
    let request = party
        .http
        .get(party.at("/sandbox/health"))
        .header(header::HOST, "rebound.invalid");
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::MISDIRECTED_REQUEST
    );
}

#[tokio::test]
async fn a_visitor_says_what_page_it_saw_instead() {
    let party = party(Dialect::Quota).await;
    let error = party
        .visitor
        .allow(&party.authorization_url(&[("client_id", "somebody")]))
        .await
        .unwrap_err();
    assert!(
        matches!(error, VisitError::NoForm { status: 400, html } if html.contains("invalid_client"))
    );
}
