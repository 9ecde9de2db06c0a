//! Four models, their prices, and how each dialect lists them.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::Caller;
use crate::{
    config::Dialect,
    control::count,
    provider::Provider,
    reply::{ApiError, gateway_page, ok},
    scenario::Scenario,
};

/// When the list last changed, seconds since 1970: it is part of the code.
const CREATED: i64 = 1_790_000_000;

/// What a model costs, in micro-dollars per million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Price {
    pub(crate) input: i64,
    pub(crate) output: i64,
}

impl Price {
    /// What these tokens cost in micro-dollars, rounded up.
    pub(crate) fn of(self, input_tokens: u64, output_tokens: u64) -> i64 {
        let cost = u128::from(input_tokens) * self.input.unsigned_abs() as u128
            + u128::from(output_tokens) * self.output.unsigned_abs() as u128;
        i64::try_from(cost.div_ceil(1_000_000)).unwrap_or(i64::MAX)
    }
}

/// One model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) id: String,
    pub(crate) price: Price,
    pub(crate) max_output_tokens: u64,
    pub(crate) sees: bool,
    pub(crate) reasons: bool,
}

fn model(id: &str, price: Price, sees: bool, reasons: bool) -> Model {
    Model {
        id: id.to_owned(),
        price,
        max_output_tokens: 16_384,
        sees,
        reasons,
    }
}

/// The sandbox's own models, cheapest first.
pub(crate) fn catalogue() -> [Model; 4] {
    [
        model(
            "penny-small",
            Price {
                input: 100_000,
                output: 400_000,
            },
            false,
            false,
        ),
        model(
            "penny-vision",
            Price {
                input: 500_000,
                output: 2_000_000,
            },
            true,
            false,
        ),
        model(
            "penny-reasoner",
            Price {
                input: 1_000_000,
                output: 4_000_000,
            },
            false,
            true,
        ),
        // Dear on purpose: one answer costs cents, so that a wallet can be seen to run out.
        model(
            "penny-large",
            Price {
                input: 15_000_000,
                output: 75_000_000,
            },
            false,
            false,
        ),
    ]
}

/// A model of the upstream, at a price of ours.
pub(crate) fn upstream_model(id: &str) -> Model {
    model(
        id,
        Price {
            input: 100_000,
            output: 400_000,
        },
        true,
        false,
    )
}

/// Finds a model as the dialect lets clients name it: chutes takes a list with fail-over, and suffixes.
pub(crate) fn named(dialect: Dialect, name: &str) -> Option<Model> {
    let mut names: Vec<&str> = vec![name];
    if dialect == Dialect::Chutes {
        names = name
            .split(',')
            .map(|part| part.trim().split(':').next().unwrap_or_default())
            .collect();
    }
    names
        .into_iter()
        .find_map(|name| catalogue().into_iter().find(|model| model.id == name))
}

/// `GET /v1/models`.
pub(crate) async fn list(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    count(&provider.tally.model_lists);
    if provider.fails(Scenario::Models500) {
        return ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            "Internal Server Error",
        )
        .reply(provider.dialect());
    }
    if provider.fails(Scenario::ModelsHtml) {
        return gateway_page(StatusCode::OK);
    }
    let scopes: Option<&[&str]> = match provider.dialect() {
        Dialect::Quota => Some(&["credits.read"]),
        Dialect::Oidc => Some(&[]),
        Dialect::Chutes | Dialect::OpenRouter => None,
    };
    if let Some(scopes) = scopes
        && let Err(error) = Caller::with_any_scope(&provider, &headers, scopes)
    {
        return error.reply(provider.dialect());
    }
    let models = match provider.config.upstream.as_ref() {
        Some(upstream) => match super::chat::upstream_models(&provider, upstream).await {
            Ok(models) => models,
            Err(error) => return error.reply(provider.dialect()),
        },
        None => catalogue().to_vec(),
    };
    let mut data: Vec<Value> = models.iter().map(|model| entry(&provider, model)).collect();
    if provider.dialect() == Dialect::Quota && provider.config.upstream.is_none() {
        // Priced by the character, not the token: a client must not offer it for chat.
        data.push(json!({
            "id": "elevenlabs/penny-speaks", "object": "model", "created": CREATED, "owned_by": "elevenlabs",
            "pricing": { "prompt_per_1k_tokens": 0.03, "completion_per_1k_tokens": 0.0 },
        }));
    }
    ok(&json!({ "object": "list", "data": data }))
}

fn entry(provider: &Provider, model: &Model) -> Value {
    let context_length = provider.config.context_length;
    let mut entry =
        json!({ "id": model.id, "object": "model", "created": CREATED, "owned_by": "sandbox" });
    match provider.dialect() {
        // Dollars per thousand.
        Dialect::Quota => {
            entry["pricing"] = json!({
                "prompt_per_1k_tokens": dollars(model.price.input) / 1000.0,
                "completion_per_1k_tokens": dollars(model.price.output) / 1000.0,
            });
        }
        // Dollars per million.
        Dialect::Chutes => chutes_members(&mut entry, model, context_length),
        Dialect::OpenRouter => openrouter_members(&mut entry, model, context_length),
        Dialect::Oidc => {}
    }
    entry
}

/// Dollars per token, as text.
fn openrouter_members(entry: &mut Value, model: &Model, context_length: u64) {
    let price = |micro: i64| format!("{:.9}", dollars(micro) / 1e6);
    let mut parameters = vec!["max_tokens", "temperature"];
    if model.reasons {
        parameters.push("reasoning");
    }
    let members = json!({
        "canonical_slug": model.id,
        "name": model.id,
        "pricing": { "prompt": price(model.price.input), "completion": price(model.price.output), "request": "0" },
        "context_length": context_length,
        "architecture": {
            "input_modalities": if model.sees { vec!["text", "image"] } else { vec!["text"] },
            "output_modalities": ["text"],
        },
        "top_provider": {
            "context_length": context_length,
            "max_completion_tokens": model.max_output_tokens,
            "is_moderated": false,
        },
        "supported_parameters": parameters,
    });
    if let (Value::Object(entry), Value::Object(members)) = (entry, members) {
        entry.extend(members);
    }
}

fn chutes_members(entry: &mut Value, model: &Model, context_length: u64) {
    let (input, output) = (dollars(model.price.input), dollars(model.price.output));
    let mut features = vec!["json_mode"];
    if model.reasons {
        features.push("reasoning");
    }
    let members = json!({
        "root": model.id,
        "parent": null,
        "chute_id": crate::secrets::uuid_for(&model.id),
        "pricing": { "prompt": input, "completion": output, "input_cache_read": input / 2.0 },
        "price": {
            "input": { "usd": input, "tao": input / 300.0 },
            "output": { "usd": output },
            "input_cache_read": { "usd": input / 2.0 },
        },
        "context_length": context_length,
        "max_model_len": context_length,
        "max_output_length": model.max_output_tokens,
        "input_modalities": if model.sees { vec!["text", "image"] } else { vec!["text"] },
        "output_modalities": ["text"],
        "supported_features": features,
        "supported_sampling_parameters": ["temperature", "max_tokens"],
        "quantization": "none",
        "confidential_compute": false,
    });
    if let (Value::Object(entry), Value::Object(members)) = (entry, members) {
        entry.extend(members);
    }
}

/// Micro-dollars as the float that goes on the wire.
#[allow(clippy::cast_precision_loss)] // Prices are small.
fn dollars(micro: i64) -> f64 {
    micro as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_integers_rounded_up() {
        let price = Price {
            input: 100_000,
            output: 400_000,
        };
        assert_eq!(price.of(0, 0), 0);
        assert_eq!(price.of(1, 0), 1);
        assert_eq!(price.of(10, 10), 5);
        assert_eq!(price.of(u64::MAX, u64::MAX), i64::MAX);
    }

    #[test]
    fn only_chutes_takes_lists_and_suffixes() {
        assert_eq!(
            named(Dialect::Chutes, "nothing,penny-large:latency")
                .map(|model| model.id)
                .as_deref(),
            Some("penny-large")
        );
        assert!(named(Dialect::Quota, "penny-large:latency").is_none());
    }
}
