//! Fetched rows are held against the stored ones by the rule of a commit, and nothing is written.

use desk_model::{Order, OrderStatus, Resource};
use desk_store::{DifferenceKind, PageCommit};

use crate::builders::{Desk, NOW, SHOP, activity, empty_page, fetched, order, product};

async fn differences(desk: &Desk, orders: &[Order], after: i64) -> Vec<(String, DifferenceKind)> {
    let rows = fetched(orders);
    let found = desk.store.compare_orders(&SHOP, &rows, NOW + after).await;
    let found = found.unwrap().into_iter();
    found
        .map(|difference| (difference.remote_id, difference.kind))
        .collect()
}

#[tokio::test]
async fn a_comparison_tells_what_a_commit_would_write() {
    let desk = Desk::new().await;
    let mut newer = order("PO-3");
    newer.updated_at = Some(NOW);
    desk.put(&[order("PO-1"), order("PO-2"), newer, order("PO-4")])
        .await;
    let gone = ["PO-4".to_owned()];
    let marked = desk.store.mark_gone(&SHOP, Resource::Orders, &gone, NOW);
    marked.await.unwrap();
    let mut changed = order("PO-2");
    changed.status = OrderStatus::Shipped;
    let shown = [
        order("PO-1"),
        changed,
        order("PO-3"),
        order("PO-4"),
        order("PO-5"),
    ];
    let before = desk
        .sqlite()
        .query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0));

    let expected = [
        ("PO-2".to_owned(), DifferenceKind::Changed),
        ("PO-4".to_owned(), DifferenceKind::Gone),
        ("PO-5".to_owned(), DifferenceKind::Missing),
    ];
    assert_eq!(differences(&desk, &shown, 5).await, expected);
    assert_eq!(
        differences(&desk, &shown, 5).await,
        expected,
        "nothing was written"
    );
    assert_eq!(desk.count("orders"), 4);
    let after = desk
        .sqlite()
        .query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0));
    assert_eq!(before, after);

    let counts = desk.commit(&shown, 5).await;
    assert_eq!((counts.new, counts.changed, counts.unchanged), (1, 2, 2));
    assert_eq!(differences(&desk, &shown, 6).await, []);
}

#[tokio::test]
async fn an_older_answer_differs_from_nothing() {
    let desk = Desk::new().await;
    let mut shipped = order("PO-1");
    (shipped.status, shipped.updated_at) = (OrderStatus::Shipped, Some(NOW));
    desk.put(&[shipped]).await;
    assert_eq!(differences(&desk, &[order("PO-1")], 60).await, []);
}

#[tokio::test]
async fn products_and_activities_are_compared_too() {
    let desk = Desk::new().await;
    let products = fetched(&[product("601", "Mug")]);
    let page = PageCommit {
        rows: &products,
        ..empty_page(&SHOP, NOW)
    };
    desk.store.commit_products(&page).await.unwrap();
    let shown = fetched(&[product("601", "Cup"), product("602", "Plate")]);
    let found = desk.store.compare_products(&SHOP, &shown, NOW + 1).await;
    let kinds: Vec<_> = found.unwrap().into_iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [DifferenceKind::Changed, DifferenceKind::Missing]);
    let shown = fetched(&[activity("9000", "Summer")]);
    let found = desk.store.compare_activities(&SHOP, &shown, NOW).await;
    let kinds: Vec<_> = found.unwrap().into_iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [DifferenceKind::Missing]);
}
