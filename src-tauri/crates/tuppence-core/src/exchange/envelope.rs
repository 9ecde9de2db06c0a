//! Our own format: everything, documented in `docs/export-format.md`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use conversations::{Store, StoreError, WholeConversation};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What the file calls itself.
pub(super) const FORMAT: &str = "tuppence-conversations";
/// The version that is written. A reader takes every version up to its own.
pub(super) const VERSION: u32 = 1;

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
    out: &mut impl Write,
) -> Result<io::Result<()>, StoreError> {
    let at = OffsetDateTime::now_utc()
        .format(&Rfc3339)
        .unwrap_or_default();
    let head = write!(
        out,
        "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},\n  \"exported_at\": \"{at}\",\n  \"conversations\": ["
    );
    if head.is_err() {
        return Ok(head);
    }
    for (number, id) in ids.iter().enumerate() {
        let enclosed = enclosed(store, id)?;
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

fn enclosed(store: &Store, id: &str) -> Result<Enclosed, StoreError> {
    let conversation = store.whole(id)?;
    let mut files = BTreeMap::new();
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
