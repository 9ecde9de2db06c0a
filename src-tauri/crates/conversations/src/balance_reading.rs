//! Balances as the provider said them, to compare what was taken with what receipts explain.

use std::time::SystemTime;

use money::Amount;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{MoneyKind, Store, StoreError, clock};

/// The books as they stood before a balance was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietMoment {
    receipt: i64,
}

/// What happened to a balance between two readings, in millionths of one kind of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceChange {
    /// When the earlier one was read.
    pub since: SystemTime,
    /// When the later one was read.
    pub at: SystemTime,
    /// The kind of money.
    pub kind: MoneyKind,
    /// How much less it was; negative where it grew.
    pub taken: i64,
    /// What the receipts written in between say, whole answers whose cost is unknown left out.
    pub explained: i64,
}

impl Store {
    /// Where the account's receipts end, if no answer of it is under way: call it before asking for a
    /// balance that is to be compared with them.
    ///
    /// # Errors
    /// Those of any read.
    pub fn quiet_moment(&self, account_key: &str) -> Result<Option<QuietMoment>, StoreError> {
        self.read(|tx| quiet(tx, account_key))
    }

    /// Keeps a balance, if the account was quiet from `since` until now and something changed since the
    /// last one; says whether it was kept.
    ///
    /// # Errors
    /// Those of any write.
    pub fn add_balance_reading(
        &self,
        account_key: &str,
        amount: Amount,
        since: QuietMoment,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            if quiet(tx, account_key)? != Some(since) {
                return Ok(false);
            }
            let kind = MoneyKind::of(amount).name();
            let added = tx
                .prepare_cached(
                    "INSERT INTO balance_readings (account_key, at, kind, micro, receipt)
                     SELECT ?1, ?2, ?3, ?4, ?5 WHERE (?3, ?4, ?5) IS NOT (
                       SELECT kind, micro, receipt FROM balance_readings
                       WHERE account_key = ?1 ORDER BY seq DESC LIMIT 1)",
                )?
                .execute(params![
                    account_key,
                    clock::now_ms(),
                    kind,
                    amount.micro(),
                    since.receipt
                ])?;
            Ok(added == 1)
        })
    }

    /// How the account's balance changed from reading to reading, oldest first, from `since` on.
    ///
    /// # Errors
    /// Those of any read.
    pub fn balance_changes(
        &self,
        account_key: &str,
        since: Option<SystemTime>,
    ) -> Result<Vec<BalanceChange>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "WITH pairs AS (
                   SELECT at, kind, micro, receipt,
                     lag(micro) OVER w AS before, lag(receipt) OVER w AS begin, lag(kind) OVER w AS was,
                     lag(at) OVER w AS since
                   FROM balance_readings WHERE account_key = ?1 WINDOW w AS (ORDER BY seq))
                 SELECT at, kind, before - micro,
                   (SELECT coalesce(sum(cost_micro), 0) FROM receipts r
                    WHERE r.account_key = ?1 AND r.imported = 0 AND r.cost_kind = pairs.kind
                      AND r.seq > pairs.begin AND r.seq <= pairs.receipt), since
                 FROM pairs WHERE was = kind AND (?2 IS NULL OR at >= ?2) ORDER BY at",
            )?;
            let rows = statement.query_map(params![account_key, since.map(clock::to_ms)], |row| {
                let kind: String = row.get(1)?;
                Ok(BalanceChange {
                    at: clock::from_ms(row.get(0)?),
                    kind: if kind == "play" { MoneyKind::Play } else { MoneyKind::Usd },
                    taken: row.get(2)?,
                    explained: row.get(3)?,
                    since: clock::from_ms(row.get(4)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn quiet(tx: &Transaction, account_key: &str) -> Result<Option<QuietMoment>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT coalesce(max(seq), 0) FROM receipts WHERE account_key = ?1
             HAVING NOT EXISTS (SELECT 1 FROM reservations WHERE account_key = ?1)",
        )?
        .query_row([account_key], |row| row.get(0))
        .optional()?
        .map(|receipt| QuietMoment { receipt }))
}
