//! What goes wrong inside a stream.

use axum::body::Bytes;
use serde_json::json;

use super::{Ended, Writer};
use crate::scenario::Scenario;

/// The line of `stream-huge-line`, in MiB.
const HUGE_LINE_MIB: usize = 256;

impl Writer<'_> {
    /// Everything is written and billed, and nothing of it arrives.
    pub(super) async fn lost(&mut self) -> Result<(), Ended> {
        if self.provider.fails(Scenario::StreamLost) {
            for piece in &self.plan.pieces {
                self.meter.produced(piece.text().len());
            }
            self.meter.bill().await;
            self.lines.reset().await;
            return Err(Ended::Fault);
        }
        Ok(())
    }

    /// Chunks that a tolerant reader passes over, at the beginning.
    pub(super) async fn oddities(&mut self) -> Result<(), Ended> {
        if self.provider.fails(Scenario::StreamOddFields) {
            for odd in [
                json!({ "choices": [] }),
                json!({ "id": self.chunks.id, "choices": [{ "index": 0, "delta": { "content": null } }] }),
                json!({ "id": self.chunks.id, "choices": [{ "delta": { "content": "", "mood": { "calm": true } }, "logprobs": null }], "x": [1] }),
                json!({ "id": self.chunks.id, "choices": null }),
            ] {
                self.lines.event(&odd).await?;
            }
        }
        Ok(())
    }

    /// What happens in the middle. `true`: the answer begins again.
    pub(super) async fn interlude(&mut self) -> Result<bool, Ended> {
        self.end_early().await?;
        if self.provider.fails(Scenario::StreamStall) {
            self.lines.pause(self.provider.config.fault_delay).await?;
        }
        if self.provider.fails(Scenario::StreamBadJson) {
            self.lines
                .raw("data: {\"id\": \"chatcmpl-broken\", \"choices\": [{\n\n")
                .await?;
        }
        if self.provider.fails(Scenario::StreamInvalidUtf8) {
            self.lines
                .bytes(Bytes::from_static(
                    b"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xff\xfe\"}}]}\n\n",
                ))
                .await?;
        }
        if self.provider.fails(Scenario::StreamSplitSurrogates) {
            for half in ["\\ud83e", "\\ude99"] {
                let id = &self.chunks.id;
                let chunk = format!(
                    "data: {{\"id\":\"{id}\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{half}\"}}}}]}}\n\n"
                );
                self.lines.raw(&chunk).await?;
            }
        }
        if self.provider.fails(Scenario::StreamRestart) {
            self.chunks.restart();
            return Ok(true);
        }
        Ok(false)
    }

    async fn end_early(&mut self) -> Result<(), Ended> {
        let provider = self.provider;
        let message = "Unhandled exception during response stream: the sandbox was told to";
        if provider.fails(Scenario::StreamCut) {
            return Err(Ended::Fault);
        }
        if provider.fails(Scenario::StreamReset) {
            self.lines.reset().await;
            return Err(Ended::Fault);
        }
        if provider.fails(Scenario::StreamBareJsonError) {
            self.lines
                .raw(&json!({ "error": message }).to_string())
                .await?;
            return Err(Ended::Fault);
        }
        if provider.fails(Scenario::StreamErrorObject) {
            let error = json!({ "error": { "code": "upstream_error", "message": message } });
            self.lines.event(&error).await?;
            return Err(Ended::Fault);
        }
        if provider.fails(Scenario::StreamErrorEvent) {
            let error = json!({ "error": { "code": "upstream_error", "message": message } });
            self.lines
                .raw(&format!("event: error\ndata: {error}\n\n"))
                .await?;
            return Err(Ended::Fault);
        }
        if provider.fails(Scenario::StreamHugeLine) {
            let block = Bytes::from(vec![b'x'; 1 << 20]);
            self.lines.bytes(Bytes::from_static(b"data: ")).await?;
            for _ in 0..HUGE_LINE_MIB {
                self.lines.bytes(block.clone()).await?;
            }
            return Err(Ended::Fault);
        }
        Ok(())
    }
}
