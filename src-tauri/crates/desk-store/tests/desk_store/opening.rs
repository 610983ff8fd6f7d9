//! Opening the file: fresh, again, older, newer, damaged, read-only.

use std::fs;

use desk_store::{Access, Error, PageCommit, Store};

use crate::builders::{Desk, NOW, SHOP, all_orders, empty_page, fetched, order, shop_id};

#[tokio::test]
async fn a_fresh_database_is_made_and_opened_again_without_a_backup() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    desk.store.close().await;

    let again = Store::open(desk.folder.path(), Access::ReadWrite)
        .await
        .unwrap();
    assert!(
        again
            .order(&SHOP, &order("PO-1").order_sn)
            .await
            .unwrap()
            .is_some()
    );
    again.close().await;
    let files: Vec<_> = fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(
        files,
        ["seller-desk.sqlite3"],
        "closing folds the log into the file, and nothing was backed up"
    );
}

#[tokio::test]
async fn the_database_uses_write_ahead_logging_and_no_foreign_keys() {
    let desk = Desk::new().await;
    let sqlite = desk.sqlite();
    let mode: String = sqlite
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    let keys =
        "SELECT count(*) FROM sqlite_master, pragma_foreign_key_list(name) WHERE type = 'table'";
    assert_eq!(
        sqlite
            .query_row(keys, [], |row| row.get::<_, i64>(0))
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn f14_a_newer_database_is_refused_and_untouched() {
    let desk = Desk::new().await;
    desk.store.close().await;
    let sqlite = desk.sqlite();
    sqlite
        .execute(
            "INSERT INTO seaql_migrations VALUES ('m20990101_000001_later', 0)",
            [],
        )
        .unwrap();
    drop(sqlite);
    let before = fs::read(desk.file()).unwrap();
    for access in [Access::ReadWrite, Access::ReadOnly] {
        let refused = Store::open(desk.folder.path(), access).await.err();
        let Some(Error::Newer { found }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(found, "m20990101_000001_later");
    }
    assert_eq!(fs::read(desk.file()).unwrap(), before);
}

#[tokio::test]
async fn f14_a_file_that_is_no_database_is_refused_and_untouched() {
    let desk = Desk::new().await;
    desk.store.close().await;
    let junk = "not a database at all ".repeat(500);
    fs::write(desk.file(), &junk).unwrap();
    for access in [Access::ReadWrite, Access::ReadOnly] {
        assert!(matches!(
            Store::open(desk.folder.path(), access).await,
            Err(Error::Corrupt(_))
        ));
    }
    assert_eq!(fs::read_to_string(desk.file()).unwrap(), junk);
}

#[tokio::test]
async fn f14_damage_is_found_after_an_unclean_stop() {
    let desk = Desk::new().await;
    let orders: Vec<_> = (0..300)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    desk.put(&orders).await;
    desk.store.close().await;
    // Zeros over the middle of the file, and a log that was left behind.
    let mut bytes = fs::read(desk.file()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 8192].fill(0);
    fs::write(desk.file(), &bytes).unwrap();
    fs::write(
        desk.folder.path().join("seller-desk.sqlite3-wal"),
        "cut off",
    )
    .unwrap();
    assert!(matches!(
        Store::open(desk.folder.path(), Access::ReadWrite).await,
        Err(Error::Corrupt(_))
    ));
    assert_eq!(fs::read(desk.file()).unwrap(), bytes);
}

#[tokio::test]
async fn i10_a_process_that_was_killed_leaves_a_database_that_opens() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    // What a killed process leaves: the file and its log as they are on the disk at this moment.
    let copy = tempfile::tempdir().unwrap();
    for name in ["seller-desk.sqlite3", "seller-desk.sqlite3-wal"] {
        fs::copy(desk.folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let store = Store::open(copy.path(), Access::ReadWrite).await.unwrap();
    assert!(
        store
            .order(&SHOP, &order("PO-1").order_sn)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn read_only_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        Store::open(folder.path(), Access::ReadOnly).await,
        Err(Error::Missing)
    ));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    fs::write(folder.path().join("seller-desk.sqlite3"), "").unwrap();
    assert!(
        matches!(
            Store::open(folder.path(), Access::ReadOnly).await,
            Err(Error::Missing)
        ),
        "no tables yet"
    );
    assert_eq!(
        fs::metadata(folder.path().join("seller-desk.sqlite3"))
            .unwrap()
            .len(),
        0
    );
}

#[tokio::test]
async fn read_only_works_beside_a_writer_and_alone() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    let reader = Store::open(desk.folder.path(), Access::ReadOnly)
        .await
        .unwrap();
    assert_eq!(
        reader
            .shops_with_order(&order("PO-1").order_sn)
            .await
            .unwrap(),
        [shop_id()]
    );
    desk.put(&[order("PO-2")]).await;
    assert_eq!(
        reader.open_view(&all_orders(), NOW).await.unwrap().count,
        2,
        "it sees what was written since"
    );

    let rows = fetched(&[order("PO-3")]);
    let refused = reader
        .commit_orders(&PageCommit {
            rows: &rows,
            ..empty_page(&SHOP, NOW)
        })
        .await;
    assert!(matches!(refused, Err(Error::ReadOnly)));

    desk.store.close().await;
    reader.close().await;
    let alone = Store::open(desk.folder.path(), Access::ReadOnly)
        .await
        .unwrap();
    assert_eq!(alone.open_view(&all_orders(), NOW).await.unwrap().count, 2);
}

#[tokio::test]
async fn f12_a_folder_that_cannot_be_one_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    fs::write(&file, "a file").unwrap();
    for path in [file.clone(), file.join("below")] {
        let refused = Store::open(&path, Access::ReadWrite).await.err();
        assert!(matches!(refused, Some(Error::ReadOnly)), "{refused:?}");
    }
}

#[tokio::test]
async fn f12_a_folder_that_vanishes_takes_no_page_with_it() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    let elsewhere = desk.folder.path().with_extension("elsewhere");
    fs::rename(desk.folder.path(), &elsewhere).unwrap();
    let rows = fetched(&[order("PO-2")]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, NOW)
    };
    for _ in 0..2 {
        let refused = desk.store.commit_orders(&page).await;
        assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    }
    // Another folder with another database in its place is not the one that was opened.
    let other = Store::open(desk.folder.path(), Access::ReadWrite)
        .await
        .unwrap();
    other.close().await;
    let refused = desk.store.commit_orders(&page).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    fs::remove_dir_all(desk.folder.path()).unwrap();

    fs::rename(&elsewhere, desk.folder.path()).unwrap();
    assert_eq!(desk.store.commit_orders(&page).await.unwrap().counts.new, 1);
    assert_eq!(desk.order_sns(&all_orders()).await.len(), 2);
}

#[tokio::test]
async fn f13_a_folder_that_takes_no_index_of_the_log_is_read_only() {
    let desk = Desk::new().await;
    desk.put(&[order("PO-1")]).await;
    desk.store.close().await;
    let before = fs::read(desk.file()).unwrap();
    fs::create_dir(desk.folder.path().join("seller-desk.sqlite3-shm")).unwrap();
    let refused = match Store::open(desk.folder.path(), Access::ReadWrite).await {
        Ok(store) => store.set_setting("language", "\"en\"").await,
        Err(error) => Err(error),
    };
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    assert_eq!(fs::read(desk.file()).unwrap(), before);
}
