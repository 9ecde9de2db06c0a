//! Bodies, never more of them than is wanted.

use std::time::Duration;

use reqwest::Response;

use super::transport;
use crate::error::ApiError;

/// Longest wait for the body of a refusal, whose status already says most.
const REFUSAL_TIME: Duration = Duration::from_secs(5);

/// The whole body.
///
/// # Errors
/// [`ApiError::TooLarge`] beyond `limit` bytes after decompression.
pub(crate) async fn read_bounded(mut response: Response, limit: u64) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(transport)? {
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(ApiError::TooLarge { limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The beginning of the body, as much as comes in time.
pub(super) async fn beginning(mut response: Response, limit: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let reading = async {
        while let Ok(Some(chunk)) = response.chunk().await {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 >= limit {
                break;
            }
        }
    };
    // What came until then is enough.
    let _ = tokio::time::timeout(REFUSAL_TIME, reading).await;
    bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    bytes
}
