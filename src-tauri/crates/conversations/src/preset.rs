//! Presets: instructions, parameters and a model that a person begins conversations with.

use std::time::SystemTime;

use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::{Store, StoreError, Subject, clock, new_id};

/// What conversations can begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// The system prompt; `{{name}}` in it is asked for when a conversation begins.
    pub instructions: String,
    /// The caller's parameters, as JSON.
    pub parameters_json: String,
    /// The model that answers, where one was chosen.
    pub model_id: Option<String>,
    /// When it was made.
    pub created_at: SystemTime,
}

/// A preset to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewPreset<'a> {
    /// What a person calls it; not empty.
    pub name: &'a str,
    /// The system prompt.
    pub instructions: &'a str,
    /// The caller's parameters, as JSON.
    pub parameters_json: &'a str,
    /// The model that answers, where one is wanted.
    pub model_id: Option<&'a str>,
}

impl Store {
    /// Every preset, in the order of their names.
    ///
    /// # Errors
    /// Those of any read.
    pub fn presets(&self) -> Result<Vec<Preset>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM presets WHERE deleted_at IS NULL
                 ORDER BY name COLLATE NOCASE, seq"
            ))?;
            let rows = statement.query_map([], from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a deleted one.
    pub fn preset(&self, id: &str) -> Result<Preset, StoreError> {
        self.read(|tx| preset(tx, id))
    }

    /// Keeps a new preset, or changes the one of this id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Database`] for an empty name or parameters that are not
    /// JSON; those of any write.
    pub fn put_preset(&self, id: Option<&str>, new: &NewPreset) -> Result<Preset, StoreError> {
        self.write_durably(|tx| {
            let made = new_id();
            let id = id.unwrap_or(&made);
            tx.prepare_cached(
                "INSERT INTO presets (id, name, instructions, parameters, model_id, created_at)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6
                 WHERE ?7 OR EXISTS (SELECT 1 FROM presets WHERE id = ?1)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                   instructions = excluded.instructions, parameters = excluded.parameters,
                   model_id = excluded.model_id",
            )?
            .execute(params![
                id,
                new.name,
                new.instructions,
                new.parameters_json,
                new.model_id,
                clock::now_ms(),
                id == made,
            ])?;
            preset(tx, id)
        })
    }

    /// Deletes a preset. Conversations that began with it stay as they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn delete_preset(&self, id: &str) -> Result<(), StoreError> {
        self.mark_preset(id, Some(clock::now_ms()))
    }

    /// Takes that back, until the bin was emptied.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn restore_preset(&self, id: &str) -> Result<(), StoreError> {
        self.mark_preset(id, None)
    }

    fn mark_preset(&self, id: &str, deleted_at: Option<i64>) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            let changed = tx
                .prepare_cached("UPDATE presets SET deleted_at = ?2 WHERE id = ?1")?
                .execute(params![id, deleted_at])?;
            if changed == 1 {
                Ok(())
            } else {
                Err(StoreError::NotFound(Subject::Preset))
            }
        })
    }
}

/// Removes deleted presets for good.
pub(crate) fn purge(tx: &Transaction) -> Result<(), StoreError> {
    tx.execute("DELETE FROM presets WHERE deleted_at IS NOT NULL", [])?;
    Ok(())
}

const COLUMNS: &str = "id, name, instructions, parameters, model_id, created_at";

fn preset(tx: &Transaction, id: &str) -> Result<Preset, StoreError> {
    tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM presets WHERE id = ?1 AND deleted_at IS NULL"
    ))?
    .query_row([id], from_row)
    .optional()?
    .ok_or(StoreError::NotFound(Subject::Preset))
}

fn from_row(row: &Row) -> rusqlite::Result<Preset> {
    Ok(Preset {
        id: row.get(0)?,
        name: row.get(1)?,
        instructions: row.get(2)?,
        parameters_json: row.get(3)?,
        model_id: row.get(4)?,
        created_at: clock::from_ms(row.get(5)?),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const TRANSLATOR: NewPreset = NewPreset {
        name: "Translator",
        instructions: "Translate into {{language}}.",
        parameters_json: r#"{"temperature":0.2}"#,
        model_id: Some("small"),
    };

    #[test]
    fn a_preset_is_kept_changed_deleted_and_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let made = store.put_preset(None, &TRANSLATOR).unwrap();
        let reviewer = NewPreset {
            name: "reviewer",
            model_id: None,
            ..TRANSLATOR
        };
        store.put_preset(None, &reviewer).unwrap();
        let changed = NewPreset {
            name: "Zealous translator",
            ..TRANSLATOR
        };
        let changed = store.put_preset(Some(&made.id), &changed).unwrap();
        assert_eq!(
            (&changed.id, changed.created_at),
            (&made.id, made.created_at)
        );
        let names = || {
            let presets = store.presets().unwrap().into_iter();
            presets.map(|preset| preset.name).collect::<Vec<_>>()
        };
        assert_eq!(names(), ["reviewer", "Zealous translator"]);

        store.delete_preset(&made.id).unwrap();
        assert_eq!(names(), ["reviewer"]);
        assert!(store.preset(&made.id).is_err());
        store.restore_preset(&made.id).unwrap();
        assert_eq!(store.preset(&made.id).unwrap(), changed);
        store.delete_preset(&made.id).unwrap();
        store.empty_bin().unwrap();
        assert!(store.restore_preset(&made.id).is_err());
    }

    #[test]
    fn a_preset_without_a_name_or_of_an_unknown_id_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let nameless = NewPreset {
            name: "",
            ..TRANSLATOR
        };
        assert!(store.put_preset(None, &nameless).is_err());
        assert!(matches!(
            store.put_preset(Some("nobody"), &TRANSLATOR),
            Err(StoreError::NotFound(Subject::Preset))
        ));
    }
}
