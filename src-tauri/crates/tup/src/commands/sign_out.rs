use serde_json::json;
use tuppence_core::Tuppence;

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    browser_too: bool,
) -> Result<(), Stop> {
    let record = choose(core, account)?.record;
    core.sign_out(&record.id, browser_too).await?;
    output.result(&json!({"account": record.id, "signed_out": true}), || {
        format!(
            "{} is signed out here. Conversations stay.",
            record.display_name
        )
    });
    Ok(())
}
