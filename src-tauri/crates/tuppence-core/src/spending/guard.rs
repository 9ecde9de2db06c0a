//! Whether a message may be sent, and how long its answer may be: a function of what is known and
//! nothing else.

use std::time::SystemTime;

use conversations::{MoneyKind, Reservation, Standing};
use money::{Amount, PriceSnapshot};
use serde::{Deserialize, Serialize};

use super::limits::Limits;
use super::prompt::Prompt;
use crate::account::AccountId;
use crate::turn::Shorter;

/// An answer shorter than this is of no use: what leaves no room for it does not send.
const LEAST_TOKENS: u64 = 64;

/// The same for an answer that the person asked to be shorter: a sentence.
const LEAST_ASKED: u64 = 16;

/// What an answer may have where neither the request nor the model says it.
const USUAL_MOST_TOKENS: u64 = 16_384;

/// Which of a person's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    /// On one answer.
    Message,
    /// On one conversation.
    Conversation,
    /// On one day.
    Day,
    /// On one month.
    Month,
    /// On one account in a month.
    Account,
}

/// A limit that keeps a message from being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitReached {
    /// Which.
    pub limit: LimitName,
    /// How much it is.
    pub amount: Amount,
    /// What counts against it already, answers under way included.
    pub counted: Amount,
    /// The part of `counted` that answers under way hold; what they do not need comes back.
    pub held: Amount,
    /// When it begins anew, if it does.
    pub resets_at: Option<SystemTime>,
}

/// Why an answer may be shorter than the model could make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoweredBy {
    /// The wallet does not cover more.
    Wallet,
    /// One of the person's limits does not.
    Limit(LimitName),
    /// The person asked for a shorter answer.
    Asked,
}

impl LoweredBy {
    /// The word that it is kept under.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Limit(LimitName::Message) => "message",
            Self::Limit(LimitName::Conversation) => "conversation",
            Self::Limit(LimitName::Day) => "day",
            Self::Limit(LimitName::Month) => "month",
            Self::Limit(LimitName::Account) => "account",
            Self::Asked => "asked",
        }
    }

    /// The reason of that word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "wallet" => Self::Wallet,
            "message" => Self::Limit(LimitName::Message),
            "conversation" => Self::Limit(LimitName::Conversation),
            "day" => Self::Limit(LimitName::Day),
            "month" => Self::Limit(LimitName::Month),
            "account" => Self::Limit(LimitName::Account),
            "asked" => Self::Asked,
            _ => return None,
        })
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) account: AccountId,
    pub(super) kind: MoneyKind,
    pub(super) prices: Option<PriceSnapshot>,
    pub(super) prompt: Prompt,
    /// Tokens of an answer that the request asks for, where it says.
    pub(super) asked: Option<u64>,
    /// Tokens of an answer that the model can make, where it is known.
    pub(super) model_most: Option<u64>,
    /// What is in the wallet, where that was read lately.
    pub(super) wallet: Option<i64>,
    /// The person wants a shorter answer than there could be.
    pub(super) shorter: Option<Shorter>,
}

/// What may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Granted {
    /// The `max_tokens` to send; `None` leaves it to the provider.
    pub(super) max_tokens: Option<u32>,
    /// Why it is less than could be.
    pub(super) lowered: Option<LoweredBy>,
    /// The most that the answer may cost before it is cut, where a limit holds.
    pub(super) ceiling: Option<i64>,
    /// What is held for it.
    pub(super) held: i64,
}

/// Why nothing may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A limit leaves no room.
    Limit {
        name: LimitName,
        amount: i64,
        counted: i64,
        held: i64,
    },
    /// There are limits, and no price to hold them by.
    PriceUnknown,
    /// The person asked for a shorter answer, and not even that is affordable.
    NotEvenShort,
    /// The limits cannot be read.
    Unreadable,
}

/// Decides, and says what to hold.
pub(super) fn decide(
    ask: &Ask,
    limits: &Limits,
    standing: &Standing,
) -> Result<(Reservation, Granted), Refusal> {
    let wanted = ask.asked.or(ask.model_most).unwrap_or(USUAL_MOST_TOKENS);
    let least = LEAST_TOKENS.min(wanted);
    let rooms = rooms(ask, limits, standing);
    let Some(prices) = ask.prices else {
        return match rooms.is_empty() || limits.unpriced_allowed {
            true => Ok(unbounded(ask, shorter(ask, wanted, None)?)),
            false => Err(Refusal::PriceUnknown),
        };
    };
    let (mut most, mut lowered) = (wanted, None);
    for room in &rooms {
        let affordable = prices
            .most_output(ask.prompt.bound, room.left())
            .unwrap_or(0);
        if affordable < least {
            return Err(Refusal::Limit {
                name: room.name,
                amount: room.amount,
                counted: room.counted,
                held: room.held,
            });
        }
        if affordable < most {
            (most, lowered) = (affordable, Some(LoweredBy::Limit(room.name)));
        }
    }
    // A wallet that seems too small for anything keeps nobody from asking: its provider decides.
    let wallet = ask
        .wallet
        .map(|wallet| wallet.saturating_sub(standing.account_held));
    if let Some(shorter) = shorter(ask, most, wallet.map(|left| (prices, left)))? {
        (most, lowered) = (shorter, Some(LoweredBy::Asked));
    }
    let affordable = wallet.and_then(|left| prices.most_output(ask.prompt.bound, left));
    if let Some(affordable) = affordable.filter(|it| (least..most).contains(it)) {
        (most, lowered) = (affordable, Some(LoweredBy::Wallet));
    }
    let held = prices.most(ask.prompt.bound, most);
    let bounded = lowered.is_some() || !rooms.is_empty() || ask.asked.is_some();
    let granted = Granted {
        max_tokens: bounded.then(|| u32::try_from(most).unwrap_or(u32::MAX)),
        lowered,
        ceiling: (!rooms.is_empty()).then_some(held),
        held,
    };
    Ok((reservation(ask, held), granted))
}

fn unbounded(ask: &Ask, shorter: Option<u64>) -> (Reservation, Granted) {
    let granted = Granted {
        max_tokens: shorter
            .or(ask.asked)
            .map(|asked| u32::try_from(asked).unwrap_or(u32::MAX)),
        lowered: shorter.map(|_| LoweredBy::Asked),
        ceiling: None,
        held: 0,
    };
    (reservation(ask, 0), granted)
}

fn reservation(ask: &Ask, micro: i64) -> Reservation {
    Reservation {
        micro,
        input_tokens: ask.prompt.estimate,
    }
}

/// The room of an answer that the person asked to be shorter, if they did: what the wallet covers with what
/// the request surely or, failing that, about costs, and no more than half of what was refused before.
fn shorter(
    ask: &Ask,
    most: u64,
    wallet: Option<(PriceSnapshot, i64)>,
) -> Result<Option<u64>, Refusal> {
    let Some(shorter) = ask.shorter else {
        return Ok(None);
    };
    let half = shorter.previous.map(|previous| u64::from(previous) / 2);
    let room = match wallet {
        Some((prices, left)) => {
            let surely = prices.most_output(ask.prompt.bound, left);
            let about = || prices.most_output(ask.prompt.estimate + ask.prompt.estimate / 4, left);
            let affordable = surely.filter(|it| *it >= LEAST_ASKED).or_else(about);
            affordable.unwrap_or(0)
        }
        None => half.unwrap_or(most / 4),
    };
    let room = room.min(half.unwrap_or(most)).min(most);
    match room < LEAST_ASKED {
        true => Err(Refusal::NotEvenShort),
        false => Ok(Some(room)),
    }
}

/// A limit that applies, and what counts against it.
struct Room {
    name: LimitName,
    amount: i64,
    counted: i64,
    held: i64,
}

impl Room {
    fn left(&self) -> i64 {
        self.amount.saturating_sub(self.counted)
    }
}

fn rooms(ask: &Ask, limits: &Limits, standing: &Standing) -> Vec<Room> {
    let set = limits.of(ask.kind);
    let of_account = limits.accounts.get(&ask.account).copied();
    // A second answer of the same conversation at the same time is refused elsewhere.
    [
        (LimitName::Message, set.message, 0, 0),
        (
            LimitName::Conversation,
            set.conversation,
            standing.conversation,
            0,
        ),
        (LimitName::Day, set.day, standing.day, standing.held),
        (LimitName::Month, set.month, standing.month, standing.held),
        (
            LimitName::Account,
            of_account,
            standing.account,
            standing.account_held,
        ),
    ]
    .into_iter()
    .filter_map(|(name, amount, counted, held)| {
        Some(Room {
            name,
            amount: amount?,
            counted,
            held,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests;
