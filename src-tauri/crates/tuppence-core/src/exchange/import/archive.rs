//! ZIP files of conversations. Nothing of one is ever written to the disk under a name that it gives; what it
//! claims and what it unpacks to are both held to limits.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::super::archive::DOCUMENT;
use crate::LARGEST_FILE;
use crate::failure::{Failure, FailureKind};

/// What an archive may hold at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Files of any kind.
    pub(super) entries: usize,
    /// Bytes of conversations, unpacked.
    pub(super) document: u64,
    /// Bytes of one attached file, unpacked.
    pub(super) file: u64,
    /// Bytes of all of them, unpacked.
    pub(super) files: u64,
}

impl Limits {
    pub(super) const USUAL: Self = Self {
        entries: 100_000,
        document: 1 << 30,
        file: LARGEST_FILE as u64,
        files: 4 << 30,
    };
}

/// An archive that keeps to the limits, as far as it tells.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    documents: Vec<usize>,
    /// Attached files by their hash.
    files: HashMap<String, usize>,
    /// What attached files may still unpack to, and which were reckoned with: one may be attached often.
    left: u64,
    counted: HashSet<usize>,
}

/// Whether it begins as ZIP files do.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl<'a> Archive<'a> {
    /// # Errors
    /// [`FailureKind::ImportUnreadable`] for one that is damaged, encrypted or has no conversations, that names a
    /// path outside itself or a link, or that says it is larger than the limits.
    pub(super) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Failure> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| unreadable(&format!("the ZIP archive is damaged: {error}")))?;
        if zip.len() > limits.entries {
            return Err(unreadable("the ZIP archive has too many files"));
        }
        let mut archive = Self {
            zip,
            limits,
            documents: Vec::new(),
            files: HashMap::new(),
            left: limits.files,
            counted: HashSet::new(),
        };
        archive.examine()?;
        if archive.documents.is_empty() {
            return Err(unreadable("the ZIP archive has no conversations.json"));
        }
        Ok(archive)
    }

    fn examine(&mut self) -> Result<(), Failure> {
        let (mut depth, mut total) = (usize::MAX, 0_u64);
        for index in 0..self.zip.len() {
            let entry = (self.zip.by_index_raw(index))
                .map_err(|error| unreadable(&format!("the ZIP archive is damaged: {error}")))?;
            let path = harmless_path(&entry)?;
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let folders = folder.split('/').filter(|part| !part.is_empty()).count();
            if is_document(name) && folders <= depth {
                if entry.size() > self.limits.document {
                    return Err(unreadable("its conversations are too large"));
                }
                if folders < depth {
                    self.documents.clear();
                    depth = folders;
                }
                self.documents.push(index);
            } else if let Some(hash) = path.strip_prefix("files/").and_then(hash_of_name) {
                total = total.saturating_add(entry.size());
                if entry.size() > self.limits.file || total > self.limits.files {
                    return Err(unreadable(
                        "an attached file of the ZIP archive is too large",
                    ));
                }
                self.files.insert(hash.to_owned(), index);
            }
        }
        Ok(())
    }

    /// The conversations, as many files as they are in.
    ///
    /// # Errors
    /// [`FailureKind::ImportUnreadable`] for what is damaged, or more than was said.
    pub(super) fn documents(&mut self) -> Result<Vec<Vec<u8>>, Failure> {
        let mut left = self.limits.document;
        let mut documents = Vec::new();
        for index in self.documents.clone() {
            let document = self
                .unpacked(index, left)
                .ok_or_else(|| unreadable("its conversations are damaged or too large"))?;
            left -= document.len() as u64;
            documents.push(document);
        }
        Ok(documents)
    }

    /// An attached file; `None` where there is none, or it unpacks to more than it may.
    pub(super) fn file(&mut self, hash: &str) -> Option<Vec<u8>> {
        let index = *self.files.get(hash)?;
        if self.counted.contains(&index) {
            return self.unpacked(index, self.limits.file);
        }
        let bytes = self.unpacked(index, self.limits.file.min(self.left))?;
        self.left -= bytes.len() as u64;
        self.counted.insert(index);
        Some(bytes)
    }

    fn unpacked(&mut self, index: usize, at_most: u64) -> Option<Vec<u8>> {
        let entry = self.zip.by_index(index).ok()?;
        let mut bytes = Vec::new();
        entry.take(at_most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= at_most).then_some(bytes)
    }
}

/// The entry's path, with `/` between its parts.
fn harmless_path<R: Read>(entry: &ZipFile<R>) -> Result<String, Failure> {
    if entry.encrypted() {
        return Err(unreadable("the ZIP archive is encrypted"));
    }
    if entry.is_symlink() {
        return Err(unreadable("the ZIP archive has a link in it"));
    }
    let outside = || unreadable("the ZIP archive names a path outside itself");
    let name = entry.name().map_err(|_| outside())?;
    // A drive or a backslash is a path on one system.
    let is_drive = name.chars().nth(1) == Some(':');
    let climbs = name.split('/').any(|part| part == "..");
    if name.starts_with('/') || name.contains('\\') || is_drive || climbs {
        return Err(outside());
    }
    Ok(name.into_owned())
}

/// `conversations.json`, or one of several parts of it, as ChatGPT has for many.
fn is_document(name: &str) -> bool {
    let part = |name: &str| {
        let number = name
            .strip_prefix("conversations-")
            .and_then(|rest| rest.strip_suffix(".json"));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    name == DOCUMENT || part(name)
}

fn hash_of_name(name: &str) -> Option<&str> {
    let hash = name.split('.').next()?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(hash)
}

fn unreadable(why: &str) -> Failure {
    Failure::lasting(FailureKind::ImportUnreadable, why)
}
