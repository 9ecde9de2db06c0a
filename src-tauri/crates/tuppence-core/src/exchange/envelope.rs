//! Our own format: everything, documented in `docs/export-format.md`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use conversations::{Store, StoreError, WholeConversation};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Files;

/// What the file calls itself.
pub(super) const FORMAT: &str = "tuppence-conversations";
/// The last version that is read. A file is of the second if what was deleted is in it: a reader of the
/// first would take that for what is still there.
pub(super) const VERSION: u32 = 2;

/// One conversation with the bytes of what goes with it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Enclosed {
    #[serde(flatten)]
    pub(super) conversation: WholeConversation,
    /// Base64 by SHA-256.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) files: BTreeMap<String, String>,
}

pub(super) fn write(
    store: &Store,
    ids: &[String],
    deleted: bool,
    files: Files,
    out: &mut impl Write,
) -> Result<io::Result<()>, StoreError> {
    let at = OffsetDateTime::now_utc()
        .format(&Rfc3339)
        .unwrap_or_default();
    let version = if deleted { VERSION } else { 1 };
    let head = write!(
        out,
        "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {version},\n  \"exported_at\": \"{at}\",\n  \"conversations\": ["
    );
    if head.is_err() {
        return Ok(head);
    }
    for (number, id) in ids.iter().enumerate() {
        let enclosed = enclosed(store, id, deleted, files)?;
        let written = (|| {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &enclosed).map_err(io::Error::from)
        })();
        if written.is_err() {
            return Ok(written);
        }
    }
    Ok(out.write_all(b"\n  ]\n}\n"))
}

fn enclosed(store: &Store, id: &str, deleted: bool, place: Files) -> Result<Enclosed, StoreError> {
    let conversation = whole(store, id, deleted)?;
    let mut files = BTreeMap::new();
    if place == Files::Beside {
        return Ok(Enclosed {
            conversation,
            files,
        });
    }
    for attachment in conversation
        .messages
        .iter()
        .flat_map(|message| &message.attachments)
    {
        // One that is gone from the disk is named all the same.
        if let Ok(bytes) = store.attachment_bytes(&attachment.hash) {
            files
                .entry(attachment.hash.clone())
                .or_insert_with(|| STANDARD.encode(bytes));
        }
    }
    Ok(Enclosed {
        conversation,
        files,
    })
}

/// A conversation as it is exported. Without what was deleted, one that lies in the bin was asked for by
/// its id, and is as any other.
pub(super) fn whole(
    store: &Store,
    id: &str,
    deleted: bool,
) -> Result<WholeConversation, StoreError> {
    if deleted {
        return store.whole_with_deleted(id);
    }
    let mut whole = store.whole(id)?;
    whole.deleted_at = None;
    Ok(whole)
}
