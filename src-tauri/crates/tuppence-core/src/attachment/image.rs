//! Images: decoded within limits, turned upright, made no larger than models look at, and written anew
//! from their pixels alone, so that no place, time or device stays in them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Resampling;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::{too_large, unreadable};
use crate::failure::{Failure, FailureKind};

/// Longest side that is sent: models scale down what is larger, and charge for it.
const LONGEST_SIDE: u32 = 2048;
/// Longest side that is decoded.
const LARGEST_SIDE: u32 = 16_384;
/// Most memory that decoding may take, in bytes.
const MOST_MEMORY: u64 = 512 << 20;
/// Of the JPEG that photographs become.
const QUALITY: u8 = 85;

/// An image as it is sent.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// `None` for what is no image.
pub(crate) fn without_traces(bytes: &[u8]) -> Result<Option<Sent>, Failure> {
    let format = match image::guess_format(bytes) {
        Ok(
            format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif),
        ) => format,
        Ok(other) => {
            let why = format!("images of the kind {other:?} are not sent");
            return Err(Failure::lasting(FailureKind::AttachmentUnsupported, why));
        }
        Err(_) => return Ok(None),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    image.apply_orientation(orientation);
    if image.width().max(image.height()) > LONGEST_SIDE {
        image = image.resize(LONGEST_SIDE, LONGEST_SIDE, Resampling::CatmullRom);
    }
    // A photograph stays one; what has sharp edges or holes keeps them.
    let photograph = format == ImageFormat::Jpeg || !image.color().has_alpha() && large(&image);
    let mut out = Vec::new();
    let media_type = if photograph {
        let pixels = image.to_rgb8();
        pixels
            .write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))
            .map_err(Failure::internal)?;
        "image/jpeg"
    } else {
        let encoder =
            PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
        image
            .to_rgba8()
            .write_with_encoder(encoder)
            .map_err(Failure::internal)?;
        "image/png"
    };
    Ok(Some(Sent {
        width: image.width(),
        height: image.height(),
        bytes: out,
        media_type,
    }))
}

/// A lossless copy of it would be several megabytes.
fn large(image: &DynamicImage) -> bool {
    u64::from(image.width()) * u64::from(image.height()) > 1 << 20
}

#[allow(clippy::needless_pass_by_value)] // as map_err wants it
fn refusal(error: image::ImageError) -> Failure {
    match error {
        image::ImageError::Limits(_) => too_large("more pixels than are decoded"),
        error => unreadable(format!("the image is damaged: {error}")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn picture(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x % 251) as u8, (y % 241) as u8, 7])
        }))
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    /// An APP1 segment as cameras write it: orientation "turn right", and a place in words.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let tiff =
            b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 52.5200N 13.4050E";
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend_from_slice(tiff);
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        [
            &jpeg[..2],
            &[0xff, 0xe1],
            &length[..],
            &segment[..],
            &jpeg[2..],
        ]
        .concat()
    }

    #[test]
    fn a_photograph_loses_its_place_and_stands_upright() {
        let photograph = with_exif(&encoded(&picture(60, 40), ImageFormat::Jpeg));
        assert!(photograph.windows(8).any(|part| part == b"GPS 52.5"));
        let sent = without_traces(&photograph).unwrap().unwrap();
        assert_eq!(
            (sent.width, sent.height, sent.media_type),
            (40, 60, "image/jpeg")
        );
        for trace in [&b"Exif"[..], b"GPS", b"52.5"] {
            assert!(!sent.bytes.windows(trace.len()).any(|part| part == trace));
        }
    }

    #[test]
    fn text_in_a_png_does_not_stay() {
        let png = encoded(&picture(8, 8), ImageFormat::Png);
        // After the header: a tEXt chunk. Its checksum is not looked at by every reader; ours is right.
        let body = b"tEXtComment\0taken at home";
        let mut chunk = u32::try_from(body.len() - 4)
            .unwrap()
            .to_be_bytes()
            .to_vec();
        chunk.extend_from_slice(body);
        chunk.extend_from_slice(&crc(body).to_be_bytes());
        let with_text = [&png[..33], &chunk[..], &png[33..]].concat();
        let sent = without_traces(&with_text).unwrap().unwrap();
        assert!(!sent.bytes.windows(4).any(|part| part == b"home"));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }

    #[test]
    fn a_large_image_is_made_as_large_as_models_look_at() {
        let sent = without_traces(&encoded(&picture(4096, 1024), ImageFormat::Png))
            .unwrap()
            .unwrap();
        assert_eq!((sent.width, sent.height), (2048, 512));
        for format in [ImageFormat::Gif, ImageFormat::WebP] {
            assert!(
                without_traces(&encoded(&picture(9, 9), format))
                    .unwrap()
                    .is_some()
            );
        }
    }

    #[test]
    fn what_is_damaged_too_large_or_of_another_kind_says_so() {
        let png = encoded(&picture(64, 64), ImageFormat::Png);
        let kind = |bytes: &[u8]| without_traces(bytes).unwrap_err().kind;
        assert_eq!(kind(&png[..60]), FailureKind::AttachmentUnreadable);
        assert_eq!(
            kind(b"BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0"),
            FailureKind::AttachmentUnsupported
        );
        let mut huge = png;
        huge[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        let header = crc(&huge[12..29]).to_be_bytes();
        huge[29..33].copy_from_slice(&header);
        assert_eq!(kind(&huge), FailureKind::AttachmentTooLarge);
        assert!(without_traces(b"just words").unwrap().is_none());
    }
}
