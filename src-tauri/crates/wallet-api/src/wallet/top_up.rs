//! Where money is added.

use serde::Deserialize;
use url::Url;

use super::balance::ACCOUNT_BYTES;
use super::call::Api;
use crate::error::ApiError;
use crate::profile::TopUp;

#[derive(Deserialize)]
struct Ticket {
    url: Url,
}

pub(super) async fn page(api: &Api) -> Result<Option<Url>, ApiError> {
    match &api.profile().links.top_up {
        None => Ok(None),
        Some(TopUp::Page { url }) => Ok(Some(url.clone())),
        Some(TopUp::Ticket { url }) => {
            let ticket: Ticket = api.post_for_json(url, ACCOUNT_BYTES).await?;
            let is_there =
                ticket.url.origin() == url.origin() && api.profile().may_call(&ticket.url);
            if is_there {
                Ok(Some(ticket.url))
            } else {
                Err(ApiError::InsecureEndpoint)
            }
        }
    }
}
