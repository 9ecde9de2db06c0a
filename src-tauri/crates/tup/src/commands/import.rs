use std::path::PathBuf;

use serde_json::json;
use tuppence_core::{FileOrigin, Tuppence};

use crate::exit::Stop;
use crate::output::Output;

pub(crate) async fn run(core: &Tuppence, output: &Output, files: Vec<PathBuf>) -> Result<(), Stop> {
    let (mut added, mut already_here, mut left_out) = (Vec::new(), 0, 0);
    let mut origin = FileOrigin::Own;
    for file in files {
        let imported = core.import_file(&file).await?;
        origin = imported.origin;
        added.extend(imported.added);
        already_here += imported.already_here;
        left_out += imported.left_out;
    }
    if output.is_json() {
        let origin = match origin {
            FileOrigin::Own => "tuppence",
            FileOrigin::ChatGpt => "chatgpt",
            FileOrigin::Claude => "claude",
        };
        let counts = json!({
            "origin": origin,
            "added": added,
            "already_here": already_here,
            "left_out": left_out,
        });
        output.line(&counts.to_string());
    } else {
        output.remark(&format!(
            "{} conversations came in; {already_here} were here already, {left_out} had nothing to read.",
            added.len()
        ));
    }
    Ok(())
}
