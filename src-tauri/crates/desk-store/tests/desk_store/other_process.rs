//! F13: another process holds the database.

use std::{
    env,
    io::{BufRead, BufReader, Lines, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use desk_model::{Order, Resource, SyncTask};
use desk_store::{Access, Checkpoint, CommittedPage, Error, FILE_NAME, PageCommit, Store};

use crate::builders::{Desk, NOW, SHOP, all_orders, counts, empty_page, fetched, order};

/// Tells this program, started once more by a test, which folder's database to hold.
const HOLD: &str = "DESK_STORE_TEST_HOLD";

/// A process that holds the database until it is let go.
struct Holder {
    process: Child,
    input: Option<ChildStdin>,
    /// Open until the process has ended, which writes to it.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Holder {
    fn start(test: &str, folder: &Path) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(HOLD, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(
            lines.any(|line| line.unwrap().contains("held")),
            "the process ended before it held the database"
        );
        Self {
            process,
            input,
            _output: lines,
        }
    }

    fn let_go(mut self) {
        drop(self.input.take());
        assert!(self.process.wait().unwrap().success());
    }
}

/// In the process that a test has started: holds the database until the input ends.
fn held_for_a_test() -> bool {
    let Some(folder) = env::var_os(HOLD) else {
        return false;
    };
    let sqlite = rusqlite::Connection::open(Path::new(&folder).join(FILE_NAME)).unwrap();
    sqlite.busy_timeout(Duration::from_secs(10)).unwrap();
    sqlite.execute_batch("BEGIN EXCLUSIVE").unwrap();
    std::io::stdout().write_all(b"held\n").unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    sqlite.execute_batch("ROLLBACK").unwrap();
    true
}

fn orders() -> Vec<Order> {
    (0..20)
        .map(|number| order(&format!("PO-{number}")))
        .collect()
}

async fn commit(store: &Store) -> Result<CommittedPage, Error> {
    let rows = fetched(&orders());
    let checkpoint = Checkpoint::new(SyncTask::Changes, "made-up");
    let page = PageCommit {
        rows: &rows,
        checkpoint: Some(&checkpoint),
        ..empty_page(&SHOP, NOW)
    };
    store.commit_orders(&page).await
}

#[tokio::test]
async fn f13_a_database_held_for_a_second_is_waited_for() {
    if held_for_a_test() {
        return;
    }
    let desk = Desk::new().await;
    desk.put(&[order("PO-first")]).await;
    let test = "other_process::f13_a_database_held_for_a_second_is_waited_for";
    let holder = Holder::start(test, desk.folder.path());
    let store = desk.store.clone();
    let page = tokio::spawn(async move { commit(&store).await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!page.is_finished(), "the page waits");
    assert_eq!(
        desk.order_sns(&all_orders()).await,
        ["PO-first"],
        "reading goes on"
    );
    holder.let_go();
    assert_eq!(page.await.unwrap().unwrap().counts, counts(20, 0, 0));
    assert_eq!(desk.order_sns(&all_orders()).await.len(), 21);
}

#[tokio::test]
async fn f13_a_database_held_for_longer_is_named_and_no_page_is_lost() {
    if held_for_a_test() {
        return;
    }
    let desk = Desk::new().await;
    let test = "other_process::f13_a_database_held_for_longer_is_named_and_no_page_is_lost";
    let holder = Holder::start(test, desk.folder.path());
    let refused = commit(&desk.store).await;
    assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    let opened = Store::open(desk.folder.path(), Access::ReadWrite).await;
    assert!(
        matches!(opened, Ok(_) | Err(Error::Busy)),
        "{:?}",
        opened.err()
    );
    assert!(desk.order_sns(&all_orders()).await.is_empty());
    let stored = desk
        .store
        .checkpoint(&SHOP, Resource::Orders, SyncTask::Changes);
    assert_eq!(stored.await.unwrap(), None);

    holder.let_go();
    assert_eq!(commit(&desk.store).await.unwrap().counts, counts(20, 0, 0));
    assert_eq!(commit(&desk.store).await.unwrap().counts, counts(0, 0, 20));
}
