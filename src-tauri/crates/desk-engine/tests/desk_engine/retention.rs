//! How long finished orders are kept.

use std::collections::BTreeSet;

use desk_model::{Dialect, Order, Resource, ShopId, SyncTask};
use desk_sandbox::{OrderChange, Size};

use crate::{
    mirror::DAY,
    world::{START, World},
};

const KEPT_DAYS: u32 = 120;

/// A shop with a year of orders.
async fn settled() -> (World, ShopId) {
    let size = Size {
        shops: 1,
        orders: 900,
    };
    let world = World::sized(2, Dialect::Guide, size).await;
    let shop = world.add_shop(0).await.shop_id;
    world.sync_well(&shop).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    (world, shop)
}

/// The orders whose last change is longer ago than they are kept.
async fn old_orders(world: &World, shop: &ShopId) -> Vec<Order> {
    let changes = world.checkpoint(shop, SyncTask::Changes).await.unwrap();
    let since = changes.reached.unwrap() - i64::from(KEPT_DAYS) * DAY;
    let mut orders = world.orders(shop).await;
    orders.retain(|order| order.updated_at.is_some_and(|at| at < since));
    orders
}

async fn listed(world: &World, shop: &ShopId) -> BTreeSet<String> {
    let ids = world.ids(shop, Resource::Orders, false).await;
    ids.into_iter().collect()
}

#[tokio::test]
async fn i1_only_finished_orders_beyond_the_days_go_and_nothing_brings_them_back() {
    let (world, shop) = settled().await;
    let open = old_orders(&world, &shop).await[0].order_sn.clone();
    let reopened = OrderChange {
        status: Some("UNSHIPPED".to_owned()),
        ..OrderChange::default()
    };
    world
        .sandbox
        .change_order_silently(shop.remote_id(), open.as_str(), &reopened)
        .unwrap();
    world.engine.refresh_order(&shop, &open).await.unwrap();
    let beyond: BTreeSet<String> = old_orders(&world, &shop)
        .await
        .iter()
        .filter(|order| !order.status.is_unfinished())
        .map(|order| order.order_sn.to_string())
        .collect();
    assert!(beyond.len() > 200, "{} are one batch", beyond.len());
    assert!(!beyond.contains(open.as_str()));
    let count = world.engine.count_orders_beyond(KEPT_DAYS).await.unwrap();
    assert_eq!(count, beyond.len() as u64);

    let before = listed(&world, &shop).await;
    world.engine.set_retention_days(Some(KEPT_DAYS));
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(listed(&world, &shop).await, &before - &beyond);

    world.clock.advance(8 * DAY);
    world.sync_well(&shop).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    let later = listed(&world, &shop).await;
    assert!(later.is_disjoint(&beyond), "a sweep brings none back");
    let with_gone = world.ids(&shop, Resource::Orders, true).await;
    assert_eq!(with_gone.len(), later.len(), "and finds none missing");
}

#[tokio::test]
async fn i1_what_was_deleted_is_read_again_when_it_is_to_be_kept_again() {
    let (world, shop) = settled().await;
    let before = listed(&world, &shop).await;
    let history = || async {
        world
            .checkpoint(&shop, SyncTask::Backfill)
            .await
            .unwrap()
            .reached
    };
    let reached = history().await;
    world.engine.set_retention_days(Some(KEPT_DAYS));
    world.engine.maintain_shop(&shop).await.unwrap();
    assert!(listed(&world, &shop).await.len() < before.len());
    assert!(history().await > reached, "history begins later now");
    let calls = world.all_calls();
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(world.all_calls(), calls, "and is as wanted");

    world.engine.set_retention_days(None);
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(listed(&world, &shop).await, before);
    assert_eq!(history().await, reached);
}

#[tokio::test]
async fn i1_nothing_goes_without_a_number_of_days_and_none_by_a_clock_set_ahead() {
    let (world, shop) = settled().await;
    let before = listed(&world, &shop).await;
    let beyond = world.engine.count_orders_beyond(KEPT_DAYS).await.unwrap();
    assert!(beyond > 0);
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(listed(&world, &shop).await, before);
    world.clock.advance(3 * 365 * DAY);
    let later = world.engine.count_orders_beyond(KEPT_DAYS).await.unwrap();
    assert_eq!(later, beyond, "they are counted back from the last sync");
}

#[tokio::test]
async fn history_that_would_not_be_kept_is_not_read() {
    let world = World::new(2, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world.engine.set_retention_days(Some(KEPT_DAYS));
    world.sync_well(&shop).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    let history = world.checkpoint(&shop, SyncTask::Backfill).await.unwrap();
    let days = (START - history.reached.unwrap().0) / DAY;
    assert!((119..=127).contains(&days), "{days} days were read");
}
