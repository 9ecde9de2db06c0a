//! A person's picture, and an image that an answer points to, fetched without saying who asks.
//!
//! Their addresses come from a provider or a model and so, perhaps, from anybody: no access token goes
//! along, no address within this machine's networks is connected to (redirects and name resolution
//! included), the answer is small, and only what really is a picture comes back.

mod public;

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Client;
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::redirect::Policy;
use url::{Host, Url};

use super::call::{Api, CALL_TIME, read_bounded, transport};
use crate::error::{ApiError, Detail, UnreadableAnswer};
use crate::profile::is_loopback_literal;
use public::{PublicAddresses, is_public};

/// Most bytes of a person's picture.
const PICTURE_BYTES: u64 = 1 << 20;
/// Most bytes of an image that an answer points to.
const IMAGE_BYTES: u64 = 10 << 20;
/// Most redirects that are followed.
const MAX_REDIRECTS: usize = 3;

/// A picture of a kind that a web view shows without running anything.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl Picture {
    /// `image/png`, `image/jpeg`, `image/webp` or `image/gif`, told from the bytes.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The bytes, as received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A `data:` URL.
    #[must_use]
    pub fn data_url(&self) -> String {
        format!(
            "data:{};base64,{}",
            self.media_type,
            STANDARD.encode(&self.bytes)
        )
    }

    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let media_type = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => "image/webp",
            _ => return None,
        };
        Some(Self { media_type, bytes })
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Picture({}, {} bytes)",
            self.media_type,
            self.bytes.len()
        )
    }
}

/// Fetches an image that an answer points to, because a person asked for it. What comes back is as it was
/// received: decode it within limits before it is shown.
///
/// # Errors
/// [`ApiError::InsecureEndpoint`] for anything but `https` to a public address, and for a redirect to it;
/// [`ApiError::TooLarge`] beyond 10 MiB; [`ApiError::Unreadable`] for what is no picture; those of a call.
pub async fn fetch_image(url: &Url) -> Result<Picture, ApiError> {
    follow(None, url, IMAGE_BYTES).await
}

pub(super) async fn fetch(api: &Api, url: &Url) -> Result<Picture, ApiError> {
    follow(Some(api), url, PICTURE_BYTES).await
}

/// `own` is the provider whose pictures may lie on this machine, as it does itself.
async fn follow(own: Option<&Api>, url: &Url, limit: u64) -> Result<Picture, ApiError> {
    let mut public = None;
    let mut url = url.clone();
    for _ in 0..=MAX_REDIRECTS {
        let client = match reach(own, &url) {
            Some(Reach::Public) => match &public {
                Some(client) => client,
                None => public.insert(public_client()?),
            },
            Some(Reach::ThisMachine(client)) => client,
            None => return Err(ApiError::InsecureEndpoint),
        };
        let request = client
            .get(url.clone())
            .timeout(CALL_TIME)
            .header(ACCEPT, "image/*");
        let response = request.send().await.map_err(transport)?;
        let status = response.status();
        if status.is_redirection() {
            let target = response
                .headers()
                .get(LOCATION)
                .and_then(|target| target.to_str().ok());
            url = target
                .and_then(|target| url.join(target).ok())
                .ok_or_else(no_picture)?;
            continue;
        }
        if !status.is_success() {
            return Err(ApiError::ProviderFailing {
                status: Some(status.as_u16()),
                detail: Detail::default(),
            });
        }
        let bytes = read_bounded(response, limit).await?;
        return Picture::from_bytes(bytes).ok_or_else(no_picture);
    }
    Err(no_picture())
}

enum Reach<'a> {
    Public,
    /// By the sign-in's own client, which never sends what is for this machine through a proxy.
    ThisMachine(&'a Client),
}

/// How an address may be reached, if at all.
fn reach<'a>(own: Option<&'a Api>, url: &Url) -> Option<Reach<'a>> {
    if is_loopback_literal(url) {
        let api = own?;
        let is_local = api.profile().allow_insecure_loopback && api.profile().may_call(url);
        return is_local.then(|| Reach::ThisMachine(api.http().inner()));
    }
    let is_public = match url.host()? {
        // Where a name leads is checked when it is resolved.
        Host::Domain(_) => true,
        Host::Ipv4(address) => is_public(address.into()),
        Host::Ipv6(address) => is_public(address.into()),
    };
    let is_plain = url.username().is_empty() && url.password().is_none();
    (url.scheme() == "https" && is_public && is_plain).then_some(Reach::Public)
}

/// A client that resolves names to public addresses only.
fn public_client() -> Result<Client, ApiError> {
    let client = Client::builder()
        .redirect(Policy::none())
        .https_only(true)
        .referer(false)
        .dns_resolver(Arc::new(PublicAddresses));
    client.build().map_err(transport)
}

fn no_picture() -> ApiError {
    ApiError::Unreadable {
        what: UnreadableAnswer::Picture,
        detail: Detail::default(),
    }
}
