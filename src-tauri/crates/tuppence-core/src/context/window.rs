//! How many tokens a model takes: what its provider lists, or what a refusal has taught.

use std::collections::BTreeMap;
use std::sync::Arc;

use wallet_api::Model;

use crate::account::AccountId;
use crate::failure::Failure;
use crate::{Tuppence, setting};

const LEARNED: &str = "learned-context-windows";

/// Tokens by account and model.
type Learned = BTreeMap<String, u64>;

/// What the models of one account take.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    account: String,
    listed: Option<Arc<Vec<Model>>>,
    learned: Learned,
}

impl Windows {
    /// Most tokens of a conversation with its answer; `None` where neither the list nor a refusal says.
    pub(crate) fn of(&self, model_id: &str) -> Option<u64> {
        let listed = self.listed.as_deref().map_or(&[][..], Vec::as_slice);
        let model = listed.iter().find(|model| model.id == model_id);
        let length = model.and_then(|model| model.context_length).map(u64::from);
        length.or_else(|| self.learned.get(&key(&self.account, model_id)).copied())
    }
}

impl Tuppence {
    pub(crate) async fn windows(&self, account: &AccountId) -> Windows {
        let learned = setting(&self.inner.store, LEARNED).await.ok().flatten();
        Windows {
            account: account.to_string(),
            listed: self.inner.accounts.known_models(account),
            learned: learned.unwrap_or_default(),
        }
    }

    /// Remembers that so many tokens, as counted here, were too many.
    pub(crate) async fn learn_window(
        &self,
        account: &AccountId,
        model_id: &str,
        refused: u64,
        failure: &Failure,
    ) {
        let window = said_window(&failure.detail)
            .filter(|said| *said < refused)
            .unwrap_or(refused);
        let key = key(account.as_str(), model_id);
        let kept = self.with_store(move |store| {
            let changed = store.change_setting(LEARNED, |json| {
                let mut learned: Learned = json
                    .and_then(|json| serde_json::from_str(json).ok())
                    .unwrap_or_default();
                let before = learned.get(&key).copied();
                learned.insert(key, before.map_or(window, |before| before.min(window)));
                serde_json::to_string(&learned)
            })?;
            Ok(changed.is_ok())
        });
        if let Err(failure) = kept.await {
            // It is learned anew from the next refusal.
            tracing::warn!(%failure, "what a model takes could not be remembered");
        }
    }
}

fn key(account: &str, model_id: &str) -> String {
    format!("{account}\n{model_id}")
}

/// The figure in "maximum context length is 8192 tokens", as most servers say it.
fn said_window(detail: &str) -> Option<u64> {
    let (_, after) = detail.split_once("context length ")?;
    let digits = after.trim_start_matches(|c: char| !c.is_ascii_digit());
    // "… is 8192 tokens": not a figure from later in the sentence.
    if after.len() - digits.len() > 8 {
        return None;
    }
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok().filter(|tokens| *tokens > 0)
}

#[cfg(test)]
mod tests {
    use super::said_window;

    #[test]
    fn a_refusal_may_say_how_much_the_model_takes() {
        let said = "This model's maximum context length is 8192 tokens. However, you sent 9100.";
        assert_eq!(said_window(said), Some(8_192));
        assert_eq!(
            said_window("maximum context length of 4096 tokens"),
            Some(4_096)
        );
        assert_eq!(said_window("context length exceeded by 900"), None);
        assert_eq!(said_window("too long"), None);
    }
}
