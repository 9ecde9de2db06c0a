use serde::Serialize;
use ts_rs::TS;

/// A Mermaid diagram as it is shown, or why there is none.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum DrawingView {
    /// For light and for dark ground.
    Drawn {
        /// Dark ink.
        light: SheetView,
        /// Light ink.
        dark: SheetView,
    },
    /// It cannot be drawn.
    Refused {
        /// What is wrong with its source, in English.
        reason: String,
    },
}

/// An SVG document that does nothing and refers to nothing outside itself.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetView {
    /// The document, to be shown as an image.
    pub svg: String,
    /// Its width, in CSS pixels.
    pub width: u32,
    /// Its height, in CSS pixels.
    pub height: u32,
}
