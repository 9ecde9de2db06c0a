//! What was spent, and what was said: reading the store across conversations.

use conversations::{GroupBy, Hit, MARK_END, MARK_START, ReceiptFilter, SearchFilter, Totals};

use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

/// Receipts added up.
#[derive(Clone, Debug)]
pub struct Spending {
    /// Of all groups.
    pub total: Totals,
    /// By group, in ascending order of its name.
    pub groups: Vec<(String, Totals)>,
}

impl Tuppence {
    /// What answers cost, by group, of all accounts or of one. Dollars and play money are never added up.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn spending(
        &self,
        group: GroupBy,
        account: Option<&AccountId>,
    ) -> Result<Spending, Failure> {
        let account = account.cloned();
        self.with_store(move |store| {
            let filter = ReceiptFilter {
                account_key: account.as_ref().map(AccountId::as_str),
                ..ReceiptFilter::default()
            };
            Ok(Spending {
                total: store.totals(&filter)?,
                groups: store.totals_by(group, &filter)?,
            })
        })
        .await
    }

    /// Messages that hold every word, newest first, at most `limit`; of all accounts or of one. What was
    /// found is not marked in the snippets.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn search(
        &self,
        words: &str,
        account: Option<&AccountId>,
        limit: u32,
    ) -> Result<Vec<Hit>, Failure> {
        let (words, account) = (words.to_owned(), account.cloned());
        self.with_store(move |store| {
            let filter = SearchFilter {
                account_key: account.as_ref().map(AccountId::as_str),
                ..SearchFilter::default()
            };
            let mut hits = store.search(&words, &filter, limit)?;
            for hit in &mut hits {
                hit.snippet = hit.snippet.replace([MARK_START, MARK_END], "");
            }
            Ok(hits)
        })
        .await
    }
}
