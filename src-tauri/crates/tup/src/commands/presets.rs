use serde_json::{Value, json};
use tuppence_core::{Preset, PresetUse, Tuppence};

use crate::exit::Stop;
use crate::output::Output;

/// Lists the presets, by name.
pub(crate) async fn run(core: &Tuppence, output: &Output) -> Result<(), Stop> {
    let presets = core.presets().await?;
    let list: Vec<Value> = presets
        .iter()
        .map(|preset| {
            json!({
                "preset": preset.id,
                "name": preset.name,
                "model": preset.model_id,
                "variables": preset.variables,
                "instructions": preset.instructions,
                "temperature": preset.parameters.temperature,
                "top_p": preset.parameters.top_p,
                "max_tokens": preset.parameters.max_tokens,
            })
        })
        .collect();
    output.result(&Value::from(list), || {
        if presets.is_empty() {
            return "There are no presets yet: they are made in the window.".to_owned();
        }
        let lines = presets.iter().map(|preset| {
            let model = preset.model_id.as_deref().unwrap_or("any model");
            let asks: String = preset
                .variables
                .iter()
                .map(|name| format!("  --var \"{name}=…\""))
                .collect();
            format!("{}  ({model}){asks}", preset.name)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// The preset of this id, or of this name whatever its case.
pub(crate) async fn named(core: &Tuppence, name: &str) -> Result<Preset, Stop> {
    let presets = core.presets().await?;
    if let Some(preset) = presets.iter().find(|preset| preset.id == name) {
        return Ok(preset.clone());
    }
    let lowered = name.to_lowercase();
    let mut found = presets
        .into_iter()
        .filter(|preset| preset.name.to_lowercase() == lowered);
    match (found.next(), found.next()) {
        (Some(preset), None) => Ok(preset),
        (Some(_), Some(_)) => Err(Stop::usage(format!(
            "several presets are called {name}; give an id of `tup presets --json`"
        ))),
        (None, _) => Err(Stop::usage(format!(
            "no preset is called {name}; `tup presets` lists them"
        ))),
    }
}

/// The preset with its variables; each has to be told, and no other.
pub(crate) fn told(preset: &Preset, vars: Vec<(String, String)>) -> Result<PresetUse, Stop> {
    if let Some((name, _)) = vars
        .iter()
        .find(|(name, _)| !preset.variables.contains(name))
    {
        return Err(Stop::usage(format!(
            "the preset {} has no variable {name}",
            preset.name
        )));
    }
    let values: std::collections::BTreeMap<_, _> = vars.into_iter().collect();
    let missing: Vec<String> = preset
        .variables
        .iter()
        .filter(|name| {
            values
                .get(*name)
                .is_none_or(|value| value.trim().is_empty())
        })
        .map(|name| format!("--var \"{name}=…\""))
        .collect();
    if missing.is_empty() {
        return Ok(PresetUse {
            preset_id: preset.id.clone(),
            values,
        });
    }
    Err(Stop::usage(format!(
        "the preset {} asks for {}",
        preset.name,
        missing.join(" ")
    )))
}
