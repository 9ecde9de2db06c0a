//! Files of conversations, whoever wrote them.

mod archive;
#[cfg(test)]
mod archive_tests;
mod chatgpt;
mod claude;
mod foreign;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use conversations::{Store, StoreError, TakenIn, WholeConversation};
use serde_json::Value;

use super::envelope::{self, Enclosed};
use crate::failure::{Failure, FailureKind};
use archive::{Archive, Limits};

/// Who wrote the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOrigin {
    /// Tuppence.
    Own,
    /// ChatGPT's data export.
    ChatGpt,
    /// Claude's data export.
    Claude,
}

/// What became of a file's conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Who wrote the file.
    pub origin: FileOrigin,
    /// Ids of those that are in the list now.
    pub added: Vec<String>,
    /// How many were here already.
    pub already_here: usize,
    /// How many had nothing to read, or contradict themselves.
    pub left_out: usize,
}

/// A conversation of a file, with its bytes.
struct Incoming {
    conversation: WholeConversation,
    /// Base64 by SHA-256.
    files: BTreeMap<String, String>,
}

/// Takes in what the file has. The inner error says that it is no such file.
pub(super) fn take_in(
    store: &Store,
    bytes: &[u8],
) -> Result<Result<Imported, Failure>, StoreError> {
    if archive::is_archive(bytes) {
        return take_in_archive(store, bytes, Limits::USUAL);
    }
    match read(bytes) {
        Ok(read) => Ok(Ok(take_in_document(store, read, |_| None)?)),
        Err(failure) => Ok(Err(failure)),
    }
}

fn take_in_archive(
    store: &Store,
    bytes: &[u8],
    limits: Limits,
) -> Result<Result<Imported, Failure>, StoreError> {
    // All is read before anything is taken in: a part that cannot be read is no reason for half.
    let opened = Archive::open(bytes, limits).and_then(|mut archive| {
        let documents = archive.documents()?;
        let documents: Result<Vec<Read>, Failure> = documents.iter().map(|it| read(it)).collect();
        Ok((documents?, archive))
    });
    let (documents, mut archive) = match opened {
        Ok(opened) => opened,
        Err(failure) => return Ok(Err(failure)),
    };
    let mut all: Option<Imported> = None;
    for document in documents {
        let imported = take_in_document(store, document, |hash| archive.file(hash))?;
        match &mut all {
            Some(all) => {
                all.added.extend(imported.added);
                all.already_here += imported.already_here;
                all.left_out += imported.left_out;
            }
            None => all = Some(imported),
        }
    }
    Ok(all.ok_or_else(|| Failure::internal("an archive without conversations was opened")))
}

/// `beside` has files that are not in the document itself, by their hash.
fn take_in_document(
    store: &Store,
    read: Read,
    mut beside: impl FnMut(&str) -> Option<Vec<u8>>,
) -> Result<Imported, StoreError> {
    let mut imported = Imported {
        origin: read.origin,
        added: Vec::new(),
        already_here: 0,
        left_out: read.left_out,
    };
    for incoming in read.conversations {
        let files = |hash: &str| match incoming.files.get(hash) {
            Some(inside) => STANDARD.decode(inside).ok(),
            None => beside(hash),
        };
        match store.take_in(&incoming.conversation, files) {
            Ok(TakenIn::Added) => imported.added.push(incoming.conversation.id),
            Ok(TakenIn::AlreadyHere) => imported.already_here += 1,
            Err(StoreError::NotImportable(why)) => {
                tracing::warn!(why, "a conversation of the file was left out");
                imported.left_out += 1;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(imported)
}

struct Read {
    origin: FileOrigin,
    conversations: Vec<Incoming>,
    left_out: usize,
}

fn read(bytes: &[u8]) -> Result<Read, Failure> {
    let unreadable = |why: &str| Failure::lasting(FailureKind::ImportUnreadable, why);
    let value: Value = serde_json::from_slice(bytes).map_err(|_| unreadable("it is not JSON"))?;
    if value["format"] == envelope::FORMAT {
        if value["version"]
            .as_u64()
            .is_none_or(|version| version > u64::from(envelope::VERSION))
        {
            return Err(unreadable("a later version of Tuppence wrote it"));
        }
        return Ok(each(FileOrigin::Own, list(value, "conversations"), own));
    }
    let rows = match value {
        Value::Array(rows) => rows,
        Value::Object(ref members) if members.contains_key("conversations") => {
            list(value, "conversations")
        }
        one => vec![one],
    };
    let has = |member: &str| rows.iter().any(|row| !row[member].is_null());
    if has("mapping") {
        Ok(each(FileOrigin::ChatGpt, rows, chatgpt::read))
    } else if has("chat_messages") {
        Ok(each(FileOrigin::Claude, rows, claude::read))
    } else {
        Err(unreadable("it is no export of Tuppence, ChatGPT or Claude"))
    }
}

fn list(mut value: Value, member: &str) -> Vec<Value> {
    match value[member].take() {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    }
}

fn each(origin: FileOrigin, rows: Vec<Value>, read: fn(Value) -> Option<Incoming>) -> Read {
    let count = rows.len();
    let conversations: Vec<_> = rows.into_iter().filter_map(read).collect();
    Read {
        origin,
        left_out: count - conversations.len(),
        conversations,
    }
}

fn own(value: Value) -> Option<Incoming> {
    let Enclosed {
        conversation,
        files,
    } = serde_json::from_value(value)
        .inspect_err(|error| tracing::warn!(%error, "a conversation of the file cannot be read"))
        .ok()?;
    Some(Incoming {
        conversation,
        files,
    })
}
