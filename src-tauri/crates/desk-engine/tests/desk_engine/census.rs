//! Products and activities: what vanishes, and what only seems to (I14).

use desk_engine::ErrorCode;
use desk_model::{Dialect, Resource, RunResult, ShopId, SyncTask, UnixSeconds};
use desk_sandbox::{PagingLie, PagingLieKind, ProductChange, Sandbox, Size};

use crate::world::World;

const BOTH: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];

async fn synced(dialect: Dialect) -> (World, ShopId) {
    let size = Size {
        shops: 1,
        orders: 50,
    };
    let world = World::sized(4, dialect, size).await;
    let shop = world.add_shop(0).await.shop_id;
    // More than one page.
    for _ in 0..150 {
        world
            .sandbox
            .add_product(shop.remote_id(), world.clock.seconds())
            .unwrap();
    }
    world.sync_well(&shop).await;
    (world, shop)
}

#[tokio::test]
async fn i14_what_a_whole_census_does_not_list_is_gone_but_kept() {
    for dialect in BOTH {
        let (world, shop) = synced(dialect).await;
        for resource in [Resource::Products, Resource::Activities] {
            let before = world.ids(&shop, resource, false).await;
            let remote = shop.remote_id();
            match resource {
                Resource::Products => world.sandbox.remove_product(remote, &before[3]).unwrap(),
                _ => {
                    let id = world
                        .sandbox
                        .add_activity(remote, 2, world.clock.seconds())
                        .unwrap();
                    world.sync_well(&shop).await;
                    world.sandbox.remove_activity(remote, &id).unwrap();
                }
            }
            let before = world.ids(&shop, resource, false).await.len();
            world.sync_well(&shop).await;
            assert_eq!(world.ids(&shop, resource, false).await.len(), before - 1);
            assert_eq!(world.ids(&shop, resource, true).await.len(), before);
        }
    }
}

#[tokio::test]
async fn i14_what_is_listed_again_is_back_by_itself() {
    for dialect in BOTH {
        let (world, shop) = synced(dialect).await;
        let now = UnixSeconds(world.clock.seconds() + 1);
        for resource in [Resource::Products, Resource::Activities] {
            let before = world.ids(&shop, resource, false).await;
            let store = world.engine.store();
            let marked = store.mark_gone(&shop, resource, &before[..2], now).await;
            assert_eq!(marked.unwrap(), 2);
            world.clock.advance(60);
            let summary = world.sync(&shop).await;
            assert_eq!(summary.resources[&resource].changed, 2);
            assert_eq!(world.ids(&shop, resource, false).await.len(), before.len());
        }
    }
}

#[tokio::test]
async fn i14_too_many_at_once_are_refused_and_the_run_says_so() {
    let (world, shop) = synced(Dialect::Guide).await;
    let before = world.ids(&shop, Resource::Products, false).await;
    for id in &before[..60] {
        world.sandbox.remove_product(shop.remote_id(), id).unwrap();
    }
    let summary = world.sync(&shop).await;
    assert_eq!(summary.result, RunResult::Partial);
    let error = summary.error.unwrap();
    assert_eq!(error.code, ErrorCode::TooManyVanished);
    assert!(
        error.message.contains("60 of 210"),
        "the counts: {}",
        error.message
    );
    assert_eq!(
        world.ids(&shop, Resource::Products, false).await.len(),
        before.len()
    );
    let runs = world.runs(&shop, SyncTask::Changes).await;
    let run = runs
        .iter()
        .find(|run| run.resource == Resource::Products)
        .unwrap();
    assert_eq!(run.result, RunResult::Partial, "visible in the log");
    assert_eq!(run.error_code.as_deref(), Some("too_many_vanished"));
    let shop = world.engine.store().shop(&shop).await.unwrap().unwrap();
    let states = world.engine.data_states(&shop).await.unwrap();
    let products = &states[1];
    assert_eq!(products.last_result, Some(RunResult::Partial));
    let runs_started = run.started_at;
    assert_eq!(
        products.complete_through,
        Some(runs_started),
        "all was read"
    );
    // Activities come after products, and are read nevertheless.
    assert_eq!(states[2].last_result, Some(RunResult::Complete));
}

#[tokio::test]
async fn i14_fifty_may_always_vanish() {
    let (world, shop) = synced(Dialect::Guide).await;
    let before = world.ids(&shop, Resource::Products, false).await;
    for id in &before[..50] {
        world.sandbox.remove_product(shop.remote_id(), id).unwrap();
    }
    world.sync_well(&shop).await;
    assert_eq!(
        world.ids(&shop, Resource::Products, false).await.len(),
        before.len() - 50
    );
}

#[tokio::test]
async fn i14_f9_a_list_that_lies_makes_nothing_vanish() {
    let kinds = [
        PagingLieKind::Total { off_by: 7 },
        PagingLieKind::Total { off_by: -7 },
        PagingLieKind::Total { off_by: -100 },
        PagingLieKind::Total {
            off_by: 1_000_000_000,
        },
        PagingLieKind::EmptyPage { page: 1 },
        PagingLieKind::EmptyPage { page: 2 },
        PagingLieKind::RepeatedPage { page: 2 },
        PagingLieKind::RepeatedPage { page: 3 },
        PagingLieKind::EndlessLastPage,
        PagingLieKind::PageCap { pages: 1 },
        PagingLieKind::RowCap { rows: 120 },
        PagingLieKind::PageSizeCap { rows: 50 },
    ];
    for (dialect, once) in [(Dialect::Guide, 1), (Dialect::OpenPlatform, 2)] {
        for kind in &kinds {
            for times in [once, u32::MAX] {
                let (world, shop) = synced(dialect).await;
                let before = world.ids(&shop, Resource::Products, false).await.len();
                let list = match dialect {
                    Dialect::Guide => "product/list",
                    Dialect::OpenPlatform => "bg.local.goods.list.query",
                };
                let calls = world.calls(list);
                world.sandbox.set_paging_lies(vec![PagingLie {
                    kind: kind.clone(),
                    times,
                    call: Some(list.to_owned()),
                }]);
                let summary = world.sync(&shop).await;
                let context = format!("{dialect:?} {kind:?} {times} times: {:?}", summary.error);
                let after = world.ids(&shop, Resource::Products, false).await.len();
                assert_eq!(after, before, "{context}");
                let calls = world.calls(list) - calls;
                assert!(calls < 120, "{context}: {calls} calls");
                if let Some(error) = &summary.error {
                    let named = [ErrorCode::InconsistentList, ErrorCode::MalformedResponse];
                    assert!(named.contains(&error.code), "{context}");
                    let activities = summary.resources.contains_key(&Resource::Activities);
                    assert!(activities, "read nevertheless: {context}");
                }
            }
        }
    }
}

#[tokio::test]
async fn i14_a_census_that_is_cut_off_makes_nothing_vanish() {
    let (world, shop) = synced(Dialect::OpenPlatform).await;
    let before = world.ids(&shop, Resource::Products, false).await;
    world
        .sandbox
        .remove_product(shop.remote_id(), &before[3])
        .unwrap();
    let mut goods_calls = 0;
    world.interfere(move |sandbox: &Sandbox, _| {
        let made = sandbox
            .calls()
            .iter()
            .find(|(name, _)| name == "bg.local.goods.list.query")
            .map_or(0, |(_, count)| *count);
        goods_calls = goods_calls.max(made);
        (made > goods_calls.min(9))
            .then(|| desk_temu::TransportError::Connect("the network is gone".to_owned()))
    });
    let summary = world.sync(&shop).await;
    assert_eq!(summary.result, RunResult::Failed);
    assert_eq!(
        world.ids(&shop, Resource::Products, false).await.len(),
        before.len()
    );
}

#[tokio::test]
async fn i14_a_product_that_changes_shelves_while_they_are_read_is_not_gone() {
    let list = "bg.local.goods.list.query";
    // Whichever call the move comes before, among them the one for the drafts.
    for calls_before in 2..8 {
        let (world, shop) = synced(Dialect::OpenPlatform).await;
        let before = world.ids(&shop, Resource::Products, false).await.len();
        let draft = a_draft(&world, &shop);
        let (remote, move_at) = (
            shop.remote_id().to_owned(),
            world.calls(list) + calls_before,
        );
        let mut moved = false;
        world.interfere(move |sandbox, clock| {
            let calls = sandbox.calls();
            let made = calls.iter().find(|(name, _)| name == list);
            if !moved && made.is_some_and(|(_, count)| *count >= move_at) {
                moved = true;
                let change = ProductChange {
                    status: Some("ACTIVE".to_owned()),
                    ..ProductChange::default()
                };
                let now = clock.seconds();
                sandbox
                    .change_product(&remote, &draft, &change, now)
                    .unwrap();
            }
            None
        });
        world.sync_well(&shop).await;
        let kept = world.ids(&shop, Resource::Products, true).await.len();
        let listed = world.ids(&shop, Resource::Products, false).await.len();
        assert_eq!((listed, kept), (before, before), "call {calls_before}");
    }
}

fn a_draft(world: &World, shop: &ShopId) -> String {
    let (dialect, now) = (desk_sandbox::Dialect::Guide, world.clock.seconds());
    let truth = world.sandbox.truth(dialect, shop.remote_id(), now).unwrap();
    let draft = truth
        .products
        .iter()
        .find(|product| product["status"] == "DRAFT");
    draft.unwrap()["product_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn i14_an_activity_that_is_too_old_to_be_listed_is_not_gone() {
    let (world, shop) = synced(Dialect::Guide).await;
    let before = world.ids(&shop, Resource::Activities, false).await.len();
    for _ in 0..8 {
        world.clock.advance(30 * 86_400);
        world.sync_well(&shop).await;
    }
    let list = world.sandbox.truth(
        desk_sandbox::Dialect::Guide,
        shop.remote_id(),
        world.clock.seconds(),
    );
    assert!(list.unwrap().activities.len() >= before);
    assert_eq!(
        world.ids(&shop, Resource::Activities, true).await.len(),
        before
    );
    assert_eq!(
        world.ids(&shop, Resource::Activities, false).await.len(),
        before
    );
}
