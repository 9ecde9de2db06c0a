use serde_json::json;
use tuppence_core::{Leaving, Tuppence};

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    browser_too: bool,
) -> Result<(), Stop> {
    let chosen = choose(core, account)?;
    let (record, key_stays) = (chosen.record, chosen.key_outlives_sign_out);
    let stays = core.what_stays(Leaving::SignOut, Some(&record.id)).await?;
    core.sign_out(&record.id, browser_too).await?;
    let value = json!({
        "account": record.id,
        "signed_out": true,
        "key_stays_valid": key_stays,
        "stays": stays,
    });
    output.result(&value, || {
        let name = record.display_name;
        let told = format!("{name} is signed out here. Conversations and the account's name stay.");
        if !key_stays {
            return told;
        }
        let provider = record.provider_name;
        format!("{told} The key stays valid until you delete it at {provider}.")
    });
    Ok(())
}
