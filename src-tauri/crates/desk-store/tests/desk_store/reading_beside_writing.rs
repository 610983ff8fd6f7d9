//! I20: who reads sees one consistent state and waits for no writer.

use std::time::{Duration, Instant};

use crate::builders::{Desk, NOW, all_orders, order};

#[tokio::test]
async fn i20_a_reader_waits_for_no_writer_and_sees_whole_pages_only() {
    let desk = Desk::new().await;
    let page: Vec<_> = (0..100)
        .map(|number| order(&format!("PO-A{number}")))
        .collect();
    desk.put(&page).await;
    let held = rusqlite::Connection::open(desk.file()).unwrap();
    held.execute_batch("BEGIN IMMEDIATE; DELETE FROM orders")
        .unwrap();
    // A writer holds the database for as long as it likes; readers go on with what was committed.
    let begun = Instant::now();
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    assert_eq!(view.count, 100, "what is not committed is not seen");
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "the reader waited until the lock's limit"
    );
    held.execute_batch("COMMIT").unwrap();
    let view = desk.store.open_view(&all_orders(), NOW).await.unwrap();
    assert_eq!(view.count, 0, "and what is committed is seen at once");
}
