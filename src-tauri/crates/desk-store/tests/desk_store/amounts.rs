//! Amounts that come apart from their orders.

use desk_model::{AmountState, Order, OrderSn, OrderStatus, ShopId};
use desk_store::PageCommit;

use crate::builders::{Desk, NOW, SHOP, all_orders, counts, empty_page, fetched, order, usd};

/// An order as a list tells it whose amounts come apart.
fn silent(sn: &str, created_at: i64) -> Order {
    let mut silent = order(sn);
    (silent.total_amount, silent.amount_state) = (None, AmountState::Pending);
    silent.created_at = NOW + created_at;
    silent
}

async fn due(desk: &Desk) -> Vec<String> {
    let due = desk.store.orders_due_amount(&SHOP, 10).await.unwrap();
    assert_eq!(
        desk.store.amounts_due(&SHOP).await.unwrap(),
        due.len() as u64
    );
    due.iter().map(OrderSn::to_string).collect()
}

#[tokio::test]
async fn a_known_amount_is_not_lost_where_the_answer_does_not_tell_it() {
    let desk = Desk::new().await;
    desk.commit(&[order("PO-1")], 0).await;
    for (after, state) in [(1, AmountState::Pending), (2, AmountState::NotAuthorized)] {
        let mut silent = order("PO-1");
        (silent.total_amount, silent.amount_state, silent.currency) = (None, state, None);
        assert_eq!(desk.commit(&[silent.clone()], after).await, counts(0, 0, 1));
        silent.updated_at = Some(NOW + after);
        assert_eq!(desk.commit(&[silent], after).await, counts(0, 1, 0));
    }
    let stored = desk.list_orders(&all_orders()).await.remove(0);
    assert_eq!(
        (stored.total_amount, stored.amount_state),
        (Some(usd(1299)), AmountState::Known)
    );
    assert_eq!(stored.currency, order("PO-1").currency);

    let mut told = order("PO-1");
    (told.total_amount, told.updated_at) = (Some(usd(999)), Some(NOW + 3));
    desk.commit(&[told.clone()], 3).await;
    assert_eq!(desk.list_orders(&all_orders()).await, [told]);
}

#[tokio::test]
async fn orders_are_due_newest_first_until_their_amount_is_told() {
    let desk = Desk::new().await;
    desk.put(&[
        silent("PO-1", -30),
        silent("PO-2", -10),
        order("PO-3"),
        silent("PO-4", -20),
    ])
    .await;
    assert_eq!(due(&desk).await, ["PO-2", "PO-4", "PO-1"]);
    let first = desk.store.orders_due_amount(&SHOP, 1).await.unwrap();
    assert_eq!(first, [OrderSn::new("PO-2")], "as many as asked for");
    let other = ShopId::new("eu:2");
    assert_eq!(desk.store.amounts_due(&other).await.unwrap(), 0);

    let mut told = silent("PO-2", -10);
    (told.total_amount, told.amount_state) = (Some(usd(999)), AmountState::Known);
    assert_eq!(desk.commit(&[told.clone()], 1).await, counts(0, 1, 0));
    assert_eq!(due(&desk).await, ["PO-4", "PO-1"]);

    assert_eq!(
        desk.commit(&[silent("PO-2", -10)], 2).await,
        counts(0, 0, 1)
    );
    assert_eq!(due(&desk).await, ["PO-4", "PO-1"], "nothing has changed");
    let mut shipped = silent("PO-2", -10);
    (shipped.status, shipped.updated_at) = (OrderStatus::Shipped, Some(NOW));
    desk.commit(&[shipped], 3).await;
    assert_eq!(
        due(&desk).await,
        ["PO-2", "PO-4", "PO-1"],
        "a change may change the amount"
    );

    (told.status, told.updated_at) = (OrderStatus::Shipped, None);
    assert_eq!(
        desk.commit(&[told], 4).await,
        counts(0, 0, 1),
        "the amount is told and is the same"
    );
    assert_eq!(due(&desk).await, ["PO-4", "PO-1"]);
}

#[tokio::test]
async fn an_order_that_is_gone_owes_no_amount() {
    let desk = Desk::new().await;
    desk.put(&[silent("PO-1", 0), silent("PO-2", 0)]).await;
    let gone = ["PO-2".to_owned()];
    let orders = desk_model::Resource::Orders;
    desk.store
        .mark_gone(&SHOP, orders, &gone, NOW)
        .await
        .unwrap();
    assert_eq!(due(&desk).await, ["PO-1"]);
}

#[tokio::test]
async fn why_amounts_are_unknown_changes_for_all_at_once_and_is_no_news_of_the_orders() {
    let desk = Desk::new().await;
    desk.put(&[silent("PO-1", 0), order("PO-2")]).await;
    let other = ShopId::new("eu:2");
    let of_other = fetched(&[silent("PO-1", 0)]);
    let page = PageCommit {
        rows: &of_other,
        ..empty_page(&other, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    let states = async || {
        let mut orders = desk.list_orders(&all_orders()).await;
        orders.sort_by_key(|order| (order.shop_id.clone(), order.order_sn.clone()));
        orders
            .iter()
            .map(|order| order.amount_state)
            .collect::<Vec<_>>()
    };
    use AmountState::{Known, NotAuthorized, Pending};
    assert_eq!(states().await, [Pending, Pending, Known]);
    assert_eq!(
        desk.store.set_amounts_not_authorized(&SHOP).await.unwrap(),
        1
    );
    assert_eq!(states().await, [Pending, NotAuthorized, Known]);
    assert_eq!(
        desk.store.set_amounts_not_authorized(&SHOP).await.unwrap(),
        0
    );

    let mut unauthorized = silent("PO-1", 0);
    unauthorized.amount_state = NotAuthorized;
    assert_eq!(desk.commit(&[unauthorized], 1).await, counts(0, 0, 1));
    assert_eq!(
        desk.commit(&[silent("PO-1", 0)], 2).await,
        counts(0, 1, 0),
        "an answer that knows better is taken at its word"
    );
    assert_eq!(states().await, [Pending, Pending, Known]);
    desk.store.set_amounts_not_authorized(&SHOP).await.unwrap();
    assert_eq!(desk.store.set_amounts_pending(&SHOP).await.unwrap(), 1);
    assert_eq!(states().await, [Pending, Pending, Known]);
}
