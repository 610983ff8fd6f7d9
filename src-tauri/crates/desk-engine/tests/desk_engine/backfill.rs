//! History before the first sync.

use desk_engine::SyncEvent;
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncTask};
use desk_sandbox::{Fault, FaultKind, Size};

use crate::{
    mirror::DAY,
    world::{START, World},
};

const BOTH: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];
const BIG: Size = Size {
    shops: 1,
    orders: 1_600,
};

#[tokio::test]
async fn i1_history_comes_as_far_back_as_the_seller_wants() {
    for dialect in BOTH {
        let world = World::sized(1, dialect, BIG).await;
        let shop = world.add_shop(0).await.shop_id;
        world.engine.maintain_shop(&shop).await.unwrap();
        assert!(world.runs(&shop, SyncTask::Backfill).await.is_empty());
        world.sync_well(&shop).await;
        let recent = world.orders(&shop).await.len();
        let states = world
            .engine
            .data_states(&stored(&world).await)
            .await
            .unwrap();
        let first = &states[0];
        assert!(first.complete_from.unwrap() > first.history_from.unwrap() + 300 * DAY);

        world.engine.maintain_shop(&shop).await.unwrap();
        let lost = world.differences(&shop, START - 364 * DAY).await;
        assert!(lost.is_empty(), "{dialect:?}: {lost:?}");
        let all = world.orders(&shop).await.len();
        assert!(all > recent + 300, "{recent}, then {all}");
        let runs = world.runs(&shop, SyncTask::Backfill).await;
        assert_eq!(runs.len(), 1, "one line for one go");
        assert_eq!(runs[0].result, RunResult::Complete);
        let states = world
            .engine
            .data_states(&stored(&world).await)
            .await
            .unwrap();
        assert!(states[0].complete_from <= states[0].history_from);

        let before = world.order_lists();
        world.engine.maintain_shop(&shop).await.unwrap();
        assert_eq!(world.order_lists(), before, "nothing is due");
        assert_eq!(world.runs(&shop, SyncTask::Backfill).await.len(), 1);
    }
}

async fn stored(world: &World) -> desk_model::Shop {
    world.engine.store().shops().await.unwrap().remove(0)
}

/// A shop whose weeks have several pages, with its first sync done and ten weeks of history wanted.
async fn busy() -> (World, ShopId) {
    let size = Size {
        shops: 1,
        orders: 4_000,
    };
    let world = World::sized(1, Dialect::Guide, size).await;
    let shop = world.add_shop(0).await.shop_id;
    world.engine.set_history_days(70);
    world.sync_well(&shop).await;
    (world, shop)
}

#[tokio::test]
async fn i10_history_goes_on_at_the_page_where_it_stopped() {
    let whole = {
        let (world, shop) = busy().await;
        let before = world.order_lists();
        world.engine.maintain_shop(&shop).await.unwrap();
        world.order_lists() - before
    };
    let (mut world, shop) = busy().await;
    let before = world.order_lists();
    let mut goes = 0;
    let mut reached = world
        .checkpoint(&shop, SyncTask::Backfill)
        .await
        .unwrap()
        .reached;
    loop {
        // Now between two windows, now between two pages of one.
        let mut left = 4 + goes % 3;
        let engine = world.engine.clone();
        let canceled = shop.clone();
        world.interfere(move |_, _| {
            left -= 1;
            if left == 0 {
                engine.cancel_sync(&canceled);
            }
            None
        });
        let outcome = world.engine.maintain_shop(&shop).await;
        world.leave_alone();
        let checkpoint = world.checkpoint(&shop, SyncTask::Backfill).await.unwrap();
        assert!(checkpoint.reached <= reached, "it only moves backward");
        reached = checkpoint.reached;
        if outcome.is_ok() {
            break;
        }
        goes += 1;
        assert!(goes < 60, "it makes no progress");
        world.restart().await;
        world.engine.set_history_days(70);
    }
    assert!(goes > 4, "it was cut off {goes} times");
    let lost = world.differences(&shop, START - 69 * DAY).await;
    assert!(lost.is_empty(), "{lost:?}");
    let calls = world.order_lists() - before;
    // Each go asks for the total, has one page canceled and reads one page again.
    assert!(
        calls <= whole + 4 * goes,
        "{calls} calls instead of {whole}"
    );
    assert_eq!(
        world.runs(&shop, SyncTask::Backfill).await.len() as u64,
        goes + 1
    );
}

#[tokio::test]
async fn a_longer_history_goes_on_and_a_shorter_one_stops() {
    let world = World::sized(1, Dialect::Guide, BIG).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.engine.set_history_days(90);
    world.engine.maintain_shop(&shop).await.unwrap();
    let ninety = world.orders(&shop).await.len();
    assert!(world.differences(&shop, START - 89 * DAY).await.is_empty());
    assert!(!world.differences(&shop, START - 150 * DAY).await.is_empty());

    world.engine.set_history_days(60);
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(
        world.orders(&shop).await.len(),
        ninety,
        "nothing is deleted"
    );

    world.engine.set_history_days(200);
    world.engine.maintain_shop(&shop).await.unwrap();
    let runs = world.runs(&shop, SyncTask::Backfill).await;
    assert_eq!(runs.len(), 2);
    assert!(
        runs[0].window_end <= runs[1].window_start,
        "it reads only what is missing: {runs:?}"
    );
    assert!(world.differences(&shop, START - 199 * DAY).await.is_empty());
}

#[tokio::test]
async fn i5_a_lie_in_the_middle_of_history_leaves_no_gap() {
    for dialect in BOTH {
        let world = World::sized(1, dialect, BIG).await;
        let shop = world.add_shop(0).await.shop_id;
        world.sync_well(&shop).await;
        world.sandbox.set_faults(vec![Fault {
            kind: FaultKind::BusinessError {
                code: match dialect {
                    Dialect::Guide => 5001,
                    Dialect::OpenPlatform => 4_000_000,
                },
            },
            times: 6,
            call: None,
        }]);
        world.engine.maintain_shop(&shop).await.unwrap_err();
        world.sandbox.set_faults(Vec::new());
        let reached = world
            .checkpoint(&shop, SyncTask::Backfill)
            .await
            .unwrap()
            .reached;
        let since = reached.unwrap().0;
        assert!(world.differences(&shop, since).await.is_empty());
        world.engine.maintain_shop(&shop).await.unwrap();
        assert!(world.differences(&shop, START - 364 * DAY).await.is_empty());
    }
}

#[tokio::test]
async fn i18_progress_counts_rows_and_tells_time_only_by_a_measured_rate() {
    let world = World::sized(1, Dialect::Guide, BIG).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.interfere(|_, clock| {
        clock.advance(2);
        None
    });
    let mut events = world.engine.sync_events();
    world.engine.maintain_shop(&shop).await.unwrap();
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let SyncEvent::Progress(progress) = event
            && progress.task == SyncTask::Backfill
        {
            told.push(progress);
        }
    }
    let total = told
        .iter()
        .find_map(|progress| progress.rows_total)
        .unwrap();
    let run = &world.runs(&shop, SyncTask::Backfill).await[0];
    let rows = run.counts.new + run.counts.changed + run.counts.unchanged;
    assert_eq!(told.last().unwrap().rows_done, rows);
    assert!(rows >= total, "{rows} of {total}");
    assert_eq!(told[0].seconds_left, None, "nothing is measured yet");
    let middle = &told[told.len() / 2];
    let left = middle.seconds_left.expect("a rate was measured");
    // Every request takes two seconds here; slices have pages of all sizes.
    let requests_left = told.len() as u64 / 2;
    assert!(
        (requests_left / 2..=requests_left * 8).contains(&left),
        "{left} s for {requests_left} pages"
    );
    assert_eq!(told.last().unwrap().pages_done, run.pages);
    assert_eq!(run.resource, Resource::Orders);
}
