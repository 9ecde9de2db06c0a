//! How much each message of a conversation says, without reading its words: for deciding what is sent
//! of it, and for estimates made while somebody types.

use crate::{Role, Store, StoreError, message::unknown_word};

/// What is put around the words of an attached file, in bytes, beside its name.
const QUOTING: u64 = 16;

/// One message's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSize {
    /// The message.
    pub id: String,
    /// Who speaks.
    pub role: Role,
    /// Bytes of UTF-8 that are sent of it: its words, and those of the files that go with them.
    pub bytes: u64,
    /// Images that go with it.
    pub images: u64,
}

impl Store {
    /// The messages of the shown branch, oldest first; an answer that never came weighs nothing.
    ///
    /// # Errors
    /// Those of any read; a conversation that does not exist says nothing.
    pub fn branch_sizes(&self, conversation_id: &str) -> Result<Vec<MessageSize>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "WITH RECURSIVE shown (seq, depth) AS (
                   SELECT active_root, 0 FROM conversations
                   WHERE id = ?1 AND active_root IS NOT NULL
                   UNION ALL
                   SELECT n.active_child, depth + 1 FROM shown JOIN messages n ON n.seq = shown.seq
                   WHERE n.active_child IS NOT NULL),
                 files (seq, bytes, images) AS (
                   SELECT a.message,
                     sum(octet_length(a.name) + ?2 + iif(a.kind = 'image', 0, a.size)),
                     count(*) FILTER (WHERE a.kind = 'image')
                   FROM attachments a WHERE a.message IN (SELECT seq FROM shown) GROUP BY a.message)
                 SELECT m.id, m.role, octet_length(m.text) + coalesce(f.bytes, 0),
                   coalesce(f.images, 0)
                 FROM shown JOIN messages m USING (seq) LEFT JOIN files f USING (seq)
                 ORDER BY depth",
            )?;
            let rows = statement.query_map((conversation_id, QUOTING.cast_signed()), |row| {
                let role: String = row.get(1)?;
                Ok(MessageSize {
                    id: row.get(0)?,
                    role: match role.as_str() {
                        "user" => Role::User,
                        "assistant" => Role::Assistant,
                        _ => return Err(unknown_word(1)),
                    },
                    bytes: row.get::<_, i64>(2)?.unsigned_abs(),
                    images: row.get::<_, i64>(3)?.unsigned_abs(),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Tokens of the last answers that ended whole, by model, at most `count` each: how long answers
    /// tend to be here.
    ///
    /// # Errors
    /// Those of any read.
    pub fn answer_lengths(&self, count: u32) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT model_id, output_tokens FROM (
                   SELECT model_id, output_tokens,
                     row_number() OVER (PARTITION BY model_id ORDER BY seq DESC) AS nth
                   FROM receipts
                   WHERE outcome = 'complete' AND output_tokens > 0 AND purpose = 'answer'
                     AND seq > (SELECT coalesce(max(seq), 0) - 2000 FROM receipts))
                 WHERE nth <= ?1",
            )?;
            let rows = statement.query_map([count], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

impl crate::Attachment {
    /// What it adds to a message's size: bytes and images.
    #[must_use]
    pub fn weight(&self) -> (u64, u64) {
        let around = self.name.len() as u64 + QUOTING;
        match self.kind {
            crate::AttachmentKind::Image => (around, 1),
            crate::AttachmentKind::Text | crate::AttachmentKind::Pdf => (around + self.size, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::{AddTo, AttachmentKind, NewAttachment, Role, Store, TurnTerms, Words};

    #[test]
    fn files_weigh_and_an_answer_that_has_not_come_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let file = |kind, name: &str| {
            let new = NewAttachment {
                name: name.to_owned(),
                kind,
                media_type: String::new(),
                bytes: vec![b'x'; 100],
                pixels: None,
                pages: None,
            };
            store.add_attachment(AddTo::Request, &new).unwrap()
        };
        let files = [
            file(AttachmentKind::Text, "a.md"),
            file(AttachmentKind::Image, "b.png"),
        ];
        let ids: Vec<String> = files.iter().map(|file| file.id.clone()).collect();
        let words = Words {
            text: "four",
            attachments: &ids,
        };
        let terms = TurnTerms {
            model_id: "m",
            account_key: "a",
            price_snapshot_json: None,
        };
        let (row, turn) = store.begin_conversation(words, &terms).unwrap();
        let sizes = store.branch_sizes(&row.id).unwrap();
        let [only, awaited] = sizes.as_slice() else {
            panic!()
        };
        assert_eq!((awaited.role, awaited.bytes), (Role::Assistant, 0));
        assert_eq!((&only.id, only.role), (&turn.user.id, Role::User));
        let weights = files.iter().map(crate::Attachment::weight);
        let (bytes, images) = weights.fold((4, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        assert_eq!((only.bytes, only.images), (bytes, images));
        assert_eq!((bytes, images), (4 + 100 + 4 + 16 + 5 + 16, 1));
        assert!(store.branch_sizes("nowhere").unwrap().is_empty());
    }
}
