//! The automatic sync.

use std::time::Duration;

use desk_engine::{Engine, ErrorCode, Intervals, Schedule, Scheduler, ShopSummary, SyncEvent};
use desk_model::{Dialect, Resource, RunResult, SyncTask, SyncTrigger, UnixSeconds};
use desk_sandbox::{FaultKind, Size};
use desk_store::NewRun;
use desk_temu::TransportError;
use tokio::{sync::broadcast::Receiver, time::timeout};

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
            intervals: Intervals::all(30),
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
        .filter(|run| run.resource == Resource::Orders && run.task == SyncTask::Changes)
        .map(|run| run.started_at.0)
        .collect();
    starts.sort_unstable();
    for pair in starts.windows(2) {
        let seconds = pair[1] - pair[0];
        // Up to a tenth is added, the clock is looked at every few seconds, and a start takes its moment.
        assert!(
            (1_790..=2_100).contains(&seconds),
            "{seconds} s between two starts"
        );
    }
}

#[tokio::test]
async fn i10_a_sync_that_the_end_of_the_app_cut_off_goes_on_at_the_next_start() {
    let size = Size {
        shops: 1,
        orders: 2_000,
    };
    let mut world = World::sized(1, Dialect::Guide, size).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.clock.advance(600);
    let mut events = world.engine.sync_events();
    let (engine, synced) = (world.engine.clone(), shop.clone());
    let sync = tokio::spawn(async move {
        let trigger = SyncTrigger::Manual;
        engine.sync_shop(&synced, trigger, None).await
    });
    while !matches!(events.recv().await.unwrap(), SyncEvent::Progress(progress) if progress.resource == Resource::Products)
    {
    }
    world.restart().await;
    assert_eq!(sync.await.unwrap().result, RunResult::Canceled);

    let begun = world.clock.seconds();
    let mut events = world.engine.sync_events();
    let schedule = Schedule {
        enabled: true,
        intervals: Intervals::all(30),
    };
    let _scheduler = Scheduler::start(world.engine.clone(), schedule);
    let summary = ended(&mut events).await;
    assert_eq!(
        (summary.shop_id, summary.result),
        (shop, RunResult::Complete)
    );
    let read: Vec<Resource> = summary.resources.into_keys().collect();
    assert_eq!(read, [Resource::Products], "the others are not due");
    let waited = world.clock.seconds() - begun;
    assert!(waited < 300, "it went on after {waited} s");
}

#[tokio::test]
async fn i10_a_sync_that_a_crash_cut_off_goes_on_at_the_next_start() {
    let mut world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.clock.advance(60);
    let run = NewRun {
        shop_id: shop.clone(),
        resource: Resource::Orders,
        task: SyncTask::Changes,
        trigger: SyncTrigger::Automatic,
        started_at: UnixSeconds(world.clock.seconds()),
        window_start: None,
        window_end: None,
    };
    world.engine.store().start_run(&run).await.unwrap();
    world.restart().await;
    let now = UnixSeconds(world.clock.seconds());
    let abandoned = world.engine.store().abandon_runs(now).await.unwrap();
    assert_eq!(abandoned, 1);

    let mut events = world.engine.sync_events();
    let schedule = Schedule {
        enabled: true,
        intervals: Intervals::all(30),
    };
    let _scheduler = Scheduler::start(world.engine.clone(), schedule);
    let summary = ended(&mut events).await;
    let read: Vec<Resource> = summary.resources.into_keys().collect();
    assert_eq!(read, [Resource::Orders], "the others are not due");
    let waited = world.clock.seconds() - now.0;
    assert!(waited < 300, "it went on after {waited} s");
}

#[tokio::test]
async fn i10_a_history_that_the_end_of_the_app_cut_off_goes_on_at_the_next_start() {
    let size = Size {
        shops: 1,
        orders: 4_000,
    };
    let mut world = World::sized(1, Dialect::Guide, size).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    let mut events = world.engine.sync_events();
    let (engine, maintained) = (world.engine.clone(), shop.clone());
    let maintenance = tokio::spawn(async move { engine.maintain_shop(&maintained).await });
    while !matches!(events.recv().await.unwrap(), SyncEvent::Progress(progress) if progress.task == SyncTask::Backfill && progress.pages_done == 2)
    {
    }
    world.restart().await;
    assert!(maintenance.await.unwrap().is_err());

    let mut events = world.engine.sync_events();
    let schedule = Schedule {
        enabled: true,
        intervals: Intervals::all(30),
    };
    let _scheduler = Scheduler::start(world.engine.clone(), schedule);
    let first = timeout(Duration::from_secs(30), events.recv()).await;
    assert!(
        matches!(&first, Ok(Ok(SyncEvent::Progress(progress))) if progress.task == SyncTask::Backfill),
        "{first:?}"
    );
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
            intervals: Intervals::all(1),
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
        intervals: Intervals::all(1),
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
        intervals: Intervals::all(30),
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
    let paused = world.engine.automatic_state().paused.unwrap();
    assert_eq!(paused.code, ErrorCode::PassphraseNeeded);
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

const EVERY_TEN_MINUTES: Schedule = Schedule {
    enabled: true,
    intervals: Intervals::all(10),
};

/// The next run that ends.
async fn ended(events: &mut Receiver<SyncEvent>) -> ShopSummary {
    let ending = async {
        loop {
            // What was missed was progress.
            if let Ok(SyncEvent::Finished(summary)) = events.recv().await {
                return summary;
            }
        }
    };
    timeout(Duration::from_secs(60), ending).await.unwrap()
}

async fn until_all_work(engine: &Engine, events: &mut Receiver<SyncEvent>, shops: usize) {
    let mut working = std::collections::BTreeSet::new();
    while working.len() < shops {
        let summary = ended(events).await;
        if summary.result == RunResult::Complete {
            working.insert(summary.shop_id);
        }
    }
    let state = engine.automatic_state();
    assert_eq!((state.paused, state.waiting), (None, Vec::new()));
}

#[tokio::test]
async fn f3_i17_a_storm_of_half_an_hour_costs_few_requests_and_ends_by_itself() {
    let world = World::new(1, Dialect::Guide).await;
    for place in 0..3 {
        world.add_shop(place).await;
    }
    let begun = world.clock.seconds();
    let kind = FaultKind::Status {
        status: 503,
        retry_after: None,
    };
    world.fail_all(kind);
    let during = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let counted = during.clone();
    world.interfere(move |sandbox, clock| {
        if clock.seconds() < begun + 1_800 {
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        } else {
            sandbox.set_faults(Vec::new());
        }
        None
    });
    let mut events = world.engine.sync_events();
    let _scheduler = Scheduler::start(world.engine.clone(), EVERY_TEN_MINUTES);
    assert_eq!(ended(&mut events).await.result, RunResult::Failed);
    let state = world.engine.automatic_state();
    assert_eq!(
        state.waiting[0].reason.code,
        ErrorCode::PlatformUnavailable,
        "the reason is told"
    );
    assert!(state.waiting[0].try_at.0 > begun);
    until_all_work(&world.engine, &mut events, 3).await;
    let requests = during.load(std::sync::atomic::Ordering::SeqCst);
    assert!(
        (18..=100).contains(&requests),
        "{requests} requests for three shops in half an hour"
    );
}

#[tokio::test]
async fn a_sync_by_hand_goes_past_an_open_breaker_and_closes_it() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world.fail_all(FaultKind::BusinessError { code: 5001 });
    for _ in 0..2 {
        let sync = world.engine.sync_shop(&shop, SyncTrigger::Manual, None);
        assert_eq!(sync.await.result, RunResult::Failed);
        let waiting = world.engine.automatic_state().waiting;
        assert_eq!((waiting.len(), waiting[0].failures), (1, 1));
    }
    world.sandbox.set_faults(Vec::new());
    let sync = world.engine.sync_shop(&shop, SyncTrigger::Manual, None);
    assert_eq!(sync.await.result, RunResult::Complete);
    assert_eq!(world.engine.automatic_state().waiting, []);
}

#[tokio::test]
async fn i17_an_hour_that_the_platform_asks_for_passes_without_a_request() {
    let world = World::new(1, Dialect::Guide).await;
    world.add_shop(0).await;
    let asked = FaultKind::Status {
        status: 429,
        retry_after: Some("3600".to_owned()),
    };
    world.sandbox.set_faults(vec![desk_sandbox::Fault {
        kind: asked,
        times: 1,
        call: None,
    }]);
    let times = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = times.clone();
    world.interfere(move |_, clock| {
        noted.lock().unwrap().push(clock.seconds());
        None
    });
    let mut events = world.engine.sync_events();
    let _scheduler = Scheduler::start(world.engine.clone(), EVERY_TEN_MINUTES);
    let refused = ended(&mut events).await;
    assert_eq!(refused.error.unwrap().code, ErrorCode::RateLimited);
    until_all_work(&world.engine, &mut events, 1).await;
    let times = times.lock().unwrap().clone();
    let pause = times[1] - times[0];
    assert!((3_600..=3_640).contains(&pause), "{pause} s");
}

#[tokio::test]
async fn f20_offline_one_call_probes_and_all_shops_follow_when_it_works() {
    let world = World::new(1, Dialect::Guide).await;
    for place in 0..3 {
        world.add_shop(place).await;
    }
    let begun = world.clock.seconds();
    let calls = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let counted = calls.clone();
    world.interfere(move |_, clock| {
        counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        (clock.seconds() < begun + 3_600).then(|| TransportError::Connect("made up".to_owned()))
    });
    let mut events = world.engine.sync_events();
    let _scheduler = Scheduler::start(world.engine.clone(), EVERY_TEN_MINUTES);
    assert_eq!(ended(&mut events).await.result, RunResult::Failed);
    let state = world.engine.automatic_state();
    assert_eq!(state.paused.unwrap().code, ErrorCode::Network);
    assert_eq!(state.waiting, [], "no shop is to blame");
    while world.clock.seconds() < begun + 3_590 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // Three runs of six attempts, then probes of three.
    let offline = calls.load(std::sync::atomic::Ordering::SeqCst);
    assert!((21..=90).contains(&offline), "{offline} calls in an hour");
    until_all_work(&world.engine, &mut events, 3).await;
}

#[tokio::test]
async fn i19_a_clock_that_jumps_while_the_app_is_open_costs_one_round_at_most() {
    for (jump, rounds) in [(86_400, 1), (8 * 3_600, 1), (-86_400, 0), (-3_600, 0)] {
        let world = World::new(1, Dialect::Guide).await;
        let shop = world.add_shop(0).await.shop_id;
        let mut events = world.engine.sync_events();
        let day = Schedule {
            enabled: true,
            intervals: Intervals::all(240),
        };
        let _scheduler = Scheduler::start(world.engine.clone(), day);
        assert_eq!(ended(&mut events).await.result, RunResult::Complete);
        let passed = world.clock.seconds();
        world.clock.set_ahead(jump);
        for _ in 0..rounds {
            ended(&mut events).await;
        }
        // Some minutes in which nothing else is due.
        while world.clock.seconds() < passed + jump + 20 * 60 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let log = world.engine.store().sync_runs(Some(&shop), 100).await;
        let syncs = log.unwrap().into_iter();
        let of_orders =
            syncs.filter(|run| run.resource == Resource::Orders && run.task == SyncTask::Changes);
        assert_eq!(of_orders.count(), 1 + rounds, "after {jump} s");
        let truth = world.engine.sync_shop(&shop, SyncTrigger::Manual, None);
        assert_eq!(truth.await.result, RunResult::Complete);
    }
}

#[tokio::test]
async fn what_else_is_due_follows_a_sync_and_the_database_is_backed_up_once_a_day() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let begun = world.clock.seconds();
    let _scheduler = Scheduler::start(world.engine.clone(), EVERY_TEN_MINUTES);
    let store = world.engine.store();
    let waiting = async {
        while store.last_backup_at().await.unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(60), waiting).await.unwrap();
    let log = store.sync_runs(Some(&shop), 1_000).await.unwrap();
    assert!(
        log.iter().any(|run| run.task == SyncTask::Backfill),
        "the history is fetched before"
    );
    let first = store.last_backup_at().await.unwrap().unwrap();
    while world.clock.seconds() < begun + 3_600 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(store.last_backup_at().await.unwrap(), Some(first));
}

#[tokio::test]
async fn f13_a_database_that_somebody_else_holds_pauses_everything_until_it_is_free() {
    let world = World::new(1, Dialect::Guide).await;
    world.add_shop(0).await;
    let other = rusqlite::Connection::open(world.database()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut events = world.engine.sync_events();
    let _scheduler = Scheduler::start(world.engine.clone(), EVERY_TEN_MINUTES);
    let pausing = async {
        while world.engine.automatic_state().paused.is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(60), pausing).await.unwrap();
    let paused = world.engine.automatic_state().paused.unwrap();
    assert_eq!(paused.code, ErrorCode::StorageFailed);
    other.execute_batch("ROLLBACK").unwrap();
    until_all_work(&world.engine, &mut events, 1).await;
}
