//! Signing in on another device, as the window shows it.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use tuppence_core as core;

use crate::ipc::contract::*;

/// Light squares that a camera needs on each side (ISO/IEC 18004).
const MARGIN: i32 = 4;

pub(in crate::ipc) fn device_prompt(prompt: core::DevicePrompt) -> DevicePromptView {
    let complete = prompt.verification_uri_complete.map(String::from);
    let address = complete
        .as_deref()
        .unwrap_or(prompt.verification_uri.as_str());
    DevicePromptView {
        qr_code: qr_code(address),
        user_code: prompt.user_code,
        verification_uri: prompt.verification_uri.to_string(),
        verification_uri_complete: complete,
    }
}

pub(in crate::ipc) fn sign_in_way(way: core::SignInWay) -> SignInWay {
    match way {
        core::SignInWay::Browser => SignInWay::Browser,
        core::SignInWay::Device => SignInWay::Device,
    }
}

impl From<SignInWay> for core::SignInWay {
    fn from(way: SignInWay) -> Self {
        match way {
            SignInWay::Browser => Self::Browser,
            SignInWay::Device => Self::Device,
        }
    }
}

fn qr_code(text: &str) -> Option<QrCodeView> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y));
            let dark = i32::try_from(run.count()).unwrap_or(0);
            if dark > 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h{dark}v1h-{dark}z", x + MARGIN, y + MARGIN);
            }
            x += dark + 1;
        }
    }
    let size = u16::try_from(code.size() + 2 * MARGIN).ok()?;
    Some(QrCodeView { size, path })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_picture_has_a_margin_and_an_address_that_is_too_long_has_none() {
        let code = qr_code("https://login.example.org/device?user_code=BCDF-GHJK").unwrap();
        assert_eq!((code.size - 8) % 4, 1, "a size of the standard's");
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "a finder's corner");
        assert_eq!(qr_code(&"long".repeat(1000)), None);
    }
}
