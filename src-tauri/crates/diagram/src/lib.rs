//! Mermaid diagrams as SVG that is safe to show as an image.
//!
//! [`draw`] lays a diagram out in Rust ([`merman`]), without a browser or a script, and lets nothing leave
//! but shapes and words: what comes out is read again and written anew from a list of elements and
//! attributes ([`Sheet`]). Whoever shows it should still do so as an image, which runs and fetches nothing.
//!
//! The layout is large and its input comes from strangers: call it where a panic, an endless loop or a
//! great hunger for memory does no harm, that is, in a process of its own.
#![deny(missing_docs)]

mod colours;
mod draw;
mod measure;
mod sheet;

pub use colours::Theme;
pub use draw::{DrawError, LONGEST_SOURCE, draw};
pub use sheet::Sheet;
