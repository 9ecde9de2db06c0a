//! Presets, in both directions.

use tuppence_core as core;

use crate::ipc::contract::*;

pub(in crate::ipc) fn preset(preset: core::Preset) -> PresetView {
    PresetView {
        id: preset.id,
        name: preset.name,
        instructions: preset.instructions,
        temperature: preset.parameters.temperature,
        top_p: preset.parameters.top_p,
        max_tokens: preset.parameters.max_tokens,
        model_id: preset.model_id,
        variables: preset.variables,
    }
}

pub(in crate::ipc) fn preset_draft(params: PresetParams) -> core::PresetDraft {
    core::PresetDraft {
        id: params.id,
        name: params.name,
        instructions: params.instructions,
        parameters: core::Parameters {
            temperature: params.temperature,
            top_p: params.top_p,
            max_tokens: params.max_tokens,
        },
        model_id: params.model_id,
    }
}

pub(in crate::ipc) fn preset_use(params: PresetUseParams) -> core::PresetUse {
    core::PresetUse {
        preset_id: params.preset_id,
        values: params.values,
    }
}
