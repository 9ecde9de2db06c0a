//! What the web view is told to do.

/// A change to the rendered blocks.
///
/// Each block lives in an element of its own whose children are the block's HTML. [`PatchOp::Grow`]
/// and [`PatchOp::Text`] speak of the last block: from its element they go `depth` times to the last
/// element child. All HTML is sanitised and shorter than [`MAX_OP_BYTES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatchOp {
    /// A new last block with this HTML.
    Append {
        /// Sanitised HTML.
        html: String,
    },
    /// Keep the first `keep` child nodes, drop the others, append the nodes of this HTML.
    Grow {
        /// How often to descend.
        depth: u32,
        /// How many child nodes stay.
        keep: u32,
        /// Sanitised HTML.
        html: String,
    },
    /// Append to the last text node among the children, or make one.
    Text {
        /// How often to descend.
        depth: u32,
        /// Plain text, not HTML.
        text: String,
    },
    /// Block number `block` gets other HTML.
    Replace {
        /// Counted from 0.
        block: u32,
        /// Sanitised HTML.
        html: String,
    },
    /// Drop the blocks from number `from` on.
    Truncate {
        /// Counted from 0.
        from: u32,
    },
}

/// The bound for the HTML or text of one operation, in bytes.
///
/// A message under 8 KiB takes the fast path of Tauri's channel; quoting in JSON needs some of it.
pub const MAX_OP_BYTES: usize = 6 * 1024;

impl PatchOp {
    /// Bytes of HTML or text that it carries.
    #[must_use]
    pub fn payload_len(&self) -> usize {
        match self {
            Self::Append { html } | Self::Grow { html, .. } | Self::Replace { html, .. } => {
                html.len()
            }
            Self::Text { text, .. } => text.len(),
            Self::Truncate { .. } => 0,
        }
    }
}
