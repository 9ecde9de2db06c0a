use serde_json::{Value, json};
use tuppence_core::{Allowance, AllowancePeriod, Balance, KeyCap, Measure, Tuppence};

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
) -> Result<(), Stop> {
    let id = choose(core, account)?.record.id;
    let balance = core.refresh_wallet(&id).await?;
    let allowances = core.account(&id)?.allowances;
    let (state, amount, as_of) = match &balance {
        Balance::Known { amount, as_of } => ("known", Some(*amount), Some(rfc3339(*as_of))),
        // What the account holds is not known: there is no amount to give.
        Balance::KeyCap(cap) => ("not_readable", None, Some(rfc3339(cap.as_of))),
        Balance::NotLinked => ("not_linked", None, None),
        Balance::NotReadable => ("not_readable", None, None),
        Balance::Unlimited => ("unlimited", None, None),
        Balance::Unknown => ("unknown", None, None),
    };
    let mut answer = json!({"account": id, "state": state, "amount": amount, "as_of": as_of});
    if let Balance::KeyCap(cap) = &balance {
        answer["key"] = key(cap);
    }
    if !allowances.is_empty() {
        answer["allowances"] = allowances.iter().map(allowance).collect();
    }
    let held = || match (amount, &balance) {
        (Some(amount), _) => amount.to_string(),
        (None, Balance::KeyCap(cap)) => key_words(cap),
        (None, Balance::NotLinked) => "No wallet is linked to this app yet.".to_owned(),
        (None, Balance::NotReadable) => "This sign-in may not read the balance.".to_owned(),
        (None, Balance::Unlimited) => "There is no limit.".to_owned(),
        (None, _) => "The balance is not known.".to_owned(),
    };
    output.result(&answer, || {
        let lines = allowances.iter().map(allowance_words);
        std::iter::once(held())
            .chain(lines)
            .collect::<Vec<_>>()
            .join("\n")
    });
    Ok(())
}

/// What may be used beside the balance.
fn allowance(it: &Allowance) -> Value {
    let measure = |measure: Measure| match measure {
        Measure::Money(amount) => json!(amount),
        Measure::Requests(count) => json!({"requests": count}),
    };
    json!({
        "period": period(it.period),
        "used": measure(it.used),
        "limit": it.limit.map(measure),
        "resets_at": it.resets_at.map(rfc3339),
        "as_of": rfc3339(it.as_of),
    })
}

fn period(period: AllowancePeriod) -> &'static str {
    match period {
        AllowancePeriod::FourHours => "four_hours",
        AllowancePeriod::Month => "month",
        AllowancePeriod::Day => "day",
    }
}

fn allowance_words(it: &Allowance) -> String {
    let measure = |measure: Measure| match measure {
        Measure::Money(amount) => amount.to_string(),
        Measure::Requests(count) => format!("{count} requests"),
    };
    let name = match it.period {
        AllowancePeriod::FourHours => "Four hours",
        AllowancePeriod::Month => "Month",
        AllowancePeriod::Day => "Day",
    };
    let used = measure(it.used);
    let of = match it.limit {
        Some(limit) => format!("{used} of {} used", measure(limit)),
        None => format!("{used} used, no limit"),
    };
    match it.resets_at {
        Some(at) => format!("{name}: {of}, begins anew at {}.", rfc3339(at)),
        None => format!("{name}: {of}."),
    }
}

/// What a key may spend and has spent.
fn key(cap: &KeyCap) -> Value {
    let limit = cap
        .limit
        .map(|limit| json!({"amount": limit.amount, "used": limit.used, "resets": limit.resets}));
    json!({"spent": cap.spent, "limit": limit, "ends_at": cap.ends_at.map(rfc3339)})
}

fn key_words(cap: &KeyCap) -> String {
    match cap.limit {
        Some(limit) => format!("Cap: {} of {} used.", limit.used, limit.amount),
        None => format!("{} spent with this key, which has no cap.", cap.spent),
    }
}
