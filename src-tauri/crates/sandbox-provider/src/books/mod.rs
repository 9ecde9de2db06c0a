//! Who has how much play money. Integers, in micro-dollars.

mod plan;
mod state_file;
mod usage;

use serde::{Deserialize, Serialize};

pub use plan::PlanTerms;
pub(crate) use plan::{Payer, Plan, Window};
pub(crate) use state_file::{StateFile, private_folder, replace_privately};
pub(crate) use usage::{Bucket, Used};

use crate::{provider::now, secrets::uuid_for};

/// One person at the sandbox.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    /// Stable for a name, on every machine.
    pub(crate) subject: String,
    /// As typed on the consent page.
    pub(crate) name: String,
    /// Seconds since 1970.
    pub(crate) created_at: i64,
    pub(crate) balance_micro: i64,
    /// All that was ever spent, for `/v1/me`.
    #[serde(default)]
    pub(crate) spent_micro: i64,
    #[serde(default)]
    pub(crate) requests: u64,
    /// What it may use beside the balance.
    #[serde(default)]
    pub(crate) plan: Plan,
    /// What was used by the hour, the latest last.
    #[serde(default)]
    pub(crate) buckets: Vec<Bucket>,
    /// Held for answers that are being written; gone after a restart.
    #[serde(skip)]
    pub(crate) reserved_micro: i64,
}

impl Account {
    /// The name in the form of a user name: `penny-sandbox`.
    pub(crate) fn username(&self) -> String {
        let mut username = String::new();
        for character in self.name.to_lowercase().chars() {
            if character.is_alphanumeric() {
                username.push(character);
            } else if !username.is_empty() && !username.ends_with('-') {
                username.push('-');
            }
        }
        let username = username.trim_end_matches('-').to_owned();
        if username.is_empty() {
            "someone".to_owned()
        } else {
            username
        }
    }

    /// An address that can never receive mail (RFC 2606).
    pub(crate) fn email(&self) -> String {
        format!("{}@sandbox.invalid", self.username())
    }

    /// What an answer may still reserve.
    pub(crate) fn available_micro(&self) -> i64 {
        self.balance_micro.saturating_sub(self.reserved_micro)
    }
}

/// Every account.
#[derive(Debug, Default)]
pub(crate) struct Books {
    pub(crate) accounts: Vec<Account>,
}

/// What a settled answer cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settlement {
    pub(crate) used_micro: i64,
    pub(crate) before_micro: i64,
    pub(crate) after_micro: i64,
}

/// The reservation is more than what is there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Insufficient;

impl Books {
    pub(crate) fn account(&self, subject: &str) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.subject == subject)
    }

    pub(crate) fn account_mut(&mut self, subject: &str) -> Option<&mut Account> {
        self.accounts
            .iter_mut()
            .find(|account| account.subject == subject)
    }

    /// The account of this name, opened with `starting_balance_micro` if it is new. Case and spaces do not matter.
    pub(crate) fn open(&mut self, name: &str, starting_balance_micro: i64) -> &Account {
        let folded = name
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        let subject = uuid_for(&format!("sandbox account {folded}"));
        let index = self
            .accounts
            .iter()
            .position(|account| account.subject == subject)
            .unwrap_or_else(|| {
                self.accounts.push(Account {
                    subject,
                    name: name.to_owned(),
                    created_at: now(),
                    balance_micro: starting_balance_micro,
                    spent_micro: 0,
                    requests: 0,
                    plan: Plan::default(),
                    buckets: Vec::new(),
                    reserved_micro: 0,
                });
                self.accounts.len() - 1
            });
        &self.accounts[index]
    }

    /// Holds the most that an answer can cost.
    pub(crate) fn reserve(&mut self, subject: &str, micro: i64) -> Result<(), Insufficient> {
        let account = self.account_mut(subject).ok_or(Insufficient)?;
        if account.available_micro() < micro.max(1) {
            return Err(Insufficient);
        }
        account.reserved_micro += micro;
        Ok(())
    }

    /// Gives a reservation back and takes what was really used: from the plan, or from the balance.
    pub(crate) fn settle(&mut self, subject: &str, reserved_micro: i64, used: Used) -> Settlement {
        let used_micro = used.micro;
        let Some(account) = self.account_mut(subject) else {
            return Settlement {
                used_micro,
                before_micro: 0,
                after_micro: 0,
            };
        };
        let before_micro = account.balance_micro;
        account.reserved_micro = account.reserved_micro.saturating_sub(reserved_micro).max(0);
        let from_balance = account.plan.take(used_micro);
        account.balance_micro = before_micro.saturating_sub(from_balance);
        account.spent_micro = account.spent_micro.saturating_add(used_micro);
        account.requests += 1;
        usage::add(&mut account.buckets, used);
        Settlement {
            used_micro,
            before_micro,
            after_micro: account.balance_micro,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn the_same_name_is_the_same_account_whatever_its_case_and_spaces() {
        let mut books = Books::default();
        let penny = books.open("Penny Sandbox", 100).subject.clone();
        assert_eq!(books.open("  penny   SANDBOX ", 100).subject, penny);
        assert_ne!(books.open("Penny", 100).subject, penny);
        assert_eq!(books.accounts.len(), 2);
    }

    #[test]
    fn reservations_of_answers_under_way_count_against_the_balance() {
        let mut books = Books::default();
        let penny = books.open("Penny", 100).subject.clone();
        books.reserve(&penny, 70).unwrap();
        assert_eq!(books.reserve(&penny, 40), Err(Insufficient));
        let used = Used {
            micro: 20,
            ..Used::default()
        };
        let settled = books.settle(&penny, 70, used);
        assert_eq!(
            settled,
            Settlement {
                used_micro: 20,
                before_micro: 100,
                after_micro: 80
            }
        );
        books.reserve(&penny, 80).unwrap();
    }

    #[test]
    fn nothing_can_be_reserved_from_an_empty_wallet() {
        let mut books = Books::default();
        let penny = books.open("Penny", 0).subject.clone();
        assert_eq!(books.reserve(&penny, 0), Err(Insufficient));
    }

    #[test]
    fn user_names_are_plain() {
        let mut books = Books::default();
        assert_eq!(books.open("Zoë  O'Brien!", 0).username(), "zoë-o-brien");
        assert_eq!(books.open("!!!", 0).username(), "someone");
    }
}
