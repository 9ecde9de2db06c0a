use serde_json::{Value, json};
use tuppence_core::{Account, SessionStatus, Tuppence};

use crate::exit::Stop;
use crate::output::Output;

pub(crate) fn run(core: &Tuppence, output: &Output) -> Result<(), Stop> {
    let accounts = core.accounts();
    let active = core.active_account();
    let is_active = |account: &Account| active.as_ref() == Some(&account.record.id);
    let list: Vec<Value> = accounts
        .iter()
        .map(|account| {
            let record = &account.record;
            json!({
                "account": record.id,
                "provider": record.provider_id,
                "name": record.display_name,
                "active": is_active(account),
                "session": session(account),
            })
        })
        .collect();
    output.result(&Value::from(list), || {
        if accounts.is_empty() {
            return "Nobody is signed in. `tup sign-in` starts.".to_owned();
        }
        let line = |account: &Account| {
            let mark = if is_active(account) { "*" } else { " " };
            let record = &account.record;
            format!(
                "{mark} {}  {} ({}), {}",
                record.id,
                record.display_name,
                record.provider_name,
                session(account)
            )
        };
        accounts.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

fn session(account: &Account) -> &'static str {
    match account.session {
        SessionStatus::SignedIn(_) => "signed_in",
        SessionStatus::ReauthRequired => "reauth_required",
        SessionStatus::KeychainUnavailable(_) => "keychain_unavailable",
    }
}
