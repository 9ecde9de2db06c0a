use serde_json::{Value, json};
use tuppence_core::{Balance, KeyCap, Tuppence};

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
) -> Result<(), Stop> {
    let id = choose(core, account)?.record.id;
    let balance = core.refresh_balance(&id).await?;
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
    output.result(&answer, || match (amount, &balance) {
        (Some(amount), _) => amount.to_string(),
        (None, Balance::KeyCap(cap)) => key_words(cap),
        (None, Balance::NotLinked) => "No wallet is linked to this app yet.".to_owned(),
        (None, Balance::NotReadable) => "This sign-in may not read the balance.".to_owned(),
        (None, Balance::Unlimited) => "There is no limit.".to_owned(),
        (None, _) => "The balance is not known.".to_owned(),
    });
    Ok(())
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
