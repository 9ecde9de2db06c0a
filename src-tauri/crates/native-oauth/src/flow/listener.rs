use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::BrowserReturn;
use super::attempt::{Attempt, Decision, End};
use super::browser::PAGE_LIMIT;
use crate::pkce::random_text;
use crate::redirect::loopback::{LoopbackServer, Reply, Request};
use crate::redirect::page::{Completion, PageText};
use crate::trace::StepKind;

/// So long the browser is kept waiting for the outcome. The exchange, the keys and the keychain are each
/// bounded; together they take less in any case worth waiting for.
const OUTCOME_LIMIT: Duration = Duration::from_secs(90);
/// So many refused requests of one attempt are logged, or told to its observer. Answering them has no
/// limit.
const LOGGED_REFUSALS: usize = 10;

/// Serves one attempt: until it ends or `closed`, and then until the browser has its page.
pub(super) async fn serve(
    mut server: LoopbackServer,
    attempt: Arc<Attempt>,
    page: PageText,
    closed: CancellationToken,
) {
    let held = tokio::select! {
        () = closed.cancelled() => None,
        held = wait(&mut server, &attempt) => held,
    };
    if let Some(held) = held {
        complete(server, held, &page).await;
    }
}

/// The browser's request that brought the response, with the channels to the flow.
struct Held {
    request: Request,
    outcome: oneshot::Receiver<Completion>,
    shown: oneshot::Sender<()>,
}

/// Answers requests until the attempt ends; `None` if no browser waits then.
async fn wait(server: &mut LoopbackServer, attempt: &Attempt) -> Option<Held> {
    let mut refusals = 0;
    loop {
        let request = server.next().await;
        match attempt.decide(&request.head) {
            Decision::Ignore(reply, reason) => {
                if refusals < LOGGED_REFUSALS {
                    refusals += 1;
                    attempt
                        .reporter()
                        .ignored(StepKind::AuthorizationResponse, &reason);
                }
                request.answer_aside(reply);
            }
            Decision::Answer(reply) => {
                if refusals < LOGGED_REFUSALS {
                    refusals += 1;
                    tracing::debug!(method = %request.head.method, ?reply, "redirect listener answered");
                }
                request.answer_aside(reply);
            }
            Decision::Abort(reply) => {
                tracing::warn!("a launch address was used twice; the sign-in is aborted");
                request.answer_aside(reply);
                let _ = attempt.end(End::LaunchAddressReused);
                return None;
            }
            Decision::Hold(response) => {
                let (browser, outcome, shown) = BrowserReturn::held();
                match attempt.end(End::Response {
                    response,
                    browser: Some(browser),
                }) {
                    Ok(()) => {
                        return Some(Held {
                            request,
                            outcome,
                            shown,
                        });
                    }
                    Err(_) => request.answer_aside(Reply::gone()),
                }
            }
        }
    }
}

/// Keeps the browser until the outcome is known, then sends it to a page whose address has no query.
async fn complete(mut server: LoopbackServer, held: Held, page: &PageText) {
    let unfinished = || Completion::Failed {
        message: "The application could not finish the sign-in.".to_owned(),
    };
    let mut known = std::pin::pin!(held.outcome);
    let mut too_late = std::pin::pin!(sleep(OUTCOME_LIMIT));
    let outcome = loop {
        tokio::select! {
            outcome = &mut known => break outcome.unwrap_or_else(|_| unfinished()),
            () = &mut too_late => break unfinished(),
            request = server.next() => request.answer_aside(Reply::gone()),
        }
    };
    // The page names the account, so its path is not to be guessed either.
    let path = format!("/done/{}", random_text().expose());
    held.request.answer_aside(Reply::see_other(&path));
    let offered = timeout(PAGE_LIMIT, async {
        loop {
            let request = server.next().await;
            if request.head.method == "GET" && request.head.path == path {
                return request.answer(Reply::page(page.render(&outcome))).await;
            }
            request.answer_aside(Reply::not_found());
        }
    });
    let _ = offered.await;
    let _ = held.shown.send(());
}
