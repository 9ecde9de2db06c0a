//! Conversations out of the app, for people and for other programs, and into it.

mod archive;
mod envelope;
mod html;
mod import;
mod markdown;
mod said;

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Seek, Write};
use std::path::{Path, PathBuf};

use conversations::{ConversationFilter, Shelf, Store, StoreError};

use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::{ConversationRow, Tuppence};

pub use import::{FileOrigin, Imported};

/// Largest file that is read.
const LARGEST_IMPORT: u64 = 1 << 30;

/// What to write, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Export {
    /// As what.
    pub format: ExportFormat,
    /// Also what was deleted and is not gone yet, marked as such: in [`ExportFormat::Json`], and in the
    /// importable part of an archive.
    pub deleted: bool,
    /// As a ZIP file, with a page for each conversation, the attached files, and everything to be read again.
    pub archive: bool,
}

impl Export {
    /// One file, without what was deleted.
    pub fn plain(format: ExportFormat) -> Self {
        Self {
            format,
            deleted: false,
            archive: false,
        }
    }

    /// Whether what was deleted goes along. Pages are for reading, and have nothing to mark it with.
    fn takes_deleted(self) -> bool {
        self.deleted && (self.archive || self.format == ExportFormat::Json)
    }

    /// The usual ending of the file's name, without the dot.
    pub fn extension(self) -> &'static str {
        if self.archive {
            "zip"
        } else {
            self.format.extension()
        }
    }
}

/// Where the bytes of attachments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Files {
    /// In the text itself.
    Inside,
    /// Beside it, in an archive.
    Beside,
}

/// As what to write conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Everything, to be read again (`docs/export-format.md`).
    Json,
    /// What was said on the shown branch, as text.
    Markdown,
    /// The same as one page for any browser: no script, nothing fetched.
    Html,
}

impl ExportFormat {
    /// The usual ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many conversations.
    pub conversations: usize,
    /// Where.
    pub path: PathBuf,
}

impl Tuppence {
    /// Writes one conversation, or all that are not in the bin, to a file: whole or not at all. With what was
    /// deleted, also those in the bin, where the format can mark them.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`]; [`FailureKind::ExportUnwritable`] with what the system said.
    pub async fn export(
        &self,
        conversation_id: Option<&str>,
        export: Export,
        path: &Path,
    ) -> Result<Exported, Failure> {
        let (id, path) = (conversation_id.map(str::to_owned), path.to_owned());
        let written = self.with_store(move |store| {
            let ids = selected(store, id, export.takes_deleted())?;
            let mut partial = path.clone().into_os_string();
            partial.push(".partial");
            let partial = PathBuf::from(partial);
            let outcome = write_to(store, &ids, export, &partial)?
                .and_then(|()| std::fs::rename(&partial, &path));
            if outcome.is_err() {
                // Nothing half-written stays; that it cannot be removed changes nothing.
                let _ = std::fs::remove_file(&partial);
            }
            Ok(outcome.map(|()| Exported {
                conversations: ids.len(),
                path,
            }))
        });
        written.await?.map_err(unwritable)
    }

    /// As [`Tuppence::export`], into memory: for a pipe.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`].
    pub async fn exported(
        &self,
        conversation_id: Option<&str>,
        export: Export,
    ) -> Result<Vec<u8>, Failure> {
        let id = conversation_id.map(str::to_owned);
        let written = self.with_store(move |store| {
            let mut out = Cursor::new(Vec::new());
            let ids = selected(store, id, export.takes_deleted())?;
            Ok(write(store, &ids, export, &mut out)?.map(|()| out.into_inner()))
        });
        written.await?.map_err(unwritable)
    }

    /// A name for the file of one conversation, or of all, without its ending.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`].
    pub async fn export_name(&self, conversation_id: Option<&str>) -> Result<String, Failure> {
        Ok(match conversation_id {
            Some(id) => file_name(&self.conversation_row(id).await?.title),
            None => "Tuppence conversations".to_owned(),
        })
    }

    /// Takes in the conversations of a file: our own, or an export of ChatGPT or Claude, as it is or in a
    /// ZIP file. Those that are here already are left as they are.
    ///
    /// # Errors
    /// [`FailureKind::ImportUnreadable`] for anything else; those of a write.
    pub async fn import(&self, bytes: Vec<u8>) -> Result<Imported, Failure> {
        let outcome = self
            .with_store(move |store| import::take_in(store, &bytes))
            .await??;
        for id in &outcome.added {
            self.emit(CoreEvent::ConversationChanged(id.clone()));
        }
        Ok(outcome)
    }

    /// As [`Tuppence::import`], from a file.
    ///
    /// # Errors
    /// Also [`FailureKind::ImportUnreadable`] with what the system said.
    pub async fn import_file(&self, path: &Path) -> Result<Imported, Failure> {
        let path = path.to_owned();
        let read = tokio::task::spawn_blocking(move || read_bounded(&path));
        let bytes = read.await.map_err(Failure::internal)?.map_err(|error| {
            Failure::lasting(FailureKind::ImportUnreadable, crate::failure::chain(&error))
        })?;
        self.import(bytes).await
    }
}

fn selected(store: &Store, id: Option<String>, deleted: bool) -> Result<Vec<String>, StoreError> {
    if let Some(id) = id {
        return Ok(vec![store.conversation(&id)?.id]);
    }
    let mut ids = Vec::new();
    let bin = deleted.then_some(Shelf::Bin);
    for shelf in [Shelf::Current, Shelf::Archive].into_iter().chain(bin) {
        let filter = ConversationFilter {
            shelf,
            ..ConversationFilter::default()
        };
        ids.extend(store.conversations(&filter)?.into_iter().map(|row| row.id));
    }
    Ok(ids)
}

fn write_to(
    store: &Store,
    ids: &[String],
    export: Export,
    path: &Path,
) -> Result<io::Result<()>, StoreError> {
    let mut out = match File::create(path) {
        Ok(file) => BufWriter::new(file),
        Err(error) => return Ok(Err(error)),
    };
    Ok(write(store, ids, export, &mut out)?.and_then(|()| out.into_inner()?.sync_all()))
}

/// One conversation at a time: what is in memory does not grow with their number.
fn write(
    store: &Store,
    ids: &[String],
    export: Export,
    out: &mut (impl Write + Seek),
) -> Result<io::Result<()>, StoreError> {
    if export.archive {
        return archive::write(store, ids, export, out);
    }
    match export.format {
        ExportFormat::Json => envelope::write(store, ids, export.deleted, Files::Inside, out),
        ExportFormat::Markdown => markdown::write(store, ids, Files::Inside, out),
        ExportFormat::Html => html::write(store, ids, Files::Inside, out),
    }
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > LARGEST_IMPORT {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "files of more than 1 GiB are not read",
        ));
    }
    std::fs::read(path)
}

#[allow(clippy::needless_pass_by_value)] // as map_err wants it
fn unwritable(error: io::Error) -> Failure {
    Failure::retryable(FailureKind::ExportUnwritable, crate::failure::chain(&error))
}

/// A title as a file's name on every system.
fn file_name(title: &str) -> String {
    let forbidden = |c: char| c.is_control() || r#"<>:"/\|?*"#.contains(c);
    let name: String = title
        .chars()
        .map(|c| if forbidden(c) { ' ' } else { c })
        .take(80)
        .collect();
    // Most systems count bytes, 255 with what is put around this.
    let name = &name[..name.floor_char_boundary(200)];
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.trim_matches(['.', ' ']) {
        "" => "Conversation".to_owned(),
        name => name.to_owned(),
    }
}

/// The row, for its title and totals.
fn row(store: &Store, id: &str) -> Result<ConversationRow, StoreError> {
    store.conversation(id)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(
            file_name("Why: is/the \"sky\" blue?"),
            "Why is the sky blue"
        );
        assert_eq!(file_name("../../etc"), "etc");
        assert_eq!(file_name("…?"), "…");
        assert_eq!(file_name("???"), "Conversation");
        assert_eq!(file_name(&"é".repeat(200)).chars().count(), 80);
        assert_eq!(file_name(&"語".repeat(200)).len(), 198);
    }
}
