//! Stopping: whatever a run waits for, it ends at once. The clock is held, so that what takes longer than a moment never ends.

use std::{future::Future, sync::Arc, time::Duration};

use desk_engine::{CheckReport, ErrorCode, ShopSummary};
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncTrigger, UnixSeconds};
use desk_sandbox::{Fault, FaultKind, Size};
use tokio::{task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    vault_faults::{FaultyVault, Mood},
    world::{START, US_SHOP, World},
};

/// Real time after which a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

fn begin(world: &World, shop: &ShopId, trigger: SyncTrigger) -> JoinHandle<ShopSummary> {
    let (engine, shop) = (world.engine.clone(), shop.clone());
    tokio::spawn(async move { engine.sync_shop(&shop, trigger, None).await })
}

/// Holds the clock; the next request need not wait for its turn.
fn hold(world: &World) {
    world.clock.advance(60);
    world.clock.hold();
}

async fn until(what: &str, condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(PATIENCE, waiting).await.expect(what);
}

/// Ends without any time passing on the clock.
async fn at_once<T>(world: &World, ending: impl Future<Output = T>) -> T {
    let before = world.clock.seconds();
    let ended = timeout(PATIENCE, ending).await.expect("it ends at once");
    assert_eq!(world.clock.seconds(), before, "no time has passed");
    ended
}

async fn cancel(world: &World, shop: &ShopId, run: JoinHandle<ShopSummary>) {
    world.engine.cancel_sync(shop);
    let summary = at_once(world, run).await.unwrap();
    assert_eq!(summary.result, RunResult::Canceled);
    assert_eq!(summary.error.unwrap().code, ErrorCode::Canceled);
    assert!(world.engine.running().is_empty());
}

fn status(status: u16, retry_after: Option<&str>) -> FaultKind {
    FaultKind::Status {
        status,
        retry_after: retry_after.map(str::to_owned),
    }
}

#[tokio::test]
async fn i11_while_the_platform_wants_to_be_left_alone_or_a_call_backs_off() {
    for fault in [status(429, Some("600")), status(503, None)] {
        for trigger in [SyncTrigger::Manual, SyncTrigger::Automatic] {
            let world = World::new(1, Dialect::Guide).await;
            let shop = world.add_shop(0).await.shop_id;
            hold(&world);
            world.fail_all(fault.clone());
            let calls = world.all_calls();
            let run = begin(&world, &shop, trigger);
            // Its own turn takes no waiting, so it waits for what the answer asked.
            until("it was refused", || world.all_calls() > calls).await;
            until("it waits", || world.clock.waiting() == 1).await;
            cancel(&world, &shop, run).await;
        }
    }
}

#[tokio::test]
async fn i11_in_the_line_for_the_rate() {
    let world = World::new(1, Dialect::Guide).await;
    let shops = [
        world.add_shop(0).await.shop_id,
        world.add_shop(1).await.shop_id,
        world.add_shop(2).await.shop_id,
    ];
    world.clock.hold();
    let runs: Vec<_> = shops
        .iter()
        .map(|shop| begin(&world, shop, SyncTrigger::Automatic))
        .collect();
    // One waits for the next moment, the others wait for it.
    until("they run", || world.engine.running().len() == 3).await;
    until("one waits", || world.clock.waiting() == 1).await;
    for (shop, run) in shops.iter().zip(runs) {
        world.engine.cancel_sync(shop);
        let summary = at_once(&world, run).await.unwrap();
        assert_eq!(summary.result, RunResult::Canceled);
    }
}

#[tokio::test]
async fn i11_inside_a_request_that_stalls() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    hold(&world);
    world.stall();
    let calls = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let counted = calls.clone();
    world.interfere(move |_, _| {
        counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        None
    });
    let run = begin(&world, &shop, SyncTrigger::Manual);
    until("it asks", || {
        calls.load(std::sync::atomic::Ordering::SeqCst) > 0
    })
    .await;
    cancel(&world, &shop, run).await;
}

#[tokio::test]
async fn i11_while_another_job_has_the_shops_turn() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    hold(&world);
    let sync = begin(&world, &shop, SyncTrigger::Manual);
    until("the sync has its turn", || world.clock.waiting() == 1).await;
    let cancel_check = CancellationToken::new();
    let check = tokio::spawn({
        let (engine, shop, cancel) = (world.engine.clone(), shop.clone(), cancel_check.clone());
        let (from, to) = (UnixSeconds(START - 86_400), UnixSeconds(START));
        async move {
            let orders = [Resource::Orders];
            engine
                .check_data(&shop, &orders, from, to, false, cancel)
                .await
        }
    });
    until("both are there", || world.engine.running().len() == 2).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!check.is_finished());
    cancel_check.cancel();
    let ended = at_once(&world, check).await.unwrap();
    let compared = |report: CheckReport| report.resources.iter().any(|found| found.checked > 0);
    assert!(!ended.is_ok_and(compared), "it never had its turn");
    assert!(!sync.is_finished(), "the sync goes on");
    cancel(&world, &shop, sync).await;
}

#[tokio::test]
async fn i11_while_the_vault_does_not_answer() {
    // At the app's secret, at the first token, and later.
    for answered_before in [0, 1, 4] {
        let world = World::new(1, Dialect::Guide).await;
        let vault = Arc::new(FaultyVault::default());
        world.engine.set_vault(vault.clone());
        let shop = world.add_shop(0).await.shop_id;
        world.engine.set_vault(vault.clone());
        vault.change_after(answered_before, Mood::Hanging);
        let run = begin(&world, &shop, SyncTrigger::Manual);
        until("the vault is asked", || vault.is_hanging()).await;
        world.clock.hold();
        cancel(&world, &shop, run).await;
        vault.set(Mood::Working);
    }
}

#[tokio::test]
async fn i11_quitting_with_forty_shops_running() {
    let size = Size {
        shops: 40,
        orders: 400,
    };
    let world = World::sized(1, Dialect::Guide, size).await;
    let mut shops = Vec::new();
    for place in 0..40 {
        shops.push(world.add_shop(place).await.shop_id);
    }
    world.clock.hold();
    let runs: Vec<_> = shops
        .iter()
        .map(|shop| begin(&world, shop, SyncTrigger::Automatic))
        .collect();
    until("they run", || world.engine.running().len() == 40).await;
    at_once(&world, world.engine.stop()).await;
    assert!(world.engine.running().is_empty());
    for run in runs {
        assert_eq!(run.await.unwrap().result, RunResult::Canceled);
    }
    let log = world.engine.store().sync_runs(None, 1_000).await.unwrap();
    assert!(
        log.iter().all(|run| run.finished_at.is_some()),
        "every line of the log is ended"
    );
}

#[tokio::test]
async fn i11_quitting_waits_a_second_at_most_for_a_token_that_is_being_renewed() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let now = world.clock.seconds();
    world
        .sandbox
        .expire_token(desk_sandbox::Dialect::Guide, US_SHOP, now)
        .unwrap();
    world.sandbox.set_faults(vec![Fault {
        kind: status(429, Some("800")),
        times: 1,
        call: Some("oauth/token".to_owned()),
    }]);
    let run = begin(&world, &shop, SyncTrigger::Manual);
    world.clock.hold();
    until("the platform was asked for a new pair", || {
        world.calls("oauth/token") > 0 || world.clock.waiting() > 0
    })
    .await;
    while world.calls("oauth/token") == 0 {
        world.clock.advance(1);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let stopping = {
        let engine = world.engine.clone();
        tokio::spawn(async move { engine.stop().await })
    };
    assert_eq!(run.await.unwrap().result, RunResult::Canceled);
    until("it waits for the renewal", || world.clock.waiting() == 2).await;
    assert!(!stopping.is_finished());
    world.clock.advance(1);
    at_once(&world, stopping).await.unwrap();
}
