//! What the provider's own books say was used, by stretches of time.

use std::time::SystemTime;

use money::{Amount, Decimal};
use serde::Deserialize;

use super::balance::ACCOUNT_BYTES;
use super::call::Api;
use super::wire_time;
use crate::error::ApiError;
use crate::profile::{WalletDialect, joined};
use crate::wire_amount::unit_amount;

/// Buckets on one page, as many as are asked for.
const PAGE: usize = 100;

/// Pages read at most: thousands of hours.
const PAGES: usize = 40;

/// What the provider billed in one stretch of time, whatever app asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageBucket {
    /// When the stretch begins.
    pub from: SystemTime,
    /// How much was billed.
    pub amount: Amount,
    /// For how many requests.
    pub requests: u64,
}

/// `GET /users/me/usage`; amounts are dollars.
#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    total: usize,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    bucket: String,
    amount: Decimal,
    #[serde(default)]
    count: u64,
}

/// Oldest first; `None` where the provider tells of no buckets.
pub(super) async fn read(api: &Api) -> Result<Option<Vec<UsageBucket>>, ApiError> {
    let profile = api.profile();
    if profile.wallet != WalletDialect::Chutes {
        return Ok(None);
    }
    let base = joined(&profile.account_base, "users/me/usage");
    let (mut buckets, mut seen) = (Vec::new(), 0);
    for number in 0..PAGES {
        let mut url = base.clone();
        url.query_pairs_mut()
            .append_pair("page", &number.to_string())
            .append_pair("limit", &PAGE.to_string());
        let page: Page = match api.get_json(&url, ACCOUNT_BYTES).await {
            // The grant does not cover it, or there is no such thing: nothing to compare with.
            Err(
                ApiError::InsufficientScope { .. }
                | ApiError::Forbidden { .. }
                | ApiError::ProviderFailing {
                    status: Some(404), ..
                },
            ) => return Ok(None),
            other => other?,
        };
        seen += page.items.len();
        let is_last = page.items.is_empty() || seen >= page.total;
        buckets.extend(
            page.items
                .iter()
                .filter_map(|it| it.read(profile.play_money)),
        );
        if is_last {
            break;
        }
    }
    buckets.sort_by_key(|bucket| bucket.from);
    Ok(Some(buckets))
}

impl Item {
    fn read(&self, play_money: bool) -> Option<UsageBucket> {
        Some(UsageBucket {
            from: wire_time::read(&self.bucket)?,
            amount: unit_amount(self.amount, play_money)?,
            requests: self.count,
        })
    }
}
