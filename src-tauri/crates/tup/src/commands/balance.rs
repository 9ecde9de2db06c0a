use serde_json::json;
use tuppence_core::{Balance, Tuppence};

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
        Balance::NotLinked => ("not_linked", None, None),
        Balance::NotReadable => ("not_readable", None, None),
        Balance::Unlimited => ("unlimited", None, None),
        Balance::Unknown => ("unknown", None, None),
    };
    output.result(
        &json!({"account": id, "state": state, "amount": amount, "as_of": as_of}),
        || match amount {
            Some(amount) => amount.to_string(),
            None => match balance {
                Balance::NotLinked => "No wallet is linked to this app yet.",
                Balance::NotReadable => "This sign-in may not read the balance.",
                Balance::Unlimited => "There is no limit.",
                _ => "The balance is not known.",
            }
            .to_owned(),
        },
    );
    Ok(())
}
