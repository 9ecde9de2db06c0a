use serde_json::{Value, json};
use tuppence_core::{ConversationRow, Shelf, Tuppence};

use crate::account_choice::choose;
use crate::args::{Conversations, ConversationsChange};
use crate::commands::usage::{sums, words};
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    asked: Conversations,
) -> Result<(), Stop> {
    let shelf = match (asked.archived, asked.bin) {
        (true, _) => Shelf::Archive,
        (false, true) => Shelf::Bin,
        (false, false) => Shelf::Current,
    };
    match asked.change {
        Some(change) => alter(core, output, change).await,
        None => list(core, output, account, shelf).await,
    }
}

/// Lists every conversation, or one account's if one is given.
async fn list(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    shelf: Shelf,
) -> Result<(), Stop> {
    let account = match account {
        Some(_) => Some(choose(core, account)?.record.id),
        None => None,
    };
    let mut rows = core.shelf(shelf).await?;
    if let Some(id) = &account {
        rows.retain(|row| row.account_key.as_deref() == Some(id.as_str()));
    }
    let list: Vec<Value> = rows.iter().map(shown).collect();
    output.result(&Value::from(list), || {
        if rows.is_empty() {
            return match shelf {
                Shelf::Current => "There are no conversations yet.",
                Shelf::Archive => "Nothing is archived.",
                Shelf::Bin => "The bin is empty.",
            }
            .to_owned();
        }
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

async fn alter(core: &Tuppence, output: &Output, change: ConversationsChange) -> Result<(), Stop> {
    use ConversationsChange as C;
    let id = match change {
        C::Deleted { conversation } => {
            return deleted(core, output, conversation.as_deref()).await;
        }
        C::Undelete { message } => core.restore_message(&message).await?.row.id,
        C::Pin { conversation, off } => {
            core.pin_conversation(&conversation, !off).await?;
            conversation
        }
        C::Archive { conversation } => {
            core.archive_conversation(&conversation, true).await?;
            conversation
        }
        C::Bin { conversation } => {
            core.delete_conversation(&conversation).await?;
            conversation
        }
        C::Restore { conversation } => {
            // Out of the bin it goes to where it was; out of the archive to the list.
            let row = core.conversation_row(&conversation).await?;
            if row.deleted_at.is_some() {
                core.restore_conversation(&conversation).await?;
            } else {
                core.archive_conversation(&conversation, false).await?;
            }
            conversation
        }
        C::Rename {
            conversation,
            title,
        } => {
            let title = title.join(" ");
            if title.trim().is_empty() {
                return Err(Stop::usage("a title has words in it"));
            }
            core.rename_conversation(&conversation, &title).await?;
            conversation
        }
    };
    let row = core.conversation_row(&id).await?;
    output.result(&shown(&row), || line(&row));
    Ok(())
}

async fn deleted(core: &Tuppence, output: &Output, conversation: Option<&str>) -> Result<(), Stop> {
    let messages = core.deleted_messages(conversation).await?;
    let list: Vec<Value> = messages
        .iter()
        .map(|deleted| {
            json!({
                "message": deleted.id,
                "conversation": deleted.conversation_id,
                "title": deleted.conversation_title,
                "role": deleted.role.to_string(),
                "beginning": deleted.beginning,
                "deleted_at": rfc3339(deleted.deleted_at),
                "messages": deleted.messages,
            })
        })
        .collect();
    output.result(&Value::from(list), || {
        if messages.is_empty() {
            return "No deleted message can be brought back.".to_owned();
        }
        let lines = messages.iter().map(|deleted| {
            let beginning: Vec<&str> = deleted.beginning.split_whitespace().collect();
            let beginning: String = beginning.join(" ").chars().take(60).collect();
            let count = deleted.messages;
            format!(
                "{}  {}: {beginning}  ({count} of \"{}\")",
                deleted.id, deleted.role, deleted.conversation_title
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

fn shown(row: &ConversationRow) -> Value {
    json!({
        "conversation": row.id,
        "title": row.title,
        "updated_at": rfc3339(row.updated_at),
        "account": row.account_key,
        "model": row.model_id,
        "cost": sums(&row.totals),
        "streaming": row.streaming,
        "pinned": row.pinned,
        "archived": row.archived,
        "folder": row.folder,
        "in_bin_since": row.deleted_at.map(rfc3339),
    })
}

fn line(row: &ConversationRow) -> String {
    let day = rfc3339(row.updated_at);
    let day = day.get(..10).unwrap_or_default();
    let pinned = if row.pinned { "* " } else { "" };
    format!(
        "{}  {day}  {pinned}{}  ({})",
        row.id,
        row.title,
        words(&row.totals)
    )
}
