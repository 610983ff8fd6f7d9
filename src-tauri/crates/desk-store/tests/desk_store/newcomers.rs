//! What came into the database since a time.

use desk_model::{ListQuery, Order, OrderStatus};

use crate::builders::{Desk, NOW, all_orders, order};

#[tokio::test]
async fn what_came_since_is_told_by_its_coming_and_not_by_its_times() {
    let desk = Desk::new().await;
    let newest = Order {
        created_at: NOW + 50,
        ..order("A")
    };
    desk.commit(&[newest.clone(), order("B")], 100).await;
    let long_ago = Order {
        created_at: NOW - 5_000,
        ..order("C")
    };
    desk.commit(&[long_ago], 200).await;
    let changed = Order {
        status: OrderStatus::Shipped,
        ..newest
    };
    desk.commit(&[changed], 300).await;
    // Another platform's clock is slow.
    desk.commit(&[order("D")], 150).await;
    let a_day_ago = -24 * 60 * 60;
    for (since, expected) in [
        (a_day_ago, vec!["A", "B", "C", "D"]),
        (100, vec!["A", "B", "C", "D"]),
        (101, vec!["C", "D"]),
        (151, vec!["C"]),
        (200, vec!["C"]),
        (201, vec![]),
    ] {
        let query = ListQuery {
            seen_since: Some(NOW + since),
            ..all_orders()
        };
        let mut sns = desk.order_sns(&query).await;
        sns.sort();
        assert_eq!(sns, expected, "{since}");
    }
}
