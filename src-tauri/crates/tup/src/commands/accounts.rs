use serde_json::{Value, json};
use tuppence_core::{Account, Leaving, SessionStatus, Tuppence};

use crate::account_choice::choose;
use crate::exit::Stop;
use crate::output::Output;

/// Those that are signed in, then those that were signed out and not removed.
pub(crate) async fn list(core: &Tuppence, output: &Output) -> Result<(), Stop> {
    let accounts = core.accounts();
    let signed_out = core.signed_out_accounts().await?;
    let active = core.active_account();
    let is_active = |account: &Account| active.as_ref() == Some(&account.record.id);
    let mut list: Vec<Value> = accounts
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
    list.extend(signed_out.iter().map(|account| {
        json!({
            "account": account.id,
            "provider": account.provider_id,
            "name": account.display_name,
            "active": false,
            "session": "signed_out",
        })
    }));
    output.result(&Value::from(list), || {
        let mut lines = Vec::new();
        if accounts.is_empty() {
            lines.push("Nobody is signed in. `tup sign-in` starts.".to_owned());
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
        lines.extend(accounts.iter().map(line));
        lines.extend(signed_out.iter().map(|account| {
            let (name, provider) = (&account.display_name, &account.provider_name);
            format!("  {}  {name} ({provider}), signed_out", account.id)
        }));
        lines.join("\n")
    });
    Ok(())
}

/// Takes an account off this device, signed in or not.
pub(crate) async fn remove(core: &Tuppence, output: &Output, given: &str) -> Result<(), Stop> {
    let (id, name) = match choose(core, Some(given)) {
        Ok(account) => (account.record.id, account.record.display_name),
        Err(stop) => {
            let mut known = core.signed_out_accounts().await?;
            known.retain(|it| {
                it.id.as_str() == given
                    || it.provider_id == given
                    || it.display_name.eq_ignore_ascii_case(given)
            });
            match known.as_slice() {
                [account] => (account.id.clone(), account.display_name.clone()),
                _ => return Err(stop),
            }
        }
    };
    let stays = core.what_stays(Leaving::RemoveAccount, Some(&id)).await?;
    core.remove_account(&id).await?;
    output.result(&json!({"account": id, "removed": true, "stays": stays}), || {
        format!(
            "{name} is off this device. Conversations and costs stay, without the name; so do the sign-in \
             in your browser and what the provider knows."
        )
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
