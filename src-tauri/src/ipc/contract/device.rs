//! Signing in on another device (RFC 8628).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a person says yes to a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInWay {
    /// In the browser of this computer.
    Browser,
    /// On another device, by a code.
    Device,
}

/// What the person does on another device. It is for their eyes: no token comes of it without them.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DevicePromptView {
    /// The code to type there.
    pub user_code: String,
    /// Where to go.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: Option<String>,
    /// The address (with the code in it, where there is such a one) to point a camera at; none where it is
    /// too long for that.
    pub qr_code: Option<QrCodeView>,
}

/// A QR code as dark squares on a light ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QrCodeView {
    /// Squares each way, the light margin included.
    pub size: u16,
    /// The dark ones, as an SVG path of rows, each one unit high.
    pub path: String,
}
