//! An image that an answer points to. Nothing is asked of its host before a person asks for it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;
use wallet_api::{ApiErrorKind, fetch_image};

use crate::Tuppence;
use crate::attachment::image::without_traces;
use crate::failure::{Failure, FailureKind};

/// An image as it is shown: decoded and written anew, no larger than 2048 pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteImage {
    /// A `data:` URL.
    pub data_url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Why an image is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unshown {
    /// Not `https`, or an address of this machine or its networks, now or after a redirect.
    #[error("its address is not one that is fetched from")]
    Address,
    /// Its host could not be reached.
    #[error("its host could not be reached")]
    Unreachable,
    /// Its host has none, or gives none.
    #[error("its host did not give it")]
    NotGiven,
    /// More bytes or pixels than are taken.
    #[error("it is too large")]
    TooLarge,
    /// What came is no image of a kind that is shown.
    #[error("what came is no image")]
    NoImage,
}

impl Tuppence {
    /// Fetches an image that an answer points to, because a person asked for it: by `https` from public
    /// addresses, without saying who asks, written anew before anybody sees it.
    ///
    /// # Errors
    /// [`Unshown`].
    pub async fn remote_image(&self, address: &str) -> Result<RemoteImage, Unshown> {
        let url = Url::parse(address).map_err(|_| Unshown::Address)?;
        let picture = fetch_image(&url).await.map_err(|error| {
            tracing::info!(%error, "an image of an answer was not fetched");
            unshown(error.kind())
        })?;
        let bytes = picture.bytes().to_vec();
        // Decoding takes a core's full attention.
        tokio::task::spawn_blocking(move || written_anew(&bytes))
            .await
            .map_err(|_| Unshown::NoImage)?
    }
}

fn unshown(kind: ApiErrorKind) -> Unshown {
    match kind {
        ApiErrorKind::InsecureEndpoint => Unshown::Address,
        ApiErrorKind::TooLarge => Unshown::TooLarge,
        ApiErrorKind::Unreadable => Unshown::NoImage,
        ApiErrorKind::Offline | ApiErrorKind::Stalled => Unshown::Unreachable,
        _ => Unshown::NotGiven,
    }
}

fn written_anew(bytes: &[u8]) -> Result<RemoteImage, Unshown> {
    let refused = |failure: Failure| match failure.kind {
        FailureKind::AttachmentTooLarge => Unshown::TooLarge,
        _ => Unshown::NoImage,
    };
    let image = without_traces(bytes)
        .map_err(refused)?
        .ok_or(Unshown::NoImage)?;
    Ok(RemoteImage {
        data_url: format!(
            "data:{};base64,{}",
            image.media_type,
            STANDARD.encode(&image.bytes)
        ),
        width: image.width,
        height: image.height,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use image::{DynamicImage, ImageFormat, RgbImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = std::io::Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(RgbImage::new(width, height))
            .write_to(&mut out, ImageFormat::Png)
            .unwrap();
        out.into_inner()
    }

    #[test]
    fn an_image_is_written_anew_no_larger_than_it_is_looked_at() {
        let shown = written_anew(&png(3000, 30)).unwrap();
        assert_eq!((shown.width, shown.height), (2048, 20));
        assert!(shown.data_url.starts_with("data:image/png;base64,iVBOR"));
        let mut with_more = png(4, 4);
        with_more.extend_from_slice(b"<script>hidden behind the picture</script>");
        let shown = written_anew(&with_more).unwrap();
        let (_, encoded) = shown.data_url.split_once(',').unwrap();
        let bytes = STANDARD.decode(encoded).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"script"));
    }

    #[test]
    fn what_is_no_image_or_has_too_many_pixels_is_refused() {
        assert_eq!(written_anew(b"<svg onload='x()'/>"), Err(Unshown::NoImage));
        assert_eq!(written_anew(&png(8, 8)[..50]), Err(Unshown::NoImage));
        assert_eq!(unshown(ApiErrorKind::InsecureEndpoint), Unshown::Address);
        assert_eq!(unshown(ApiErrorKind::ProviderFailing), Unshown::NotGiven);
    }
}
