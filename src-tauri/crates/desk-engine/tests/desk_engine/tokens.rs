//! Tokens: refreshed ahead of their end and once for everybody, or marked for a new authorization; data stays either way.

use desk_engine::ErrorCode;
use desk_model::{Dialect, Resource, RunResult, SyncTrigger, TokenState};
use desk_sandbox::{Fault, FaultKind};

use crate::world::{US_SHOP, World};

#[tokio::test]
async fn an_expired_token_is_refreshed_and_the_run_goes_on() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .sandbox
        .expire_token(desk_sandbox::Dialect::Guide, US_SHOP, world.clock.seconds())
        .unwrap();
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.result, RunResult::Complete, "{:?}", summary.error);
    assert_eq!(world.calls("oauth/token"), 1);
    let stored = world.engine.store().shop(&shop).await.unwrap().unwrap();
    assert_eq!(
        (stored.token_state, stored.credentials_version),
        (TokenState::Valid, 2)
    );
}

#[tokio::test]
async fn a_token_is_refreshed_before_it_ends() {
    let world = World::new(1, Dialect::Guide).await;
    world
        .sandbox
        .set_token_lifetime(US_SHOP, 10 * 3_600, world.clock.seconds())
        .unwrap();
    let shop = world.add_shop(0).await.shop_id;
    world.clock.advance(8 * 3_600);
    assert_eq!(world.engine.refresh_due_tokens().await.unwrap(), 0);
    assert_eq!(world.calls("oauth/token"), 0, "a fifth of its life is left");
    world.clock.advance(3_600 + 1_800);
    assert_eq!(world.engine.refresh_due_tokens().await.unwrap(), 0);
    assert_eq!(world.calls("oauth/token"), 1, "less than a tenth is left");
    world.engine.test_shop(&shop).await.unwrap();
}

#[tokio::test]
async fn f7_twenty_concurrent_expiries_are_one_refresh() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .sandbox
        .expire_token(desk_sandbox::Dialect::Guide, US_SHOP, world.clock.seconds())
        .unwrap();
    let tests = (0..20).map(|_| world.engine.test_shop(&shop));
    for result in futures_util::future::join_all(tests).await {
        result.unwrap();
    }
    assert_eq!(world.calls("oauth/token"), 1);
}

#[tokio::test]
async fn i16_without_a_refresh_the_shop_is_marked_its_data_kept_and_others_go_on() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let (first, second) = (
        world.add_shop(0).await.shop_id,
        world.add_shop(1).await.shop_id,
    );
    let both = [first.clone(), second.clone()];
    world
        .engine
        .sync_shops(&both, SyncTrigger::Manual, None)
        .await;
    let kept = world.orders(&first).await.len();
    assert!(kept > 0);

    for (break_token, state, code) in [
        (true, TokenState::Expired, ErrorCode::TokenExpired),
        (false, TokenState::Revoked, ErrorCode::TokenRevoked),
    ] {
        if break_token {
            world
                .sandbox
                .expire_token(
                    desk_sandbox::Dialect::OpenPlatform,
                    US_SHOP,
                    world.clock.seconds(),
                )
                .unwrap();
        } else {
            world
                .sandbox
                .revoke_token(desk_sandbox::Dialect::OpenPlatform, US_SHOP)
                .unwrap();
        }
        let before = world.calls("bg.order.list.v2.get");
        let failed = world
            .engine
            .sync_shop(&first, SyncTrigger::Manual, None)
            .await;
        assert_eq!(failed.error.unwrap().code, code);
        assert_eq!(
            world.calls("bg.order.list.v2.get") - before,
            1,
            "one attempt, no retries"
        );
        assert_eq!(
            world
                .engine
                .store()
                .shop(&first)
                .await
                .unwrap()
                .unwrap()
                .token_state,
            state
        );
        assert_eq!(world.orders(&first).await.len(), kept);
        let summary = world
            .engine
            .sync_shop(&second, SyncTrigger::Manual, None)
            .await;
        assert_eq!(summary.result, RunResult::Complete);
    }
}

#[tokio::test]
async fn a_dead_refresh_token_asks_for_a_new_authorization() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .sandbox
        .revoke_token(desk_sandbox::Dialect::Guide, US_SHOP)
        .unwrap();
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.result, RunResult::Failed);
    let code = summary.error.unwrap().code;
    assert!(
        matches!(code, ErrorCode::TokenExpired | ErrorCode::TokenRevoked),
        "{code:?}"
    );
    assert_ne!(
        world
            .engine
            .store()
            .shop(&shop)
            .await
            .unwrap()
            .unwrap()
            .token_state,
        TokenState::Valid
    );
}

#[tokio::test]
async fn a_missing_scope_costs_only_its_page() {
    for (dialect, scope) in [
        (Dialect::Guide, "product/list"),
        (Dialect::OpenPlatform, "bg.local.goods.list.query"),
    ] {
        let world = World::new(1, dialect).await;
        let shop = world.add_shop(0).await.shop_id;
        world.sandbox.drop_scope(US_SHOP, scope).unwrap();
        let summary = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        assert_eq!(summary.result, RunResult::Partial, "{:?}", summary.error);
        assert_eq!(summary.error.unwrap().code, ErrorCode::ScopeMissing);
        assert!(summary.resources[&Resource::Orders].new > 0);
        assert!(
            summary.resources[&Resource::Activities].new > 0,
            "the pages behind it are read too"
        );
        assert_eq!(summary.resources[&Resource::Products].new, 0);
    }
}

/// Whatever happens around it, a renewal ends with a pair in the vault.
#[tokio::test]
async fn a_run_canceled_while_its_token_is_renewed_keeps_the_new_pair() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .sandbox
        .expire_token(desk_sandbox::Dialect::Guide, US_SHOP, world.clock.seconds())
        .unwrap();
    let (engine, canceled) = (world.engine.clone(), shop.clone());
    let mut requests = 0;
    world.interfere(move |_, _| {
        requests += 1;
        if requests == 2 {
            // The refresh is on its way when the seller stops the run.
            engine.cancel_sync(&canceled);
        }
        None
    });
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.result, RunResult::Canceled);
    world.engine.stop().await;
    world.leave_alone();
    world.engine.test_shop(&shop).await.unwrap();
    assert_eq!(
        world.calls("oauth/token"),
        1,
        "the pair of the canceled run is the one in use"
    );
}

#[tokio::test]
async fn a_refresh_that_fails_ahead_of_the_end_leaves_the_working_token_in_use() {
    let world = World::new(1, Dialect::Guide).await;
    world
        .sandbox
        .set_token_lifetime(US_SHOP, 10 * 3_600, world.clock.seconds())
        .unwrap();
    let shop = world.add_shop(0).await.shop_id;
    world.clock.advance(9 * 3_600 + 1_800);
    world.sandbox.set_faults(vec![Fault {
        kind: FaultKind::BusinessError { code: 5001 },
        times: 99,
        call: Some("oauth/token".to_owned()),
    }]);
    world.engine.test_shop(&shop).await.unwrap();
    let stored = world.engine.store().shop(&shop).await.unwrap().unwrap();
    assert_eq!(stored.token_state, TokenState::Valid);
}

#[tokio::test]
async fn a_token_that_works_again_takes_the_mark_away() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let shop = world.add_shop(0).await.shop_id;
    let store = world.engine.store();
    store
        .set_token_state(&shop, TokenState::Expired)
        .await
        .unwrap();
    world.engine.test_shop(&shop).await.unwrap();
    assert_eq!(
        store.shop(&shop).await.unwrap().unwrap().token_state,
        TokenState::Valid
    );
}

#[tokio::test]
async fn lent_credentials_must_be_the_shops_own() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let secret = world.app_input().app_secret;
    let foreign = world
        .engine
        .lend_credentials(&shop, secret.clone(), world.token(1))
        .await;
    assert_eq!(foreign.unwrap_err().code(), ErrorCode::ShopMismatch);
    world
        .engine
        .lend_credentials(&shop, secret, world.token(0))
        .await
        .unwrap();
    world.engine.test_shop(&shop).await.unwrap();
}

#[tokio::test]
async fn app_secrets_move_into_a_vault_that_is_chosen_later() {
    let world = World::new(1, Dialect::Guide).await;
    let app = world.engine.save_app(&world.app_input()).await.unwrap();
    let before = world.engine.vault();
    world
        .engine
        .set_vault(std::sync::Arc::new(desk_vault::MemoryVault::new()));
    let lost = world.engine.test_app(app.id).await.unwrap_err();
    assert_eq!(lost.code(), ErrorCode::AppSecretMissing);
    world.engine.carry_app_secrets(before.clone()).await;
    world.engine.test_app(app.id).await.unwrap();

    world.engine.set_vault(before);
    let gone = world.engine.test_app(app.id).await.unwrap_err();
    assert_eq!(
        gone.code(),
        ErrorCode::AppSecretMissing,
        "it is kept in one place only"
    );
}
