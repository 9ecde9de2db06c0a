//! As one ZIP file: a page for each conversation that is not in the bin, where pages are asked for, the attached
//! files beside them, and everything once more as our own format, so that the archive can be imported.

use std::collections::HashSet;
use std::io::{self, Seek, Write};

use conversations::{Store, StoreError};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipError};

use super::said::file_path;
use super::{Export, ExportFormat, Files, envelope, file_name, html, markdown};

/// What the conversations lie in, inside.
pub(super) const DOCUMENT: &str = "conversations.json";

/// Why writing ended.
enum Halt {
    Store(StoreError),
    Io(io::Error),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ZipError> for Halt {
    fn from(error: ZipError) -> Self {
        Self::Io(error.into())
    }
}

/// One conversation and one file at a time: what is in memory does not grow with their number.
pub(super) fn write(
    store: &Store,
    ids: &[String],
    export: Export,
    out: &mut (impl Write + Seek),
) -> Result<io::Result<()>, StoreError> {
    match entries(store, ids, export, out) {
        Ok(()) => Ok(Ok(())),
        Err(Halt::Io(error)) => Ok(Err(error)),
        Err(Halt::Store(error)) => Err(error),
    }
}

fn entries(
    store: &Store,
    ids: &[String],
    export: Export,
    out: &mut (impl Write + Seek),
) -> Result<(), Halt> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(out);
    let (mut names, mut files) = (HashSet::new(), HashSet::new());
    for id in ids {
        let is_deleted = super::row(store, id)?.deleted_at.is_some();
        if export.format != ExportFormat::Json && !is_deleted {
            zip.start_file(page_name(store, id, export.format, &mut names)?, options)?;
            let one = std::slice::from_ref(id);
            match export.format {
                ExportFormat::Html => html::write(store, one, Files::Beside, &mut zip)??,
                _ => markdown::write(store, one, Files::Beside, &mut zip)??,
            }
        }
        let whole = envelope::whole(store, id, export.deleted)?;
        for attachment in whole
            .messages
            .iter()
            .flat_map(|message| &message.attachments)
        {
            // One that is gone from the disk is named all the same.
            let Ok(bytes) = store.attachment_bytes(&attachment.hash) else {
                continue;
            };
            if files.insert(attachment.hash.clone()) {
                zip.start_file(file_path(attachment), options)?;
                zip.write_all(&bytes)?;
            }
        }
    }
    zip.start_file(DOCUMENT, options.large_file(true))?;
    envelope::write(store, ids, export.deleted, Files::Beside, &mut zip)??;
    zip.finish()?;
    Ok(())
}

/// The day and the title, and a number where two would have the same.
fn page_name(
    store: &Store,
    id: &str,
    format: ExportFormat,
    taken: &mut HashSet<String>,
) -> Result<String, StoreError> {
    let row = super::row(store, id)?;
    let day = time::OffsetDateTime::from(row.created_at).date();
    let stem = format!("{day} {}", file_name(&row.title));
    let mut name = format!("{stem}.{}", format.extension());
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{stem} ({number}).{}", format.extension());
        number += 1;
    }
    Ok(name)
}
