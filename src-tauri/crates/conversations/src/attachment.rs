//! Files that go with a person's words: rows here, bytes in `attachments/<SHA-256>`, each once.

use std::{fs, path::PathBuf, time::Duration};

use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Store, StoreError, Subject, clock,
    error::IoContext,
    files,
    message::{conversation_seq, unknown_word},
    new_id,
};

/// What was added and never sent nor kept in a draft is forgotten after this long.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// A file as it is sent: the image without what its camera wrote, the words of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its id.
    pub id: String,
    /// The name of the file that it was made from, without folders.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// The media type of the bytes that are kept.
    pub media_type: String,
    /// SHA-256 of those bytes, in hexadecimal.
    pub hash: String,
    /// How many they are.
    pub size: u64,
    /// Pixels across, of an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down, of an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Pages, of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
}

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// An image, for models that see.
    Image,
    /// Text or code.
    Text,
    /// The words of a PDF.
    Pdf,
}

impl AttachmentKind {
    fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Text => "text",
            Self::Pdf => "pdf",
        }
    }
}

/// What to keep.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// The file's name.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// The media type of `bytes`.
    pub media_type: String,
    /// What will be sent.
    pub bytes: Vec<u8>,
    /// Pixels, of an image: across and down.
    pub pixels: Option<(u32, u32)>,
    /// Pages, of a PDF.
    pub pages: Option<u32>,
}

/// What an attachment is added to.
#[derive(Clone, Copy, Debug)]
pub enum AddTo<'a> {
    /// A draft; `None` is that of the conversation which does not exist yet.
    Draft(Option<&'a str>),
    /// A request that is about to be sent.
    Request,
}

impl Store {
    /// Keeps a file, to be sent later.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::DiskFull`] and those of any write.
    pub fn add_attachment(&self, to: AddTo, new: &NewAttachment) -> Result<Attachment, StoreError> {
        self.write_durably(|tx| {
            let (in_draft, conversation) = match to {
                AddTo::Draft(Some(id)) => (true, Some(conversation_seq(tx, id)?)),
                AddTo::Draft(None) => (true, None),
                AddTo::Request => (false, None),
            };
            let attachment = Attachment {
                id: new_id(),
                name: new.name.clone(),
                kind: new.kind,
                media_type: new.media_type.clone(),
                hash: hash_of(&new.bytes),
                size: new.bytes.len() as u64,
                width: new.pixels.map(|(width, _)| width),
                height: new.pixels.map(|(_, height)| height),
                pages: new.pages,
            };
            self.keep_file(&attachment.hash, &new.bytes)?;
            insert(
                tx,
                &attachment,
                Owner::Unsent {
                    in_draft,
                    conversation,
                },
            )?;
            Ok(attachment)
        })
    }

    /// Takes an attachment that was not sent out of its draft.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for one that was sent.
    pub fn remove_attachment(&self, id: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let removed = tx
                .prepare_cached("DELETE FROM attachments WHERE id = ?1 AND message IS NULL")?
                .execute([id])?;
            if removed == 1 {
                Ok(())
            } else {
                Err(StoreError::NotFound(Subject::Attachment))
            }
        })?;
        self.sweep_attachments()
    }

    /// The attachments of a draft, in the order they were added.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn draft_attachments(
        &self,
        conversation_id: Option<&str>,
    ) -> Result<Vec<Attachment>, StoreError> {
        self.read(|tx| {
            let conversation = conversation_id
                .map(|id| conversation_seq(tx, id))
                .transpose()?;
            let sql = format!(
                "SELECT {COLUMNS} FROM attachments a
                 WHERE a.in_draft = 1 AND a.conversation IS ?1 ORDER BY a.seq"
            );
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement.query_map([conversation], from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// One attachment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn attachment(&self, id: &str) -> Result<Attachment, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM attachments a WHERE a.id = ?1");
        self.read(|tx| {
            tx.prepare_cached(&sql)?
                .query_row([id], from_row)
                .optional()?
                .ok_or(StoreError::NotFound(Subject::Attachment))
        })
    }

    /// An attachment's bytes. They are checked against their name: a file that was changed is
    /// damaged.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for one that is gone or damaged, [`StoreError::Io`].
    pub fn attachment_bytes(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let gone = || StoreError::NotFound(Subject::Attachment);
        if !is_hash(hash) {
            return Err(gone());
        }
        match fs::read(self.attachment_path(hash)) {
            Ok(bytes) if hash_of(&bytes) == hash => Ok(bytes),
            Ok(_) => Err(gone()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(gone()),
            Err(error) => Err(error).during("reading an attachment"),
        }
    }

    /// Removes files that no row speaks of, and rows that were never sent nor kept.
    ///
    /// # Errors
    /// Those of any write.
    pub fn sweep_attachments(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            let abandoned =
                clock::now_ms() - i64::try_from(ABANDONED_AFTER.as_millis()).unwrap_or(0);
            tx.execute(
                "DELETE FROM attachments WHERE message IS NULL AND in_draft = 0 AND added_at < ?1",
                [abandoned],
            )?;
            let Ok(files) = fs::read_dir(self.attachments_dir()) else {
                return Ok(());
            };
            let mut used = tx.prepare_cached("SELECT 1 FROM attachments WHERE hash = ?1")?;
            // Under the database's lock: nobody is between keeping a file and writing its row.
            for file in files.flatten() {
                let name = file.file_name().to_string_lossy().into_owned();
                if !is_hash(&name) || !used.exists([&name])? {
                    files::remove_if_there(&file.path())?;
                }
            }
            Ok(())
        })
    }

    /// Writes a file under its hash, whole or not at all.
    pub(crate) fn keep_file(&self, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.attachment_path(hash);
        if path.exists() {
            return Ok(());
        }
        files::private_dir(&self.attachments_dir())?;
        let partial = files::with_suffix(&path, ".partial");
        let write = || {
            let mut file = files::private_file(&partial)?;
            file.set_len(0)?;
            std::io::Write::write_all(&mut file, bytes)?;
            file.sync_all()?;
            fs::rename(&partial, &path)
        };
        write().during("keeping an attachment")
    }

    fn attachments_dir(&self) -> PathBuf {
        self.dir().join("attachments")
    }

    fn attachment_path(&self, hash: &str) -> PathBuf {
        self.attachments_dir().join(hash)
    }
}

/// Who has an attachment.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    /// Words that were sent.
    Message(i64),
    /// Nobody yet.
    Unsent {
        in_draft: bool,
        conversation: Option<i64>,
    },
}

pub(crate) fn insert(
    tx: &Transaction,
    attachment: &Attachment,
    owner: Owner,
) -> Result<(), StoreError> {
    let (message, in_draft, conversation) = match owner {
        Owner::Message(seq) => (Some(seq), false, None),
        Owner::Unsent {
            in_draft,
            conversation,
        } => (None, in_draft, conversation),
    };
    tx.prepare_cached(
        "INSERT INTO attachments (id, message, in_draft, conversation, hash, name, kind, media_type,
           size, width, height, pages, added_at)
         VALUES (:id, :message, :in_draft, :conversation, :hash, :name, :kind, :media_type,
           :size, :width, :height, :pages, :now)",
    )?
    .execute(named_params! {
        ":id": attachment.id,
        ":message": message,
        ":in_draft": in_draft,
        ":conversation": conversation,
        ":hash": attachment.hash,
        ":name": attachment.name,
        ":kind": attachment.kind.name(),
        ":media_type": attachment.media_type,
        ":size": i64::try_from(attachment.size).unwrap_or(i64::MAX),
        ":width": attachment.width,
        ":height": attachment.height,
        ":pages": attachment.pages,
        ":now": clock::now_ms(),
    })?;
    Ok(())
}

/// Gives a message what was added for it, and copies of what an earlier message has.
pub(crate) fn send_with(tx: &Transaction, message: i64, ids: &[String]) -> Result<(), StoreError> {
    for id in ids {
        let taken = tx
            .prepare_cached(
                "UPDATE attachments SET message = ?2, in_draft = 0, conversation = NULL
                 WHERE id = ?1 AND message IS NULL",
            )?
            .execute(params![id, message])?;
        if taken == 0 {
            copy(tx, "a.id = ?1", id, message)?;
        }
    }
    Ok(())
}

/// Gives a message all that another one has.
pub(crate) fn copy_all(tx: &Transaction, from: i64, to: i64) -> Result<(), StoreError> {
    for attachment in of_message(tx, from)? {
        copy(tx, "a.id = ?1", &attachment.id, to)?;
    }
    Ok(())
}

fn copy(tx: &Transaction, which: &str, value: &str, message: i64) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM attachments a WHERE {which}");
    let found = tx
        .prepare_cached(&sql)?
        .query_row([value], from_row)
        .optional()?;
    let found = found.ok_or(StoreError::NotFound(Subject::Attachment))?;
    let copied = Attachment {
        id: new_id(),
        ..found
    };
    insert(tx, &copied, Owner::Message(message))
}

pub(crate) fn of_message(tx: &Transaction, message: i64) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM attachments a WHERE a.message = ?1 ORDER BY a.seq");
    let mut statement = tx.prepare_cached(&sql)?;
    let rows = statement.query_map([message], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const COLUMNS: &str =
    "a.id, a.name, a.kind, a.media_type, a.hash, a.size, a.width, a.height, a.pages";

fn from_row(row: &Row) -> rusqlite::Result<Attachment> {
    let kind: String = row.get(2)?;
    Ok(Attachment {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: match kind.as_str() {
            "image" => AttachmentKind::Image,
            "text" => AttachmentKind::Text,
            "pdf" => AttachmentKind::Pdf,
            _ => return Err(unknown_word(2)),
        },
        media_type: row.get(3)?,
        hash: row.get(4)?,
        size: u64::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
        width: row.get(6)?,
        height: row.get(7)?,
        pages: row.get(8)?,
    })
}

pub(crate) fn hash_of(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Nothing else may become part of a path.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
