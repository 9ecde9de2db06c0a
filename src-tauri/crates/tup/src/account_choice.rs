//! Which account a command is for.

use tuppence_core::{Account, Tuppence};

use crate::exit::Stop;

/// The account given by id, name, e-mail or provider, else the active one.
pub(crate) fn choose(core: &Tuppence, given: Option<&str>) -> Result<Account, Stop> {
    let accounts = core.accounts();
    if accounts.is_empty() {
        return Err(Stop::SignedOut);
    }
    let Some(given) = given else {
        let active = core.active_account().ok_or(Stop::SignedOut)?;
        return Ok(core.account(&active)?);
    };
    let mut found = accounts.into_iter().filter(|account| {
        let record = &account.record;
        record.id.as_str() == given
            || record.provider_id == given
            || record.display_name.eq_ignore_ascii_case(given)
            || record.email.as_deref() == Some(given)
    });
    match (found.next(), found.next()) {
        (Some(account), None) => Ok(account),
        (Some(_), Some(_)) => Err(Stop::usage(format!(
            "`{given}` names several accounts; `tup accounts` lists ids"
        ))),
        (None, _) => Err(Stop::usage(format!(
            "no account is called `{given}`; `tup accounts` lists them"
        ))),
    }
}
