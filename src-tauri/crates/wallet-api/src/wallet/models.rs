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
    /// What goes in: `text`, `image`, …; empty where the provider does not say.
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
    #[serde(default)]
    supported_parameters: Option<Vec<String>>,
    #[serde(default)]
    architecture: Architecture,
    #[serde(default)]
    top_provider: Value,
}

/// Modalities, where they are not beside the id.
#[derive(Default, Deserialize)]
struct Architecture {
    #[serde(default)]
    input_modalities: Option<Vec<String>>,
    #[serde(default)]
    output_modalities: Option<Vec<String>>,
}

/// Of the parameters that a model takes, those that are abilities.
const ABILITIES: [&str; 3] = ["tools", "reasoning", "structured_outputs"];

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
        let nested = self.architecture.output_modalities.as_ref();
        if let Some(out) = self
            .output_modalities
            .as_ref()
            .or(nested)
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
            max_output: count(&self.max_output_length)
                .or_else(|| count(&self.top_provider["max_completion_tokens"])),
            input_modalities: self
                .input_modalities
                .or(self.architecture.input_modalities)
                .unwrap_or_default(),
            features: self
                .supported_features
                .unwrap_or_else(|| abilities(self.supported_parameters)),
            id: self.id,
        }
    }

    fn prices(&self, unit: PriceUnit) -> Option<PriceSnapshot> {
        let plain = ["prompt", "completion", "input_cache_read"];
        let (names, price): (_, fn(Decimal) -> Option<Price>) = match unit {
            PriceUnit::None => return None,
            PriceUnit::PerThousand => (
                ["prompt_per_1k_tokens", "completion_per_1k_tokens", ""],
                |dollars| Price::per_thousand(dollars).ok(),
            ),
            PriceUnit::PerMillion => (plain, |dollars| Price::per_million(dollars).ok()),
            PriceUnit::PerToken => (plain, |dollars| Price::per_token(dollars).ok()),
        };
        let [input, output, cached] = names.map(|name| self.dearest(name, price));
        let legacy = |name: &str| {
            let dollars = decimal(self.price.get(name)?.get("usd"))?;
            price(dollars).filter(|_| unit == PriceUnit::PerMillion)
        };
        Some(PriceSnapshot {
            input: input.or_else(|| legacy("input"))?,
            output: output.or_else(|| legacy("output"))?,
            cached_input: cached.or_else(|| legacy("input_cache_read")),
        })
    }

    /// The highest price of that name. Where some apply only to long inputs or at some hours, an estimate
    /// must not be too low; what was really charged comes with the answer.
    fn dearest(&self, name: &str, price: fn(Decimal) -> Option<Price>) -> Option<Price> {
        let base = price(decimal(self.pricing.get(name))?)?;
        let overrides = self.pricing.get("overrides").and_then(Value::as_array);
        let others = overrides.into_iter().flatten();
        others
            .filter_map(|it| price(decimal(it.get(name))?))
            .chain([base])
            .max_by_key(|price| price.nano_per_million())
    }
}

fn abilities(parameters: Option<Vec<String>>) -> Vec<String> {
    let mut parameters = parameters.unwrap_or_default();
    parameters.retain(|parameter| ABILITIES.contains(&parameter.as_str()));
    parameters
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
            (models[1].prices, models[0].input_modalities.len()),
            (None, 0)
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

    #[test]
    fn a_price_with_exceptions_is_the_highest_and_one_that_varies_is_none() {
        let list = r#"{"data":[
            {"id":"a/long","pricing":{"prompt":"0.00000125","completion":"0.00001","overrides":[
                {"min_prompt_tokens":200000,"prompt":"0.0000025","completion":"0.000015"},
                {"utc_start":"01:00","utc_end":"05:00","prompt":"0.000001"}]},
             "context_length":1048576,"architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},
             "supported_parameters":["max_tokens","reasoning","temperature","tools"],
             "top_provider":{"context_length":1048576,"max_completion_tokens":65536}},
            {"id":"a/router","pricing":{"prompt":"-1","completion":"-1"}},
            {"id":"a/free:free","pricing":{"prompt":"0","completion":"0"},"context_length":null},
            {"id":"a/painter","architecture":{"output_modalities":["image"]}}]}"#;
        let models = models(list, PriceUnit::PerToken);
        assert_eq!(models.len(), 3);
        let prices = models[0].prices.unwrap();
        assert_eq!(
            (
                prices.input.micro_per_million(),
                prices.output.micro_per_million()
            ),
            (2_500_000, 15_000_000)
        );
        assert_eq!(models[0].features, ["reasoning", "tools"]);
        assert_eq!(
            (models[0].max_output, models[0].input_modalities.len()),
            (Some(65_536), 2)
        );
        assert_eq!(models[1].prices, None);
        assert_eq!(models[2].prices.unwrap().input.nano_per_million(), 0);
    }
}
