//! Orders per day, shop and currency, and what sold most.

use desk_model::{
    Currency, DayTotal, Money, Order, OrderStatus, ReadOrderTotals, ReadTopSkus, Resource, ShopId,
    SkuId, UnixSeconds,
};
use desk_store::{Error, PageCommit};

use crate::builders::{Desk, NOW, SHOP, empty_page, fetched, item, order, usd};

const ZONE: &str = "America/Los_Angeles";

fn totals_of(first_day: &str, last_day: &str) -> ReadOrderTotals {
    ReadOrderTotals {
        shops: Vec::new(),
        first_day: first_day.to_owned(),
        last_day: last_day.to_owned(),
        zone: ZONE.to_owned(),
    }
}

fn at(sn: &str, utc: i64) -> Order {
    Order {
        created_at: UnixSeconds(utc),
        ..order(sn)
    }
}

/// Midnight in Los Angeles at the beginning of 8 March 2026, when clocks go forward by an hour.
const SHORT_DAY: i64 = 1_772_956_800;
const HOUR: i64 = 3600;

fn days(totals: &[DayTotal]) -> Vec<(&str, u64)> {
    totals
        .iter()
        .map(|total| (total.day.as_str(), total.orders))
        .collect()
}

#[tokio::test]
async fn days_are_the_zone_s_also_when_clocks_change() {
    let desk = Desk::new().await;
    desk.put(&[
        at("before", SHORT_DAY - 1),
        at("first", SHORT_DAY),
        at("last", SHORT_DAY + 23 * HOUR - 1),
        at("next", SHORT_DAY + 23 * HOUR),
        at("over", SHORT_DAY + 47 * HOUR),
    ])
    .await;
    let totals = desk
        .store
        .order_totals(&totals_of("2026-03-07", "2026-03-09"))
        .await
        .unwrap();
    assert_eq!(
        days(&totals),
        [("2026-03-07", 1), ("2026-03-08", 2), ("2026-03-09", 1)]
    );
    let one = totals_of("2026-03-08", "2026-03-08");
    assert_eq!(
        days(&desk.store.order_totals(&one).await.unwrap()),
        [("2026-03-08", 2)]
    );
    let none = totals_of("2025-03-08", "2025-03-08");
    assert_eq!(desk.store.order_totals(&none).await.unwrap(), []);
}

#[tokio::test]
async fn currencies_are_never_added_and_unknown_amounts_are_counted() {
    let desk = Desk::new().await;
    let priced = |sn: &str, status, amount: Option<Money>| Order {
        status,
        currency: amount.as_ref().map(|amount| amount.currency.clone()),
        total_amount: amount,
        ..at(sn, SHORT_DAY + HOUR)
    };
    let eur = |minor| Money::new(minor, Currency::new("EUR").unwrap());
    let known = Currency::new("EUR").ok();
    desk.put(&[
        priced("A", OrderStatus::Shipped, Some(usd(100))),
        priced("B", OrderStatus::Canceled, Some(usd(7))),
        priced("C", OrderStatus::Unshipped, Some(eur(50))),
        Order {
            currency: known.clone(),
            ..priced("D", OrderStatus::Unshipped, None)
        },
        priced("E", OrderStatus::Unshipped, None),
        priced("F", OrderStatus::Canceled, None),
        priced("G", OrderStatus::Shipped, Some(usd(11))),
        priced("gone", OrderStatus::Shipped, Some(usd(1))),
    ])
    .await;
    let gone = ["gone".to_owned()];
    desk.store
        .mark_gone(&SHOP, Resource::Orders, &gone, NOW + 1)
        .await
        .unwrap();
    let mut totals = desk
        .store
        .order_totals(&totals_of("2026-03-08", "2026-03-08"))
        .await
        .unwrap();
    totals.sort_by_key(|total| total.currency.clone());
    let total = |currency, orders, canceled, amount_minor, unknown_amounts| DayTotal {
        day: "2026-03-08".to_owned(),
        shop_id: SHOP.clone(),
        currency,
        orders,
        canceled,
        amount_minor,
        unknown_amounts,
    };
    assert_eq!(
        totals,
        [
            total(None, 2, 1, 0, 1),
            total(known, 2, 0, 50, 1),
            total(Currency::new("USD").ok(), 3, 1, 111, 0),
        ]
    );
}

#[tokio::test]
async fn shops_are_told_apart() {
    let desk = Desk::new().await;
    desk.put(&[at("A", SHORT_DAY)]).await;
    let other = ShopId::new("eu:1");
    let rows = fetched(&[at("A", SHORT_DAY), at("B", SHORT_DAY)]);
    let page = PageCommit {
        rows: &rows,
        ..empty_page(&other, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();
    let all = totals_of("2026-03-08", "2026-03-08");
    let of_shops = |totals: Vec<DayTotal>| -> Vec<(ShopId, u64)> {
        totals
            .into_iter()
            .map(|total| (total.shop_id, total.orders))
            .collect()
    };
    assert_eq!(
        of_shops(desk.store.order_totals(&all).await.unwrap()),
        [(other.clone(), 2), (SHOP.clone(), 1)]
    );
    let one = ReadOrderTotals {
        shops: vec![other.clone()],
        ..all
    };
    assert_eq!(
        of_shops(desk.store.order_totals(&one).await.unwrap()),
        [(other, 2)]
    );
}

#[tokio::test]
async fn what_sold_most_is_told_by_pieces_without_canceled_orders() {
    let desk = Desk::new().await;
    let line = |sku: &str, name: &str, quantity| {
        let mut line = item(name);
        (line.sku_id, line.quantity) = (Some(SkuId::new(sku)), quantity);
        line
    };
    let with = |sn: &str, status, items: Vec<_>| Order {
        status,
        items,
        ..at(sn, SHORT_DAY)
    };
    desk.put(&[
        with(
            "A",
            OrderStatus::Shipped,
            vec![line("1", "Mug", 2), line("2", "Lamp", 5)],
        ),
        with(
            "B",
            OrderStatus::Shipped,
            vec![line("1", "Mug, new", 4), line("1", "Mug, new", 1)],
        ),
        with("C", OrderStatus::Canceled, vec![line("2", "Lamp", 100)]),
        Order {
            created_at: UnixSeconds(SHORT_DAY - 1),
            ..with("D", OrderStatus::Shipped, vec![line("2", "Lamp", 100)])
        },
    ])
    .await;
    let mut asked = ReadTopSkus {
        shops: Vec::new(),
        first_day: "2026-03-08".to_owned(),
        last_day: "2026-03-08".to_owned(),
        zone: ZONE.to_owned(),
        limit: 10,
    };
    let told = |totals: Vec<desk_model::SkuTotal>| -> Vec<(String, u64, u64)> {
        totals
            .into_iter()
            .map(|total| (total.name, total.pieces, total.orders))
            .collect()
    };
    assert_eq!(
        told(desk.store.top_skus(&asked).await.unwrap()),
        [("Mug, new".to_owned(), 7, 2), ("Lamp".to_owned(), 5, 1)],
        "a SKU whose name changed is one SKU, by its newest name"
    );
    asked.limit = 1;
    assert_eq!(desk.store.top_skus(&asked).await.unwrap().len(), 1);
    asked.zone = "nowhere".to_owned();
    assert!(matches!(
        desk.store.top_skus(&asked).await,
        Err(Error::InvalidQuery(_))
    ));
}
