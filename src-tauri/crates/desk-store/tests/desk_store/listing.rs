//! Lists to be read to their end: they hold still, whatever becomes of the view.

use desk_model::{ListQuery, OrderStatus, Resource};
use desk_store::Error;

use crate::builders::{Desk, NOW, all_orders, order, sns};

#[tokio::test]
async fn a_listing_outlives_its_view_and_keeps_its_order_while_rows_come() {
    let desk = Desk::new().await;
    desk.put(&[order("A"), order("B"), order("C")]).await;
    let expected = desk.order_sns(&all_orders()).await;
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    let listing = desk.store.listing_of_view(view.handle).unwrap();
    desk.store.close_view(view.handle).await;
    desk.put(&[order("D")]).await;
    assert_eq!(listing.resource(), Resource::Orders);
    assert_eq!(listing.count(), 3);
    let mut read = Vec::new();
    for start in 0..4 {
        let rows = desk.store.listed_rows(&listing, start, 1).await.unwrap();
        read.extend(sns(rows));
    }
    assert_eq!(read, expected);
    let gone = desk.store.listing_of_view(view.handle);
    assert!(matches!(gone, Err(Error::ViewGone)));
}

#[tokio::test]
async fn a_listing_of_a_query_is_the_list_and_knows_what_is_due() {
    let desk = Desk::new().await;
    let late = desk_model::Order {
        status: OrderStatus::Unshipped,
        ship_by: Some(NOW + -1),
        ..order("LATE")
    };
    desk.put(&[order("A"), late]).await;
    let listing = desk.store.listing(&all_orders(), NOW, Some(1)).await;
    assert_eq!(listing.unwrap().count(), 1);
    let overdue = ListQuery {
        statuses: vec!["overdue".to_owned()],
        ..all_orders()
    };
    let listing = desk.store.listing(&overdue, NOW, None).await.unwrap();
    let rows = desk.store.listed_rows(&listing, 0, 10).await.unwrap();
    assert_eq!(sns(rows), ["LATE"]);
}
