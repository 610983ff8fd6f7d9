//! The guide's rows as rows of ours.

use desk_model::{
    Activity, ActivityStatus, AmountState, Currency, Dialect, Money, Order, OrderSn, OrderStatus,
    Page, Product, ProductStatus, UnixSeconds,
};
use desk_temu::{OrdersQuery, Priority};
use serde_json::{Value, json};

use crate::{
    answers::{guide, guide_text},
    scripted::{START, Scripted},
};

fn dollars(minor: i64) -> Money {
    Money::new(minor, Currency::new("USD").unwrap())
}

pub(crate) fn order_sample() -> Value {
    json!({"order_sn": "PO-211-00000000000000001", "status": "PARTIALLY_SHIPPED", "currency": "USD", "total_amount": 2598,
        "created_at": 1750000000, "paid_at": 1750000100, "ship_by": 1750180000, "shipped_at": null, "delivered_at": 0,
        "updated_at": "1750003601", "buyer_country": "US", "tracking": [{"carrier": "X", "number": "1"}],
        "items": [{"sku_id": 17590000000001_i64, "ext_code": "MUG-BLUE", "product_id": "601000000000001", "name": "Demo mug 杯子",
            "spec": "Blue / 1pc", "image_url": "https://img.example/1.jpg", "quantity": 2, "unit_price": 1299}]})
}

pub(crate) fn product_sample() -> Value {
    json!({"product_id": "601000000000001", "name": "Demo mug", "status": "ACTIVE", "category": "Kitchen",
        "image_url": "https://img.example/1.jpg", "created_at": 1749000000, "updated_at": 1749500000,
        "skus": [{"sku_id": "1", "ext_code": "MUG-BLUE", "spec": "Blue", "price": 1299, "currency": "USD", "stock": 35},
            {"sku_id": "2", "ext_code": "MUG-RED", "spec": "Red", "price": 1299, "currency": "USD", "stock": 5}]})
}

pub(crate) fn activity_sample() -> Value {
    json!({"activity_id": "9000000000123", "name": "Summer lightning", "type": "LIGHTNING_DEAL", "status": "RUNNING",
        "start_time": 1750000000, "end_time": 1750604800, "enroll_deadline": 1749900000, "joined": true, "updated_at": 1749950000,
        "items": [{"product_id": "601000000000001", "sku_id": "1", "activity_price": 999, "currency": "USD", "quantity": 50,
            "remaining": 12}]})
}

async fn orders(rows: &str) -> Page<Order> {
    let scripted = Scripted::new(
        Dialect::Guide,
        [Ok(guide_text(&format!(
            r#"{{"orders":{rows},"total":250}}"#
        )))],
    );
    let query = OrdersQuery {
        start: START - 60,
        end: START,
        page: 1,
        status: None,
    };
    scripted
        .platform
        .orders_page(&scripted.caller(Priority::Foreground), &query)
        .await
        .unwrap()
}

async fn one_order(row: Value) -> Order {
    let page = orders(&format!("[{row}]")).await;
    page.rows
        .into_iter()
        .next()
        .expect("the row can be read")
        .value
}

async fn products(rows: Value) -> Page<Product> {
    let scripted = Scripted::new(
        Dialect::Guide,
        [Ok(guide(json!({"products": rows, "total": "1"})))],
    );
    let pass = scripted.platform.product_passes()[0];
    scripted
        .platform
        .products_page(&scripted.caller(Priority::Foreground), pass, 1)
        .await
        .unwrap()
}

async fn activities(rows: Value) -> (Page<Activity>, Value) {
    let scripted = Scripted::new(
        Dialect::Guide,
        [Ok(guide(json!({"activities": rows, "total": 1})))],
    );
    let pass = scripted.platform.activity_passes()[0];
    let page = scripted
        .platform
        .activities_page(&scripted.caller(Priority::Foreground), pass, 2)
        .await
        .unwrap();
    (page, scripted.requests().remove(0))
}

#[tokio::test]
async fn an_order_is_read_whole() {
    let page = orders(&format!("[{}]", order_sample())).await;
    assert_eq!((page.total, page.unreadable.len()), (250, 0));
    assert_eq!(
        page.rows[0].raw,
        order_sample().to_string(),
        "the text stays as it came"
    );
    let order = &page.rows[0].value;
    assert_eq!(order.order_sn, OrderSn::new("PO-211-00000000000000001"));
    assert_eq!(order.shop_id.as_str(), "custom:635500000000001");
    assert_eq!(
        (order.status, order.platform_status.as_str()),
        (OrderStatus::PartiallyShipped, "PARTIALLY_SHIPPED")
    );
    assert_eq!(
        (order.total_amount.clone(), order.amount_state),
        (Some(dollars(2598)), AmountState::Known)
    );
    assert_eq!(
        (order.created_at, order.updated_at),
        (UnixSeconds(1750000000), Some(UnixSeconds(1750003601)))
    );
    assert_eq!(
        (order.ship_by, order.shipped_at, order.delivered_at),
        (Some(UnixSeconds(1750180000)), None, None)
    );
    let item = &order.items[0];
    assert_eq!(
        item.sku_id.as_ref().unwrap().as_str(),
        "17590000000001",
        "an id may come as a number"
    );
    assert_eq!(
        (item.quantity, item.unit_price.clone()),
        (2, Some(dollars(1299)))
    );
    assert_eq!(item.name, "Demo mug 杯子");
}

#[tokio::test]
async fn i13_what_is_optional_may_be_missing_or_odd() {
    let bare = one_order(json!({"order_sn": 42, "created_at": 1750000000})).await;
    assert_eq!(bare.order_sn.as_str(), "42");
    assert_eq!(
        (bare.status, bare.amount_state, bare.items.len()),
        (OrderStatus::Unknown, AmountState::Pending, 0)
    );
    let mut odd = order_sample();
    for (field, value) in [
        ("status", json!("RETURNED_TO_SENDER")),
        ("total_amount", json!(12.5)),
        ("ship_by", json!({"at": 1})),
        ("updated_at", json!(-1)),
        ("shipped_at", json!(1750000000000000_i64)),
        ("currency", json!("dollars")),
        ("items", json!(null)),
        ("new_field", json!([[1]])),
    ] {
        odd[field] = value;
    }
    let order = one_order(odd).await;
    assert_eq!(
        (order.status, order.platform_status.as_str()),
        (OrderStatus::Unknown, "RETURNED_TO_SENDER")
    );
    assert_eq!(
        (order.total_amount, order.amount_state, order.currency),
        (None, AmountState::Pending, None)
    );
    assert_eq!(
        (order.ship_by, order.updated_at, order.shipped_at),
        (None, None, None)
    );
}

#[tokio::test]
async fn every_status_has_its_word() {
    for (word, status) in [
        ("PENDING", OrderStatus::Pending),
        ("UNSHIPPED", OrderStatus::Unshipped),
        ("SHIPPED", OrderStatus::Shipped),
        ("DELIVERED", OrderStatus::Delivered),
        ("CANCELED", OrderStatus::Canceled),
        ("PARTIALLY_SHIPPED", OrderStatus::PartiallyShipped),
    ] {
        assert_eq!(
            one_order(json!({"order_sn": "1", "created_at": 1, "status": word}))
                .await
                .status,
            status
        );
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_costs_only_itself() {
    let bad = [
        r#"{"order_sn":"lone \ud800 surrogate","created_at":1}"#.to_owned(),
        r#"{"created_at":1}"#.to_owned(),
        r#"{"order_sn":"1"}"#.to_owned(),
        r#"{"order_sn":"1","created_at":1,"items":[{"quantity":-1}]}"#.to_owned(),
        r#"{"order_sn":"1","created_at":1,"items":[{"name":"no quantity"}]}"#.to_owned(),
        r#"{"order_sn":"1","created_at":1,"items":{}}"#.to_owned(),
        r#"{"order_sn":"1","created_at":1e999}"#.to_owned(),
        "null".to_owned(),
        r#""text""#.to_owned(),
    ];
    let good = order_sample().to_string();
    let page = orders(&format!(
        "[{},{good},{}]",
        bad[..5].join(","),
        bad[5..].join(",")
    ))
    .await;
    assert_eq!((page.rows.len(), page.len()), (1, bad.len() + 1));
    let raws: Vec<&str> = page.unreadable.iter().map(|row| row.raw.as_str()).collect();
    assert_eq!(raws, bad, "kept as they came");
    assert!(page.unreadable.iter().all(|row| !row.reason.is_empty()));
    assert_eq!(page.unreadable[1].reason, "`order_sn` is missing or no id");
}

#[tokio::test]
async fn a_key_twice_does_not_cost_the_page() {
    let twice = r#"{"order_sn":"1","order_sn":"1","created_at":1}"#;
    let page = orders(&format!("[{twice},{}]", order_sample())).await;
    assert_eq!(page.len(), 2);
    assert!(
        page.rows
            .iter()
            .any(|row| row.value.order_sn.as_str() == "PO-211-00000000000000001")
    );
}

#[tokio::test]
async fn a_product_is_read_whole() {
    let mut other = product_sample();
    other["product_id"] = json!("2");
    other["status"] = json!("FROZEN");
    other["skus"][1]["price"] = json!(999);
    other["skus"][1]["stock"] = json!(null);
    let page = products(json!([product_sample(), other])).await;
    assert_eq!(page.total, 1, "a count may come as text");
    let [product, other] = [&page.rows[0].value, &page.rows[1].value];
    assert_eq!(
        (product.status, product.price.clone(), product.stock),
        (ProductStatus::Active, Some(dollars(1299)), Some(40))
    );
    assert_eq!(
        (product.skus.len(), product.skus[0].ext_code.as_deref()),
        (2, Some("MUG-BLUE"))
    );
    assert_eq!(product.updated_at, Some(UnixSeconds(1749500000)));
    assert_eq!(
        (other.status, other.platform_status.as_str()),
        (ProductStatus::Unknown, "FROZEN")
    );
    assert_eq!(
        (other.price.clone(), other.stock),
        (None, None),
        "SKUs differ, one stock is unknown: no number is made up"
    );
}

#[tokio::test]
async fn an_activity_is_read_whole() {
    let (page, request) = activities(json!([activity_sample()])).await;
    let activity = &page.rows[0].value;
    assert_eq!(
        (activity.status, activity.joined),
        (ActivityStatus::Running, true)
    );
    assert_eq!(activity.enroll_deadline, Some(UnixSeconds(1749900000)));
    let item = &activity.items[0];
    assert_eq!(
        (item.activity_price.clone(), item.quantity, item.remaining),
        (Some(dollars(999)), Some(50), Some(12))
    );
    let today = START.0 - START.0 % 86_400;
    assert_eq!(request["start_time"], today - 90 * 86_400);
    assert_eq!(request["end_time"], today + 180 * 86_400);
    assert_eq!(
        (&request["page"], &request["page_size"]),
        (&json!(2), &json!(100))
    );
}
