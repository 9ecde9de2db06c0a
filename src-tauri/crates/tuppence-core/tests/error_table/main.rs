//! Every shape in which a provider refuses or breaks off, served on loopback, with the cause that the
//! core makes of it. `shapes.json` is the table; `docs/errors.md` is made from it (`UPDATE_DOCS=1`), and
//! the window's tests read it for each shape's main action.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod docs;
mod provider;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use futures_util::StreamExt as _;
use tuppence_core::Failure;
use wallet_api::{CancellationToken, ChatEvent, ChatMessage, ChatRequest, Role, Wallet};

/// One row.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    /// Who answers so.
    from: String,
    /// What has happened there.
    when: String,
    #[serde(default)]
    dialect: Dialect,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(rename = "type")]
    content_type: Option<String>,
    #[serde(default)]
    body: String,
    /// In place of a body: what is streamed.
    stream: Option<String>,
    /// What a second look at the wallet finds.
    balance: Option<String>,
    /// The cause, by the contract's name; none where the answer is whole.
    code: Option<String>,
    /// What the window offers first.
    action: Option<String>,
    /// It is said how long to wait.
    #[serde(default)]
    waits: bool,
    /// The words that were received.
    keeps: Option<String>,
}

#[derive(Clone, Copy, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Dialect {
    #[default]
    Quota,
    Chutes,
    Key,
}

pub(crate) fn shapes() -> Vec<Shape> {
    serde_json::from_str(include_str!("shapes.json")).unwrap()
}

/// Checklist 109, 113.
#[tokio::test(flavor = "multi_thread")]
async fn every_shape_has_its_one_cause_and_keeps_what_was_paid() {
    for shape in shapes() {
        let row = format!("{}: {}", shape.from, shape.when);
        let provider = provider::Provider::start(&shape).await;
        let wallet = provider.wallet();
        let asked = tokio::time::timeout(Duration::from_secs(30), ask(&wallet));
        let (text, failure) = asked.await.expect("an end");
        assert_eq!(failure.as_ref().map(code), shape.code, "{row}: {failure:?}");
        assert_eq!(text, shape.keeps.as_deref().unwrap_or_default(), "{row}");
        let later = failure.and_then(|failure| failure.retry_at);
        assert_eq!(
            later.is_some_and(|at| at > SystemTime::now()),
            shape.waits,
            "{row}"
        );
    }
}

async fn ask(wallet: &Wallet) -> (String, Option<Failure>) {
    let request = ChatRequest::new("model-a", vec![ChatMessage::new(Role::User, "Why?")]);
    let mut text = String::new();
    let mut stream = match wallet.chat(request, CancellationToken::new()).await {
        Ok(stream) => stream,
        Err(error) => return (text, Some(error.into())),
    };
    while let Some(event) = stream.next().await {
        match event {
            Ok(ChatEvent::Text(more)) => text.push_str(&more),
            Ok(ChatEvent::Restarted) => text.clear(),
            Ok(_) => {}
            Err(error) => return (text, Some(error.into())),
        }
    }
    (text, None)
}

/// The name in the contract: the kind's own, with a small first letter.
fn code(failure: &Failure) -> String {
    let name = format!("{:?}", failure.kind);
    name[..1].to_lowercase() + &name[1..]
}
