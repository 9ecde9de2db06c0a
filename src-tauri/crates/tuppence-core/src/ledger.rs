//! What was spent, and what was said: reading the store across conversations.

use std::collections::HashMap;
use std::time::SystemTime;

use conversations::{
    GroupBy, Hit, MARK_END, MARK_START, Ranking, ReceiptFilter, SearchFilter, Totals,
};

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
    /// The titles of conversations that are groups and still here, by id.
    pub titles: HashMap<String, String>,
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
            let groups = store.totals_by(group, &filter)?;
            let conversations = groups
                .iter()
                .filter(|_| group == GroupBy::Conversation)
                .map(|(id, _)| id.as_str());
            Ok(Spending {
                total: store.totals(&filter)?,
                titles: store.titles(conversations)?,
                groups,
            })
        })
        .await
    }

    /// Messages that hold every word, of all accounts or of one; at most `limit`.
    /// [`snippet_parts`] tells what was found from what stands around it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn search(&self, request: SearchRequest, limit: u32) -> Result<Vec<Hit>, Failure> {
        self.with_store(move |store| {
            let filter = SearchFilter {
                account_key: request.account.as_ref().map(AccountId::as_str),
                model_id: request.model_id.as_deref(),
                since: request.since,
                ranking: request.ranking,
                ..SearchFilter::default()
            };
            store.search(&request.words, &filter, limit)
        })
        .await
    }
}

/// What to look for, and where.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// Every word must be in a message; beginnings of words count.
    pub words: String,
    /// Only what this account paid for.
    pub account: Option<AccountId>,
    /// Only to and from this model.
    pub model_id: Option<String>,
    /// From this instant on.
    pub since: Option<SystemTime>,
    /// Which hits come first.
    pub ranking: Ranking,
}

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetPart {
    /// Its text.
    pub text: String,
    /// It is one of the words looked for.
    pub found: bool,
}

/// A hit's snippet in pieces: what was found, and what stands around it.
pub fn snippet_parts(snippet: &str) -> Vec<SnippetPart> {
    let mut parts = Vec::new();
    let mut push = |text: &str, found| {
        if !text.is_empty() {
            let text = text.replace([MARK_START, MARK_END], "");
            parts.push(SnippetPart { text, found });
        }
    };
    let mut rest = snippet;
    while let Some((before, after)) = rest.split_once(MARK_START) {
        push(before, false);
        let (found, after) = after.split_once(MARK_END).unwrap_or((after, ""));
        push(found, true);
        rest = after;
    }
    push(rest, false);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_told_from_what_stands_around_it() {
        let parts = snippet_parts("a \u{2}penny\u{3} for \u{2}your\u{3}");
        let told: Vec<(&str, bool)> = parts
            .iter()
            .map(|part| (part.text.as_str(), part.found))
            .collect();
        assert_eq!(
            told,
            [
                ("a ", false),
                ("penny", true),
                (" for ", false),
                ("your", true)
            ]
        );
    }

    #[test]
    fn a_mark_without_its_end_marks_the_rest() {
        let parts = snippet_parts("a \u{2}penny");
        assert_eq!(parts.len(), 2);
        assert!(parts[1].found);
        assert!(snippet_parts("").is_empty());
    }
}
