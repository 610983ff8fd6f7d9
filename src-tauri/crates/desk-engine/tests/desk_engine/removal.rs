//! Removing a shop: it can be brought back for ten seconds; then, or at the app's end, its token and data are gone.

use std::{future::Future, sync::Arc, time::Duration};

use desk_engine::{ErrorCode, Intervals, Schedule, Scheduler};
use desk_model::{Dialect, Secret, Shop, SyncTrigger};

use crate::{
    vault_faults::{FaultyVault, Mood},
    world::World,
};

/// A shop with orders, in a world whose clock stands still.
async fn world_with_shop() -> (World, Shop) {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await;
    world
        .engine
        .sync_shop(&shop.shop_id, SyncTrigger::Manual, None)
        .await;
    world.clock.hold();
    (world, shop)
}

fn token(world: &World, shop: &Shop) -> Option<Secret> {
    let item = format!("shop.{}.{}", shop.shop_id, shop.credentials_version);
    world.engine.vault().get(&item).unwrap()
}

async fn is_pending(world: &World) -> bool {
    !world.engine.store().removals().await.unwrap().is_empty()
}

/// Until the background has deleted what is due.
async fn settle(world: &World) {
    for _ in 0..1_000 {
        if !is_pending(world).await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the removal does not end");
}

/// Lets time pass for who waits on the clock.
async fn pass(world: &World, seconds: i64) {
    while world.clock.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    world.clock.advance(seconds);
}

/// Waits for what calls the platform, while time goes on slowly enough for it to end within the ten seconds.
async fn meanwhile<T>(world: &World, call: impl Future<Output = T>) -> T {
    let moments = async {
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            world.clock.advance(1);
        }
    };
    tokio::select! {
        answer = call => answer,
        () = moments => unreachable!("time goes on and on"),
    }
}

/// What undo answers when it is too late.
async fn undo_is_refused(world: &World, shop: &Shop) {
    let error = world.engine.undo_removal(&shop.shop_id).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownShop);
}

#[tokio::test]
async fn a_removed_shop_comes_back_as_it_was_within_ten_seconds() {
    for keep_data in [true, false] {
        let (world, shop) = world_with_shop().await;
        let orders = world.orders(&shop.shop_id).await;
        let engine = &world.engine;
        engine
            .remove_shop_soon(&shop.shop_id, keep_data)
            .await
            .unwrap();
        assert!(world.orders(&shop.shop_id).await.is_empty());
        let error = engine.test_shop(&shop.shop_id).await.unwrap_err();
        assert_eq!(
            error.code(),
            ErrorCode::UnknownShop,
            "it is not used any more"
        );

        pass(&world, 10).await;
        engine.undo_removal(&shop.shop_id).await.unwrap();
        let back = engine.store().shop(&shop.shop_id).await.unwrap();
        assert_eq!(back, Some(shop.clone()));
        assert_eq!(world.orders(&shop.shop_id).await, orders);
        let tested = meanwhile(&world, engine.test_shop(&shop.shop_id)).await;
        tested.unwrap();

        world.clock.advance(60);
        engine.finish_removals_now().await.unwrap();
        assert!(token(&world, &shop).is_some(), "nothing is left to delete");
        assert_eq!(world.orders(&shop.shop_id).await, orders);
        undo_is_refused(&world, &shop).await;
    }
}

#[tokio::test]
async fn after_ten_seconds_token_and_data_are_gone() {
    for keep_data in [true, false] {
        let (world, shop) = world_with_shop().await;
        let orders = world.orders(&shop.shop_id).await.len();
        world
            .engine
            .remove_shop_soon(&shop.shop_id, keep_data)
            .await
            .unwrap();
        assert!(token(&world, &shop).is_some());
        pass(&world, 12).await;
        settle(&world).await;
        assert_eq!(token(&world, &shop), None);
        undo_is_refused(&world, &shop).await;
        world.add_shop(0).await;
        let kept = world.orders(&shop.shop_id).await.len();
        assert_eq!(kept, if keep_data { orders } else { 0 });
    }
}

#[tokio::test]
async fn a_second_removal_has_ten_seconds_of_its_own() {
    let (world, shop) = world_with_shop().await;
    let engine = &world.engine;
    engine.remove_shop_soon(&shop.shop_id, false).await.unwrap();
    pass(&world, 9).await;
    engine.undo_removal(&shop.shop_id).await.unwrap();
    engine.remove_shop_soon(&shop.shop_id, false).await.unwrap();
    pass(&world, 9).await;
    engine.finish_removals().await.unwrap();
    engine.undo_removal(&shop.shop_id).await.unwrap();
    assert!(!world.orders(&shop.shop_id).await.is_empty());
}

#[tokio::test]
async fn an_app_that_ends_in_between_deletes_at_its_end() {
    let (world, shop) = world_with_shop().await;
    world
        .engine
        .remove_shop_soon(&shop.shop_id, false)
        .await
        .unwrap();
    world.engine.finish_removals_now().await.unwrap();
    assert_eq!(token(&world, &shop), None);
    assert!(!is_pending(&world).await);
    undo_is_refused(&world, &shop).await;
}

#[tokio::test]
async fn i10_an_app_that_is_killed_in_between_deletes_at_its_next_start() {
    let (mut world, shop) = world_with_shop().await;
    world
        .engine
        .remove_shop_soon(&shop.shop_id, false)
        .await
        .unwrap();
    world.restart().await;
    assert!(token(&world, &shop).is_some() && is_pending(&world).await);
    undo_is_refused(&world, &shop).await;
    let schedule = Schedule {
        enabled: false,
        intervals: Intervals::all(30),
    };
    let _scheduler = Scheduler::start(world.engine.clone(), schedule);
    settle(&world).await;
    assert_eq!(token(&world, &shop), None);
}

#[tokio::test]
async fn a_vault_that_is_away_keeps_the_token_no_longer_than_it_is_away() {
    let world = World::new(1, Dialect::Guide).await;
    let vault = Arc::new(FaultyVault::default());
    world.engine.set_vault(vault.clone());
    let shop = world.add_shop(0).await;
    vault.set(Mood::Locked);
    world
        .engine
        .remove_shop(&shop.shop_id, false)
        .await
        .unwrap();
    assert!(world.engine.store().shops().await.unwrap().is_empty());
    assert!(is_pending(&world).await);
    vault.set(Mood::Working);
    assert!(token(&world, &shop).is_some());
    world.engine.finish_removals().await.unwrap();
    assert_eq!(token(&world, &shop), None);
    assert!(!is_pending(&world).await);
}

#[tokio::test]
async fn a_shop_that_is_authorized_again_at_once_keeps_its_new_token() {
    let (world, shop) = world_with_shop().await;
    world
        .engine
        .remove_shop_soon(&shop.shop_id, true)
        .await
        .unwrap();
    let again = meanwhile(&world, world.add_shop(0)).await;
    world.engine.finish_removals_now().await.unwrap();
    assert!(token(&world, &again).is_some());
    assert!(!world.orders(&shop.shop_id).await.is_empty());
    undo_is_refused(&world, &shop).await;
    let tested = meanwhile(&world, world.engine.test_shop(&again.shop_id)).await;
    tested.unwrap();
}
