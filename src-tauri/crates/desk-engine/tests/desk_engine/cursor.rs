//! The cursor: what it overlaps, what it says, and whose it is.

use desk_model::{Dialect, Resource, RunResult, SyncTask, SyncTrigger, UnixSeconds};
use desk_sandbox::{Fault, FaultKind, OrderChange, Size};
use desk_store::Checkpoint;

use crate::{
    mirror::DAY,
    world::{START, US_SHOP, World},
};

#[tokio::test]
async fn i6_f11_a_lag_that_was_seen_widens_margin_and_overlap() {
    for lag in [100, 240, 500] {
        let world = World::new(1, Dialect::Guide).await;
        let shop = world.add_shop(0).await.shop_id;
        world.sandbox.set_visibility_lag(lag);
        world.sync_well(&shop).await;
        for _ in 0..8 {
            for _ in 0..20 {
                world.clock.advance(30);
                let change = OrderChange::default();
                let now = world.clock.seconds();
                world.sandbox.add_order(US_SHOP, &change, now).unwrap();
            }
            world.sync_well(&shop).await;
        }
        let checkpoint = world.checkpoint(&shop, SyncTask::Changes).await.unwrap();
        let observed = checkpoint.observed_lag_seconds;
        if lag < 180 {
            assert_eq!(observed, 0, "the margin was enough");
        } else {
            assert!((180..=lag + 60).contains(&observed), "{observed} of {lag}");
        }
        let behind = world.clock.seconds() - checkpoint.reached.unwrap().0;
        let margin = (observed * 3 / 2).max(180);
        assert!((margin..margin + 30).contains(&behind), "{behind} s behind");
        world.clock.advance(lag + 1);
        world.sync_well(&shop).await;
        let lost = world.differences(&shop, START - 30 * DAY + 600).await;
        assert!(lost.is_empty(), "{lag}: {lost:?}");
    }
}

#[tokio::test]
async fn i6_a_window_overlaps_the_last_one_by_ten_minutes_a_long_run_or_a_long_lag() {
    for (last_run, lag, overlap) in [(0, 0, 600), (1_500, 0, 1_500), (30, 2_000, 2_000)] {
        let world = World::new(1, Dialect::Guide).await;
        let shop = world.add_shop(0).await.shop_id;
        world.sync_well(&shop).await;
        let before = world.checkpoint(&shop, SyncTask::Changes).await.unwrap();
        let checkpoint = Checkpoint {
            last_run_seconds: last_run,
            observed_lag_seconds: lag,
            ..before.clone()
        };
        let store = world.engine.store();
        store
            .write_checkpoint(&shop, Resource::Orders, &checkpoint)
            .await
            .unwrap();
        world.clock.advance(7_200);
        world.sync_well(&shop).await;
        let runs = world.runs(&shop, SyncTask::Changes).await;
        let orders = runs
            .iter()
            .find(|run| run.resource == Resource::Orders)
            .unwrap();
        let start = before.reached.unwrap() - overlap;
        assert_eq!(orders.window_start, Some(start));
    }
}

#[tokio::test]
async fn i6_a_span_that_was_asked_for_is_no_lag() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.clock.advance(3_600);
    world
        .engine
        .sync_shop(&shop, SyncTrigger::CommandLine, Some(90))
        .await;
    let checkpoint = world.checkpoint(&shop, SyncTask::Changes).await.unwrap();
    assert_eq!(checkpoint.observed_lag_seconds, 0);
    assert!(world.differences(&shop, START - 89 * DAY).await.is_empty());
    let stored = world.engine.store().shop(&shop).await.unwrap().unwrap();
    let states = world.engine.data_states(&stored).await.unwrap();
    let from = states[0].complete_from.unwrap().0;
    assert!(from < START - 89 * DAY, "what was read counts as history");
}

#[tokio::test]
async fn i7_another_stream_starts_anew_instead_of_using_the_cursor() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let store = world.engine.store();
    for task in [SyncTask::Changes, SyncTask::Backfill] {
        let other = Checkpoint {
            reached: Some(UnixSeconds(START - 600)),
            ..Checkpoint::new(task, "another host")
        };
        store
            .write_checkpoint(&shop, Resource::Orders, &other)
            .await
            .unwrap();
    }
    world.sync_well(&shop).await;
    let lost = world.differences(&shop, START - 30 * DAY + 600).await;
    assert!(lost.is_empty(), "{lost:?}");
    let changes = world.checkpoint(&shop, SyncTask::Changes).await.unwrap();
    assert_ne!(changes.stream, "another host");
    let backfill = world.checkpoint(&shop, SyncTask::Backfill).await.unwrap();
    assert_eq!(backfill.stream, changes.stream);
    assert!(backfill.reached.unwrap().0 < START - 29 * DAY);
}

#[tokio::test]
async fn i18_what_is_reported_is_what_is_stored() {
    let world = World::sized(
        7,
        Dialect::Guide,
        Size {
            shops: 1,
            orders: 900,
        },
    )
    .await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    world.clock.advance(1_800);
    let complete = world.checkpoint(&shop, SyncTask::Changes).await.unwrap();
    world.sandbox.set_faults(vec![Fault {
        kind: FaultKind::BusinessError { code: 5001 },
        times: 99,
        call: None,
    }]);
    let failed = world.sync(&shop).await;
    assert_eq!(failed.result, RunResult::Failed);
    world.sandbox.set_faults(Vec::new());

    let stored = world.engine.store().shop(&shop).await.unwrap().unwrap();
    let state = world.engine.data_states(&stored).await.unwrap().remove(0);
    let runs = world.engine.store().sync_runs(Some(&shop), 1_000).await;
    let runs: Vec<_> = runs
        .unwrap()
        .into_iter()
        .filter(|run| run.resource == Resource::Orders)
        .collect();
    let new: u64 = runs.iter().map(|run| run.counts.new).sum();
    assert_eq!(new as usize, world.orders(&shop).await.len());
    let newest_complete = runs
        .iter()
        .find(|run| run.task == SyncTask::Changes && run.result == RunResult::Complete)
        .unwrap();
    assert_eq!(state.complete_through, newest_complete.window_end);
    assert_eq!(state.complete_through, complete.reached);
    assert_eq!(state.last_result, Some(RunResult::Failed), "and it is seen");
    assert!(state.last_error.is_some());
}
