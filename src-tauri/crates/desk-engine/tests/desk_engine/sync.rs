//! One sync after another: what changed comes, what did not is not written, and one run at a time.

use std::collections::BTreeSet;

use desk_engine::{ErrorCode, SyncEvent};
use desk_model::{Dialect, MallType, Resource, RunResult, SyncTask, SyncTrigger, Tag};
use desk_sandbox::{Fault, FaultKind, OrderChange};

use crate::world::{US_SHOP, World};

#[tokio::test]
async fn everything_comes_once_and_then_nothing_is_written() {
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let world = World::new(1, dialect).await;
        let shop = world.add_shop(0).await.shop_id;
        let first = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        assert_eq!(first.result, RunResult::Complete, "{:?}", first.error);
        for resource in Resource::ALL {
            assert!(first.resources[&resource].new > 0, "{resource:?}");
            assert_eq!(first.resources[&resource].quarantined, 0);
        }
        let list = match dialect {
            Dialect::Guide => "order/list",
            Dialect::OpenPlatform => "bg.order.list.v2.get",
        };
        world.clock.advance(1_800);
        let before = world.calls(list);
        let second = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        for resource in Resource::ALL {
            assert!(
                !second.resources[&resource].is_news(),
                "{resource:?}: {:?}",
                second.resources[&resource]
            );
        }
        assert!(
            world.calls(list) - before <= 3,
            "{} calls for nothing new",
            world.calls(list) - before
        );
    }
}

#[tokio::test]
async fn a_change_is_seen_at_once_and_the_cursor_stays_behind_it() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    let sn = world.orders(&shop).await[0].order_sn.clone();
    world.clock.advance(300);
    let change = OrderChange {
        status: Some("DELIVERED".to_owned()),
        ..OrderChange::default()
    };
    world
        .sandbox
        .change_order(US_SHOP, sn.as_str(), &change, world.clock.seconds())
        .unwrap();
    let mut changes = world.engine.changes();
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.resources[&Resource::Orders].changed, 1);
    let record = world
        .engine
        .store()
        .order(&shop, &sn)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.order.status.as_str(), "delivered");
    assert_eq!(record.status_history.len(), 2, "the history keeps both");
    let mut tags = Vec::new();
    while let Ok(change) = changes.try_recv() {
        tags.extend(change.tags);
    }
    assert!(
        tags.contains(&Tag::Orders) && !tags.contains(&Tag::Products),
        "{tags:?}"
    );
}

#[tokio::test]
async fn i9_who_wants_the_same_sync_joins_it() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    let runs = (0..10).map(|_| world.engine.sync_shop(&shop, SyncTrigger::Manual, None));
    let summaries = futures_util::future::join_all(runs).await;
    assert!(summaries.iter().all(|summary| *summary == summaries[0]));
    let log = world
        .engine
        .store()
        .sync_runs(Some(&shop), 100)
        .await
        .unwrap();
    assert_eq!(log.len(), 3, "one run, a line per resource");
}

#[tokio::test]
async fn i11_a_canceled_run_keeps_its_pages_and_the_next_one_finishes() {
    let world = World::sized(
        1,
        Dialect::Guide,
        desk_sandbox::Size {
            shops: 1,
            orders: 4_000,
        },
    )
    .await;
    let shop = world.add_shop(0).await.shop_id;
    let mut events = world.engine.sync_events();
    let engine = world.engine.clone();
    let canceled_shop = shop.clone();
    let canceling = tokio::spawn(async move {
        while let Ok(event) = events.recv().await {
            if matches!(event, SyncEvent::Progress(progress) if progress.pages_done >= 2) {
                engine.cancel_sync(&canceled_shop);
                return;
            }
        }
    });
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    canceling.await.unwrap();
    assert_eq!(summary.result, RunResult::Canceled);
    assert_eq!(summary.error.unwrap().code, ErrorCode::Canceled);
    let kept = world.orders(&shop).await.len();
    assert!(
        kept > 100,
        "two pages were committed, the first of them short: {kept}"
    );
    let checkpoint = world
        .engine
        .store()
        .checkpoint(&shop, Resource::Orders, SyncTask::Changes)
        .await
        .unwrap()
        .unwrap();
    assert!(
        checkpoint.window.is_some() && checkpoint.reached.is_none(),
        "{checkpoint:?}"
    );
    let finished = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(finished.result, RunResult::Complete);
    assert!(world.orders(&shop).await.len() > kept);
}

#[tokio::test]
async fn a_failed_run_says_why_in_the_log_and_loses_nothing() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    let before = world.orders(&shop).await.len();
    world.sandbox.set_faults(vec![Fault {
        kind: FaultKind::BusinessError { code: 5001 },
        times: 99,
        call: None,
    }]);
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.error.unwrap().code, ErrorCode::PlatformUnavailable);
    assert_eq!(world.orders(&shop).await.len(), before);
    let newest = &world
        .engine
        .store()
        .sync_runs(Some(&shop), 1)
        .await
        .unwrap()[0];
    assert_eq!(newest.result, RunResult::Failed);
    assert_eq!(newest.error_code.as_deref(), Some("platform_unavailable"));
    assert!(
        newest.request_id.is_some(),
        "the platform's request id is kept for support"
    );
}

#[tokio::test]
async fn a_semi_managed_shop_has_orders_only() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    world
        .sandbox
        .set_mall_type(US_SHOP, desk_sandbox::MallType::Semi)
        .unwrap();
    let shop = world.add_shop(0).await;
    assert_eq!(shop.mall_type, MallType::SemiManaged);
    let summary = world
        .engine
        .sync_shop(&shop.shop_id, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.result, RunResult::Complete);
    assert_eq!(
        summary.resources.keys().copied().collect::<Vec<_>>(),
        [Resource::Orders]
    );
}

#[tokio::test]
async fn i19_a_clock_that_is_hours_wrong_loses_nothing() {
    for ahead in [-7_200, 7_200, 86_400] {
        let world = World::new(1, Dialect::OpenPlatform).await;
        world.sandbox.set_clock_offset(ahead);
        let shop = world.add_shop(0).await.shop_id;
        let summary = world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        assert_eq!(
            summary.result,
            RunResult::Complete,
            "{ahead}: {:?}",
            summary.error
        );
        let checkpoint = world
            .engine
            .store()
            .checkpoint(&shop, Resource::Orders, SyncTask::Changes)
            .await
            .unwrap()
            .unwrap();
        let lag = world.clock.seconds() + ahead - checkpoint.reached.unwrap().0;
        assert!(
            (150..=300).contains(&lag),
            "the cursor follows the server's time: {lag} s behind"
        );
    }
}

#[tokio::test]
async fn removing_a_shop_takes_its_token_and_data_or_keeps_the_data_on_request() {
    let world = World::new(1, Dialect::Guide).await;
    for keep_data in [true, false] {
        let shop = world.add_shop(0).await;
        world
            .engine
            .sync_shop(&shop.shop_id, SyncTrigger::Manual, None)
            .await;
        let rows = world.orders(&shop.shop_id).await.len();
        world
            .engine
            .remove_shop(&shop.shop_id, keep_data)
            .await
            .unwrap();
        assert!(
            world.orders(&shop.shop_id).await.is_empty(),
            "a removed shop shows nothing"
        );
        assert_eq!(
            world
                .engine
                .test_shop(&shop.shop_id)
                .await
                .unwrap_err()
                .code(),
            ErrorCode::UnknownShop
        );
        world.add_shop(0).await;
        let back = world.orders(&shop.shop_id).await.len();
        assert_eq!(back, if keep_data { rows } else { 0 });
    }
}

#[tokio::test]
async fn removing_a_shop_takes_the_secrets_of_authorizations_begun_for_it() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await;
    let begin = async |shop_id| {
        let (heard, _) = tokio::sync::mpsc::channel(1);
        let landing = desk_engine::Landing::DeepLink;
        let started = world
            .engine
            .begin_authorization(shop.app, landing, shop_id, heard)
            .await
            .unwrap();
        started.authorization_id
    };
    let (own, other) = (begin(Some(shop.shop_id.clone())).await, begin(None).await);
    let verifier = |id: &str| world.engine.vault().get(&format!("verifier.{id}")).unwrap();
    assert!(verifier(&own).is_some() && verifier(&other).is_some());
    world.engine.remove_shop(&shop.shop_id, true).await.unwrap();
    assert_eq!(verifier(&own), None);
    assert!(verifier(&other).is_some(), "one for a new shop goes on");
    assert!(world.engine.authorization_page(&own).is_none());
}

#[tokio::test]
async fn one_order_is_read_anew_and_its_version_never_falls() {
    for dialect in [Dialect::Guide, Dialect::OpenPlatform] {
        let world = World::new(1, dialect).await;
        let shop = world.add_shop(0).await.shop_id;
        world
            .engine
            .sync_shop(&shop, SyncTrigger::Manual, None)
            .await;
        let sn = world.orders(&shop).await[0].order_sn.clone();
        let before = world
            .engine
            .store()
            .order(&shop, &sn)
            .await
            .unwrap()
            .unwrap()
            .order;
        let after = world.engine.refresh_order(&shop, &sn).await.unwrap().order;
        assert!(
            after.updated_at >= before.updated_at,
            "{before:?} → {after:?}"
        );
        let unknown = desk_model::OrderSn::new("PO-211-0");
        let error = world
            .engine
            .refresh_order(&shop, &unknown)
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::OrderNotFound);
    }
}

#[tokio::test]
async fn a_span_that_is_asked_for_leaves_no_gap_behind() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    world.clock.advance(5 * 86_400);
    let sn = world.orders(&shop).await[0].order_sn.clone();
    let change = OrderChange {
        status: Some("CANCELED".to_owned()),
        ..OrderChange::default()
    };
    world
        .sandbox
        .change_order(US_SHOP, sn.as_str(), &change, world.clock.seconds())
        .unwrap();
    world.clock.advance(5 * 86_400);
    world
        .engine
        .sync_shop(&shop, SyncTrigger::CommandLine, Some(1))
        .await;
    let record = world
        .engine
        .store()
        .order(&shop, &sn)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.order.status.as_str(), "canceled");
}

#[tokio::test]
async fn the_log_tells_the_window_that_was_read() {
    let world = World::new(1, Dialect::Guide).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    let log = world
        .engine
        .store()
        .sync_runs(Some(&shop), 10)
        .await
        .unwrap();
    let orders = log
        .iter()
        .find(|run| run.resource == Resource::Orders)
        .unwrap();
    let (start, end) = (orders.window_start.unwrap(), orders.window_end.unwrap());
    assert_eq!((end - start) / 86_400, 29, "thirty days less the margin");
}

#[tokio::test]
async fn a_shop_that_becomes_semi_managed_keeps_its_orders_coming() {
    let world = World::new(1, Dialect::OpenPlatform).await;
    let shop = world.add_shop(0).await.shop_id;
    world
        .sandbox
        .set_mall_type(US_SHOP, desk_sandbox::MallType::Semi)
        .unwrap();
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(summary.result, RunResult::Partial, "{:?}", summary.error);
    assert_eq!(summary.error.unwrap().code, ErrorCode::SemiManagedShop);
    assert!(summary.resources[&Resource::Orders].new > 0);
    let again = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    assert_eq!(again.result, RunResult::Complete, "its type is known now");
    assert_eq!(
        again.settled,
        BTreeSet::from(Resource::ALL),
        "what it does not offer is not tried again"
    );
}

#[tokio::test]
async fn i19_a_clock_that_is_refused_is_told_by_how_much_also_in_the_log() {
    let mut world = World::new(1, Dialect::OpenPlatform).await;
    let shop = world.add_shop(0).await.shop_id;
    world.set_server_ahead(3_600);
    world.sandbox.set_faults(vec![Fault {
        kind: FaultKind::BusinessError { code: 7_000_011 },
        times: 99,
        call: None,
    }]);
    let summary = world
        .engine
        .sync_shop(&shop, SyncTrigger::Manual, None)
        .await;
    let failure = summary.error.unwrap();
    assert_eq!(failure.code, ErrorCode::ClockSkew);
    assert_eq!(failure.clock_ahead_seconds, Some(-3_600));

    let row = world.engine.store().shop(&shop).await.unwrap().unwrap();
    let states = world.engine.data_states(&row).await.unwrap();
    let logged = states.iter().find_map(|state| state.last_error.clone());
    assert_eq!(logged.unwrap().clock_ahead_seconds, Some(-3_600));
}
