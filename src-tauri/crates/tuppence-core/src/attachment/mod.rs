//! Files that go with a person's words: recognised by their content, made small and private, kept.

pub(crate) mod image;
mod pdf;
mod pdf_reader;
mod text;

use conversations::{AddTo, Attachment, AttachmentKind, NewAttachment};

use crate::Tuppence;
use crate::failure::{Failure, FailureKind};

pub use pdf_reader::read_pdf_if_asked;

/// Largest image or PDF file that is taken, in bytes.
pub const LARGEST_FILE: usize = 20 << 20;

/// Most text that is taken, in bytes of UTF-8: of a text file, or of a PDF's words.
pub const LARGEST_TEXT: usize = 1 << 20;

/// Longest name that is kept, in characters.
const LONGEST_NAME: usize = 200;

impl Tuppence {
    /// Recognises a file by its content and keeps what will be sent of it: an image re-encoded without
    /// what its camera wrote (place, time, device), no larger than models look at; the words of a PDF,
    /// read in a process of its own; a text.
    ///
    /// # Errors
    /// [`FailureKind::AttachmentTooLarge`], [`FailureKind::AttachmentUnsupported`],
    /// [`FailureKind::AttachmentUnreadable`]; those of a write.
    pub async fn attach_file(
        &self,
        to: AttachTo,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Attachment, Failure> {
        let new = prepared(name, bytes).await?;
        self.with_store(move |store| {
            let to = match &to {
                AttachTo::Draft(id) => AddTo::Draft(id.as_deref()),
                AttachTo::Request => AddTo::Request,
            };
            store.add_attachment(to, &new)
        })
        .await
    }

    /// Takes an attachment out of a draft.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`], also for one that was sent.
    pub async fn remove_attachment(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        self.with_store(move |store| store.remove_attachment(&id))
            .await
    }

    /// What is attached to a draft; `None` is that of the conversation which does not exist yet.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`].
    pub async fn draft_attachments(
        &self,
        conversation_id: Option<&str>,
    ) -> Result<Vec<Attachment>, Failure> {
        let id = conversation_id.map(str::to_owned);
        self.with_store(move |store| store.draft_attachments(id.as_deref()))
            .await
    }

    /// An attachment with the bytes that are sent.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`].
    pub async fn attachment(&self, id: &str) -> Result<(Attachment, Vec<u8>), Failure> {
        let id = id.to_owned();
        self.with_store(move |store| {
            let attachment = store.attachment(&id)?;
            let bytes = store.attachment_bytes(&attachment.hash)?;
            Ok((attachment, bytes))
        })
        .await
    }
}

/// What a file is attached to.
#[derive(Clone, Debug)]
pub enum AttachTo {
    /// A draft; `None` is that of the conversation which does not exist yet.
    Draft(Option<String>),
    /// A request that is about to be sent.
    Request,
}

async fn prepared(name: &str, bytes: Vec<u8>) -> Result<NewAttachment, Failure> {
    let name = file_name(name);
    if bytes.len() > LARGEST_FILE {
        return Err(too_large("more than 20 MB"));
    }
    if pdf::is_pdf(&bytes) {
        let read = pdf::words(bytes).await?;
        return Ok(NewAttachment {
            name,
            kind: AttachmentKind::Pdf,
            media_type: "text/plain".to_owned(),
            bytes: read.text.into_bytes(),
            pixels: None,
            pages: Some(read.pages),
        });
    }
    // Decoding takes a core's full attention.
    let prepared = tokio::task::spawn_blocking(move || match image::without_traces(&bytes)? {
        Some(image) => Ok(NewAttachment {
            name,
            kind: AttachmentKind::Image,
            media_type: image.media_type.to_owned(),
            bytes: image.bytes,
            pixels: Some((image.width, image.height)),
            pages: None,
        }),
        None => Ok(NewAttachment {
            kind: AttachmentKind::Text,
            media_type: "text/plain".to_owned(),
            bytes: text::decoded(bytes)?.into_bytes(),
            name,
            pixels: None,
            pages: None,
        }),
    });
    prepared.await.map_err(Failure::internal)?
}

/// Without folders and what could disturb a line.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    if clean.trim().is_empty() {
        "file".to_owned()
    } else {
        clean.trim().to_owned()
    }
}

fn too_large(why: &str) -> Failure {
    Failure::lasting(FailureKind::AttachmentTooLarge, why)
}

fn unreadable(why: impl Into<String>) -> Failure {
    Failure::lasting(FailureKind::AttachmentUnreadable, why)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_has_no_folders() {
        assert_eq!(file_name("/home/me/notes.txt"), "notes.txt");
        assert_eq!(file_name("C:\\Users\\me\\a\u{7}.txt"), "a.txt");
        assert_eq!(file_name("folder/"), "file");
    }
}
