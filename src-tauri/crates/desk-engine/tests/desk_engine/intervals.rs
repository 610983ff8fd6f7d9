//! Orders, products and activities are synced each at an interval of their own.

use std::time::Duration;

use desk_engine::{Intervals, Schedule, Scheduler, SyncEvent};
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncRun, SyncTask, SyncTrigger};
use tokio::sync::broadcast::Receiver;

use crate::world::{US_SHOP, World};

const HOUR: i64 = 3_600;

fn start(world: &World, intervals: Intervals) -> Scheduler {
    let schedule = Schedule {
        enabled: true,
        intervals,
    };
    Scheduler::start(world.engine.clone(), schedule)
}

async fn live(world: &World, seconds: i64) {
    let end = world.clock.seconds() + seconds;
    while world.clock.seconds() < end {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// The runs that read what changed of a resource, the first one first.
async fn runs(world: &World, shop: &ShopId, resource: Resource) -> Vec<SyncRun> {
    let log = world.engine.store().sync_runs(Some(shop), 1_000).await;
    let mut runs = log.unwrap();
    runs.retain(|run| run.resource == resource && run.task == SyncTask::Changes);
    runs.reverse();
    runs
}

async fn next_finished(events: &mut Receiver<SyncEvent>) -> desk_engine::ShopSummary {
    loop {
        // What was missed was progress.
        if let Ok(SyncEvent::Finished(summary)) = events.recv().await {
            return summary;
        }
    }
}

#[tokio::test]
async fn each_is_read_when_its_own_interval_is_over() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let _scheduler = start(
        &world,
        Intervals {
            orders: 10,
            products: 60,
            activities: 240,
        },
    );
    live(&world, 8 * HOUR).await;
    for (resource, minutes, counts) in [
        (Resource::Orders, 10, 38..=48),
        (Resource::Products, 60, 7..=8),
        (Resource::Activities, 240, 2..=2),
    ] {
        let runs = runs(&world, &shop, resource).await;
        assert!(counts.contains(&runs.len()), "{resource:?}: {}", runs.len());
        for pair in runs.windows(2) {
            let seconds = pair[1].started_at - pair[0].started_at;
            // Up to a tenth is added, the clock is looked at every few seconds, and a run takes its moment.
            let allowed = minutes * 60 - 10..=minutes * 66 + 120;
            assert!(allowed.contains(&seconds), "{resource:?} after {seconds} s");
        }
    }
}

#[tokio::test]
async fn a_sync_by_hand_joins_a_run_of_the_orders_and_reads_the_rest() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let mut events = world.engine.sync_events();
    let intervals = Intervals {
        orders: 10,
        ..Intervals::all(600)
    };
    let _scheduler = start(&world, intervals);
    next_finished(&mut events).await;
    let is_orders = |event: &SyncEvent| {
        matches!(event, SyncEvent::Progress(progress)
            if progress.task == SyncTask::Changes && progress.resource == Resource::Orders)
    };
    while !events.recv().await.is_ok_and(|event| is_orders(&event)) {}

    let sync = world.engine.sync_shop(&shop, SyncTrigger::Manual, None);
    let summary = sync.await;
    assert_eq!(summary.result, RunResult::Complete);
    let read: Vec<Resource> = summary.resources.keys().copied().collect();
    assert_eq!(read, Resource::ALL);
    let triggers = async |resource| {
        let runs = runs(&world, &shop, resource).await;
        runs.iter().map(|run| run.trigger).collect::<Vec<_>>()
    };
    let automatic = SyncTrigger::Automatic;
    assert_eq!(triggers(Resource::Orders).await, [automatic, automatic]);
    for resource in [Resource::Products, Resource::Activities] {
        let expected = [automatic, SyncTrigger::Manual];
        assert_eq!(triggers(resource).await, expected, "{resource:?}");
    }
}

#[tokio::test]
async fn a_semi_managed_shop_waits_for_the_interval_of_its_orders() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let semi = desk_sandbox::MallType::Semi;
    world.sandbox.set_mall_type(US_SHOP, semi).unwrap();
    let shop = world.add_shop(0).await.shop_id;
    let intervals = Intervals {
        orders: 60,
        ..Intervals::all(1)
    };
    let mut events = world.engine.sync_events();
    let scheduler = start(&world, intervals);
    let first = next_finished(&mut events).await;
    assert_eq!(first.result, RunResult::Complete);
    let next = scheduler.next_at().unwrap().0 - world.clock.seconds();
    assert!(next > HOUR / 2, "next in {next} s");
    live(&world, 4 * HOUR).await;
    let runs = runs(&world, &shop, Resource::Orders).await.len();
    let mut ended = 1;
    while let Ok(event) = events.try_recv() {
        ended += usize::from(matches!(event, SyncEvent::Finished(_)));
    }
    assert!((4..=5).contains(&runs), "{runs} runs");
    assert_eq!(ended, runs, "no sync without anything to read");
}

#[tokio::test]
async fn a_sync_by_hand_of_a_semi_managed_shop_joins_a_run_of_the_orders_and_is_done() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let semi = desk_sandbox::MallType::Semi;
    world.sandbox.set_mall_type(US_SHOP, semi).unwrap();
    let shop = world.add_shop(0).await.shop_id;
    let mut events = world.engine.sync_events();
    let _scheduler = start(&world, Intervals::all(600));
    while !matches!(events.recv().await.unwrap(), SyncEvent::Progress(_)) {}
    let sync = world.engine.sync_shop(&shop, SyncTrigger::Manual, None);
    assert_eq!(sync.await.result, RunResult::Complete);
    let mut ends = 0;
    while let Ok(event) = events.try_recv() {
        ends += u32::from(matches!(event, SyncEvent::Finished(_)));
    }
    assert_eq!(ends, 1, "no run without anything to read");
}

#[tokio::test]
async fn what_the_token_does_not_allow_is_asked_for_at_its_interval_and_is_no_failure() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sandbox.drop_scope(US_SHOP, "product/list").unwrap();
    let intervals = Intervals {
        products: 30,
        ..Intervals::all(600)
    };
    let mut events = world.engine.sync_events();
    let _scheduler = start(&world, intervals);
    for _ in 0..4 {
        let summary = next_finished(&mut events).await;
        assert_eq!(summary.result, RunResult::Partial);
    }
    let refused = runs(&world, &shop, Resource::Products).await;
    let waited = refused[3].started_at - refused[0].started_at;
    assert!((3 * 1_790..=3 * 2_100).contains(&waited), "{waited} s");
    world.sandbox.grant_scope(US_SHOP, "product/list").unwrap();
    let allowed = next_finished(&mut events).await;
    assert_eq!(allowed.result, RunResult::Complete);
    assert!(allowed.resources[&Resource::Products].new > 0);
    assert_eq!(runs(&world, &shop, Resource::Orders).await.len(), 1);
}
