//! What opening the data directory found, told until the person has read it.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use conversations::{OpenNotice, Store};
use serde::{Deserialize, Serialize};

use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::{Tuppence, setting};

/// A damaged database is kept, and another one is open: somebody has to hear of it, whether or not they
/// looked at the window on that day.
const DAMAGE: &str = "damage-not-read";

#[derive(Serialize, Deserialize)]
struct Damage {
    kept: PathBuf,
    restored_from: Option<PathBuf>,
}

/// What the person should hear of.
#[derive(Default)]
pub(crate) struct StorageNotices(Mutex<Vec<OpenNotice>>);

impl StorageNotices {
    /// Those of this start, and damage of an earlier one that nobody has put away.
    pub(crate) async fn load(store: &Store, found: Vec<OpenNotice>) -> Result<Self, Failure> {
        let mut notices = found;
        let new = notices.iter().find_map(|notice| match notice {
            OpenNotice::DamagedKept {
                path,
                restored_from,
            } => Some(Damage {
                kept: path.clone(),
                restored_from: restored_from.clone(),
            }),
            _ => None,
        });
        match new {
            Some(damage) => remember(store, &damage).await,
            None => {
                if let Some(Damage {
                    kept,
                    restored_from,
                }) = setting(store, DAMAGE).await?
                {
                    notices.push(OpenNotice::DamagedKept {
                        path: kept,
                        restored_from,
                    });
                }
            }
        }
        Ok(Self(Mutex::new(notices)))
    }

    fn all(&self) -> MutexGuard<'_, Vec<OpenNotice>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn remember(store: &Store, damage: &Damage) {
    let kept = match serde_json::to_string(damage) {
        Ok(json) => {
            let store = store.clone();
            crate::blocking(move || store.set_setting(DAMAGE, &json)).await
        }
        Err(error) => Err(Failure::internal(error)),
    };
    if let Err(failure) = kept {
        // It is told this time all the same.
        tracing::warn!(%failure, "damage cannot be remembered");
    }
}

impl Tuppence {
    /// What opening the data directory found that the person should hear of. Damage is told at each
    /// start until [`Tuppence::damage_read`].
    pub fn storage_notices(&self) -> Vec<OpenNotice> {
        self.inner.notices.all().clone()
    }

    /// The person has read that the database was damaged.
    ///
    /// # Errors
    /// Those of a write; it is told again then.
    pub async fn damage_read(&self) -> Result<(), Failure> {
        self.with_store(|store| store.remove_setting(DAMAGE))
            .await?;
        let is_damage = |notice: &OpenNotice| matches!(notice, OpenNotice::DamagedKept { .. });
        self.inner.notices.all().retain(|notice| !is_damage(notice));
        self.emit(CoreEvent::Changed);
        Ok(())
    }
}
