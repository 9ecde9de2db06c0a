//! The top-up page. An app opens it with a single-use ticket, so that no bearer token is ever in an address.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use html_escape::encode_text;
use serde_json::json;

use super::{
    layout::{Page, message, path_of, refused},
    sign_in::{port, set_cookie},
};
use crate::{
    api::Caller,
    provider::{Provider, locked},
    reply::{found, ok},
    secrets::same,
    wire::{Parameters, cookie},
};

fn cookie_name(provider: &Provider) -> String {
    format!("sandbox-top-up-{}", port(provider))
}

/// `POST /sandbox/top-up-ticket` with a bearer token: an address for the browser, good once.
pub(super) async fn ticket(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    match Caller::with_any_scope(&provider, &headers, &[]) {
        Ok(caller) => {
            let ticket = locked(&provider.browsers).issue_ticket(&caller.account.subject);
            provider.tally.secret(&ticket);
            ok(&json!({ "url": provider.address(&format!("/sandbox/top-up/{ticket}")) }))
        }
        Err(error) => error.reply(provider.dialect()),
    }
}

/// Spends the ticket for a cookie.
pub(super) async fn open(
    State(provider): State<Arc<Provider>>,
    Path(ticket): Path<String>,
) -> Response {
    let cookie = locked(&provider.browsers).redeem_ticket(&ticket);
    let Some(cookie) = cookie else {
        return message(
            &provider,
            "This link was used already",
            "Ask for the top-up page again in the app: each link opens it once.",
        );
    };
    let mut response = found(&format!("{}/sandbox/top-up", path_of(&provider.base)));
    set_cookie(&provider, &mut response, &cookie_name(&provider), &cookie);
    response
}

/// The page.
pub(super) async fn page(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    match session(&provider, &headers) {
        Some((subject, csrf)) => show(&provider, &subject, &csrf),
        None => refused(&provider, "signed_out", "open the top-up page from the app"),
    }
}

/// A button on it.
pub(super) async fn change(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some((subject, csrf)) = session(&provider, &headers) else {
        return refused(&provider, "signed_out", "open the top-up page from the app");
    };
    let form = Parameters::form(&headers, &body).unwrap_or_default();
    if !same(form.get("csrf").unwrap_or_default(), &csrf) {
        return refused(
            &provider,
            "invalid_request",
            "the form was not sent from this page",
        );
    }
    if let Some(account) = locked(&provider.books).account_mut(&subject) {
        match form.get("change") {
            Some("add-1") => {
                account.balance_micro = account.balance_micro.saturating_add(1_000_000)
            }
            Some("add-5") => {
                account.balance_micro = account.balance_micro.saturating_add(5_000_000)
            }
            Some("spend-all") => account.balance_micro = account.balance_micro.min(0),
            _ => {}
        }
    }
    provider.save().await;
    // Shown again by GET, so that reloading repeats nothing.
    found(&format!("{}/sandbox/top-up", path_of(&provider.base)))
}

fn session(provider: &Provider, headers: &HeaderMap) -> Option<(String, String)> {
    locked(&provider.browsers).top_up(cookie(headers, &cookie_name(provider))?)
}

fn show(provider: &Provider, subject: &str, csrf: &str) -> Response {
    let account = locked(&provider.books)
        .account(subject)
        .map(|account| (account.name.clone(), account.balance_micro));
    let Some((name, balance)) = account else {
        return refused(provider, "signed_out", "open the top-up page from the app");
    };
    let body = format!(
        "<h1>Play wallet of {name}</h1>\n<p class=\"amount\" id=\"balance\">{amount}</p>\n\
         <form method=\"post\" action=\"{path}/sandbox/top-up\">\n<input type=\"hidden\" name=\"csrf\" value=\"{csrf}\">\n\
         <div class=\"actions\">\n<button id=\"top-up-1\" name=\"change\" value=\"add-1\" class=\"primary\">Add {one}</button>\n\
         <button id=\"top-up-5\" name=\"change\" value=\"add-5\" class=\"primary\">Add {five}</button>\n</div>\n\
         <div class=\"actions\">\n<button id=\"spend-all\" name=\"change\" value=\"spend-all\">Spend everything (to see what happens then)</button>\n</div>\n</form>\n\
         <p class=\"note\">Nobody is charged: these are toy coins. When you are done, close this tab and go back to the app.</p>",
        name = encode_text(&name),
        amount = amount(balance),
        one = amount(1_000_000),
        five = amount(5_000_000),
        path = path_of(&provider.base),
    );
    Page {
        status: StatusCode::OK,
        title: "Play wallet",
        body,
        form_target: None,
        base: &provider.base,
    }
    .reply()
}

/// Play money as a person reads it, to a hundredth of a cent. It has a mark of its own, as in the app: a
/// dollar sign would promise what it is not.
fn amount(micro: i64) -> String {
    let sign = if micro < 0 { "−" } else { "" };
    let micro = micro.unsigned_abs();
    let (whole, fraction) = (micro / 1_000_000, micro % 1_000_000 / 100);
    if fraction % 100 == 0 {
        format!("▷ {sign}{whole}.{:02} play", fraction / 100)
    } else {
        format!("▷ {sign}{whole}.{fraction:04} play")
    }
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn amounts_are_shown_to_a_hundredth_of_a_cent() {
        assert_eq!(amount(5_000_000), "▷ 5.00 play");
        assert_eq!(amount(4_987_650), "▷ 4.9876 play");
        assert_eq!(amount(-1_500_000), "▷ −1.50 play");
        assert_eq!(amount(0), "▷ 0.00 play");
    }
}
