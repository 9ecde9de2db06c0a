use crate::world::World;

/// A fresh installation has a verified backup of its own after the first day's start.
#[tokio::test(flavor = "multi_thread")]
async fn the_days_backup_is_made_once() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.ask(&id, "Hello").await;
    let backups = || {
        std::fs::read_dir(world.data.path().join("backups"))
            .map(|entries| {
                entries
                    .filter_map(Result::ok)
                    .filter(|entry| is_whole(&entry.path()))
                    .count()
            })
            .unwrap_or(0)
    };
    world.core.keep_house();
    world.until("a backup", |_| backups() == 1).await;
    world.core.keep_house();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(backups(), 1);
}

fn is_whole(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|extension| extension == "db")
}
