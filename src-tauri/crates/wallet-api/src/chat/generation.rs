//! Which attempt at an answer the chunks belong to.

use super::wire_text::WireText;

/// Most bytes of an id that is kept.
const MAX_ID: usize = 128;

/// The attempt, by the id of its chunks.
#[derive(Debug, Default)]
pub(crate) struct Generation {
    id: Vec<u8>,
    chunks: u32,
}

impl Generation {
    /// Takes the id of the next chunk; `opens` if it opens a message. Whether the answer began anew:
    /// the id is another one, where ids were stable so far or where the chunk opens a message. (Some
    /// servers give each chunk an id of its own.)
    pub(crate) fn restarts(&mut self, id: Option<&WireText<'_>>, opens: bool) -> bool {
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            return false;
        };
        if self.id == *id.0 {
            self.count();
            return false;
        }
        let restarts = !self.id.is_empty() && (self.chunks >= 2 || opens);
        self.id.clear();
        self.id.extend_from_slice(&id.0);
        self.chunks = 1;
        restarts
    }

    /// The id of the last attempt's chunks, where it is a plain one.
    pub(crate) fn id(&self) -> Option<&str> {
        let is_plain = |byte: &u8| byte.is_ascii_graphic();
        let plain = !self.id.is_empty() && self.id.len() <= MAX_ID && self.id.iter().all(is_plain);
        plain.then(|| std::str::from_utf8(&self.id).ok()).flatten()
    }

    /// Counts a chunk that is known to have the same id.
    pub(crate) fn count(&mut self) {
        self.chunks = self.chunks.saturating_add(1);
    }
}
