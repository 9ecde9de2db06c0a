use std::path::Path;

use serde_json::{Value, json};
use tuppence_core::{Backup, Tuppence};

use crate::args::Backups;
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(core: &Tuppence, output: &Output, command: Backups) -> Result<(), Stop> {
    match command {
        Backups::List => list(core, output).await,
        Backups::Make => {
            let made = core.back_up().await?;
            output.result(&shown(&made), || format!("Backed up: {}", name(&made)));
            Ok(())
        }
        Backups::Purge { yes: false } => Err(Stop::usage(
            "this removes everything that could be gone back to; say --yes",
        )),
        Backups::Purge { yes: true } => {
            let removed = core.purge_backups().await?;
            output.result(&json!({ "removed": removed }), || {
                format!("Files removed: {removed}")
            });
            Ok(())
        }
        // A database that is open cannot be replaced: `main` does it before it opens one.
        Backups::Restore { .. } => Ok(()),
    }
}

async fn list(core: &Tuppence, output: &Output) -> Result<(), Stop> {
    let backups = core.backups().await?;
    let list: Vec<Value> = backups.iter().map(shown).collect();
    output.result(&Value::from(list), || {
        if backups.is_empty() {
            return "There is no backup yet.".to_owned();
        }
        let lines = backups.iter().map(|backup| {
            let at = rfc3339(backup.created_at);
            format!("{}  {at}  {} bytes", name(backup), backup.bytes)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// Goes back to a backup, in a data directory that nothing has open.
pub(crate) async fn restore(dir: &Path, output: &Output, name: &str) -> Result<(), Stop> {
    tuppence_core::restore_backup(dir, name).await?;
    output.result(&json!({ "restored": name }), || {
        format!("Back to {name}. What was there is a backup of its own now.")
    });
    Ok(())
}

fn shown(backup: &Backup) -> Value {
    json!({
        "name": name(backup),
        "created_at": rfc3339(backup.created_at),
        "bytes": backup.bytes,
    })
}

fn name(backup: &Backup) -> String {
    let name = backup.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
