//! Lists that lie about themselves: what adds up in the end is read whole, what does not ends in a named error, and never is anything
//! concluded from it (I8, F9, F10).

use desk_engine::ErrorCode;
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncTask};
use desk_sandbox::{OrderChange, PagingLie, PagingLieKind, Size};

use crate::{
    mirror::DAY,
    world::{START, World},
};

const BOTH: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];

fn kinds() -> Vec<PagingLieKind> {
    vec![
        PagingLieKind::Total { off_by: 7 },
        PagingLieKind::Total { off_by: 100 },
        PagingLieKind::Total { off_by: 1_000_000 },
        PagingLieKind::Total { off_by: -7 },
        PagingLieKind::Total { off_by: -100 },
        PagingLieKind::EmptyPage { page: 1 },
        PagingLieKind::EmptyPage { page: 2 },
        PagingLieKind::EmptyPage { page: 3 },
        PagingLieKind::RepeatedPage { page: 2 },
        PagingLieKind::RepeatedPage { page: 3 },
        PagingLieKind::EndlessLastPage,
        PagingLieKind::PageCap { pages: 2 },
        PagingLieKind::RowCap { rows: 130 },
        PagingLieKind::PageSizeCap { rows: 50 },
    ]
}

fn lie(kind: &PagingLieKind, times: u32, call: Option<&str>) -> PagingLie {
    PagingLie {
        kind: kind.clone(),
        times,
        call: call.map(str::to_owned),
    }
}

async fn world_of(dialect: Dialect, orders: u32) -> (World, ShopId) {
    let size = Size { shops: 1, orders };
    let world = World::sized(3, dialect, size).await;
    let shop = world.add_shop(0).await.shop_id;
    (world, shop)
}

#[tokio::test]
async fn i8_f9_a_lie_told_once_or_twice_costs_a_second_look_and_nothing_else() {
    for (dialect, times) in [(Dialect::Guide, 1), (Dialect::OpenPlatform, 2)] {
        for kind in kinds() {
            let (world, shop) = world_of(dialect, 700).await;
            let lies = vec![lie(&kind, times, order_list(dialect))];
            world.sandbox.set_paging_lies(lies);
            let summary = world.sync(&shop).await;
            world.sandbox.set_paging_lies(Vec::new());
            let context = format!("{dialect:?} {kind:?} {times} times: {:?}", summary.error);
            assert_eq!(summary.result, RunResult::Complete, "{context}");
            let lost = world.differences(&shop, START - 30 * DAY + 600).await;
            assert!(lost.is_empty(), "{context}: {lost:?}");
        }
    }
}

fn order_list(dialect: Dialect) -> Option<&'static str> {
    Some(match dialect {
        Dialect::Guide => "order/list",
        Dialect::OpenPlatform => "bg.order.list.v2.get",
    })
}

#[tokio::test]
async fn i8_f9_a_lie_that_never_ends_stops_the_run_or_is_read_around() {
    for dialect in BOTH {
        for kind in kinds() {
            let (world, shop) = world_of(dialect, 700).await;
            let lies = vec![lie(&kind, u32::MAX, order_list(dialect))];
            world.sandbox.set_paging_lies(lies);
            let summary = world.sync(&shop).await;
            let context = format!("{dialect:?} {kind:?}: {:?}", summary.error);
            let calls = world.order_lists();
            assert!(calls < 300, "{context}: {calls} calls");
            let reached = world
                .checkpoint(&shop, SyncTask::Changes)
                .await
                .and_then(|checkpoint| checkpoint.reached);
            let since = START - 30 * DAY + 600;
            if summary.result == RunResult::Complete {
                let lost = world.differences(&shop, since).await;
                assert!(lost.is_empty(), "{context}: {lost:?}");
            } else {
                assert_eq!(summary.result, RunResult::Failed, "{context}");
                let code = summary.error.unwrap().code;
                let named = [ErrorCode::InconsistentList, ErrorCode::MalformedResponse];
                assert!(named.contains(&code), "{context}");
                assert_nothing_skipped(&world, &shop, reached.map(|at| at.0), &context).await;
            }
            world.sandbox.set_paging_lies(Vec::new());
            world.clock.advance(600);
            world.sync_well(&shop).await;
            let lost = world.differences(&shop, since).await;
            assert!(lost.is_empty(), "{context}, honest again: {lost:?}");
        }
    }
}

/// Everything that the cursor claims to cover is here, and nothing is gone.
async fn assert_nothing_skipped(world: &World, shop: &ShopId, reached: Option<i64>, context: &str) {
    let stored = world.ids(shop, Resource::Orders, false).await;
    let missed = world
        .platform_orders(shop)
        .await
        .into_iter()
        .filter(|order| {
            let at = order.updated_at.map(|at| at.0);
            at >= Some(START - 30 * DAY + 600)
                && at <= reached
                && !stored.contains(&order.order_sn.to_string())
        })
        .count();
    assert_eq!(missed, 0, "{context}: below the cursor");
    let with_gone = world.ids(shop, Resource::Orders, true).await;
    assert_eq!(stored.len(), with_gone.len(), "{context}: nothing is gone");
}

#[tokio::test]
async fn i8_a_cap_on_pages_is_read_around_by_shorter_windows() {
    for dialect in BOTH {
        for kind in [
            PagingLieKind::PageCap { pages: 2 },
            PagingLieKind::RowCap { rows: 130 },
            PagingLieKind::PageSizeCap { rows: 50 },
        ] {
            let (world, shop) = world_of(dialect, 700).await;
            let lies = vec![lie(&kind, u32::MAX, order_list(dialect))];
            world.sandbox.set_paging_lies(lies);
            let summary = world.sync(&shop).await;
            let context = format!("{dialect:?} {kind:?}: {:?}", summary.error);
            assert_eq!(summary.result, RunResult::Complete, "{context}");
            let lost = world.differences(&shop, START - 30 * DAY + 600).await;
            assert!(lost.is_empty(), "{context}: {lost:?}");
        }
    }
}

#[tokio::test]
async fn i8_f9_a_total_that_hides_whole_pages_is_seen_through() {
    for dialect in BOTH {
        let (world, shop) = crowded_second(dialect, &["UNSHIPPED"], 300).await;
        let short = PagingLieKind::Total { off_by: -100 };
        let lies = vec![lie(&short, u32::MAX, order_list(dialect))];
        world.sandbox.set_paging_lies(lies);
        let error = world.sync(&shop).await.error.unwrap();
        assert_eq!(error.code, ErrorCode::InconsistentList, "{error:?}");
        world.sandbox.set_paging_lies(Vec::new());
        world.sync_well(&shop).await;
        let lost = world.differences(&shop, START - 30 * DAY + 600).await;
        assert!(lost.is_empty(), "{dialect:?}: {lost:?}");
    }
}

/// More orders with one time stamp than the platform shows of a list.
async fn crowded_second(dialect: Dialect, statuses: &[&str], each: usize) -> (World, ShopId) {
    let (world, shop) = world_of(dialect, 150).await;
    world.sync_well(&shop).await;
    world.clock.advance(3_600);
    let at = world.clock.seconds();
    for status in statuses {
        let change = OrderChange {
            status: Some((*status).to_owned()),
            ..OrderChange::default()
        };
        let remote = shop.remote_id();
        world.sandbox.add_orders(remote, each, &change, at).unwrap();
    }
    world.clock.advance(3_600);
    (world, shop)
}

#[tokio::test]
async fn f10_more_orders_in_a_second_than_a_list_shows_are_read_by_status() {
    for dialect in BOTH {
        let (world, shop) = crowded_second(dialect, &["UNSHIPPED", "SHIPPED"], 180).await;
        let cap = PagingLieKind::PageCap { pages: 2 };
        let lies = vec![lie(&cap, u32::MAX, order_list(dialect))];
        world.sandbox.set_paging_lies(lies);
        let before = world.order_lists();
        let summary = world.sync(&shop).await;
        let context = format!("{dialect:?}: {:?}", summary.error);
        assert_eq!(summary.result, RunResult::Complete, "{context}");
        assert_eq!(summary.resources[&Resource::Orders].new, 360, "{context}");
        let lost = world.differences(&shop, START - 30 * DAY + 600).await;
        assert!(lost.is_empty(), "{context}: {lost:?}");
        let calls = world.order_lists() - before;
        assert!(calls < 200, "{context}: {calls} calls");
    }
}

#[tokio::test]
async fn f10_a_second_that_cannot_be_read_stops_the_run_loudly() {
    for dialect in BOTH {
        let (world, shop) = crowded_second(dialect, &["UNSHIPPED"], 360).await;
        let crowded_at = world.clock.seconds() - 3_600;
        let cap = PagingLieKind::PageCap { pages: 2 };
        let lies = vec![lie(&cap, u32::MAX, order_list(dialect))];
        world.sandbox.set_paging_lies(lies);
        let summary = world.sync(&shop).await;
        let error = summary.error.unwrap();
        assert_eq!(error.code, ErrorCode::InconsistentList, "{error:?}");
        assert!(error.message.contains("out of reach"), "{error:?}");
        let checkpoint = world.checkpoint(&shop, SyncTask::Changes).await.unwrap();
        assert!(checkpoint.reached.unwrap().0 < crowded_at, "{checkpoint:?}");
        world.sandbox.set_paging_lies(Vec::new());
        world.sync_well(&shop).await;
        let lost = world.differences(&shop, START - 30 * DAY + 600).await;
        assert!(lost.is_empty(), "{dialect:?}: {lost:?}");
    }
}

#[tokio::test]
async fn f10_ten_thousand_orders_in_a_second_come_without_any_cap_on_pages() {
    let (world, shop) = crowded_second(Dialect::Guide, &["UNSHIPPED", "SHIPPED"], 5_100).await;
    let summary = world.sync(&shop).await;
    assert_eq!(summary.result, RunResult::Complete, "{:?}", summary.error);
    assert_eq!(summary.resources[&Resource::Orders].new, 10_200);
}
