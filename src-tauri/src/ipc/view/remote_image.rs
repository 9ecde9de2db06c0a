use tuppence_core::{RemoteImage, Unshown};

use crate::ipc::contract::{RemoteImageView, UnshownImage};

pub(in crate::ipc) fn remote_image(image: Result<RemoteImage, Unshown>) -> RemoteImageView {
    match image {
        Ok(image) => RemoteImageView::Shown {
            data_url: image.data_url,
            width: image.width,
            height: image.height,
        },
        Err(why) => RemoteImageView::Refused {
            why: match why {
                Unshown::Address => UnshownImage::Address,
                Unshown::Unreachable => UnshownImage::Unreachable,
                Unshown::NotGiven => UnshownImage::NotGiven,
                Unshown::TooLarge => UnshownImage::TooLarge,
                Unshown::NoImage => UnshownImage::NoImage,
            },
        },
    }
}
