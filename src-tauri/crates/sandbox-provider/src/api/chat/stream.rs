//! Writes an answer as server-sent events, at the pace of a typist, until it ends or nobody reads it.

mod faults;
mod lines;

use std::{io, sync::Arc};

use axum::body::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc::Sender;

use self::lines::Lines;
use super::{
    chunks::Chunks,
    meter::Meter,
    plan::{Piece, Plan},
};
use crate::{
    config::{Dialect, Typing},
    control::count,
    provider::Provider,
    scenario::Scenario,
};

/// Why writing ended early.
pub(crate) enum Ended {
    /// The client went away, or the sandbox stops.
    Gone,
    /// A fault ended it.
    Fault,
}

/// Writes the whole answer. The meter settles for what was produced, whatever happens.
pub(crate) async fn write(
    provider: Arc<Provider>,
    plan: Plan,
    chunks: Chunks,
    meter: Meter,
    sender: Sender<Result<Bytes, io::Error>>,
) {
    let lines = Lines::new(&provider, sender);
    let mut writer = Writer {
        provider: &provider,
        plan: &plan,
        chunks,
        meter,
        lines,
    };
    if let Err(Ended::Gone) = writer.write().await {
        count(&provider.tally.cancelled_chats);
    }
}

struct Writer<'a> {
    provider: &'a Provider,
    plan: &'a Plan,
    chunks: Chunks,
    meter: Meter,
    lines: Lines<'a>,
}

impl Writer<'_> {
    async fn write(&mut self) -> Result<(), Ended> {
        self.lines.begin().await?;
        self.lost().await?;
        if self.provider.dialect() == Dialect::OpenRouter {
            self.lines.raw(": OPENROUTER PROCESSING\n\n").await?;
        }
        let opening = self.chunks.delta(
            &json!({ "role": "assistant", "content": "" }),
            None,
            &self.meter,
        );
        self.lines.event(&opening).await?;
        self.oddities().await?;
        let middle = self.plan.pieces.len() / 2;
        self.pieces(..middle).await?;
        if self.interlude().await? {
            self.pieces(..middle).await?;
        }
        self.pieces(middle..).await?;
        self.end().await
    }

    async fn pieces(
        &mut self,
        range: impl std::slice::SliceIndex<[Piece], Output = [Piece]>,
    ) -> Result<(), Ended> {
        for piece in &self.plan.pieces[range] {
            if let Typing::Paced(pause) = self.provider.config.typing {
                self.lines.pause(pause).await?;
            }
            self.meter.produced(piece.text().len());
            let delta = match piece {
                Piece::Text(text) => json!({ "content": text }),
                Piece::Reasoning(text) => json!({ (self.chunks.thought_member()): text }),
            };
            let chunk = self.chunks.delta(&delta, None, &self.meter);
            self.lines.event(&chunk).await?;
        }
        Ok(())
    }

    async fn end(&mut self) -> Result<(), Ended> {
        let reason = if self.provider.fails(Scenario::StreamUnknownFinish) {
            "bored"
        } else {
            self.plan.finish_reason
        };
        let last = self.chunks.delta(&json!({}), Some(reason), &self.meter);
        self.lines
            .event(&without_usage(self.provider, last))
            .await?;
        let usage = self.chunks.usage(&self.meter);
        let settlement = self.meter.bill().await;
        if !self.provider.fails(Scenario::StreamNoUsage)
            && let Some(closing) = self.chunks.closing(usage, settlement)
        {
            self.lines.event(&closing).await?;
        }
        if !self.provider.fails(Scenario::StreamNoDone) {
            self.lines.raw("data: [DONE]\n\n").await?;
        }
        Ok(())
    }
}

/// A chunk without its usage if the fault is on.
fn without_usage(provider: &Provider, mut chunk: Value) -> Value {
    if provider.fails(Scenario::StreamNoUsage)
        && let Value::Object(members) = &mut chunk
    {
        members.remove("usage");
    }
    chunk
}
