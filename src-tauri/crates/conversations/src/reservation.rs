//! What answers under way may cost, held in one table for every process that shares the directory.

use std::time::SystemTime;

use money::{Amount, Cost, Label, MicroUsd, PlayMoney, PriceSnapshot, Usage};
use rusqlite::{OptionalExtension, Transaction, named_params, params};

use crate::{Ending, Finished, Message, Store, StoreError, clock, journal, new_id, recovery};

/// A kind of money; sums never mix them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyKind {
    /// Dollars.
    Usd,
    /// Play money.
    Play,
}

impl MoneyKind {
    /// An amount of this kind.
    #[must_use]
    pub fn amount(self, micro: i64) -> Amount {
        match self {
            Self::Usd => Amount::Usd(MicroUsd(micro)),
            Self::Play => Amount::Play(PlayMoney(micro)),
        }
    }

    pub(crate) fn of(amount: Amount) -> Self {
        if amount.is_play() {
            Self::Play
        } else {
            Self::Usd
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Usd => "usd",
            Self::Play => "play",
        }
    }
}

/// What is spent and held of one kind of money, in millionths, at one moment for all processes.
///
/// Each sum is of upper bounds: where a provider said what it charged, that; where it did not, the
/// most that it can have been; for answers under way, all that they may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// In the conversation.
    pub conversation: i64,
    /// Since midnight, by this device's clock and time zone.
    pub day: i64,
    /// Since the first of the month, likewise.
    pub month: i64,
    /// By the account since the first of the month.
    pub account: i64,
    /// Held by other answers of the account that are under way; part of the sums above.
    pub account_held: i64,
    /// Held by all other answers under way; part of the sums above.
    pub held: i64,
}

/// What an answer may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The most, in millionths.
    pub micro: i64,
    /// Tokens sent, as counted here.
    pub input_tokens: u64,
}

impl Store {
    /// Holds what an answer may cost, if `decide` says so when it is shown where all limits stand and
    /// the JSON of the setting `limits_key`. Between the look and the hold no other process spends.
    ///
    /// A refusal is looked at again once the answers of processes that are gone are settled.
    ///
    /// # Errors
    /// [`StoreError::NotStreaming`] for an answer that this store does not stream; those of any write.
    /// The inner one is the refusal.
    pub fn reserve<D, R>(
        &self,
        message_id: &str,
        kind: MoneyKind,
        limits_key: &str,
        decide: impl Fn(&Standing, Option<&str>) -> Result<(Reservation, D), R>,
    ) -> Result<Result<D, R>, StoreError> {
        let writer = self.writer_id()?;
        self.write(|tx| {
            journal::streaming_seq(tx, message_id, writer)?;
            let limits: Option<String> = tx
                .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
                .query_row([limits_key], |row| row.get(0))
                .optional()?;
            let look = |tx: &Transaction| {
                let standing = standing(tx, message_id, kind)?;
                Ok::<_, StoreError>(decide(&standing, limits.as_deref()))
            };
            let mut decided = look(tx)?;
            if decided.is_err() && recovery::cut_off_orphans_in(tx, self.dir())? > 0 {
                decided = look(tx)?;
            }
            let (reservation, outcome) = match decided {
                Ok(held) => held,
                Err(refusal) => return Ok(Err(refusal)),
            };
            tx.prepare_cached(
                "INSERT INTO reservations
                   (message_id, conversation_id, account_key, kind, micro, input_tokens, at)
                 SELECT m.id, c.id, coalesce(m.account_key, ''), :kind, :micro, :input, :now
                 FROM messages m JOIN conversations c ON c.seq = m.conversation
                 WHERE m.id = :message",
            )?
            .execute(named_params! {
                ":message": message_id,
                ":kind": kind.name(),
                ":micro": reservation.micro.max(0),
                ":input": i64::try_from(reservation.input_tokens).unwrap_or(i64::MAX),
                ":now": clock::now_ms(),
            })?;
            Ok(Ok(outcome))
        })
    }

    /// Notes, on the disk when this returns, that the request of an answer is about to leave: from here
    /// on it may be paid for, whatever becomes of this process.
    ///
    /// # Errors
    /// Those of any write.
    pub fn request_leaves(&self, message_id: &str) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            tx.prepare_cached("UPDATE reservations SET sent = 1 WHERE message_id = ?1")?
                .execute([message_id])?;
            Ok(())
        })
    }

    /// Where the limits of one kind of money stand now, with everything under way; `conversation` and
    /// `account` are of whom the sums by their name are wanted.
    ///
    /// # Errors
    /// Those of any read.
    pub fn standing(
        &self,
        kind: MoneyKind,
        conversation_id: &str,
        account_key: &str,
    ) -> Result<Standing, StoreError> {
        self.read(|tx| sums(tx, "", conversation_id, account_key, kind))
    }

    /// When the day and the month end that limits count in: the next midnight and first of a month, by
    /// this device's clock and time zone.
    ///
    /// # Errors
    /// Those of any read.
    pub fn limit_periods_end(&self) -> Result<(SystemTime, SystemTime), StoreError> {
        self.read(|tx| {
            Ok(tx
                .prepare_cached(
                    "SELECT
                       unixepoch('now', 'localtime', 'start of day', '+1 day', 'utc') * 1000,
                       unixepoch('now', 'localtime', 'start of month', '+1 month', 'utc') * 1000",
                )?
                .query_row([], |row| {
                    Ok((clock::from_ms(row.get(0)?), clock::from_ms(row.get(1)?)))
                })?)
        })
    }
}

/// Where the limits stand for a message that is about to be answered.
fn standing(tx: &Transaction, message_id: &str, kind: MoneyKind) -> Result<Standing, StoreError> {
    let (conversation, account): (String, String) = tx
        .prepare_cached(
            "SELECT c.id, coalesce(m.account_key, '')
             FROM messages m JOIN conversations c ON c.seq = m.conversation WHERE m.id = ?1",
        )?
        .query_row([message_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    sums(tx, message_id, &conversation, &account, kind)
}

fn sums(
    tx: &Transaction,
    but_message: &str,
    conversation: &str,
    account: &str,
    kind: MoneyKind,
) -> Result<Standing, StoreError> {
    // Before midnight's day began, or the month did: what is older than both counts in the
    // conversation alone, which has an index of its own.
    let spent = tx
        .prepare_cached(
            "WITH since (day, month) AS (SELECT
               unixepoch('now', 'localtime', 'start of day', 'utc') * 1000,
               unixepoch('now', 'localtime', 'start of month', 'utc') * 1000),
             counted (at, account, micro) AS (
               SELECT at, account_key, coalesce(bound_micro, cost_micro) FROM receipts, since
               WHERE at >= since.month AND imported = 0
                 AND coalesce(bound_kind, cost_kind) = :kind)
             SELECT
               (SELECT coalesce(sum(coalesce(bound_micro, cost_micro)), 0) FROM receipts
                WHERE conversation_id = :conversation AND imported = 0
                  AND coalesce(bound_kind, cost_kind) = :kind),
               coalesce(sum(micro) FILTER (WHERE at >= since.day), 0),
               coalesce(sum(micro), 0),
               coalesce(sum(micro) FILTER (WHERE account = :account), 0)
             FROM since LEFT JOIN counted ON true",
        )?
        .query_row(
            named_params! {":kind": kind.name(), ":conversation": conversation, ":account": account},
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?]),
        )?;
    let held = tx
        .prepare_cached(
            "SELECT
               coalesce(sum(micro) FILTER (WHERE conversation_id = :conversation), 0),
               coalesce(sum(micro) FILTER (WHERE account_key = :account), 0),
               coalesce(sum(micro), 0)
             FROM reservations WHERE kind = :kind AND message_id <> :message",
        )?
        .query_row(
            named_params! {
                ":kind": kind.name(),
                ":conversation": conversation,
                ":account": account,
                ":message": but_message,
            },
            |row| Ok([row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?]),
        )?;
    let [in_conversation, day, month, by_account] = spent;
    let [held_in_conversation, held_by_account, held] = held;
    Ok(Standing {
        conversation: in_conversation.saturating_add(held_in_conversation),
        day: day.saturating_add(held),
        month: month.saturating_add(held),
        account: by_account.saturating_add(held_by_account),
        account_held: held_by_account,
        held,
    })
}

/// What an answer that ends has held, and what of it counts from now on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settled {
    /// The most that it can have cost.
    pub(crate) bound: Option<Amount>,
    /// Its cost, where the caller did not say one.
    pub(crate) cost: Option<Cost>,
    /// Tokens, likewise.
    pub(crate) usage: Option<Usage>,
}

/// Ends the reservation of an answer. What was never sent costs nothing; what was, costs what is known,
/// and at most what was held where nothing is.
pub(crate) fn settle(
    tx: &Transaction,
    streamed: &Message,
    finished: &Finished,
) -> Result<Settled, StoreError> {
    let held = tx
        .prepare_cached(
            "DELETE FROM reservations WHERE message_id = ?1 RETURNING kind, micro, input_tokens, sent",
        )?
        .query_row(params![streamed.id], |row| {
            let kind: String = row.get(0)?;
            let kind = if kind == "play" { MoneyKind::Play } else { MoneyKind::Usd };
            Ok((kind, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, bool>(3)?))
        })
        .optional()?;
    let Some((kind, micro, input_tokens, sent)) = held else {
        return Ok(Settled {
            bound: finished.bound,
            ..Settled::default()
        });
    };
    if !sent {
        return Ok(Settled {
            bound: Some(kind.amount(0)),
            ..Settled::default()
        });
    }
    let exact = finished
        .cost
        .filter(|cost| cost.label != Label::Estimate && MoneyKind::of(cost.amount) == kind)
        .map(|cost| kind.amount(cost.amount.micro().max(0)));
    let bound = exact
        .or(finished.bound)
        .unwrap_or_else(|| kind.amount(micro));
    // Nobody was left to count what the process that died had received.
    let nobody_counted =
        finished.ending == Ending::CutOff && finished.cost.is_none() && finished.usage.is_none();
    let came = streamed.text.len() + streamed.reasoning.len();
    let usage = (nobody_counted && came > 0).then(|| Usage {
        input: u64::try_from(input_tokens).unwrap_or_default(),
        output: (came as u64).div_ceil(BYTES_PER_TOKEN),
        ..Usage::default()
    });
    let prices: Option<PriceSnapshot> = streamed
        .price_snapshot_json
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok());
    let cost = usage.zip(prices).map(|(usage, prices)| Cost {
        amount: kind.amount(prices.cost(&usage).0),
        label: Label::Estimate,
    });
    Ok(Settled {
        bound: Some(bound),
        cost,
        usage,
    })
}

/// Ends reservations whose answer was deleted for good while it streamed: what left counts as spent.
pub(crate) fn settle_homeless(tx: &Transaction) -> Result<(), StoreError> {
    let homeless = tx
        .prepare_cached(
            "SELECT message_id FROM reservations
             WHERE message_id NOT IN (SELECT id FROM messages WHERE status = 'streaming')",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    for message_id in homeless {
        tx.prepare_cached(
            "INSERT INTO receipts (id, at, conversation_id, message_id, account_key, model_id, outcome,
               bound_kind, bound_micro)
             SELECT ?2, ?3, conversation_id, message_id, account_key, '', 'cut_off', kind, micro
             FROM reservations WHERE message_id = ?1 AND sent = 1",
        )?
        .execute(params![message_id, new_id(), clock::now_ms()])?;
        tx.prepare_cached("DELETE FROM reservations WHERE message_id = ?1")?
            .execute([message_id])?;
    }
    Ok(())
}

/// As the core estimates what no provider counted.
const BYTES_PER_TOKEN: u64 = 4;
