//! The JSON of streamed chunks, in each dialect's shape.

use serde_json::{Value, json};

use super::meter::Meter;
use crate::{
    api::account::dollars, books::Settlement, config::Dialect, provider::now,
    secrets::random_alphanumeric,
};

/// What all chunks of one answer have in common.
pub(crate) struct Chunks {
    dialect: Dialect,
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) model: String,
    include_usage: bool,
}

impl Chunks {
    pub(crate) fn new(dialect: Dialect, model: String, include_usage: bool) -> Self {
        Self {
            dialect,
            id: new_id(dialect),
            created: now(),
            model,
            include_usage,
        }
    }

    /// Another id, as a second attempt on another machine has.
    pub(crate) fn restart(&mut self) {
        self.id = new_id(self.dialect);
    }

    /// A chunk with one choice. The chutes dialect tells the usage so far on each.
    pub(crate) fn delta(&self, delta: &Value, finish_reason: Option<&str>, meter: &Meter) -> Value {
        let mut chunk =
            self.chunk(json!([{ "index": 0, "delta": delta, "finish_reason": finish_reason }]));
        match self.dialect {
            Dialect::Chutes => chunk["usage"] = self.usage(meter),
            Dialect::Oidc if self.include_usage => chunk["usage"] = Value::Null,
            Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => {}
        }
        chunk
    }

    /// The chunk after the last choice, with the usage and, in the quota dialect, the bill. An OpenAI-compatible
    /// server sends it only if asked to.
    pub(crate) fn closing(&self, usage: Value, settlement: Option<Settlement>) -> Option<Value> {
        if self.dialect == Dialect::Oidc && !self.include_usage {
            return None;
        }
        let mut chunk = self.chunk(json!([]));
        chunk["usage"] = usage;
        self.add_bill(&mut chunk, settlement);
        Some(chunk)
    }

    /// What was charged: the `quota` block, or the cost with the usage, in the dialects that tell.
    pub(crate) fn add_bill(&self, body: &mut Value, settlement: Option<Settlement>) {
        if let (Dialect::OpenRouter, Some(settlement)) = (self.dialect, settlement) {
            body["usage"]["cost"] = json!(dollars(settlement.used_micro));
            body["usage"]["is_byok"] = json!(false);
        }
        if let (Dialect::Quota, Some(settlement)) = (self.dialect, settlement) {
            body["quota"] = json!({
                "credits_used": settlement.used_micro,
                "balance_before": settlement.before_micro,
                "balance_after": settlement.after_micro,
                "billing_mode": "user",
            });
        }
    }

    /// The member of a delta that has thoughts.
    pub(crate) fn thought_member(&self) -> &'static str {
        match self.dialect {
            Dialect::OpenRouter => "reasoning",
            Dialect::Quota | Dialect::Chutes | Dialect::Oidc => "reasoning_content",
        }
    }

    /// Tokens so far.
    pub(crate) fn usage(&self, meter: &Meter) -> Value {
        let (prompt, completion) = (meter.prompt_tokens(), meter.completion_tokens());
        let mut usage = json!({ "prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion });
        if self.dialect == Dialect::Chutes {
            usage["prompt_tokens_details"] = json!({ "cached_tokens": 0 });
        }
        usage
    }

    fn chunk(&self, choices: Value) -> Value {
        let mut chunk = json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "choices": choices,
        });
        if self.dialect == Dialect::Chutes {
            chunk["chutes_verification"] = json!(null);
        }
        chunk
    }
}

fn new_id(dialect: Dialect) -> String {
    let kind = match dialect {
        Dialect::OpenRouter => "gen",
        Dialect::Quota | Dialect::Chutes | Dialect::Oidc => "chatcmpl",
    };
    format!("{kind}-{}", random_alphanumeric(24))
}
