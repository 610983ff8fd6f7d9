//! The automatic sync.

use std::time::Duration;

use desk_engine::{Schedule, Scheduler, SyncEvent};
use desk_model::{Dialect, Resource, SyncTrigger};
use tokio::time::timeout;

use crate::world::World;

#[tokio::test]
async fn it_syncs_at_once_and_then_at_its_interval() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let mut events = world.engine.sync_events();
    let scheduler = Scheduler::start(
        world.engine.clone(),
        Schedule {
            enabled: true,
            interval_minutes: 30,
        },
    );
    let mut ended = 0;
    while ended < 3 {
        let event = timeout(Duration::from_secs(30), events.recv())
            .await
            .expect("the timer syncs")
            .unwrap();
        ended += u32::from(matches!(event, SyncEvent::Finished(_)));
    }
    drop(scheduler);
    let log = world
        .engine
        .store()
        .sync_runs(Some(&shop), 100)
        .await
        .unwrap();
    assert!(log.iter().all(|run| run.trigger == SyncTrigger::Automatic));
    let mut starts: Vec<i64> = log
        .iter()
        .filter(|run| run.resource == Resource::Orders)
        .map(|run| run.started_at.0)
        .collect();
    starts.sort_unstable();
    for pair in starts.windows(2) {
        let seconds = pair[1] - pair[0];
        // The clock is looked at every few seconds, and a start takes its moment.
        assert!(
            (1_750..=2_000).contains(&seconds),
            "{seconds} s between two starts"
        );
    }
}

#[tokio::test]
async fn switched_off_it_stays_off_until_switched_on() {
    let world = World::new(1, Dialect::Guide).await;
    world.add_shop(0).await;
    let mut events = world.engine.sync_events();
    let scheduler = Scheduler::start(
        world.engine.clone(),
        Schedule {
            enabled: false,
            interval_minutes: 1,
        },
    );
    let begun = world.clock.seconds();
    while world.clock.seconds() < begun + 3_600 {
        tokio::task::yield_now().await;
    }
    assert!(events.try_recv().is_err(), "an hour passed without a sync");
    assert_eq!(scheduler.next_at(), None);
    scheduler.set(Schedule {
        enabled: true,
        interval_minutes: 1,
    });
    timeout(Duration::from_secs(30), events.recv())
        .await
        .expect("it was switched on")
        .unwrap();
}

#[tokio::test]
async fn a_locked_vault_is_asked_now_and_then_and_the_sync_follows_its_opening() {
    let world = World::new(1, Dialect::Guide).await;
    world.add_shop(0).await;
    let folder = tempfile::tempdir().unwrap();
    let working = world.engine.vault();
    world
        .engine
        .set_vault(std::sync::Arc::new(desk_vault::PassphraseVault::new(
            folder.path().join("locked"),
        )));
    let mut events = world.engine.sync_events();
    let schedule = Schedule {
        enabled: true,
        interval_minutes: 30,
    };
    let _scheduler = Scheduler::start(world.engine.clone(), schedule);
    let begun = world.clock.seconds();
    while world.clock.seconds() < begun + 600 {
        tokio::task::yield_now().await;
    }
    assert!(
        events.try_recv().is_err(),
        "nothing runs without its secrets"
    );
    assert!(
        world
            .sandbox
            .calls()
            .iter()
            .all(|(call, _)| call != "order/list")
    );
    world.engine.set_vault(working);
    timeout(Duration::from_secs(30), events.recv())
        .await
        .expect("it runs once the vault is open")
        .unwrap();
}
