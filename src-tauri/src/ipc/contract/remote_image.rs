//! Images that an answer points to, once a person asks for them.

use serde::Serialize;
use ts_rs::TS;

/// An image that an answer points to, or why it is not shown.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum RemoteImageView {
    /// Decoded and written anew.
    #[serde(rename_all = "camelCase")]
    Shown {
        /// A `data:` URL.
        data_url: String,
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// It is not shown.
    Refused {
        /// Why.
        why: UnshownImage,
    },
}

/// Why an image is not shown.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum UnshownImage {
    /// Not `https`, or an address of this machine or its networks, now or after a redirect.
    Address,
    /// Its host could not be reached.
    Unreachable,
    /// Its host has none, or gives none.
    NotGiven,
    /// More bytes or pixels than are taken.
    TooLarge,
    /// What came is no image of a kind that is shown.
    NoImage,
}
