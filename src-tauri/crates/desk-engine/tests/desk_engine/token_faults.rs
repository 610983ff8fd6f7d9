//! Tokens that end, die or change hands while something is under way.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use desk_engine::{ErrorCode, Landing, ShopSummary, SyncEvent};
use desk_model::{Dialect, RunResult, Secret, Shop, ShopId, SyncTrigger, TokenState};
use desk_sandbox::{Fault, FaultKind, Size};
use desk_temu::TransportError;

use crate::world::{BASE_URL, START, US_SHOP, World};

/// Enough orders for several pages.
async fn long_world(dialect: Dialect) -> World {
    let size = Size {
        shops: 2,
        orders: 6_000,
    };
    World::sized(1, dialect, size).await
}

fn wire(dialect: Dialect) -> (desk_sandbox::Dialect, &'static str) {
    match dialect {
        Dialect::Guide => (desk_sandbox::Dialect::Guide, "order/list"),
        Dialect::OpenPlatform => (desk_sandbox::Dialect::OpenPlatform, "bg.order.list.v2.get"),
    }
}

async fn sync(world: &World, shop: &ShopId) -> ShopSummary {
    world
        .engine
        .sync_shop(shop, SyncTrigger::Manual, None)
        .await
}

async fn row(world: &World, shop: &ShopId) -> Shop {
    world.engine.store().shop(shop).await.unwrap().unwrap()
}

fn expire(world: &World) {
    let (dialect, _) = wire(world.dialect);
    let now = world.clock.seconds();
    world.sandbox.expire_token(dialect, US_SHOP, now).unwrap();
}

/// What the vault has under a version of the shop's tokens, and puts there.
fn item(shop: &ShopId, version: i64) -> String {
    format!("shop.{shop}.{version}")
}

/// The pair that the platform counts as the newest, as the vault keeps it.
fn newest_pair(world: &World) -> Secret {
    let shop = world.sandbox.credentials(BASE_URL).guide.shops.remove(0);
    Secret::new(format!(
        r#"{{"access_token":"{}","refresh_token":"{}","received_at":{}}}"#,
        shop.access_token,
        shop.refresh_token.unwrap(),
        START
    ))
}

#[tokio::test]
async fn f6_a_token_that_ends_mid_run_costs_nothing() {
    let world = long_world(Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let mut requests = 0;
    world.interfere(move |sandbox, clock| {
        requests += 1;
        if requests == 5 {
            let dialect = desk_sandbox::Dialect::Guide;
            sandbox
                .expire_token(dialect, US_SHOP, clock.seconds())
                .unwrap();
        }
        None
    });
    let summary = sync(&world, &shop).await;
    assert_eq!(summary.result, RunResult::Complete, "{:?}", summary.error);
    assert_eq!(world.calls("oauth/token"), 1);

    let calm = long_world(Dialect::Guide).await;
    let other = calm.add_shop(0).await.shop_id;
    sync(&calm, &other).await;
    assert_eq!(
        world.orders(&shop).await.len(),
        calm.orders(&other).await.len(),
        "the pages before and after it are all there"
    );
}

#[tokio::test]
async fn f6_i16_a_token_that_dies_mid_run_is_tried_once_and_the_pages_stay() {
    for (dialect, is_revoked) in [
        (Dialect::Guide, true),
        (Dialect::OpenPlatform, true),
        (Dialect::OpenPlatform, false),
    ] {
        let world = long_world(dialect).await;
        let (shop, other) = (
            world.add_shop(0).await.shop_id,
            world.add_shop(1).await.shop_id,
        );
        let (wire, list) = wire(dialect);
        let refused = Arc::new(AtomicU32::new(0));
        let (mut requests, counted) = (0, refused.clone());
        world.interfere(move |sandbox, clock| {
            requests += 1;
            if requests == 5 {
                match is_revoked {
                    true => sandbox.revoke_token(wire, US_SHOP).unwrap(),
                    false => sandbox
                        .expire_token(wire, US_SHOP, clock.seconds())
                        .unwrap(),
                }
            }
            if requests >= 5 {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            None
        });
        let failed = sync(&world, &shop).await;
        world.leave_alone();
        let code = failed.error.unwrap().code;
        assert!(
            matches!(code, ErrorCode::TokenExpired | ErrorCode::TokenRevoked),
            "{code:?}"
        );
        // The guide has one word for expired and revoked, so a refresh is tried.
        let tries = if dialect == Dialect::Guide { 2 } else { 1 };
        assert_eq!(refused.load(Ordering::SeqCst), tries, "{dialect:?}");
        assert_ne!(row(&world, &shop).await.token_state, TokenState::Valid);
        assert!(world.orders(&shop).await.len() > 100, "the pages stay");
        let before = world.calls(list);
        assert_eq!(sync(&world, &other).await.result, RunResult::Complete);
        assert!(world.calls(list) > before, "other shops go on");
    }
}

#[tokio::test]
async fn f6_a_new_authorization_in_another_tool_marks_the_shop() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let shop = world.add_shop(0).await.shop_id;
    sync(&world, &shop).await;
    let kept = world.orders(&shop).await.len();

    // Another program with the same app: its consent kills every older token of the shop (open platform § 3.5).
    let tool = World::beside(&world).await;
    let app = tool.engine.save_app(&world.app_input()).await.unwrap();
    let (heard, _) = tokio::sync::mpsc::channel(1);
    let started = tool
        .engine
        .begin_authorization(app.id, Landing::DeepLink, None, heard)
        .await
        .unwrap();
    let link = world.consent(&started.url, US_SHOP, "authorize");
    tool.engine
        .complete_authorization(&link)
        .await
        .shops
        .unwrap();

    let before = world.calls("bg.order.list.v2.get");
    let failed = sync(&world, &shop).await;
    assert_eq!(failed.error.unwrap().code, ErrorCode::TokenExpired);
    assert_eq!(world.calls("bg.order.list.v2.get") - before, 1);
    assert_eq!(row(&world, &shop).await.token_state, TokenState::Expired);
    assert_eq!(world.orders(&shop).await.len(), kept);
    tool.engine.test_shop(&shop).await.unwrap();
}

#[tokio::test]
async fn f6_a_pair_that_our_own_second_process_stored_is_taken_up_mid_run() {
    let world = long_world(Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let second = world.second_process().await;
    let (heard, _) = tokio::sync::mpsc::channel(1);
    let started = second
        .begin_authorization(row(&world, &shop).await.app, Landing::DeepLink, None, heard)
        .await
        .unwrap();
    let link = world.consent(&started.url, US_SHOP, "authorize");

    let mut events = world.engine.sync_events();
    let run = tokio::spawn({
        let (engine, shop) = (world.engine.clone(), shop.clone());
        async move { engine.sync_shop(&shop, SyncTrigger::Manual, None).await }
    });
    loop {
        if let SyncEvent::Progress(progress) = events.recv().await.unwrap()
            && progress.pages_done > 0
        {
            break;
        }
    }
    world.clock.hold();
    let authorizing = tokio::spawn(async move { second.complete_authorization(&link).await });
    let pass = async |ending: &dyn Fn() -> bool| {
        while !ending() {
            world.clock.advance(1);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    pass(&|| authorizing.is_finished()).await;
    assert!(!run.is_finished(), "it happened mid-run");
    authorizing.await.unwrap().shops.unwrap();
    pass(&|| run.is_finished()).await;
    let summary = run.await.unwrap();
    assert_eq!(summary.result, RunResult::Complete, "{:?}", summary.error);
    let stored = row(&world, &shop).await;
    assert_eq!(
        (stored.token_state, stored.credentials_version),
        (TokenState::Valid, 2)
    );
    let vault = world.engine.vault();
    assert_eq!(vault.get(&item(&shop, 1)).unwrap(), None);
    assert!(vault.get(&item(&shop, 2)).unwrap().is_some());
}

#[tokio::test]
async fn f6_a_refresh_whose_answer_is_lost_ends_in_a_new_authorization_with_all_data() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    sync(&world, &shop).await;
    let kept = world.orders(&shop).await.len();
    let before = newest_pair(&world);
    expire(&world);
    world.sandbox.set_faults(vec![Fault {
        kind: FaultKind::AnswerLost,
        times: 1,
        call: Some("oauth/token".to_owned()),
    }]);
    let failed = sync(&world, &shop).await;
    assert_eq!(failed.error.unwrap().code, ErrorCode::TokenExpired);
    assert_eq!(
        world.calls("oauth/token"),
        2,
        "the lost one, and the one that finds the old pair dead"
    );
    let rotated = newest_pair(&world);
    assert_ne!(before, rotated, "the platform did rotate");
    assert_eq!(row(&world, &shop).await.token_state, TokenState::Expired);
    assert_eq!(world.orders(&shop).await.len(), kept);

    // A pair that reached the vault just before a crash is taken up instead.
    world.engine.vault().set(&item(&shop, 2), &rotated).unwrap();
    assert_eq!(sync(&world, &shop).await.result, RunResult::Complete);
    let stored = row(&world, &shop).await;
    assert_eq!(
        (stored.token_state, stored.credentials_version),
        (TokenState::Valid, 2)
    );
    assert_eq!(newest_pair(&world), rotated, "no second rotation");
    let old = world.engine.vault().get(&item(&shop, 1)).unwrap();
    assert_eq!(old, None, "the dead pair is gone");
}

/// What a restored backup looks like: the row is older than the vault.
fn move_item(world: &World, shop: &ShopId, from: i64, to: i64) {
    let vault = world.engine.vault();
    let kept = vault.get(&item(shop, from)).unwrap().unwrap();
    vault.set(&item(shop, to), &kept).unwrap();
    vault.delete(&item(shop, from)).unwrap();
}

#[tokio::test]
async fn f14_after_a_restored_backup_the_newest_tokens_of_the_vault_are_adopted() {
    for (is_expired, version, refreshes) in [(false, 5, 0), (true, 6, 1)] {
        let world = World::new(1, Dialect::Guide).await;
        let shop = world.add_shop(0).await.shop_id;
        move_item(&world, &shop, 1, 5);
        // An older one that could not be deleted then.
        let dead =
            r#"{"access_token":"made-up-dead","refresh_token":"made-up-dead","received_at":0}"#;
        let vault = world.engine.vault();
        vault.set(&item(&shop, 4), &Secret::new(dead)).unwrap();
        if is_expired {
            expire(&world);
        }
        let summary = sync(&world, &shop).await;
        assert_eq!(summary.result, RunResult::Complete, "{:?}", summary.error);
        assert_eq!(row(&world, &shop).await.credentials_version, version);
        assert_eq!(world.calls("oauth/token"), refreshes);
        let stays = vault.get(&item(&shop, version)).unwrap();
        assert!(stays.is_some());
    }
}

#[tokio::test]
async fn f6_a_network_that_is_away_while_a_pair_is_adopted_marks_nothing() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    move_item(&world, &shop, 1, 3);
    world.interfere(|_, _| Some(TransportError::Connect("made up".to_owned())));
    let failed = sync(&world, &shop).await;
    assert_eq!(failed.error.unwrap().code, ErrorCode::Network);
    assert_eq!(row(&world, &shop).await.token_state, TokenState::Valid);
    world.leave_alone();
    assert_eq!(sync(&world, &shop).await.result, RunResult::Complete);
}

#[tokio::test]
async fn f7_twenty_runs_and_tests_of_an_expired_shop_refresh_once() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    expire(&world);
    let tests = (0..20).map(|_| world.engine.test_shop(&shop));
    let (summary, tests, due) = tokio::join!(
        sync(&world, &shop),
        futures_util::future::join_all(tests),
        world.engine.refresh_due_tokens()
    );
    assert_eq!(summary.result, RunResult::Complete);
    assert!(tests.iter().all(Result::is_ok));
    assert_eq!(due.unwrap(), 0);
    assert_eq!(world.calls("oauth/token"), 1);
}

#[tokio::test]
async fn f6_the_open_platform_tells_when_a_token_ends_and_is_not_asked_to_renew_it() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let shop = world.add_shop(0).await;
    let left = shop.expires_at.unwrap().0 - world.clock.seconds();
    assert!(
        (300..=400).contains(&(left / 86_400)),
        "{left} s to count down"
    );
    world.clock.advance(left - 3_600);
    let calls = world.all_calls();
    assert_eq!(world.engine.refresh_due_tokens().await.unwrap(), 0);
    assert_eq!(world.all_calls(), calls, "there is nothing to ask for");
    world.engine.test_shop(&shop.shop_id).await.unwrap();
}
