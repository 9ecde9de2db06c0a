use serde_json::json;
use tuppence_core::Tuppence;

use crate::exit::Stop;
use crate::output::{Output, rfc3339};

pub(crate) async fn run(core: &Tuppence, output: &Output) -> Result<(), Stop> {
    let diagnosis = core.doctor().await;
    let healthy = diagnosis.is_healthy();
    let value = json!({
        "ok": healthy,
        "at": rfc3339(diagnosis.at),
        "findings": diagnosis.findings,
    });
    output.result(&value, || {
        let lines = diagnosis.findings.iter().map(ToString::to_string);
        lines.collect::<Vec<_>>().join("\n")
    });
    if healthy {
        return Ok(());
    }
    Err(Stop::Unhealthy)
}
