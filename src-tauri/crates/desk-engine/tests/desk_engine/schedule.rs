//! The automatic sync.

use std::time::Duration;

use desk_engine::{Schedule, Scheduler, SyncEvent};
use desk_model::{Dialect, SyncTrigger};
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
    let mut ends = Vec::new();
    while ends.len() < 3 {
        let event = timeout(Duration::from_secs(30), events.recv())
            .await
            .expect("the timer syncs")
            .unwrap();
        if matches!(event, SyncEvent::Finished(_)) {
            ends.push(world.clock.seconds());
        }
    }
    drop(scheduler);
    for pair in ends.windows(2) {
        let seconds = pair[1] - pair[0];
        // The interval counts from a run's end to the next one's start; the clock is looked at every few seconds.
        assert!(
            (1_790..=1_860).contains(&seconds),
            "{seconds} s between two runs"
        );
    }
    let log = world
        .engine
        .store()
        .sync_runs(Some(&shop), 100)
        .await
        .unwrap();
    assert!(log.iter().all(|run| run.trigger == SyncTrigger::Automatic));
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
