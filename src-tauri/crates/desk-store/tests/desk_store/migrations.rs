//! A database of an older version is brought up to date with its data.

use std::{fs, path::Path};

use desk_model::{
    AmountState, ListQuery, PageCounts, Resource, RunResult, StatusSeen, SyncTask, SyncTrigger,
};
use desk_store::{Access, Checkpoint, Error, FILE_NAME, OpenWindow, Rows, Store};

use crate::builders::{
    NOW, SHOP, activity, all_orders, app, empty_page, fetched, order, product, shop,
};

/// A database as versions before sync tasks left it: three orders, a product, an activity, checkpoints, a run and a quarantined row.
const BEFORE_SYNC_TASKS: &str = include_str!("schemas/before_sync_tasks.sql");

/// Makes a database of that version in the folder.
pub(crate) fn make_older(folder: &Path) {
    let sqlite = rusqlite::Connection::open(folder.join(FILE_NAME)).unwrap();
    sqlite.execute_batch(BEFORE_SYNC_TASKS).unwrap();
    sqlite.pragma_update(None, "journal_mode", "wal").unwrap();
    sqlite.close().unwrap();
}

async fn open(folder: &Path) -> Store {
    Store::open(folder, Access::ReadWrite).await.unwrap()
}

#[tokio::test]
async fn f19_an_older_database_keeps_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    make_older(folder.path());
    let read_only = Store::open(folder.path(), Access::ReadOnly).await;
    assert!(
        matches!(read_only, Err(Error::Database(_))),
        "it cannot be read before it is brought up to date"
    );

    let store = open(folder.path()).await;
    let mut unauthorized = order("PO-2");
    (unauthorized.total_amount, unauthorized.amount_state) = (None, AmountState::NotAuthorized);
    let list = |query: ListQuery| {
        let store = &store;
        async move { store.list(&query, NOW, None).await.unwrap() }
    };
    let Rows::Orders(mut orders) = list(all_orders()).await else {
        panic!("not orders")
    };
    orders.sort_by_key(|order| order.order_sn.clone());
    assert_eq!(orders[..2], [order("PO-1"), unauthorized.clone()]);
    assert_eq!(
        list(ListQuery::all(Resource::Products)).await,
        Rows::Products(vec![product("601", "Mug")])
    );
    assert_eq!(
        list(ListQuery::all(Resource::Activities)).await,
        Rows::Activities(vec![activity("9000", "Summer")])
    );
    for (search, found) in [("dEMO mu", 3), ("o-1", 1), ("blue", 3), ("nothing", 0)] {
        let query = ListQuery {
            search: search.to_owned(),
            ..all_orders()
        };
        let view = store.open_view(&query, NOW).await.unwrap();
        assert_eq!(
            view.count, found,
            "what was stored before is found: {search}"
        );
    }
    let record = store.order(&SHOP, &order("PO-1").order_sn).await.unwrap();
    let record = record.unwrap();
    assert_eq!((record.gone_at, record.fetched_at), (None, NOW));
    assert_eq!(record.raw.as_deref(), Some(r#"{"made":"up"}"#));
    let seen = StatusSeen {
        status: order("PO-1").status,
        platform_status: "2".to_owned(),
        first_seen_at: NOW,
    };
    assert_eq!(record.status_history, [seen]);

    let rows = fetched(&[order("PO-1")]);
    let page = desk_store::PageCommit {
        rows: &rows,
        ..empty_page(&SHOP, NOW + 60)
    };
    let same = PageCounts {
        unchanged: 1,
        ..PageCounts::default()
    };
    assert_eq!(
        store.commit_orders(&page).await.unwrap().counts,
        same,
        "what is stored is known again"
    );
}

#[tokio::test]
async fn f19_an_older_database_keeps_its_shops_settings_and_log() {
    let folder = tempfile::tempdir().unwrap();
    make_older(folder.path());
    let store = open(folder.path()).await;
    assert_eq!(store.shops().await.unwrap(), [shop(&SHOP)]);
    assert_eq!(
        store.gateway_apps().await.unwrap()[0].app_key,
        app().app_key
    );
    assert_eq!(
        store.setting("language").await.unwrap().as_deref(),
        Some("\"zh-CN\"")
    );
    let runs = store.sync_runs(None, 10).await.unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(
        (
            runs[0].task,
            runs[0].trigger,
            runs[0].result,
            runs[0].counts.new
        ),
        (
            SyncTask::Changes,
            SyncTrigger::Automatic,
            RunResult::Partial,
            3
        )
    );
    let quarantined = store.quarantined(None).await.unwrap();
    assert_eq!(quarantined[0].identity, "PO-9");
    assert_eq!(quarantined[0].payload, r#"{"order_sn":"PO-9","x":1}"#);
}

#[tokio::test]
async fn f19_the_cursors_of_an_older_database_go_on_as_changes() {
    let folder = tempfile::tempdir().unwrap();
    make_older(folder.path());
    let store = open(folder.path()).await;
    let orders = Checkpoint {
        reached: Some(NOW - 180),
        last_run_seconds: 12,
        window: Some(OpenWindow {
            start: NOW - 3600,
            end: NOW - 60,
            next_page: 7,
            total: 650,
        }),
        ..Checkpoint::new(SyncTask::Changes, "made-up-stream")
    };
    let products = Checkpoint {
        reached: Some(NOW - 5),
        last_run_seconds: 3,
        ..Checkpoint::new(SyncTask::Changes, "made-up-census")
    };
    for (resource, kept) in [
        (Resource::Orders, Some(orders)),
        (Resource::Products, Some(products)),
        (Resource::Activities, None),
    ] {
        let changes = store.checkpoint(&SHOP, resource, SyncTask::Changes).await;
        assert_eq!(changes.unwrap(), kept, "{resource:?}");
        let sweep = store.checkpoint(&SHOP, resource, SyncTask::Sweep).await;
        assert_eq!(sweep.unwrap(), None);
    }
    assert_eq!(
        store.amounts_due(&SHOP).await.unwrap(),
        2,
        "unknown amounts of the time before are asked for"
    );
}

#[tokio::test]
async fn f19_an_older_database_is_copied_aside_before_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    make_older(folder.path());
    open(folder.path()).await.close().await;
    let mut files: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["backups", FILE_NAME]);
    let backup = "backups/seller-desk.before-m20261122_000008_add_sync_tasks.sqlite3";

    let restored = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join(backup), restored.path().join(FILE_NAME)).unwrap();
    let sqlite = rusqlite::Connection::open(restored.path().join(FILE_NAME)).unwrap();
    assert!(
        sqlite.prepare("SELECT task FROM sync_runs").is_err(),
        "the copy is of the time before"
    );
    drop(sqlite);
    let store = open(restored.path()).await;
    assert_eq!(store.shops().await.unwrap(), [shop(&SHOP)]);
}
