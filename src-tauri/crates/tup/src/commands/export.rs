use std::io::Write as _;

use serde_json::json;
use tuppence_core::{Failure, FailureKind, Tuppence};

use crate::args::Export;
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(core: &Tuppence, output: &Output, asked: Export) -> Result<(), Stop> {
    let id = asked.conversation.as_deref();
    let export = tuppence_core::Export {
        format: asked.format.into(),
        deleted: asked.deleted,
        archive: asked.zip,
    };
    let Some(path) = &asked.out else {
        // The file itself is the output, whatever --json says: it is piped somewhere.
        let bytes = core.exported(id, export).await?;
        let written = std::io::stdout().lock().write_all(&bytes);
        return written.map_err(|error| {
            Failure::retryable(FailureKind::ExportUnwritable, error.to_string()).into()
        });
    };
    let exported = core.export(id, export, path).await?;
    if output.is_json() {
        output.line(
            &json!({"conversations": exported.conversations, "path": exported.path}).to_string(),
        );
    } else {
        output.remark(&format!(
            "{} conversations are in {}.",
            exported.conversations,
            exported.path.display()
        ));
    }
    Ok(())
}
