//! Presets: instructions, parameters and a model to begin conversations with. What stands in double
//! braces is a variable, and is asked for when a conversation begins.

use std::collections::BTreeMap;

use conversations::{Composition, ContextRule, NewPreset, Store, StoreError};

use crate::composition::Parameters;
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::{Tuppence, variables};

/// What conversations can begin with.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// The system prompt, its variables in double braces.
    pub instructions: String,
    /// What requests are tuned by.
    pub parameters: Parameters,
    /// The model that answers, where one was chosen.
    pub model_id: Option<String>,
    /// The variables that are asked for, in the order of their first use.
    pub variables: Vec<String>,
}

/// A preset to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetDraft {
    /// Which one to change; `None` makes a new one.
    pub id: Option<String>,
    /// What a person calls it.
    pub name: String,
    /// The system prompt.
    pub instructions: String,
    /// What requests are tuned by.
    pub parameters: Parameters,
    /// The model that answers, where one is wanted.
    pub model_id: Option<String>,
}

/// A preset, and what was said when it asked for its variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PresetUse {
    /// Which.
    pub preset_id: String,
    /// Values by variable.
    pub values: BTreeMap<String, String>,
}

impl Tuppence {
    /// Every preset, in the order of their names.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn presets(&self) -> Result<Vec<Preset>, Failure> {
        let presets = self.with_store(Store::presets).await?;
        Ok(presets.into_iter().map(Preset::from).collect())
    }

    /// Keeps a preset.
    ///
    /// # Errors
    /// [`FailureKind::RequestRejected`] without a name; [`FailureKind::NotFound`]; those of a write.
    pub async fn save_preset(&self, draft: PresetDraft) -> Result<Preset, Failure> {
        let name = draft.name.trim().to_owned();
        if name.is_empty() {
            return Err(Failure::lasting(
                FailureKind::RequestRejected,
                "a preset has a name",
            ));
        }
        let parameters =
            serde_json::to_string(&draft.parameters.bounded()).map_err(Failure::internal)?;
        let kept = self
            .with_store(move |store| {
                let new = NewPreset {
                    name: &name,
                    instructions: draft.instructions.trim(),
                    parameters_json: &parameters,
                    model_id: draft.model_id.as_deref(),
                };
                store.put_preset(draft.id.as_deref(), &new)
            })
            .await?;
        Ok(kept.into())
    }

    /// Deletes a preset. Conversations that began with it stay as they are; new ones begin without it,
    /// if it was the one that they began with.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] and those of a write.
    pub async fn delete_preset(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        self.with_store(move |store| store.delete_preset(&id))
            .await?;
        self.emit(CoreEvent::Changed);
        Ok(())
    }

    /// Takes that back, until the bin was emptied.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] and those of a write.
    pub async fn restore_preset(&self, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        self.with_store(move |store| store.restore_preset(&id))
            .await
    }
}

impl PresetUse {
    /// What a conversation that begins with it tells the model.
    ///
    /// The inner error names the variables that have no value.
    pub(crate) fn composed(
        &self,
        store: &Store,
    ) -> Result<Result<Composition, Vec<String>>, StoreError> {
        let preset = store.preset(&self.preset_id)?;
        let filled = variables::fill(&preset.instructions, &self.values);
        Ok(filled.map(|instructions| Composition {
            instructions,
            parameters_json: preset.parameters_json,
            context_rule: ContextRule::Whole,
        }))
    }
}

/// A preset asks for what it was not told.
pub(crate) fn incomplete(missing: &[String]) -> Failure {
    Failure::lasting(
        FailureKind::RequestRejected,
        format!("the preset asks for: {}", missing.join(", ")),
    )
}

impl From<conversations::Preset> for Preset {
    fn from(stored: conversations::Preset) -> Self {
        Self {
            variables: variables::names(&stored.instructions),
            parameters: Parameters::from_json(&stored.parameters_json),
            id: stored.id,
            name: stored.name,
            instructions: stored.instructions,
            model_id: stored.model_id,
        }
    }
}
