use serde_json::json;
use tuppence_core::Tuppence;

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
) -> Result<(), Stop> {
    let id = choose(core, account)?.record.id;
    // Asked of the provider, so that a session which is over shows.
    core.refresh_identity(&id).await?;
    let record = core.account(&id)?.record;
    let scopes: Vec<&str> = record.granted_scopes.split_whitespace().collect();
    let value = json!({
        "account": record.id,
        "provider": record.provider_id,
        "subject": record.subject,
        "name": record.display_name,
        "email": record.email,
        "scopes": scopes,
    });
    output.result(&value, || {
        let email = record
            .email
            .as_deref()
            .map(|email| format!(" <{email}>"))
            .unwrap_or_default();
        format!("{}{email} at {}", record.display_name, record.provider_name)
    });
    Ok(())
}
