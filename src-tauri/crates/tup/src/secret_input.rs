//! Secrets come from standard input: a command line is in every process list.

use std::io::Read as _;

use tuppence_core::{Failure, SecretText};

use crate::exit::Stop;

/// More than any client secret or key has.
const LIMIT: u64 = 16 * 1024;

/// Standard input to its end, without white space around it.
pub(crate) async fn secret_from_stdin(what: &'static str) -> Result<SecretText, Stop> {
    tokio::task::spawn_blocking(move || {
        let mut text = String::new();
        std::io::stdin()
            .take(LIMIT)
            .read_to_string(&mut text)
            .map_err(|_| Stop::usage(format!("{what} on standard input is not text")))?;
        let secret = SecretText::from(text.trim().to_owned());
        // What was read is overwritten when `read` goes.
        let read = SecretText::from(text);
        drop(read);
        if secret.expose().is_empty() {
            return Err(Stop::usage(format!("{what} is expected on standard input")));
        }
        Ok(secret)
    })
    .await
    .map_err(|error| Stop::Failed(Failure::internal(error)))?
}
