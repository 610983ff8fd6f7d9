//! Orders that are older than the seller keeps.

use desk_model::{ListQuery, Order, OrderItem, OrderStatus, Resource, ShopId, UnixSeconds};
use desk_store::{PageCommit, Rows};

use crate::builders::{Desk, NOW, SHOP, all_orders, empty_page, fetched, item, order, product};

const DAY: i64 = 86_400;
const BEFORE: UnixSeconds = UnixSeconds(NOW.0 - 100 * DAY);

/// An order that was created and changed last so many days ago.
fn of_days_ago(sn: &str, created: i64, changed: Option<i64>, status: OrderStatus) -> Order {
    Order {
        status,
        created_at: NOW - created * DAY,
        updated_at: changed.map(|days| NOW - days * DAY),
        ..order(sn)
    }
}

#[tokio::test]
async fn finished_orders_that_are_old_go_and_nothing_else() {
    let desk = Desk::new().await;
    let finished = [
        OrderStatus::Shipped,
        OrderStatus::PartiallyDelivered,
        OrderStatus::Delivered,
        OrderStatus::Canceled,
    ];
    let mut orders = Vec::new();
    for status in OrderStatus::ALL {
        let sn = |kind: &str| format!("{kind}-{}", status.as_str());
        orders.push(of_days_ago(&sn("old"), 200, Some(150), status));
        orders.push(of_days_ago(&sn("silent"), 200, None, status));
        orders.push(of_days_ago(&sn("changed"), 200, Some(99), status));
        orders.push(of_days_ago(&sn("new"), 99, None, status));
    }
    desk.put(&orders).await;
    let other = ShopId::new("eu:1");
    let others = fetched(&[of_days_ago("other", 200, None, OrderStatus::Delivered)]);
    let page = PageCommit {
        rows: &others,
        ..empty_page(&other, NOW)
    };
    desk.store.commit_orders(&page).await.unwrap();

    let old = desk.store.count_old_orders(&SHOP, BEFORE).await.unwrap();
    assert_eq!(old, 2 * finished.len() as u64);
    assert_eq!(
        desk.store.delete_old_orders(&SHOP, BEFORE).await.unwrap(),
        old
    );
    let mut kept: Vec<String> = orders
        .iter()
        .filter(|order| {
            let sn = order.order_sn.as_str();
            let is_old = sn.starts_with("old") || sn.starts_with("silent");
            !is_old || !finished.contains(&order.status)
        })
        .map(|order| order.order_sn.to_string())
        .chain(["other".to_owned()])
        .collect();
    kept.sort();
    let mut left = desk.order_sns(&all_orders()).await;
    left.sort();
    assert_eq!(left, kept);
    assert_eq!(
        desk.store.delete_old_orders(&SHOP, BEFORE).await.unwrap(),
        0
    );
    assert_eq!(desk.store.count_old_orders(&SHOP, BEFORE).await.unwrap(), 0);
}

#[tokio::test]
async fn many_go_a_few_at_a_time_and_leave_nothing_of_themselves() {
    let desk = Desk::new().await;
    let orders: Vec<Order> = (0..450)
        .map(|number| {
            let sn = format!("PO-{number}");
            let mug = OrderItem {
                image_url: Some(format!("https://img.example/of-{}.jpg", number % 9)),
                ..item(&format!("Mug {}", number % 9))
            };
            Order {
                items: vec![mug],
                ..of_days_ago(&sn, 300 - number / 5, None, OrderStatus::Delivered)
            }
        })
        .collect();
    desk.put(&orders).await;
    let products = fetched(&[product("601", "Mug")]);
    let page = PageCommit {
        rows: &products,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_products(&page).await.unwrap();

    let first = desk.store.delete_old_orders(&SHOP, BEFORE).await.unwrap();
    assert!((1..450).contains(&first), "{first} at once");
    let left = desk.order_sns(&all_orders()).await;
    assert!(left.contains(&"PO-449".to_owned()), "the oldest go first");
    assert!(!left.contains(&"PO-0".to_owned()), "the oldest go first");
    while desk.store.delete_old_orders(&SHOP, BEFORE).await.unwrap() > 0 {}
    for table in [
        "orders",
        "order_items",
        "order_numbers",
        "order_status_seen",
    ] {
        assert_eq!(desk.count(table), 0, "{table}");
    }
    assert_eq!(desk.count("raw_payloads"), 1, "the product's");
    desk.put(&[order("still-here")]).await;
    assert_eq!(desk.count("goods"), 9 + 1);
    let pictures = desk.count("pictures");
    desk.store.delete_unused_goods().await.unwrap();
    assert_eq!(desk.count("goods"), 1, "of the order that is left");
    assert_eq!(desk.count("pictures"), pictures - 9);
    let search = ListQuery {
        search: "PO-1".to_owned(),
        ..all_orders()
    };
    assert!(desk.order_sns(&search).await.is_empty());
    let products = ListQuery::all(Resource::Products);
    let products = desk.store.list(&products, NOW, None).await.unwrap();
    assert!(matches!(products, Rows::Products(rows) if rows.len() == 1));
    let sound: String = desk
        .sqlite()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
}

#[tokio::test]
async fn putting_the_database_in_order_folds_the_log_and_counts_what_is_there() {
    let desk = Desk::new().await;
    let orders: Vec<Order> = (0..300)
        .map(|number| order(&format!("PO-{number}")))
        .collect();
    desk.put(&orders).await;
    let size = || std::fs::metadata(desk.file()).unwrap().len();
    let before = size();
    desk.store.optimize().await.unwrap();
    assert!(size() > before, "the file has {before} bytes still");
    let known: String = desk
        .sqlite()
        .query_row(
            "SELECT stat FROM sqlite_stat1 WHERE idx = 'orders_by_creation'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(known.starts_with("300 "), "{known}");
}
