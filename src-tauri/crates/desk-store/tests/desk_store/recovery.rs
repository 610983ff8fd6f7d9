//! F14: damage of every kind is found, the damaged files are kept, and the newest good backup takes their place.

use std::{
    fs,
    path::{Path, PathBuf},
};

use desk_store::{Access, Error, FILE_NAME, Store, recover, restore};
use tempfile::TempDir;

use crate::builders::{Desk, NOW, all_orders, counts, order};

/// A closed database with 300 orders, the first 100 of which are in a backup.
struct Closed {
    folder: TempDir,
    bytes: Vec<u8>,
    backup: PathBuf,
}

impl Closed {
    async fn new() -> Self {
        let desk = Desk::new().await;
        let orders: Vec<_> = (0..300)
            .map(|number| order(&format!("PO-{number}")))
            .collect();
        desk.put(&orders[..100]).await;
        let backup = desk.store.back_up(NOW).await.unwrap();
        desk.put(&orders[100..]).await;
        desk.store.close().await;
        Self {
            bytes: fs::read(desk.file()).unwrap(),
            folder: desk.folder,
            backup,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self) -> PathBuf {
        self.path().join(FILE_NAME)
    }

    fn log(&self) -> PathBuf {
        self.path().join(format!("{FILE_NAME}-wal"))
    }

    /// The pages, counted from 1, at which the indexes of a table begin.
    fn index_pages(&self, table: &str) -> Vec<usize> {
        let sqlite = rusqlite::Connection::open(self.file()).unwrap();
        let sql = "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1";
        let mut statement = sqlite.prepare(sql).unwrap();
        let pages = statement.query_map([table], |row| row.get(0)).unwrap();
        pages.map(Result::unwrap).collect()
    }

    /// Puts these bytes in the place of the database.
    fn damage(&self, bytes: &[u8]) {
        fs::write(self.file(), bytes).unwrap();
    }

    /// What a process leaves that did not close the database.
    fn leave_log(&self) {
        fs::write(self.log(), "cut off").unwrap();
    }

    async fn open(&self) -> Result<Store, Error> {
        Store::open(self.path(), Access::ReadWrite).await
    }

    async fn orders(&self) -> u64 {
        let store = self.open().await.unwrap();
        let count = store.open_view(&all_orders(), NOW).await.unwrap().count;
        store.close().await;
        count
    }

    async fn is_refused_as_damaged(&self, what: &str) {
        let refused = self.open().await.err();
        assert!(
            matches!(refused, Some(Error::Corrupt(_))),
            "{what}: {refused:?}"
        );
    }

    /// Recovers; the damaged files are kept to the byte.
    async fn recovers_from(&self, backup: Option<&Path>) {
        let before = [self.file(), self.log()].map(|path| fs::read(path).ok());
        let recovery = recover(self.path(), NOW).await.unwrap();
        assert_eq!(recovery.restored_from.as_deref(), backup);
        let moved = [self.file(), self.log()]
            .map(|path| fs::read(recovery.moved_to.join(path.file_name().unwrap())).ok());
        assert!(moved == before, "what was there is kept");
        assert!(!self.log().exists());
    }
}

#[tokio::test]
async fn f14_a_damaged_database_gives_way_to_the_newest_backup_and_is_kept() {
    let closed = Closed::new().await;
    let mut bytes = closed.bytes.clone();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 8192].fill(0);
    closed.damage(&bytes);
    closed.leave_log();
    closed.is_refused_as_damaged("zeros in the middle").await;
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
    assert!(closed.backup.exists(), "the backup is still a backup");

    let store = closed.open().await.unwrap();
    let desk = Desk {
        store,
        folder: closed.folder,
    };
    assert_eq!(
        desk.commit(&[order("PO-1"), order("PO-200")], 60).await,
        counts(1, 0, 1),
        "what the backup lacks is read again"
    );
}

#[tokio::test]
async fn f14_a_backup_that_is_damaged_or_newer_is_passed_over() {
    let closed = Closed::new().await;
    let good = fs::read(&closed.backup).unwrap();
    let sibling = |day: i64| {
        let name = format!("seller-desk.{}.sqlite3", (NOW + day).0);
        closed.backup.with_file_name(name)
    };
    fs::write(sibling(1), &good).unwrap();
    let newer = rusqlite::Connection::open(sibling(1)).unwrap();
    newer
        .execute(
            "INSERT INTO seaql_migrations VALUES ('m20990101_000001_later', 0)",
            [],
        )
        .unwrap();
    drop(newer);
    fs::write(sibling(2), &good[..good.len() / 2]).unwrap();
    fs::write(sibling(3), "").unwrap();
    closed.damage(b"damaged");
    closed.is_refused_as_damaged("no database").await;
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
}

#[tokio::test]
async fn f14_without_a_good_backup_a_fresh_database_is_made() {
    let closed = Closed::new().await;
    fs::write(&closed.backup, "damaged too").unwrap();
    closed.damage(b"damaged");
    closed.recovers_from(None).await;
    assert!(!closed.file().exists());
    assert_eq!(closed.orders().await, 0);
    assert!(closed.backup.exists(), "nothing is deleted");
}

#[tokio::test]
async fn f14_a_file_that_was_cut_short_is_damaged() {
    let closed = Closed::new().await;
    let whole = closed.bytes.len();
    for len in [
        0,
        1,
        99,
        100,
        4095,
        4096,
        8192,
        whole / 2,
        whole - 4096,
        whole - 1,
    ] {
        closed.damage(&closed.bytes[..len]);
        closed
            .is_refused_as_damaged(&format!("{len} of {whole} bytes"))
            .await;
        assert_eq!(
            fs::read(closed.file()).unwrap().len(),
            len,
            "it is left as it was"
        );
    }
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
}

#[tokio::test]
async fn f14_a_header_of_zeros_is_damaged() {
    let closed = Closed::new().await;
    for len in [16, 100, 4096] {
        let mut bytes = closed.bytes.clone();
        bytes[..len].fill(0);
        closed.damage(&bytes);
        closed.is_refused_as_damaged(&format!("{len} zeros")).await;
    }
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
}

#[tokio::test]
async fn f14_a_flipped_byte_is_found_or_does_no_harm() {
    let closed = Closed::new().await;
    let (mut found, mut harmless) = (0, 0);
    let header = 0..108;
    let page_starts = (1..closed.bytes.len() / 4096).map(|page| page * 4096);
    for position in header.chain(page_starts) {
        let mut bytes = closed.bytes.clone();
        bytes[position] ^= 0xff;
        closed.damage(&bytes);
        closed.leave_log();
        match closed.open().await {
            Ok(store) => {
                let listed = store.open_view(&all_orders(), NOW).await;
                assert!(
                    matches!(listed, Ok(_) | Err(Error::Corrupt(_))),
                    "byte {position}: {:?}",
                    listed.err()
                );
                store.close().await;
                harmless += 1;
            }
            Err(Error::Corrupt(_)) => {
                assert!(fs::read(closed.file()).unwrap() == bytes, "byte {position}");
                found += 1;
            }
            Err(other) => panic!("byte {position}: {other:?}"),
        }
    }
    assert!(found > 2 * harmless, "{found} found, {harmless} not");
    closed.damage(b"damaged");
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
}

/// A database that was not closed: the file and its log as they are on the disk, with 200 orders in the log alone.
async fn cut_off() -> (Closed, Vec<u8>) {
    let closed = Closed::new().await;
    let store = closed.open().await.unwrap();
    let orders: Vec<_> = (300..500)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    let desk = Desk {
        store,
        folder: TempDir::new().unwrap(),
    };
    desk.put(&orders).await;
    let file = fs::read(closed.file()).unwrap();
    let log = fs::read(closed.log()).unwrap();
    desk.store.close().await;
    closed.damage(&file);
    (closed, log)
}

#[tokio::test]
async fn f14_a_log_that_is_missing_costs_what_was_in_it_and_no_more() {
    let (closed, log) = cut_off().await;
    assert_eq!(closed.orders().await, 300);
    let (closed, _) = (closed, log);
    let store = closed.open().await.unwrap();
    let desk = Desk {
        store,
        folder: TempDir::new().unwrap(),
    };
    assert_eq!(
        desk.commit(&[order("PO-299"), order("PO-300")], 60).await,
        counts(1, 0, 1),
        "the cursor was in the log too, so that this is read again"
    );
}

#[tokio::test]
async fn f14_a_log_that_is_cut_short_or_damaged_counts_up_to_its_last_whole_page() {
    let (closed, log) = cut_off().await;
    let file = fs::read(closed.file()).unwrap();
    let mut flipped = log.clone();
    flipped[log.len() / 2] ^= 0xff;
    for damaged in [&log[..log.len() / 2], &log[..40], &flipped[..]] {
        closed.damage(&file);
        fs::write(closed.log(), damaged).unwrap();
        assert_eq!(
            closed.orders().await,
            300,
            "a page that is not whole is no page"
        );
    }
    closed.damage(&file);
    fs::write(closed.log(), &log).unwrap();
    assert_eq!(closed.orders().await, 500, "the whole log counts");
}

#[tokio::test]
async fn f14_a_log_of_another_database_is_found_or_does_no_harm() {
    let (closed, log) = cut_off().await;
    drop(closed);
    let other = Desk::new().await;
    let orders: Vec<_> = (0..50)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    other.put(&orders).await;
    let backup = other.store.back_up(NOW).await.unwrap();
    other.store.close().await;
    let closed = Closed {
        bytes: fs::read(other.file()).unwrap(),
        folder: other.folder,
        backup,
    };
    fs::write(closed.log(), &log).unwrap();
    closed.is_refused_as_damaged("another database's log").await;
    assert!(
        fs::read(closed.log()).unwrap() == log,
        "it is left as it was"
    );
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 50);
}

#[tokio::test]
async fn f14_a_log_without_its_database_is_not_taken_for_a_fresh_start() {
    let (closed, log) = cut_off().await;
    fs::write(closed.log(), &log).unwrap();
    fs::remove_file(closed.file()).unwrap();
    closed.is_refused_as_damaged("no database").await;
    assert!(
        fs::read(closed.log()).unwrap() == log,
        "it is left as it was"
    );
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
}

#[tokio::test]
async fn i10_a_recovery_that_was_cut_off_is_ended_at_the_next_start() {
    let closed = Closed::new().await;
    let restoring = closed.path().join("seller-desk.restoring");
    // Cut off while the backup was copied: the damaged database is still there.
    closed.damage(b"damaged");
    fs::write(restoring.with_extension("partial"), "half").unwrap();
    closed.is_refused_as_damaged("still damaged").await;
    // After the copy, before anything was moved.
    fs::copy(&closed.backup, &restoring).unwrap();
    closed.is_refused_as_damaged("still damaged").await;
    // After the database was moved, before its log was.
    fs::remove_file(closed.file()).unwrap();
    closed.leave_log();
    closed.is_refused_as_damaged("a log alone").await;
    // After both.
    fs::remove_file(closed.log()).unwrap();
    assert_eq!(closed.orders().await, 100);
    assert!(!restoring.exists());
}

#[tokio::test]
async fn a_backup_is_restored_on_purpose_and_what_was_there_is_kept() {
    let closed = Closed::new().await;
    let recovery = restore(closed.path(), &closed.backup, NOW).await.unwrap();
    assert_eq!(recovery.restored_from.as_ref(), Some(&closed.backup));
    assert!(fs::read(recovery.moved_to.join(FILE_NAME)).unwrap() == closed.bytes);
    assert_eq!(closed.orders().await, 100);
    let again = restore(closed.path(), &recovery.moved_to.join(FILE_NAME), NOW).await;
    let again = again.unwrap();
    assert_ne!(again.moved_to, recovery.moved_to, "nothing is written over");
    assert_eq!(closed.orders().await, 300);
}

#[tokio::test]
async fn a_backup_that_could_not_be_opened_is_not_restored() {
    let closed = Closed::new().await;
    let damaged = closed.path().join("damaged.sqlite3");
    fs::write(&damaged, "damaged").unwrap();
    let refused = restore(closed.path(), &damaged, NOW).await;
    assert!(matches!(refused, Err(Error::Corrupt(_))), "{refused:?}");
    let newer = rusqlite::Connection::open(&closed.backup).unwrap();
    newer
        .execute(
            "INSERT INTO seaql_migrations VALUES ('m20990101_000001_later', 0)",
            [],
        )
        .unwrap();
    drop(newer);
    let refused = restore(closed.path(), &closed.backup, NOW).await;
    assert!(matches!(refused, Err(Error::Newer { .. })), "{refused:?}");
    assert!(fs::read(closed.file()).unwrap() == closed.bytes);
    assert_eq!(closed.orders().await, 300);
}

#[tokio::test]
async fn f14_damage_that_is_met_while_running_is_recovered_at_the_next_start() {
    let closed = Closed::new().await;
    let mut bytes = closed.bytes.clone();
    // Where a list looks first; the opening reads nothing there.
    for page in closed.index_pages("orders") {
        bytes[(page - 1) * 4096..][..64].fill(0xff);
    }
    closed.damage(&bytes);
    // The file was closed cleanly: nobody looks at all of it, and the damage is met later.
    let store = closed.open().await.unwrap();
    let met = store.open_view(&all_orders(), NOW).await;
    assert!(matches!(met, Err(Error::Corrupt(_))), "{met:?}");
    store.close().await;

    closed.is_refused_as_damaged("met by the last run").await;
    closed.recovers_from(Some(&closed.backup)).await;
    assert_eq!(closed.orders().await, 100);
}
