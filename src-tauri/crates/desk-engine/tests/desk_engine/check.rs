//! "Check data".

use desk_engine::{CheckReport, Error, ResourceCheck};
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncTask, UnixSeconds};
use desk_sandbox::{OrderChange, ProductChange, Size};
use tokio_util::sync::CancellationToken;

use crate::{
    mirror::DAY,
    world::{START, World},
};

const BOTH: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];

async fn check(world: &World, shop: &ShopId, days: i64, repair: bool) -> CheckReport {
    let now = world.clock.seconds();
    world
        .engine
        .check_data(
            shop,
            &Resource::ALL,
            UnixSeconds(now - days * DAY),
            UnixSeconds(now),
            repair,
            CancellationToken::new(),
        )
        .await
        .unwrap()
}

fn counts(check: &ResourceCheck) -> [u64; 4] {
    [
        check.missing.count,
        check.changed.count,
        check.gone.count,
        check.vanished.count,
    ]
}

/// A mirror of thirty days with one error of each kind, and forty days of history that were never read.
async fn wrong(dialect: Dialect) -> (World, ShopId) {
    let size = Size {
        shops: 1,
        orders: 900,
    };
    let world = World::sized(5, dialect, size).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    let remote = shop.remote_id();
    let orders = world.orders(&shop).await;
    let sn = |place: usize| orders[place].order_sn.as_str();
    let change = OrderChange {
        quantity: Some(99),
        ..OrderChange::default()
    };
    for place in [5, 6] {
        world
            .sandbox
            .change_order_silently(remote, sn(place), &change)
            .unwrap();
    }
    world.sandbox.remove_order(remote, sn(7)).unwrap();
    let now = UnixSeconds(world.clock.seconds() + 1);
    let store = world.engine.store();
    let gone = [sn(8).to_owned()];
    store
        .mark_gone(&shop, Resource::Orders, &gone, now)
        .await
        .unwrap();
    let products = world.ids(&shop, Resource::Products, false).await;
    world.sandbox.remove_product(remote, &products[0]).unwrap();
    let change = ProductChange {
        stock: Some(4_321),
        ..ProductChange::default()
    };
    let at = world.clock.seconds();
    world
        .sandbox
        .change_product(remote, &products[1], &change, at)
        .unwrap();
    world.sandbox.add_product(remote, at).unwrap();
    world.clock.advance(60);
    (world, shop)
}

#[tokio::test]
async fn i1_a_check_finds_every_kind_of_difference_and_writes_nothing() {
    for dialect in BOTH {
        let (world, shop) = wrong(dialect).await;
        let before = world.orders(&shop).await;
        let products = world.ids(&shop, Resource::Products, true).await;
        let report = check(&world, &shop, 70, false).await;
        let [orders, goods, activities] = &report.resources[..] else {
            panic!("{report:?}");
        };
        let older = world
            .platform_orders(&shop)
            .await
            .iter()
            .filter(|order| {
                let at = order.updated_at.unwrap().0;
                (world.clock.seconds() - 70 * DAY..START - 30 * DAY - 600).contains(&at)
            })
            .count() as u64;
        let missing = orders.missing.count;
        assert!(
            missing >= older && missing <= older + 2,
            "{missing} of {older}"
        );
        assert_eq!(orders.missing.first.len(), missing.min(100) as usize);
        assert_eq!(counts(orders)[1..], [2, 1, 1], "{dialect:?} {orders:?}");
        assert_eq!(counts(goods), [1, 1, 0, 1], "{dialect:?} {goods:?}");
        assert_eq!(counts(activities), [0; 4], "{dialect:?} {activities:?}");
        assert!(report.resources.iter().all(|found| found.repaired == 0));
        assert!(report.resources.iter().all(|found| found.error.is_none()));
        assert!(orders.checked > 200 && activities.checked > 0);
        assert_eq!(world.orders(&shop).await, before, "nothing was written");
        assert_eq!(world.ids(&shop, Resource::Products, true).await, products);
        let runs = world.runs(&shop, SyncTask::Check).await;
        assert_eq!(runs.len(), 3);
        assert!(runs.iter().all(|run| run.result == RunResult::Complete));
        assert!(
            runs.iter()
                .all(|run| run.counts.new + run.counts.changed == 0)
        );
    }
}

#[tokio::test]
async fn i1_a_repair_sets_right_what_the_check_finds() {
    for dialect in BOTH {
        let (world, shop) = wrong(dialect).await;
        let report = check(&world, &shop, 70, true).await;
        for found in &report.resources {
            let different: u64 = counts(found).iter().sum();
            assert_eq!(found.repaired, different, "{dialect:?} {found:?}");
        }
        let left = world
            .differences(&shop, world.clock.seconds() - 70 * DAY + 60)
            .await;
        assert!(left.is_empty(), "{dialect:?}: {left:?}");
        let again = check(&world, &shop, 70, false).await;
        for found in &again.resources {
            assert_eq!(counts(found), [0; 4], "{dialect:?} {found:?}");
        }
    }
}

#[tokio::test]
async fn i14_a_repair_marks_no_more_than_may_vanish() {
    let (world, shop) = wrong(Dialect::Guide).await;
    let orders = world.orders(&shop).await;
    for order in &orders[20..120] {
        let sn = order.order_sn.as_str();
        world.sandbox.remove_order(shop.remote_id(), sn).unwrap();
    }
    let report = check(&world, &shop, 29, true).await;
    let error = report.resources[0].error.as_ref().unwrap();
    assert_eq!(error.code, desk_engine::ErrorCode::TooManyVanished);
    assert!(report.resources[0].vanished.count > 50);
    let kept = world.ids(&shop, Resource::Orders, true).await.len();
    let listed = world.ids(&shop, Resource::Orders, false).await.len();
    assert_eq!(kept, listed, "none was marked");
}

#[tokio::test]
async fn i11_a_check_stops_at_a_page_and_only_one_runs_per_shop() {
    let (world, shop) = wrong(Dialect::Guide).await;
    let cancel = CancellationToken::new();
    let (stopping, mut left) = (cancel.clone(), 3);
    world.interfere(move |_, _| {
        left -= 1;
        if left == 0 {
            stopping.cancel();
        }
        None
    });
    let all = (UnixSeconds(0), UnixSeconds(world.clock.seconds()));
    let engine = &world.engine;
    let first = engine.check_data(&shop, &Resource::ALL, all.0, all.1, true, cancel);
    let second = engine.check_data(
        &shop,
        &Resource::ALL,
        all.0,
        all.1,
        true,
        CancellationToken::new(),
    );
    let (first, second) = tokio::join!(first, second);
    assert!(matches!(second, Err(Error::AlreadyRunning(_))));
    let stopped = &first.unwrap().resources[0];
    assert_eq!(
        stopped.error.as_ref().unwrap().code,
        desk_engine::ErrorCode::Canceled
    );
    assert_eq!(
        world
            .runs(&shop, SyncTask::Check)
            .await
            .last()
            .unwrap()
            .result,
        RunResult::Canceled
    );
    assert!(world.engine.running().is_empty());
}
