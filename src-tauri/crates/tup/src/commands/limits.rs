use std::io::{BufRead as _, IsTerminal as _};

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tuppence_core::{Confirmed, Failure, FailureKind, LimitSet, Limits, LimitsState, Tuppence};

use crate::account_choice::choose;
use crate::args::{Allow, Limit, Limits as Asked};
use crate::exit::Stop;
use crate::output::Output;

/// Shows the limits, or changes them. Raising one takes `--yes`, or a yes at the terminal.
pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    asked: Asked,
) -> Result<(), Stop> {
    let before = core.limits().await?;
    let mut limits = before.clone();
    let set = if asked.play {
        &mut limits.play
    } else {
        &mut limits.dollars
    };
    for (field, value) in [
        (&mut set.message, asked.message),
        (&mut set.conversation, asked.conversation),
        (&mut set.day, asked.day),
        (&mut set.month, asked.month),
    ] {
        if let Some(Limit(micro)) = value {
            *field = micro;
        }
    }
    if let Some(Limit(micro)) = asked.this_account {
        let id = choose(core, account)?.record.id;
        match micro {
            Some(micro) => limits.accounts.insert(id, micro),
            None => limits.accounts.remove(&id),
        };
    }
    if let Some(allow) = asked.allow_unpriced {
        limits.unpriced_allowed = allow == Allow::Yes;
    }
    if limits != before {
        set_limits(core, limits, asked.yes).await?;
    }
    show(core, output).await
}

async fn set_limits(core: &Tuppence, limits: Limits, yes: bool) -> Result<(), Stop> {
    let confirmed = yes.then(Confirmed::by_the_person);
    match core.set_limits(limits.clone(), confirmed).await {
        Err(failure) if failure.kind == FailureKind::ConfirmationNeeded && says_yes().await? => {
            let confirmed = Some(Confirmed::by_the_person());
            Ok(core.set_limits(limits, confirmed).await?)
        }
        done => Ok(done?),
    }
}

/// Asks at the terminal; without one nobody said yes.
async fn says_yes() -> Result<bool, Stop> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(false);
    }
    let asked = tokio::task::spawn_blocking(|| {
        eprint!("This raises a limit: more can be spent from now on. Raise it? [y/N] ");
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
    });
    asked
        .await
        .map_err(|error| Stop::Failed(Failure::internal(error)))
}

async fn show(core: &Tuppence, output: &Output) -> Result<(), Stop> {
    let state = core.limits_state().await?;
    let names: Vec<_> = core
        .accounts()
        .into_iter()
        .map(|it| (it.record.id, it.record.display_name, it.record.play_money))
        .collect();
    let name_of = |id: &tuppence_core::AccountId| {
        let known = names.iter().find(|(known, ..)| known == id);
        known.map_or_else(
            || (id.to_string(), false),
            |(_, name, play)| (name.clone(), *play),
        )
    };
    output.result(&value(&state), || {
        let mut lines = Vec::new();
        let sets = [
            ("dollars", false, &state.limits.dollars, state.dollars),
            ("play money", true, &state.limits.play, state.play),
        ];
        for (kind, play, set, spent) in sets {
            for (name, limit, counted) in [
                ("an answer", set.message, None),
                ("a conversation", set.conversation, None),
                ("a day", set.day, Some(spent.day)),
                ("a month", set.month, Some(spent.month)),
            ] {
                lines.push(line(&format!("{kind}, {name}"), play, limit, counted));
            }
        }
        for (id, counted) in &state.accounts {
            let (name, play) = name_of(id);
            let limit = state.limits.accounts.get(id).copied();
            lines.push(line(
                &format!("{name}, a month"),
                play,
                limit,
                Some(counted.micro()),
            ));
        }
        if state.limits.unpriced_allowed {
            lines.push(
                "models without a known price may be used, and no limit holds them".to_owned(),
            );
        }
        lines.join("\n")
    });
    Ok(())
}

fn line(what: &str, play: bool, limit: Option<i64>, counted: Option<i64>) -> String {
    let amount = |micro| {
        if play {
            money::PlayMoney(micro).to_string()
        } else {
            money::MicroUsd(micro).to_string()
        }
    };
    let limit = limit.map_or_else(|| "no limit".to_owned(), amount);
    let counted = counted.map_or_else(String::new, |micro| {
        format!("  ({} counted)", amount(micro))
    });
    format!("{what:<28} {limit}{counted}")
}

/// Amounts by the kind of money: `micro_usd`, `play_micro`.
fn value(state: &LimitsState) -> Value {
    let set = |set: &LimitSet, name: &str| {
        let amount = |micro: Option<i64>| micro.map_or(Value::Null, |it| json!({ name: it }));
        json!({
            "message": amount(set.message),
            "conversation": amount(set.conversation),
            "day": amount(set.day),
            "month": amount(set.month),
        })
    };
    let accounts: Vec<Value> = state
        .accounts
        .iter()
        .map(|(id, counted)| {
            let limit = state.limits.accounts.get(id);
            let kind = if counted.is_play() {
                "play_micro"
            } else {
                "micro_usd"
            };
            json!({
                "account": id,
                "month": limit.map_or(Value::Null, |micro| json!({ kind: micro })),
                "counted": counted,
            })
        })
        .collect();
    let at = |time| {
        OffsetDateTime::from(time)
            .format(&Rfc3339)
            .unwrap_or_default()
    };
    json!({
        "usd": set(&state.limits.dollars, "micro_usd"),
        "play": set(&state.limits.play, "play_micro"),
        "counted": {
            "usd": {"day": {"micro_usd": state.dollars.day}, "month": {"micro_usd": state.dollars.month}},
            "play": {"day": {"play_micro": state.play.day}, "month": {"play_micro": state.play.month}},
        },
        "accounts": accounts,
        "unpriced_allowed": state.limits.unpriced_allowed,
        "day_ends": at(state.day_ends),
        "month_ends": at(state.month_ends),
    })
}
