//! F12: a full disk at each kind of write: a typed error, nothing half written, and the same write goes in once there is room.
//!
//! Two ways: a small file system, where the test may mount one, and a limit on the database's pages.

use std::{fs, path::Path};

use desk_model::{
    Activity, ActivityId, ActivityStatus, Fetched, Resource, RunResult, ShopId, SyncTask,
    SyncTrigger, UnixSeconds,
};
use rusqlite::types::Value;
use sea_orm::{ConnectionTrait, Database};
use sea_orm_migration::MigratorTrait;
use small_disk::SmallDisk;

use crate::{
    Access, Checkpoint, Error, FILE_NAME, NewRun, PageCommit, RunEnd, Store, connect, inspection,
    migration::Migrator, reader,
};

const NOW: UnixSeconds = UnixSeconds(1_750_000_000);
const OLDER: &str = include_str!("../tests/desk_store/schemas/before_sync_tasks.sql");

#[path = "../../../tests/small_disk.rs"]
mod small_disk;

/// A file system that holds a small database.
fn mount() -> Option<SmallDisk> {
    SmallDisk::mount(2048)
}

/// Each kind of write. All are large, so that none fits into what is left of a page.
const WRITES: [&str; 5] = ["page", "start_run", "finish_run", "checkpoint", "setting"];

fn large() -> String {
    "x".repeat(60_000)
}

async fn write(store: &Store, kind: &str) -> Result<(), Error> {
    let shop = ShopId::new("us:1");
    let checkpoint = Checkpoint::new(SyncTask::Changes, large());
    match kind {
        "page" => {
            let rows = [activity()];
            let page = PageCommit {
                shop_id: &shop,
                run_id: None,
                rows: &rows,
                unreadable: &[],
                fetched_at: NOW,
                checkpoint: Some(&checkpoint),
            };
            store.commit_activities(&page).await.map(drop)
        }
        "start_run" => store.start_run(&run(large())).await.map(drop),
        "finish_run" => {
            let end = RunEnd {
                finished_at: NOW,
                result: RunResult::Failed,
                error_code: None,
                error_message: Some(large()),
                request_id: None,
                clock_ahead_seconds: None,
            };
            store.finish_run(1, &end).await
        }
        "checkpoint" => {
            store
                .write_checkpoint(&shop, Resource::Orders, &checkpoint)
                .await
        }
        "setting" => store.set_setting("made-up", &large()).await,
        other => panic!("no write is called {other}"),
    }
}

fn run(shop: String) -> NewRun {
    NewRun {
        shop_id: ShopId::new(shop),
        resource: Resource::Orders,
        task: SyncTask::Changes,
        trigger: SyncTrigger::Automatic,
        started_at: NOW,
        window_start: None,
        window_end: None,
    }
}

fn activity() -> Fetched<Activity> {
    Fetched {
        value: Activity {
            activity_id: ActivityId::new("1"),
            shop_id: ShopId::new("us:1"),
            name: large(),
            activity_type: "big_sale".to_owned(),
            status: ActivityStatus::Running,
            platform_status: "1".to_owned(),
            start_time: None,
            end_time: None,
            enroll_deadline: None,
            joined: false,
            updated_at: None,
            items: Vec::new(),
        },
        raw: "{}".to_owned(),
    }
}

/// All that the database holds; its structure is sound.
fn contents(file: &Path) -> String {
    let sqlite = reader::open(file).unwrap();
    inspection::quick_check(&sqlite).unwrap();
    let mut tables = sqlite
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema' ORDER BY name")
        .unwrap();
    let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut contents = String::new();
    for name in names.map(Result::unwrap) {
        let mut table = sqlite.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = table.column_count();
        let mut rows = table.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<Value> = (0..columns)
                .map(|column| row.get(column).unwrap())
                .collect();
            contents.push_str(&format!("{name} {values:?}\n"));
        }
    }
    contents
}

/// Each write fails without room, leaves everything as it was, and goes in with room.
async fn each_write_waits_for_room(
    folder: &Path,
    fill: impl AsyncFn(&Store),
    make_room: impl AsyncFn(&Store),
) {
    let store = Store::open(folder, Access::ReadWrite).await.unwrap();
    store.start_run(&run("us:1".to_owned())).await.unwrap();
    for kind in WRITES {
        let before = contents(store.file());
        for _ in 0..2 {
            fill(&store).await;
            let refused = write(&store, kind).await;
            assert!(
                matches!(refused, Err(Error::DiskFull)),
                "{kind}: {refused:?}"
            );
        }
        assert!(contents(store.file()) == before, "{kind} left something");
        make_room(&store).await;
        write(&store, kind).await.unwrap();
        assert!(
            contents(store.file()) != before,
            "{kind} is not there for another connection"
        );
    }
    store.close().await;
}

#[tokio::test]
async fn f12_a_full_disk_at_each_write_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let limit = async |store: &Store, pages: u32| {
        let writer = store.writer().unwrap();
        writer.limit_pages(pages).await.unwrap();
    };
    // A limit below the size of the file is taken for its size.
    each_write_waits_for_room(
        folder.path(),
        async |store| limit(store, 1).await,
        async |store| limit(store, u32::MAX - 1).await,
    )
    .await;

    if let Some(disk) = mount() {
        each_write_waits_for_room(
            disk.path(),
            async |_| disk.fill(0),
            async |_| disk.make_room(),
        )
        .await;
    }
}

fn make_older(folder: &Path) {
    let sqlite = rusqlite::Connection::open(folder.join(FILE_NAME)).unwrap();
    sqlite.execute_batch(OLDER).unwrap();
    sqlite.pragma_update(None, "journal_mode", "wal").unwrap();
}

async fn has_its_orders(folder: &Path) {
    let store = Store::open(folder, Access::ReadWrite).await.unwrap();
    assert_eq!(
        store
            .amounts_due(&ShopId::new("us:635500000000001"))
            .await
            .unwrap(),
        2
    );
    store.close().await;
}

#[tokio::test]
async fn f12_a_full_disk_while_tables_change_leaves_the_older_database() {
    let folder = tempfile::tempdir().unwrap();
    make_older(folder.path());
    let file = folder.path().join(FILE_NAME);
    let before = contents(&file);
    let writer = Database::connect(connect::writer_options(&file))
        .await
        .unwrap();
    writer
        .execute_unprepared("PRAGMA max_page_count = 1")
        .await
        .unwrap();
    let refused = Migrator::up(&writer, None).await.map_err(Error::from);
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    writer.close().await.unwrap();
    assert!(contents(&file) == before, "the change left something");
    has_its_orders(folder.path()).await;

    let Some(disk) = mount() else {
        return;
    };
    let file = disk.path().join(FILE_NAME);
    let (mut without_backup, mut with_backup) = (0, 0);
    for room in (0..).step_by(16 * 1024) {
        for entry in fs::read_dir(disk.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            }
            .unwrap();
        }
        make_older(disk.path());
        disk.fill(room);
        let Err(refused) = Store::open(disk.path(), Access::ReadWrite).await else {
            break;
        };
        assert!(
            matches!(refused, Error::DiskFull),
            "{room} bytes: {refused:?}"
        );
        let backups = crate::backups::all(&file).unwrap().len();
        *if backups == 0 {
            &mut without_backup
        } else {
            &mut with_backup
        } += 1;
        disk.make_room();
        has_its_orders(disk.path()).await;
    }
    assert!(
        without_backup > 0 && with_backup > 0,
        "full {without_backup} times at the backup, {with_backup} times at the change itself"
    );
}

#[tokio::test]
async fn f12_a_full_disk_at_a_backup_leaves_the_backups_as_they_are() {
    let Some(disk) = mount() else {
        // A limit on pages does not hold for the copy: here the copy's folder is what cannot be written.
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        fs::write(folder.path().join("backups"), "in the way").unwrap();
        assert!(matches!(store.back_up(NOW).await, Err(Error::ReadOnly)));
        return;
    };
    let store = Store::open(disk.path(), Access::ReadWrite).await.unwrap();
    let first = store.back_up(NOW).await.unwrap();
    for room in [0, 64 * 1024] {
        disk.fill(room);
        let refused = store.back_up(NOW + 1).await;
        assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
        let files: Vec<_> = fs::read_dir(disk.path().join("backups")).unwrap().collect();
        assert_eq!(files.len(), 1, "what was begun is gone again");
        assert_eq!(store.last_backup_at().await.unwrap(), Some(NOW));
    }
    disk.make_room();
    let second = store.back_up(NOW + 1).await.unwrap();
    for backup in [first, second] {
        inspection::check_backup(&backup).unwrap();
    }
}

#[tokio::test]
async fn f12_a_full_disk_at_a_recovery_moves_nothing() {
    let Some(disk) = mount() else {
        // Where there is no small disk, a folder in the way of the copy is what keeps it from being made.
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        store.back_up(NOW).await.unwrap();
        store.close().await;
        fs::create_dir(folder.path().join("seller-desk.partial")).unwrap();
        crate::recover(folder.path(), NOW).await.unwrap_err();
        assert!(folder.path().join(FILE_NAME).exists());
        return;
    };
    let store = Store::open(disk.path(), Access::ReadWrite).await.unwrap();
    let backup = store.back_up(NOW).await.unwrap();
    store.close().await;
    fs::write(disk.path().join(FILE_NAME), "damaged").unwrap();
    disk.fill(16 * 1024);
    let refused = crate::recover(disk.path(), NOW).await;
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    assert_eq!(fs::read(disk.path().join(FILE_NAME)).unwrap(), b"damaged");
    disk.make_room();
    let recovery = crate::recover(disk.path(), NOW).await.unwrap();
    assert_eq!(recovery.restored_from, Some(backup));
}

#[tokio::test]
async fn f12_a_folder_that_is_read_only_is_named_and_untouched() {
    let disk = mount();
    let folder = tempfile::tempdir().unwrap();
    let path = disk.as_ref().map_or(folder.path(), SmallDisk::path);
    let store = Store::open(path, Access::ReadWrite).await.unwrap();
    write(&store, "page").await.unwrap();
    store.close().await;
    let before = fs::read(path.join(FILE_NAME)).unwrap();
    match &disk {
        Some(disk) => disk.protect(),
        // Whoever may not mount is bound by permissions.
        None => protect(path),
    }
    let refused = match Store::open(path, Access::ReadWrite).await {
        Ok(store) => write(&store, "setting").await,
        Err(error) => Err(error),
    };
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    assert!(matches!(
        Store::open(&path.join("new"), Access::ReadWrite)
            .await
            .err(),
        Some(Error::ReadOnly)
    ));
    assert!(fs::read(path.join(FILE_NAME)).unwrap() == before);
}

fn protect(path: &Path) {
    for protected in [path.join(FILE_NAME), path.to_owned()] {
        let mut permissions = fs::metadata(&protected).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&protected, permissions).unwrap();
    }
    let probe = fs::write(path.join("probe"), "");
    assert!(
        probe.is_err(),
        "neither a read-only mount nor permissions hold here"
    );
}
