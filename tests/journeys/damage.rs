//! A database that was damaged between two starts.

use std::fs;
use std::os::unix::fs::FileExt as _;

use tuppence_core::OpenNotice;

use crate::world::World;

/// Checklist 121.
#[tokio::test(flavor = "multi_thread")]
async fn damage_is_told_at_each_start_until_it_was_read_and_the_backup_has_the_words() {
    let world = World::new().await;
    world
        .core
        .save_draft(None, "Before the backup")
        .await
        .unwrap();
    world.core.back_up().await.unwrap();
    world
        .core
        .save_draft(None, "After the backup")
        .await
        .unwrap();
    assert!(world.core.storage_notices().is_empty());
    let world = world.restarted_after(damage).await;
    let told = |world: &World| {
        let notices = world.core.storage_notices();
        notices.into_iter().find_map(|notice| match notice {
            OpenNotice::DamagedKept {
                path,
                restored_from,
            } => Some((path, restored_from)),
            _ => None,
        })
    };
    let (kept, restored_from) = told(&world).expect("it is told");
    assert!(kept.is_file() && restored_from.is_some());
    assert_eq!(world.core.draft(None).await.unwrap(), "Before the backup");

    let world = world.restarted().await;
    assert_eq!(told(&world).map(|(path, _)| path), Some(kept.clone()));
    world.core.damage_read().await.unwrap();
    assert_eq!(told(&world), None);
    let world = world.restarted().await;
    assert_eq!(told(&world), None);
    assert!(kept.is_file(), "and the damaged file stays");
}

/// Overwrites the middle of the database.
fn damage(data: &std::path::Path) {
    // What is still in the log would heal it: the last of the core's tasks closes the database.
    let log = data.join("tuppence.db-wal");
    for _ in 0..500 {
        if !log.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(!log.exists(), "the database is closed");
    let file = fs::File::options()
        .write(true)
        .open(data.join("tuppence.db"))
        .unwrap();
    let length = file.metadata().unwrap().len();
    file.write_all_at(&[0x5a; 16 << 10], length / 3).unwrap();
    file.write_all_at(b"not a database", 0).unwrap();
}
