//! Runs, their counters, and checkpoints.

use desk_model::{PageCounts, Resource, RunResult, SyncTask, SyncTrigger, Unreadable};
use desk_store::{Checkpoint, NewRun, OpenWindow, PageCommit, RunEnd};

use crate::builders::{Desk, NOW, SHOP, empty_page, fetched, order, shop, shop_id};

fn run(resource: Resource) -> NewRun {
    NewRun {
        shop_id: shop_id(),
        resource,
        task: SyncTask::Changes,
        trigger: SyncTrigger::Automatic,
        started_at: NOW,
        window_start: Some(NOW - 3600),
        window_end: Some(NOW - 180),
    }
}

#[tokio::test]
async fn a_run_counts_its_pages_and_rows() {
    let desk = Desk::new().await;
    let id = desk.store.start_run(&run(Resource::Orders)).await.unwrap();
    let rows = fetched(&[order("PO-1"), order("PO-2")]);
    let unreadable = [Unreadable {
        raw: r#"{"order_sn":"PO-3"}"#.to_owned(),
        reason: "no status".to_owned(),
    }];
    let page = PageCommit {
        run_id: Some(id),
        rows: &rows,
        unreadable: &unreadable,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    desk.store.commit_orders(&page).await.unwrap();
    let end = RunEnd {
        finished_at: NOW + 5,
        result: RunResult::Partial,
        error_code: None,
        error_message: None,
        request_id: Some("made-up-request".to_owned()),
        clock_ahead_seconds: None,
    };
    desk.store.finish_run(id, &end).await.unwrap();

    let log = desk.store.sync_runs(Some(&SHOP), 10).await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].pages, log[0].result), (2, RunResult::Partial));
    assert_eq!(
        log[0].counts,
        PageCounts {
            new: 2,
            changed: 0,
            unchanged: 2,
            quarantined: 2
        }
    );
    assert_eq!(
        (log[0].trigger, log[0].window_start),
        (SyncTrigger::Automatic, Some(NOW - 3600))
    );
    assert_eq!(
        (log[0].finished_at, log[0].request_id.as_deref()),
        (Some(NOW + 5), Some("made-up-request"))
    );
}

#[tokio::test]
async fn a_run_learns_its_window_after_its_start() {
    let desk = Desk::new().await;
    let new = NewRun {
        window_start: None,
        window_end: None,
        ..run(Resource::Orders)
    };
    let other = desk.store.start_run(&new).await.unwrap();
    let id = desk.store.start_run(&new).await.unwrap();
    desk.store
        .set_run_window(id, NOW - 600, NOW - 180)
        .await
        .unwrap();
    let log = desk.store.sync_runs(None, 10).await.unwrap();
    let windows = log
        .iter()
        .map(|run| (run.id, run.window_start, run.window_end));
    assert_eq!(
        windows.collect::<Vec<_>>(),
        [(id, Some(NOW - 600), Some(NOW - 180)), (other, None, None)]
    );
}

#[tokio::test]
async fn runs_cut_off_by_a_crash_are_closed() {
    let desk = Desk::new().await;
    for resource in [Resource::Orders, Resource::Products, Resource::Orders] {
        desk.store.start_run(&run(resource)).await.unwrap();
    }
    assert_eq!(desk.store.abandon_runs(NOW + 9).await.unwrap(), 3);
    assert_eq!(desk.store.abandon_runs(NOW + 99).await.unwrap(), 0);
    let log = desk.store.sync_runs(None, 2).await.unwrap();
    assert_eq!(
        log.iter().map(|run| run.id).collect::<Vec<_>>(),
        [3, 2],
        "newest first, at most two"
    );
    assert_eq!(
        (log[0].result, log[0].finished_at),
        (RunResult::Failed, Some(NOW + 9))
    );
    assert_eq!(log[0].error_code.as_deref(), Some("internal"));
    assert_eq!(log[0].error_message.as_deref(), Some("cut off"));
    let latest = desk.store.latest_runs(&SHOP).await.unwrap();
    assert_eq!(
        latest.iter().map(|run| run.id).collect::<Vec<_>>(),
        [3, 2],
        "one per resource"
    );
}

#[tokio::test]
async fn a_checkpoint_is_written_whole_and_per_resource() {
    let desk = Desk::new().await;
    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    let window = OpenWindow {
        start: NOW - 3600,
        end: NOW - 180,
        next_page: 7,
        total: 650,
    };
    let open = Checkpoint {
        last_run_seconds: 12,
        observed_lag_seconds: 45,
        window: Some(window),
        ..Checkpoint::new(SyncTask::Changes, "made-up-stream")
    };
    let closed = Checkpoint {
        reached: Some(NOW - 180),
        window: None,
        completed_at: Some(NOW),
        ..open.clone()
    };
    for checkpoint in [&open, &closed] {
        let page = PageCommit {
            checkpoint: Some(checkpoint),
            ..empty_page(&SHOP, NOW)
        };
        desk.store.commit_orders(&page).await.unwrap();
        let stored = desk
            .store
            .checkpoint(&SHOP, Resource::Orders, SyncTask::Changes)
            .await
            .unwrap();
        assert_eq!(stored.as_ref(), Some(checkpoint));
    }
    desk.store
        .commit_orders(&empty_page(&SHOP, NOW))
        .await
        .unwrap();
    assert_eq!(
        desk.store
            .checkpoint(&SHOP, Resource::Orders, SyncTask::Changes)
            .await
            .unwrap(),
        Some(closed),
        "none leaves it"
    );
    assert_eq!(
        desk.store
            .checkpoint(&SHOP, Resource::Products, SyncTask::Changes)
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn each_task_has_a_checkpoint_of_its_own() {
    let desk = Desk::new().await;
    for (place, task) in (0..).zip(SyncTask::ALL) {
        let checkpoint = Checkpoint {
            reached: Some(NOW - place),
            completed_at: Some(NOW + place),
            ..Checkpoint::new(task, "made-up-stream")
        };
        let written = desk
            .store
            .write_checkpoint(&SHOP, Resource::Orders, &checkpoint);
        written.await.unwrap();
    }
    for (place, task) in (0..).zip(SyncTask::ALL) {
        let stored = desk.store.checkpoint(&SHOP, Resource::Orders, task).await;
        let stored = stored.unwrap().unwrap();
        assert_eq!((stored.task, stored.reached), (task, Some(NOW - place)));
        assert_eq!(stored.completed_at, Some(NOW + place));
    }
}

#[tokio::test]
async fn the_newest_run_is_told_of_each_task() {
    let desk = Desk::new().await;
    let tasks = [SyncTask::Changes, SyncTask::Sweep, SyncTask::Changes];
    for task in tasks {
        let new = NewRun {
            task,
            ..run(Resource::Orders)
        };
        desk.store.start_run(&new).await.unwrap();
    }
    let latest = desk.store.latest_runs(&SHOP).await.unwrap();
    let latest: Vec<_> = latest.iter().map(|run| (run.id, run.task)).collect();
    assert_eq!(latest, [(3, SyncTask::Changes), (2, SyncTask::Sweep)]);
}

#[tokio::test]
async fn the_log_is_read_on_from_any_run_and_what_went_wrong_by_itself() {
    let desk = Desk::new().await;
    let mut ids = Vec::new();
    for result in [
        RunResult::Complete,
        RunResult::Failed,
        RunResult::Partial,
        RunResult::Canceled,
    ] {
        let id = desk.store.start_run(&run(Resource::Orders)).await.unwrap();
        let end = RunEnd {
            finished_at: NOW + 5,
            result,
            error_code: None,
            error_message: None,
            request_id: None,
            clock_ahead_seconds: None,
        };
        desk.store.finish_run(id, &end).await.unwrap();
        ids.push(id);
    }
    let read = async |before, problems_only, limit| {
        let store = &desk.store;
        let runs = store.sync_runs_before(None, before, problems_only, limit);
        runs.await
            .unwrap()
            .iter()
            .map(|run| run.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(read(None, false, 2).await, [ids[3], ids[2]]);
    assert_eq!(read(Some(ids[2]), false, 2).await, [ids[1], ids[0]]);
    assert_eq!(read(None, true, 9).await, [ids[2], ids[1]]);
    assert_eq!(read(Some(ids[2]), true, 9).await, [ids[1]]);
}
