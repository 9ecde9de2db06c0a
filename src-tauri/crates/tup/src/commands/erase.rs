use std::path::Path;

use serde_json::json;
use tuppence_core::{Failure, FailureKind, Leaving, Tuppence, erase_files};

use crate::exit::Stop;
use crate::output::Output;
use crate::play_money::Sandbox;

/// Takes the core: its files cannot go while it has them open.
pub(crate) async fn run(
    core: Tuppence,
    play_money: &Sandbox,
    output: &Output,
    dir: &Path,
    yes: bool,
) -> Result<(), Stop> {
    if !yes {
        core.close().await;
        return Err(Stop::usage(format!(
            "this signs every account out and erases conversations, backups and set-ups in {}, and what \
             the keychain holds for them; add --yes to do it",
            dir.display()
        )));
    }
    let stays = core.what_stays(Leaving::EraseDevice, None).await;
    let erased = core.erase_secrets().await;
    core.close().await;
    play_money.stop().await;
    drop(core);
    let erased = erased.map_err(|failure| match failure.kind {
        FailureKind::RequestRejected => Stop::usage(failure.detail),
        _ => failure.into(),
    })?;
    let files = dir.to_owned();
    tokio::task::spawn_blocking(move || erase_files(&files))
        .await
        .map_err(|error| Stop::Failed(Failure::internal(error)))?
        .map_err(|error| {
            let what = format!("not everything could be removed: {}", error.kind());
            Stop::Failed(Failure::lasting(FailureKind::StorageUnavailable, what))
        })?;
    let value = json!({
        "erased": true,
        "accounts": erased.accounts,
        "unheard": erased.unheard,
        "data_dir": dir,
        "stays": stays.unwrap_or_default(),
    });
    output.result(&value, || {
        let untold = match erased.unheard {
            0 => String::new(),
            n => format!(" {n} sign-outs could not be told to their provider: those tokens end when they expire."),
        };
        format!(
            "Everything that Tuppence kept on this device is erased. What providers know, and the sign-in \
             in your browser, stays.{untold}"
        )
    });
    Ok(())
}
