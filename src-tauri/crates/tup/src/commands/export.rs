use std::io::Write as _;

use serde_json::json;
use tuppence_core::{Failure, FailureKind, Tuppence};

use crate::args::Export;
use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(core: &Tuppence, output: &Output, export: Export) -> Result<(), Stop> {
    let (id, format) = (export.conversation.as_deref(), export.format.into());
    let Some(path) = &export.out else {
        // The file itself is the output, whatever --json says: it is piped somewhere.
        let bytes = core.exported(id, format).await?;
        let written = std::io::stdout().lock().write_all(&bytes);
        return written.map_err(|error| {
            Failure::retryable(FailureKind::ExportUnwritable, error.to_string()).into()
        });
    };
    let exported = core.export(id, format, path).await?;
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
