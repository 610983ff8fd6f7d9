//! Amounts on the open platform: told order by order, and only to some tokens.

use desk_model::{AmountState, Dialect, Order, RunResult, ShopId, SyncTask};
use desk_sandbox::{Fault, FaultKind, OrderChange, Size};

use crate::world::World;

const SCOPE: &str = "bg.order.amount.query";

async fn synced(with_scope: bool) -> (World, ShopId) {
    let size = Size {
        shops: 1,
        orders: 120,
    };
    let world = World::sized(6, Dialect::OpenPlatform, size).await;
    let remote = world.remote_id();
    if with_scope {
        world.sandbox.grant_scope(&remote, SCOPE).unwrap();
    } else {
        world.sandbox.drop_scope(&remote, SCOPE).unwrap();
    }
    let shop = world.add_shop(0).await.shop_id;
    world.engine.set_history_days(0);
    world.sync_well(&shop).await;
    (world, shop)
}

impl World {
    fn remote_id(&self) -> String {
        self.sandbox.credentials("").open_platform.shops[0]
            .shop_id
            .clone()
    }
}

fn states(orders: &[Order]) -> [usize; 3] {
    let count = |state| {
        orders
            .iter()
            .filter(|order| order.amount_state == state)
            .count()
    };
    [
        count(AmountState::Known),
        count(AmountState::Pending),
        count(AmountState::NotAuthorized),
    ]
}

/// Amounts as the guide tells them, by order number's digits.
async fn agree(world: &World, orders: &[Order]) -> bool {
    let now = world.clock.seconds();
    let truth = world
        .sandbox
        .truth(desk_sandbox::Dialect::Guide, &world.remote_id(), now)
        .unwrap();
    orders
        .iter()
        .filter(|order| order.amount_state == AmountState::Known)
        .all(|order| {
            truth.orders.iter().any(|row| {
                row["order_sn"] == order.order_sn.as_str()
                    && row["total_amount"].as_i64()
                        == order.total_amount.as_ref().map(|amount| amount.minor)
            })
        })
}

#[tokio::test]
async fn amounts_come_where_the_scope_allows_and_again_for_what_changes() {
    let (world, shop) = synced(true).await;
    let orders = world.orders(&shop).await;
    assert_eq!(states(&orders)[0], 0);
    world.engine.maintain_shop(&shop).await.unwrap();
    let orders = world.orders(&shop).await;
    let [known, pending, refused] = states(&orders);
    assert!(known > 20, "{known} amounts");
    assert_eq!(refused, 0);
    assert!(agree(&world, &orders).await);
    // Those that the platform is still calculating.
    let calls = world.calls(SCOPE);
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(
        world.calls(SCOPE) - calls,
        pending as u64,
        "only what is open"
    );

    let changed = &orders
        .iter()
        .find(|order| order.amount_state == AmountState::Known)
        .unwrap()
        .order_sn;
    world.clock.advance(3_600);
    let change = OrderChange {
        quantity: Some(9),
        ..OrderChange::default()
    };
    let now = world.clock.seconds();
    world
        .sandbox
        .change_order(shop.remote_id(), changed.as_str(), &change, now)
        .unwrap();
    world.sync_well(&shop).await;
    let calls = world.calls(SCOPE);
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(world.calls(SCOPE) - calls, pending as u64 + 1);
    assert!(agree(&world, &world.orders(&shop).await).await);
    let runs = world.runs(&shop, SyncTask::Amounts).await;
    assert!(runs.iter().all(|run| run.result == RunResult::Complete));
}

#[tokio::test]
async fn without_the_scope_amounts_are_not_authorized_until_it_is_given() {
    let (world, shop) = synced(false).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    let all = world.orders(&shop).await.len();
    assert_eq!(states(&world.orders(&shop).await), [0, 0, all]);
    assert_eq!(world.calls(SCOPE), 0, "nobody asks in vain");
    assert!(world.runs(&shop, SyncTask::Amounts).await.is_empty());

    world.sandbox.grant_scope(shop.remote_id(), SCOPE).unwrap();
    let now = world.clock.seconds();
    world
        .sandbox
        .renew_token(desk_sandbox::Dialect::OpenPlatform, shop.remote_id(), now)
        .unwrap();
    world.add_shop(0).await;
    world.engine.maintain_shop(&shop).await.unwrap();
    let [known, _, refused] = states(&world.orders(&shop).await);
    assert!(
        known > 20 && refused == 0,
        "{known} known, {refused} refused"
    );
}

#[tokio::test]
async fn a_scope_that_is_taken_away_stops_the_asking_quietly() {
    let (world, shop) = synced(true).await;
    world.sandbox.drop_scope(shop.remote_id(), SCOPE).unwrap();
    world.engine.maintain_shop(&shop).await.unwrap();
    let orders = world.orders(&shop).await;
    assert_eq!(states(&orders), [0, 0, orders.len()]);
    assert_eq!(world.calls(SCOPE), 1, "one refusal is enough");
    let runs = world.runs(&shop, SyncTask::Amounts).await;
    assert_eq!(runs[0].result, RunResult::Complete);
    world.engine.maintain_shop(&shop).await.unwrap();
    assert_eq!(world.calls(SCOPE), 1);
}

#[tokio::test]
async fn i10_amounts_go_on_where_they_stopped_and_an_unknown_order_stops_nobody() {
    let (world, shop) = synced(true).await;
    let orders = world.orders(&shop).await;
    world
        .sandbox
        .remove_order(shop.remote_id(), orders[2].order_sn.as_str())
        .unwrap();
    world.sandbox.set_faults(vec![Fault {
        kind: FaultKind::BusinessError { code: 140_020_002 },
        times: 1,
        call: Some(SCOPE.to_owned()),
    }]);
    let (engine, canceled, mut left) = (world.engine.clone(), shop.clone(), 12);
    world.interfere(move |_, _| {
        left -= 1;
        if left == 0 {
            engine.cancel_sync(&canceled);
        }
        None
    });
    world.engine.maintain_shop(&shop).await.unwrap_err();
    world.leave_alone();
    let [known, ..] = states(&world.orders(&shop).await);
    assert!(known > 3, "{known} are kept");
    let calls = world.calls(SCOPE);
    world.engine.maintain_shop(&shop).await.unwrap();
    let [all, pending, _] = states(&world.orders(&shop).await);
    assert!(all + pending == orders.len() && all > known);
    assert!(world.calls(SCOPE) - calls <= (orders.len() - known) as u64);
}
