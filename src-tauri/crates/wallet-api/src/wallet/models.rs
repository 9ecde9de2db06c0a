//! The models that can chat, with their prices.

use std::collections::HashSet;

use money::{Decimal, Price, PriceSnapshot};
use serde::Deserialize;
use serde_json::Value;

use super::call::Api;
use crate::error::ApiError;
use crate::profile::{PriceUnit, joined};

/// Most bytes of a list of models.
const LIST_BYTES: u64 = 16 << 20;
/// Most models that are kept.
const MAX_MODELS: usize = 5_000;
/// Parts of the ids of models that do something else than chat, where the list does not say so.
const OTHER_TRADES: [&str; 14] = [
    "elevenlabs/",
    "tts",
    "whisper",
    "transcribe",
    "transcription",
    "speech",
    "voice",
    "embedding",
    "moderation",
    "dall-e",
    "gpt-image",
    "imagen",
    "rerank",
    "realtime",
];

/// A model that can chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The id to send.
    pub id: String,
    /// What it costs, if the provider says.
    pub prices: Option<PriceSnapshot>,
    /// Most tokens of a conversation with its answer.
    pub context_length: Option<u32>,
    /// Most tokens of an answer.
    pub max_output: Option<u32>,
    /// What goes in: `text`, `image`, …
    pub input_modalities: Vec<String>,
    /// What it can do: `tools`, `reasoning`, …
    pub features: Vec<String>,
}

pub(super) async fn read(api: &Api) -> Result<Vec<Model>, ApiError> {
    let profile = api.profile();
    let url = joined(&profile.api_base, "models");
    let list: List = if profile.models.authenticated {
        api.get_json(&url, LIST_BYTES).await?
    } else {
        api.get_public_json(&url, LIST_BYTES).await?
    };
    Ok(chat_models(list, profile.models.prices))
}

#[derive(Deserialize)]
struct List {
    data: Vec<Value>,
}

/// An entry; what a server adds or leaves out is no reason to drop it.
#[derive(Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    pricing: Value,
    #[serde(default)]
    price: Value,
    #[serde(default)]
    context_length: Value,
    #[serde(default)]
    max_model_len: Value,
    #[serde(default)]
    max_output_length: Value,
    #[serde(default)]
    input_modalities: Option<Vec<String>>,
    #[serde(default)]
    output_modalities: Option<Vec<String>>,
    #[serde(default)]
    supported_features: Option<Vec<String>>,
}

fn chat_models(list: List, unit: PriceUnit) -> Vec<Model> {
    let mut seen = HashSet::new();
    list.data
        .into_iter()
        .filter_map(|entry| serde_json::from_value::<Entry>(entry).ok())
        .filter(|entry| !entry.id.is_empty() && entry.id.len() <= 256 && entry.can_chat())
        .filter(|entry| seen.insert(entry.id.clone()))
        .take(MAX_MODELS)
        .map(|entry| entry.into_model(unit))
        .collect()
}

impl Entry {
    fn can_chat(&self) -> bool {
        if let Some(out) = self
            .output_modalities
            .as_ref()
            .filter(|out| !out.is_empty())
        {
            return out.iter().any(|modality| modality == "text");
        }
        let id = self.id.to_ascii_lowercase();
        !OTHER_TRADES.iter().any(|trade| id.contains(trade))
    }

    fn into_model(self, unit: PriceUnit) -> Model {
        Model {
            prices: self.prices(unit),
            context_length: count(&self.context_length).or_else(|| count(&self.max_model_len)),
            max_output: count(&self.max_output_length),
            input_modalities: self
                .input_modalities
                .unwrap_or_else(|| vec!["text".to_owned()]),
            features: self.supported_features.unwrap_or_default(),
            id: self.id,
        }
    }

    fn prices(&self, unit: PriceUnit) -> Option<PriceSnapshot> {
        let pricing = |name: &str| decimal(self.pricing.get(name));
        let legacy = |name: &str| decimal(self.price.get(name).and_then(|price| price.get("usd")));
        let (input, output, cached, price): (_, _, _, fn(Decimal) -> Option<Price>) = match unit {
            PriceUnit::None => return None,
            PriceUnit::PerThousand => (
                pricing("prompt_per_1k_tokens"),
                pricing("completion_per_1k_tokens"),
                None,
                |dollars| Price::per_thousand(dollars).ok(),
            ),
            PriceUnit::PerMillion => (
                pricing("prompt").or_else(|| legacy("input")),
                pricing("completion").or_else(|| legacy("output")),
                pricing("input_cache_read").or_else(|| legacy("input_cache_read")),
                |dollars| Price::per_million(dollars).ok(),
            ),
            PriceUnit::PerToken => (
                pricing("prompt"),
                pricing("completion"),
                pricing("input_cache_read"),
                |dollars| Price::per_token(dollars).ok(),
            ),
        };
        Some(PriceSnapshot {
            input: price(input?)?,
            output: price(output?)?,
            cached_input: cached.and_then(price),
        })
    }
}

/// A number or the text of one.
fn decimal(value: Option<&Value>) -> Option<Decimal> {
    Decimal::deserialize(value?).ok()
}

fn count(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?)
        .ok()
        .filter(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn models(json: &str, unit: PriceUnit) -> Vec<Model> {
        chat_models(serde_json::from_str(json).unwrap(), unit)
    }

    #[test]
    fn prices_per_thousand_become_prices_per_million() {
        let list = r#"{"object":"list","data":[
            {"id":"gpt-x","object":"model","created":1,"owned_by":"o","pricing":{"prompt_per_1k_tokens":0.00015,"completion_per_1k_tokens":0.0006}},
            {"id":"elevenlabs/v2","pricing":{"prompt_per_1k_tokens":0.3,"completion_per_1k_tokens":0}},
            {"id":"gpt-x"}, {"no":"id"}, 7, {"id":"odd","pricing":{"prompt_per_1k_tokens":-1,"completion_per_1k_tokens":-1}}]}"#;
        let models = models(list, PriceUnit::PerThousand);
        let ids: Vec<&str> = models.iter().map(|model| model.id.as_str()).collect();
        assert_eq!(ids, ["gpt-x", "odd"]);
        let prices = models[0].prices.unwrap();
        assert_eq!(
            (
                prices.input.micro_per_million(),
                prices.output.micro_per_million()
            ),
            (150_000, 600_000)
        );
        assert_eq!(
            (models[1].prices, &models[0].input_modalities),
            (None, &vec!["text".to_owned()])
        );
    }

    #[test]
    fn a_full_entry_with_prices_per_million_is_read() {
        let list = r#"{"data":[
            {"id":"Qwen/Qwen3-32B-TEE","root":"x","chute_id":"c","created":1,"quantization":"fp8","confidential_compute":true,
             "pricing":{"prompt":0.08,"completion":"0.24","input_cache_read":0.04},"price":{"input":{"usd":9,"tao":1}},
             "context_length":40960,"max_model_len":50000,"max_output_length":8192,
             "input_modalities":["text","image"],"output_modalities":["text"],"supported_features":["tools","reasoning"]},
            {"id":"old","price":{"input":{"usd":1.5},"output":{"usd":2,"tao":0.1}},"max_model_len":4096},
            {"id":"painter","output_modalities":["image"]}, {"id":"no-price"}]}"#;
        let models = models(list, PriceUnit::PerMillion);
        assert_eq!(models.len(), 3);
        let first = &models[0];
        assert_eq!(
            (first.context_length, first.max_output),
            (Some(40_960), Some(8_192))
        );
        assert_eq!((first.input_modalities.len(), first.features.len()), (2, 2));
        let prices = first.prices.unwrap();
        let cached = prices.cached_input.unwrap().micro_per_million();
        assert_eq!(
            (
                prices.input.micro_per_million(),
                prices.output.micro_per_million(),
                cached
            ),
            (80_000, 240_000, 40_000)
        );
        assert_eq!(
            models[1].prices.unwrap().input.micro_per_million(),
            1_500_000
        );
        assert_eq!(
            (models[1].context_length, models[2].prices),
            (Some(4_096), None)
        );
    }

    #[test]
    fn prices_per_token_are_exact() {
        let list =
            r#"{"data":[{"id":"a","pricing":{"prompt":"0.00000015","completion":"0.0000006"}}]}"#;
        let prices = models(list, PriceUnit::PerToken)[0].prices.unwrap();
        assert_eq!(prices.input.nano_per_million(), 150_000_000);
    }
}
