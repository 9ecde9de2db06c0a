//! What was paid for and never came.

use std::time::SystemTime;

use money::{Amount, Cost, Label};
use rusqlite::{Row, Transaction, named_params, params};

use crate::{
    MoneyKind, Store, StoreError, clock,
    receipt::{self, label_name},
};

/// A charge may come this long after the answer that it is for, where a provider bills late.
const LATE_MS: i64 = 15 * 60 * 1000;

/// What an answer cost without its words having come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How it came about.
    pub cause: LossCause,
    /// How much, and how that is known.
    pub cost: Cost,
}

/// How words that were paid for did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossCause {
    /// Nothing of the answer came.
    NoWords,
    /// The provider began the answer anew; what it had said first was dropped.
    BegunAnew,
}

impl LossCause {
    fn name(self) -> &'static str {
        match self {
            Self::NoWords => "no_words",
            Self::BegunAnew => "begun_anew",
        }
    }
}

/// Losses added up, in one kind of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Losses {
    /// How much.
    pub amount: Amount,
    /// Of how many answers.
    pub answers: u64,
}

impl Store {
    /// Looks at what the last reading of the account's balance lost: where exactly one answer of which
    /// nothing came can have cost what no receipt explains, that is its loss. Returns the answer's id.
    ///
    /// # Errors
    /// Those of any write.
    pub fn attribute_loss(&self, account_key: &str) -> Result<Option<String>, StoreError> {
        self.write(|tx| {
            let Some(gap) = last_gap(tx, account_key)? else {
                return Ok(None);
            };
            let since = clock::now_ms() - LATE_MS;
            let mut silent = silent_answers(tx, account_key, &gap, since)?;
            let (Some(answer), true) = (silent.pop(), silent.is_empty()) else {
                return Ok(None);
            };
            // What it was thought to have cost is part of what the receipts explain.
            let micro = gap.unexplained + answer.thought_micro;
            if micro <= 0 {
                return Ok(None);
            }
            let loss = Loss {
                cause: LossCause::NoWords,
                cost: Cost {
                    amount: gap.kind.amount(micro),
                    label: Label::Estimate,
                },
            };
            add(tx, &answer.message_id, account_key, &loss)?;
            Ok(Some(answer.message_id))
        })
    }

    /// What the account, or every account, paid for and never got.
    ///
    /// # Errors
    /// Those of any read.
    pub fn losses(
        &self,
        account_key: Option<&str>,
        since: Option<SystemTime>,
    ) -> Result<Vec<Losses>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT kind, sum(micro), count(*) FROM losses
                 WHERE (?1 IS NULL OR account_key = ?1) AND (?2 IS NULL OR at >= ?2)
                 GROUP BY kind ORDER BY kind DESC",
            )?;
            let rows =
                statement.query_map(params![account_key, since.map(clock::to_ms)], |row| {
                    let kind: String = row.get(0)?;
                    Ok(Losses {
                        amount: kind_of(&kind).amount(row.get(1)?),
                        answers: row.get::<_, u32>(2)?.into(),
                    })
                })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// Notes a loss, unless one is noted for that answer.
pub(crate) fn add(
    tx: &Transaction,
    message_id: &str,
    account_key: &str,
    loss: &Loss,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO losses (message_id, account_key, at, cause, kind, micro, label)
         VALUES (:message, :account, :now, :cause, :kind, :micro, :label)
         ON CONFLICT (message_id) DO NOTHING",
    )?
    .execute(named_params! {
        ":message": message_id,
        ":account": account_key,
        ":now": clock::now_ms(),
        ":cause": loss.cause.name(),
        ":kind": MoneyKind::of(loss.cost.amount).name(),
        ":micro": loss.cost.amount.micro(),
        ":label": label_name(loss.cost.label),
    })?;
    Ok(())
}

/// Of a row with the columns `loss_cause`, `loss_kind`, `loss_micro` and `loss_label`.
pub(crate) fn from_row(row: &Row) -> rusqlite::Result<Option<Loss>> {
    let cause: Option<String> = row.get("loss_cause")?;
    let Some(cause) = cause else { return Ok(None) };
    let (kind, label): (String, String) = (row.get("loss_kind")?, row.get("loss_label")?);
    Ok(Some(Loss {
        cause: match cause.as_str() {
            "begun_anew" => LossCause::BegunAnew,
            _ => LossCause::NoWords,
        },
        cost: Cost {
            amount: kind_of(&kind).amount(row.get("loss_micro")?),
            label: receipt::label_of(&label),
        },
    }))
}

fn kind_of(name: &str) -> MoneyKind {
    match name {
        "play" => MoneyKind::Play,
        _ => MoneyKind::Usd,
    }
}

/// What happened between the last two readings of a balance.
struct Gap {
    kind: MoneyKind,
    unexplained: i64,
    /// The receipts in between, from after the first to the second.
    receipts: (i64, i64),
}

fn last_gap(tx: &Transaction, account_key: &str) -> Result<Option<Gap>, StoreError> {
    let readings: Vec<(String, i64, i64)> = tx
        .prepare_cached(
            "SELECT kind, micro, receipt FROM balance_readings
             WHERE account_key = ?1 ORDER BY seq DESC LIMIT 2",
        )?
        .query_map([account_key], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    let [(kind, after, until), (was, before, begin)] = readings.as_slice() else {
        return Ok(None);
    };
    let taken = before - after;
    if kind != was || taken <= 0 {
        return Ok(None);
    }
    let explained: i64 = tx
        .prepare_cached(
            "SELECT coalesce(sum(cost_micro), 0) FROM receipts
             WHERE account_key = ?1 AND imported = 0 AND cost_kind = ?2 AND seq > ?3 AND seq <= ?4",
        )?
        .query_row(params![account_key, kind, begin, until], |row| row.get(0))?;
    Ok(Some(Gap {
        kind: kind_of(kind),
        unexplained: taken - explained,
        receipts: (*begin, *until),
    }))
}

struct Silent {
    message_id: String,
    /// What it was estimated to have cost, in the receipts of the gap.
    thought_micro: i64,
}

/// Answers that had left and of which nothing came: those of the gap, or else late ones before it.
fn silent_answers(
    tx: &Transaction,
    account_key: &str,
    gap: &Gap,
    since: i64,
) -> Result<Vec<Silent>, StoreError> {
    let (begin, until) = gap.receipts;
    let find = |begin: i64, until: i64| {
        tx.prepare_cached(
            "SELECT r.message_id, coalesce(r.cost_micro, 0) FROM receipts r
             JOIN messages m ON m.id = r.message_id
             WHERE r.account_key = ?1 AND r.seq > ?2 AND r.seq <= ?3 AND r.at >= ?4
               AND r.imported = 0 AND r.outcome <> 'complete' AND m.text = '' AND m.reasoning = ''
               AND coalesce(r.bound_micro, 1) > 0
               AND coalesce(r.cost_label, 'estimate') = 'estimate'
               AND NOT EXISTS (SELECT 1 FROM losses l WHERE l.message_id = r.message_id)
             ORDER BY r.seq",
        )?
        .query_map(params![account_key, begin, until, since], |row| {
            Ok(Silent {
                message_id: row.get(0)?,
                thought_micro: row.get(1)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()
    };
    let found = find(begin, until)?;
    if found.is_empty() && begin == until {
        // Receipts before the gap explain nothing of it.
        let late = find(0, begin)?;
        return Ok(late
            .into_iter()
            .map(|it| Silent {
                thought_micro: 0,
                ..it
            })
            .collect());
    }
    Ok(found)
}
