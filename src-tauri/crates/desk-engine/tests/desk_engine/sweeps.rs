//! Open orders every night and the last 90 days every week: what no time of change tells.

use desk_engine::{Error, SyncEvent};
use desk_model::{Dialect, Order, Resource, RunResult, ShopId, SyncTask};
use desk_sandbox::{OrderChange, Size};
use tokio::{sync::broadcast::Receiver, task::JoinHandle};

use crate::{
    mirror::DAY,
    world::{START, World},
};

const BOTH: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];

/// A shop with its whole history, all of it fresh.
async fn settled(dialect: Dialect, orders: u32) -> (World, ShopId) {
    let world = World::sized(2, dialect, Size { shops: 1, orders }).await;
    let shop = world.add_shop(0).await.shop_id;
    world.engine.set_history_days(120);
    world.sync_well(&shop).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    (world, shop)
}

/// A shop that is in sync, with a history that takes many pages.
async fn large() -> (World, ShopId) {
    let size = Size {
        shops: 1,
        orders: 4_000,
    };
    let world = World::sized(1, Dialect::Guide, size).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    (world, shop)
}

/// Maintenance that has come so many pages into the history and goes on.
async fn maintained_up_to(
    world: &World,
    shop: &ShopId,
    pages: u64,
) -> (JoinHandle<Result<(), Error>>, Receiver<SyncEvent>) {
    let mut events = world.engine.sync_events();
    let (engine, maintained) = (world.engine.clone(), shop.clone());
    let maintenance = tokio::spawn(async move { engine.maintain_shop(&maintained).await });
    while let Ok(event) = events.recv().await {
        if matches!(&event, SyncEvent::Progress(progress) if progress.task == SyncTask::Backfill && progress.pages_done == pages)
        {
            break;
        }
    }
    (maintenance, events)
}

/// Changes orders without a new time of change.
fn change_in_silence(world: &World, shop: &ShopId, orders: &[Order]) {
    for order in orders {
        let change = OrderChange {
            quantity: Some(88),
            ..OrderChange::default()
        };
        let sn = order.order_sn.as_str();
        world
            .sandbox
            .change_order_silently(shop.remote_id(), sn, &change)
            .unwrap();
    }
}

/// Maintenance whose sweep is canceled after so many pages, if it has as many.
async fn maintained_but_cut_off(world: &World, shop: &ShopId, pages: u64) -> Result<(), Error> {
    let mut events = world.engine.sync_events();
    let (engine, canceled) = (world.engine.clone(), shop.clone());
    let canceling = tokio::spawn(async move {
        while let Ok(event) = events.recv().await {
            if matches!(event, SyncEvent::Progress(progress) if progress.task == SyncTask::Sweep && progress.pages_done == pages)
            {
                engine.cancel_sync(&canceled);
                return;
            }
        }
    });
    let outcome = world.engine.maintain_shop(shop).await;
    canceling.abort();
    outcome
}

fn status(word: &str) -> OrderChange {
    OrderChange {
        status: Some(word.to_owned()),
        ..OrderChange::default()
    }
}

async fn orders_in(world: &World, shop: &ShopId, word: &str) -> Vec<Order> {
    let mut orders = world.orders(shop).await;
    orders.retain(|order| {
        order.status.as_str() == word && order.updated_at.is_some_and(|at| at.0 > START - 80 * DAY)
    });
    orders
}

#[tokio::test]
async fn i1_an_open_order_that_changes_in_silence_is_found_the_next_night() {
    for dialect in BOTH {
        let (world, shop) = settled(dialect, 900).await;
        let remote = shop.remote_id();
        let open = orders_in(&world, &shop, "unshipped").await;
        assert!(open.len() >= 4, "{dialect:?}: {} open orders", open.len());
        let change = |place: usize, change: &OrderChange| {
            let sn = open[place].order_sn.as_str();
            world
                .sandbox
                .change_order_silently(remote, sn, change)
                .unwrap();
        };
        change(0, &status("SHIPPED"));
        change(1, &status("CANCELED"));
        change(
            2,
            &OrderChange {
                quantity: Some(77),
                ..OrderChange::default()
            },
        );
        world
            .sandbox
            .remove_order(remote, open[3].order_sn.as_str())
            .unwrap();
        world.clock.advance(3_600);
        world.sync_well(&shop).await;
        world.engine.maintain_shop(&shop).await.unwrap();
        assert!(
            !world.differences(&shop, START - 30 * DAY).await.is_empty(),
            "not due yet"
        );

        world.clock.advance(DAY);
        world.sync_well(&shop).await;
        world.engine.maintain_shop(&shop).await.unwrap();
        assert_eq!(world.runs(&shop, SyncTask::OpenOrders).await.len(), 1);
        assert!(world.runs(&shop, SyncTask::Sweep).await.is_empty());
        let left: Vec<String> = world.differences(&shop, START - 30 * DAY).await;
        assert!(left.is_empty(), "{dialect:?}: {left:?}");
        let gone = world
            .engine
            .store()
            .order(&shop, &open[3].order_sn)
            .await
            .unwrap()
            .unwrap();
        assert!(gone.gone_at.is_some());
    }
}

#[tokio::test]
async fn i1_the_weekly_sweep_finds_silent_changes_and_vanished_orders() {
    for dialect in BOTH {
        let (world, shop) = settled(dialect, 900).await;
        let remote = shop.remote_id();
        let done = orders_in(&world, &shop, "delivered").await;
        change_in_silence(&world, &shop, &done[..10]);
        for order in &done[10..15] {
            world
                .sandbox
                .remove_order(remote, order.order_sn.as_str())
                .unwrap();
        }
        world.clock.advance(7 * DAY);
        world.sync_well(&shop).await;
        world.engine.maintain_shop(&shop).await.unwrap();
        let runs = world.runs(&shop, SyncTask::Sweep).await;
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].result, RunResult::Complete, "{runs:?}");
        let left = world.differences(&shop, START - 80 * DAY).await;
        assert!(left.is_empty(), "{dialect:?}: {left:?}");
        let listed = world.ids(&shop, Resource::Orders, false).await.len();
        let kept = world.ids(&shop, Resource::Orders, true).await.len();
        assert_eq!(kept, listed + 5, "gone orders are kept");
    }
}

#[tokio::test]
async fn i14_an_order_that_moved_on_is_not_gone_and_one_that_comes_back_is_back() {
    let (world, shop) = settled(Dialect::Guide, 900).await;
    let remote = shop.remote_id();
    let done = orders_in(&world, &shop, "delivered").await;
    let (moved, marked) = (&done[0].order_sn, &done[1].order_sn);
    let now = desk_model::UnixSeconds(world.clock.seconds() + 1);
    let ids = [marked.to_string()];
    let store = world.engine.store();
    store
        .mark_gone(&shop, Resource::Orders, &ids, now)
        .await
        .unwrap();
    world.clock.advance(7 * DAY);
    world.sync_well(&shop).await;
    // Since the sync it has another time of change: its old window no longer lists it.
    let at = world.clock.seconds();
    world
        .sandbox
        .change_order(remote, moved.as_str(), &status("CANCELED"), at)
        .unwrap();
    world.engine.maintain_shop(&shop).await.unwrap();
    let record = store.order(&shop, moved).await.unwrap().unwrap();
    assert_eq!(record.gone_at, None);
    assert_eq!(record.order.status.as_str(), "canceled");
    let record = store.order(&shop, marked).await.unwrap().unwrap();
    assert_eq!(record.gone_at, None, "it was listed again");
}

#[tokio::test]
async fn i14_a_sweep_marks_no_more_than_may_vanish_and_says_so() {
    let (world, shop) = settled(Dialect::Guide, 900).await;
    let remote = shop.remote_id();
    let done = orders_in(&world, &shop, "delivered").await;
    for order in &done[..done.len().min(200)] {
        world
            .sandbox
            .remove_order(remote, order.order_sn.as_str())
            .unwrap();
    }
    world.clock.advance(7 * DAY);
    world.sync_well(&shop).await;
    let refused = world.engine.maintain_shop(&shop).await.unwrap_err();
    assert!(
        matches!(refused, Error::TooManyVanished { .. }),
        "{refused}"
    );
    let run = &world.runs(&shop, SyncTask::Sweep).await[0];
    assert_eq!(run.result, RunResult::Partial);
    assert_eq!(run.error_code.as_deref(), Some("too_many_vanished"));
    let listed = world.ids(&shop, Resource::Orders, false).await.len();
    let kept = world.ids(&shop, Resource::Orders, true).await.len();
    let most = (kept / 5).max(50);
    let marked = kept - listed;
    assert!(marked <= most, "{marked} of {kept} were marked");
}

#[tokio::test]
async fn i10_a_sweep_goes_on_with_the_slice_where_it_stopped() {
    let (mut world, shop) = settled(Dialect::Guide, 900).await;
    let done = orders_in(&world, &shop, "delivered").await;
    change_in_silence(&world, &shop, &done);
    world.clock.advance(7 * DAY);
    world.sync_well(&shop).await;
    let mut cut_off = 0;
    let mut reached = None;
    loop {
        if maintained_but_cut_off(&world, &shop, 3).await.is_ok() {
            break;
        }
        cut_off += 1;
        assert!(cut_off < 30, "it makes no progress");
        let checkpoint = world.checkpoint(&shop, SyncTask::Sweep).await.unwrap();
        assert!(checkpoint.reached > reached, "{checkpoint:?}");
        assert!(checkpoint.window.is_some(), "it is not over");
        reached = checkpoint.reached;
        world.restart().await;
        world.engine.set_history_days(120);
    }
    assert!(cut_off > 2, "it was cut off {cut_off} times");
    assert!(world.differences(&shop, START - 80 * DAY).await.is_empty());
}

#[tokio::test]
async fn i1_a_sweep_that_was_cut_off_over_a_week_ago_begins_anew() {
    let (world, shop) = settled(Dialect::Guide, 900).await;
    world.clock.advance(7 * DAY);
    world.sync_well(&shop).await;
    let cut_off = maintained_but_cut_off(&world, &shop, 8).await;
    assert!(matches!(cut_off, Err(Error::Canceled)), "{cut_off:?}");
    let reached = world.checkpoint(&shop, SyncTask::Sweep).await.unwrap();
    let reached = reached.reached.unwrap();
    let mut read_before = orders_in(&world, &shop, "delivered").await;
    read_before.retain(|order| {
        let at = order.updated_at.unwrap();
        at < reached && at.0 > START - 70 * DAY
    });
    assert!(
        !read_before.is_empty(),
        "nothing was read up to {reached:?}"
    );
    change_in_silence(&world, &shop, &read_before);
    world.clock.advance(8 * DAY);
    world.sync_well(&shop).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    assert!(world.differences(&shop, START - 70 * DAY).await.is_empty());
}

#[tokio::test]
async fn i9_a_sync_gets_its_turn_between_two_pages_of_everything_else() {
    let (world, shop) = large().await;
    let (maintenance, mut events) = maintained_up_to(&world, &shop, 3).await;
    world.clock.advance(600);
    world.sync_well(&shop).await;
    let running = world.engine.running();
    assert!(
        running
            .iter()
            .any(|progress| progress.task == SyncTask::Backfill),
        "the history was not finished first: {running:?}"
    );
    let mut pages_since = 0;
    let mut syncing = false;
    while let Ok(event) = events.try_recv() {
        match event {
            SyncEvent::Progress(progress) if progress.task == SyncTask::Changes => syncing = true,
            SyncEvent::Progress(progress) if syncing && progress.task == SyncTask::Backfill => {
                pages_since += 1;
            }
            SyncEvent::Finished(_) => syncing = false,
            SyncEvent::Progress(_) => {}
        }
    }
    assert_eq!(
        pages_since, 0,
        "while a sync runs nobody else writes the shop's rows"
    );
    maintenance.await.unwrap().unwrap();
    assert!(world.differences(&shop, START - 364 * DAY).await.is_empty());
}

#[tokio::test]
async fn i11_stopping_ends_everything_at_a_page_boundary() {
    let (world, shop) = large().await;
    let (maintenance, _) = maintained_up_to(&world, &shop, 2).await;
    world.engine.stop().await;
    assert!(world.engine.running().is_empty());
    assert!(matches!(maintenance.await.unwrap(), Err(Error::Canceled)));
    let run = &world.runs(&shop, SyncTask::Backfill).await[0];
    assert_eq!(run.result, RunResult::Canceled);
}
