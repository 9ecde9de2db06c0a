//! A conversation's own instructions and parameters.

use conversations::Composition;
use wallet_api::ChatRequest;

use crate::Tuppence;
use crate::failure::Failure;

/// What a request is tuned by; what is absent is left to the provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Sampling temperature, 0 to 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f32>,
    /// Nucleus sampling, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f32>,
    /// Most tokens of an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u32>,
}

impl Parameters {
    /// As stored; what cannot be read is left to the provider.
    pub(crate) fn from_json(json: &str) -> Self {
        let read: Self = serde_json::from_str(json).unwrap_or_default();
        read.bounded()
    }

    /// Within what the members mean.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            temperature: self.temperature.filter(|value| (0.0..=2.0).contains(value)),
            top_p: self.top_p.filter(|value| (0.0..=1.0).contains(value)),
            max_tokens: self.max_tokens.filter(|count| *count > 0),
        }
    }

    pub(crate) fn on(self, request: ChatRequest) -> ChatRequest {
        ChatRequest {
            temperature: self.temperature.or(request.temperature),
            top_p: self.top_p.or(request.top_p),
            max_tokens: self.max_tokens.or(request.max_tokens),
            ..request
        }
    }
}

impl Tuppence {
    /// A conversation's instructions and parameters.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn composition(
        &self,
        conversation_id: &str,
    ) -> Result<(String, Parameters), Failure> {
        let id = conversation_id.to_owned();
        let stored = self.with_store(move |store| store.composition(&id)).await?;
        let parameters = Parameters::from_json(&stored.parameters_json);
        Ok((stored.instructions, parameters))
    }

    /// Changes them, from the next turn on.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn set_composition(
        &self,
        conversation_id: &str,
        instructions: &str,
        parameters: Parameters,
    ) -> Result<(), Failure> {
        let json = serde_json::to_string(&parameters.bounded()).map_err(Failure::internal)?;
        let (id, instructions) = (conversation_id.to_owned(), instructions.trim().to_owned());
        self.with_store(move |store| {
            let composition = Composition {
                instructions,
                parameters_json: json,
                context_rule: store.composition(&id)?.context_rule,
            };
            store.set_composition(&id, &composition)
        })
        .await
    }
}
