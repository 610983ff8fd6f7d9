//! F19: a process that dies in the middle of a change of the tables.

use std::{
    env, fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use desk_model::{OrderStatus, ShopId};
use desk_store::{Access, FILE_NAME, Store, restore};

use crate::{
    builders::{NOW, SHOP, all_orders, shop},
    migrations::make_older,
};

/// Tells this program, started once more by a test, which folder's database to open.
const OPEN: &str = "DESK_STORE_TEST_OPEN";

/// The change of the tables that never ends, and how many come before it.
const ENDLESS: &str = "UPDATE ON orders";
const BEFORE_IT: i64 = 9;

/// Makes the first update of an order take for ever.
fn make_endless(folder: &Path) {
    let all: Vec<String> = (0..60)
        .map(|number| format!("orders AS o{number}"))
        .collect();
    let trigger = format!(
        "CREATE TRIGGER endless BEFORE {ENDLESS} BEGIN SELECT count(*) FROM {}; END",
        all.join(", ")
    );
    sqlite(folder).execute_batch(&trigger).unwrap();
}

fn sqlite(folder: &Path) -> rusqlite::Connection {
    let sqlite = rusqlite::Connection::open(folder.join(FILE_NAME)).unwrap();
    sqlite.busy_timeout(Duration::ZERO).unwrap();
    sqlite
}

fn count(sqlite: &rusqlite::Connection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    sqlite.query_row(&sql, [], |row| row.get(0)).unwrap()
}

/// Waits until the other process is inside the endless change: those before it are done, and the database is held.
fn wait_until_inside(folder: &Path) {
    let deadline = Instant::now() + Duration::from_secs(60);
    let sqlite = sqlite(folder);
    while count(&sqlite, "seaql_migrations") != BEFORE_IT
        || sqlite.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok()
    {
        assert!(Instant::now() < deadline, "the change was never begun");
        thread::sleep(Duration::from_millis(10));
    }
}

async fn has_everything(folder: &Path) {
    let sound: String = sqlite(folder)
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    sqlite(folder)
        .execute_batch("DROP TRIGGER endless")
        .unwrap();
    let store = Store::open(folder, Access::ReadWrite).await.unwrap();
    assert_eq!(store.open_view(&all_orders(), NOW).await.unwrap().count, 3);
    assert_eq!(store.shops().await.unwrap(), [shop(&SHOP)]);
    assert_eq!(
        store
            .amounts_due(&ShopId::new(SHOP.as_str()))
            .await
            .unwrap(),
        2
    );
    let unfinished = store.unfinished_orders(&SHOP, None, 10).await.unwrap();
    assert_eq!(unfinished.len(), 2, "{:?}", OrderStatus::Unshipped);
    store.close().await;
}

#[tokio::test]
async fn f19_a_process_that_dies_while_tables_change_costs_nothing() {
    if let Some(folder) = env::var_os(OPEN) {
        let opened = Store::open(Path::new(&folder), Access::ReadWrite).await;
        panic!("the change ended: {:?}", opened.err());
    }
    let folder = tempfile::tempdir().unwrap();
    make_older(folder.path());
    make_endless(folder.path());
    let mut process = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "power_cut::f19_a_process_that_dies_while_tables_change_costs_nothing",
        ])
        .env(OPEN, folder.path())
        .spawn()
        .unwrap();
    wait_until_inside(folder.path());

    // What a power cut leaves: the files as they are at this moment.
    let cut = tempfile::tempdir().unwrap();
    for name in [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal")] {
        fs::copy(folder.path().join(&name), cut.path().join(&name)).unwrap();
    }
    process.kill().unwrap();
    process.wait().unwrap();

    let backups = fs::read_dir(folder.path().join("backups")).unwrap();
    let backups: Vec<_> = backups.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(backups.len(), 1, "{backups:?}");
    let restored = tempfile::tempdir().unwrap();
    restore(restored.path(), &backups[0], NOW).await.unwrap();
    assert_eq!(count(&sqlite(restored.path()), "seaql_migrations"), 7);
    for folder in [folder.path(), cut.path(), restored.path()] {
        has_everything(folder).await;
    }
}
