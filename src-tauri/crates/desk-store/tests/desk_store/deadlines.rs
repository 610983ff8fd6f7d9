//! What must leave soon.

use desk_model::{Order, OrderStatus, ShopId};
use desk_store::Deadline;

use crate::builders::{Desk, NOW, SHOP, order};

#[tokio::test]
async fn what_is_to_be_shipped_before_a_moment_is_found_the_most_pressing_first() {
    let desk = Desk::new().await;
    let due = |sn, seconds, status| Order {
        status,
        ship_by: Some(NOW + seconds),
        ..order(sn)
    };
    let undated = Order {
        ship_by: None,
        ..order("undated")
    };
    desk.put(&[
        due("soon", 99, OrderStatus::PartiallyShipped),
        due("late", -5, OrderStatus::Unshipped),
        due("at the moment itself", 100, OrderStatus::Unshipped),
        due("shipped", -5, OrderStatus::Shipped),
        due("canceled", -5, OrderStatus::Canceled),
        due("not paid", -5, OrderStatus::Pending),
        undated,
    ])
    .await;
    let found = |sn: &str, seconds| Deadline {
        shop_id: SHOP.clone(),
        order_sn: order(sn).order_sn,
        ship_by: NOW + seconds,
    };
    let deadlines = desk.store.deadlines_before(NOW + 100).await.unwrap();
    assert_eq!(deadlines, [found("late", -5), found("soon", 99)]);
}

#[tokio::test]
async fn a_shop_that_was_removed_has_no_deadlines() {
    let desk = Desk::new().await;
    desk.put(&[order("a")]).await;
    let shop = crate::builders::shop(&ShopId::new(SHOP.as_str()));
    desk.store.save_shop(&shop).await.unwrap();
    let far = NOW + 86_400 * 30;
    assert_eq!(desk.store.deadlines_before(far).await.unwrap().len(), 1);
    desk.store.remove_shop(&SHOP, true).await.unwrap();
    assert_eq!(desk.store.deadlines_before(far).await.unwrap(), []);
}
