//! The sizes of a conversation with what is about to be said, out of the store.

use conversations::{Attachment, Composition, ContextRule, Role, Store, StoreError, Summary};

use super::branch::Branch;
use super::weight::Weight;
use crate::presets::PresetUse;

/// What is about to be asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Where; `None` is a new conversation.
    pub conversation_id: Option<String>,
    /// Only what comes before this message counts: the answer that is asked for again, or the words that
    /// others replace.
    pub before: Option<String>,
    /// The words; empty where an answer is asked for again.
    pub text: String,
    /// What a new conversation begins with.
    pub preset: Option<PresetUse>,
}

/// A conversation's sizes, with the ids of what was said before.
pub(crate) struct Sized {
    pub(crate) branch: Branch,
    /// Of each message of the branch but the words about to be sent.
    pub(crate) ids: Vec<String>,
    pub(crate) rule: ContextRule,
    /// The summary that the branch speaks of.
    pub(crate) summary: Option<Summary>,
}

impl Sized {
    /// With the files that go along with the words.
    pub(crate) fn read(
        store: &Store,
        asked: &Asked,
        files: &[Attachment],
    ) -> Result<Self, StoreError> {
        let (mut said, mut ids) = (Vec::new(), Vec::new());
        let mut summaries = Vec::new();
        if let Some(id) = &asked.conversation_id {
            let sizes = store.branch_sizes(id)?.into_iter();
            let before = sizes.take_while(|size| asked.before.as_ref() != Some(&size.id));
            for size in before.filter(|size| size.bytes > 0 || size.images > 0) {
                said.push((size.role, Weight::from(&size)));
                ids.push(size.id);
            }
            summaries = store.summaries(id)?;
        }
        let latest = latest_summary(&summaries, ids.iter().map(String::as_str));
        if !asked.text.is_empty() || !files.is_empty() {
            let words = Weight::of_text(&asked.text).with_files(files);
            said.push((Role::User, words));
        }
        let composition = composition(store, asked)?;
        let instructions = Some(composition.instructions.trim())
            .filter(|text| !text.is_empty())
            .map(Weight::of_text);
        Ok(Self {
            branch: Branch {
                instructions,
                summary: latest.map(|(from, one)| (from, summary_weight(one))),
                said,
            },
            ids,
            rule: composition.context_rule,
            summary: latest.map(|(_, one)| one.clone()),
        })
    }
}

/// The last summary on a branch, and how many of its messages it stands for.
pub(crate) fn latest_summary<'a, 'b>(
    summaries: &'a [Summary],
    branch: impl Iterator<Item = &'b str>,
) -> Option<(usize, &'a Summary)> {
    let found = branch.enumerate().filter_map(|(at, id)| {
        let summary = summaries.iter().find(|one| one.message_id == id)?;
        Some((at + 1, summary))
    });
    found.last()
}

/// As it is sent: with a few words before it.
pub(crate) fn summary_weight(summary: &Summary) -> Weight {
    Weight::of_text(&super::summary_said(&summary.text))
}

fn composition(store: &Store, asked: &Asked) -> Result<Composition, StoreError> {
    match (&asked.conversation_id, &asked.preset) {
        (Some(id), _) => store.composition(id),
        (None, None) => Ok(Composition::default()),
        (None, Some(preset)) => match preset.composed(store)? {
            Ok(composed) => Ok(composed),
            // Not told everything yet: its own words are about as long.
            Err(_) => Ok(Composition {
                instructions: store.preset(&preset.preset_id)?.instructions,
                ..Composition::default()
            }),
        },
    }
}
