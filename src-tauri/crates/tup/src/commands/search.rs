use serde_json::{Value, json};
use tuppence_core::{Role, SearchRequest, Tuppence, snippet_parts};

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    words: &str,
    limit: u32,
) -> Result<(), Stop> {
    let account = match account {
        Some(_) => Some(choose(core, account)?.record.id),
        None => None,
    };
    let request = SearchRequest {
        words: words.to_owned(),
        account,
        ..SearchRequest::default()
    };
    let hits = core.search(request, limit).await?;
    let role = |role| match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let list: Vec<Value> = hits
        .iter()
        .map(|hit| {
            json!({
                "conversation": hit.conversation_id,
                "title": hit.conversation_title,
                "message": hit.message_id,
                "role": role(hit.role),
                "at": rfc3339(hit.created_at),
                "snippet": plain(&hit.snippet),
            })
        })
        .collect();
    output.result(&Value::from(list), || {
        if hits.is_empty() {
            return "Nothing holds all of these words.".to_owned();
        }
        let lines = hits.iter().map(|hit| {
            let (id, title) = (&hit.conversation_id, &hit.conversation_title);
            let snippet = plain(&hit.snippet).replace('\n', " ");
            format!("{id}  {title}\n  {}: {snippet}", role(hit.role))
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// A snippet as plain text.
fn plain(snippet: &str) -> String {
    snippet_parts(snippet)
        .into_iter()
        .map(|part| part.text)
        .collect()
}
