//! What lies just outside of a list, a search or a total.

use desk_model::{
    ListQuery, Order, OrderStatus, ReadOrderTotals, ReadTopSkus, Resource, ShipRisk, ShopId,
    SortColumn, UnixSeconds,
};
use desk_store::PageCommit;

use crate::builders::{Desk, NOW, SHOP, all_orders, empty_page, fetched, item, order, shop};

fn sorted(sort: SortColumn, descending: bool) -> ListQuery {
    ListQuery {
        sort,
        descending,
        ..all_orders()
    }
}

async fn put_in(desk: &Desk, shop: &ShopId, orders: &[Order]) {
    let rows = fetched(orders);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(shop, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
}

#[tokio::test]
async fn an_order_that_the_buyer_may_still_change_is_neither_due_nor_overdue() {
    let desk = Desk::new().await;
    let pending = |sn: &str, ship_by| Order {
        status: OrderStatus::Pending,
        ship_by: Some(ship_by),
        ..order(sn)
    };
    desk.put(&[pending("A", NOW - 1), pending("B", NOW + 1)])
        .await;
    for risk in ShipRisk::ALL {
        let threatened = ListQuery {
            risk: vec![risk],
            ..all_orders()
        };
        assert!(desk.order_sns(&threatened).await.is_empty(), "{risk:?}");
    }
}

#[tokio::test]
async fn rows_of_one_status_follow_the_direction_of_the_list() {
    let desk = Desk::new().await;
    desk.put(&[order("A"), order("B")]).await;
    let ascending = sorted(SortColumn::Status, false);
    assert_eq!(desk.order_sns(&ascending).await, ["A", "B"]);
    let descending = sorted(SortColumn::Status, true);
    assert_eq!(desk.order_sns(&descending).await, ["B", "A"]);
}

#[tokio::test]
async fn shops_without_a_name_come_last_either_way() {
    let desk = Desk::new().await;
    let named = ShopId::new("eu:1");
    desk.store.save_shop(&shop(&named)).await.unwrap();
    desk.put(&[order("unnamed")]).await;
    put_in(&desk, &named, &[order("named")]).await;
    for descending in [false, true] {
        let by_shop = sorted(SortColumn::Shop, descending);
        assert_eq!(desk.order_sns(&by_shop).await, ["named", "unnamed"]);
    }
}

#[tokio::test]
async fn a_name_that_has_every_three_letters_of_a_term_but_not_the_term_is_not_found() {
    let desk = Desk::new().await;
    let mut apart = order("A");
    apart.items = vec![item("abcd bcde")];
    let mut together = order("B");
    together.items = vec![item("abcde")];
    desk.put(&[apart, together]).await;
    let search = ListQuery {
        search: "abcde".to_owned(),
        ..all_orders()
    };
    assert_eq!(desk.order_sns(&search).await, ["B"]);
}

/// A day in UTC.
const DAY: &str = "2026-03-08";
const MIDNIGHT: i64 = 1_772_928_000;

async fn pieces(desk: &Desk) -> u64 {
    let asked = ReadTopSkus {
        shops: Vec::new(),
        first_day: DAY.to_owned(),
        last_day: DAY.to_owned(),
        zone: "UTC".to_owned(),
        limit: 10,
    };
    let sold = desk.store.top_skus(&asked).await.unwrap();
    sold.iter().map(|sku| sku.pieces).sum()
}

async fn orders(desk: &Desk) -> u64 {
    let asked = ReadOrderTotals {
        shops: Vec::new(),
        first_day: DAY.to_owned(),
        last_day: DAY.to_owned(),
        zone: "UTC".to_owned(),
    };
    let totals = desk.store.order_totals(&asked).await.unwrap();
    totals.iter().map(|total| total.orders).sum()
}

#[tokio::test]
async fn what_sold_most_counts_neither_the_next_day_nor_what_is_gone_nor_a_removed_shop() {
    let desk = Desk::new().await;
    let of_two_pieces = |sn: &str, created_at: i64| Order {
        created_at: UnixSeconds(created_at),
        ..order(sn)
    };
    desk.store.save_shop(&shop(&SHOP)).await.unwrap();
    desk.put(&[
        of_two_pieces("first", MIDNIGHT),
        of_two_pieces("last", MIDNIGHT + 86_399),
        of_two_pieces("next", MIDNIGHT + 86_400),
        of_two_pieces("gone", MIDNIGHT + 1),
    ])
    .await;
    desk.store
        .mark_gone(&SHOP, Resource::Orders, &["gone".to_owned()], NOW + 1)
        .await
        .unwrap();
    let of_each = order("any")
        .items
        .iter()
        .map(|item| item.quantity)
        .sum::<i64>();
    assert_eq!(pieces(&desk).await, 2 * of_each.unsigned_abs());
    assert_eq!(orders(&desk).await, 2);

    desk.store.remove_shop(&SHOP, true).await.unwrap();
    assert_eq!((pieces(&desk).await, orders(&desk).await), (0, 0));
}
