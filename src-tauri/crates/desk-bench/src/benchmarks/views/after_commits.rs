//! A list as it is opened while a sync brings news: somebody has just committed a page of orders.

use std::time::Instant;

use desk_model::UnixSeconds;
use desk_store::Store;
use rusqlite::Connection;

use super::{FIRST_TIMES, cases::Case};
use crate::{
    error::Error,
    report::{Report, Target, Times},
};

/// Orders of one page that move on; so many in a million are far from each other.
const MOVE_ON: &str = "
    UPDATE orders SET status = CASE status WHEN 'unshipped' THEN 'shipped' ELSE 'delivered' END, updated_at = updated_at + ?1,
        pieces = pieces + 1
    WHERE id IN (SELECT (n * 7919417 + ?1 * 104729) % (SELECT max(id) FROM orders) FROM numbers)";

/// Orders of the same page that are new, with numbers of their own.
const COME: &str = "
    INSERT INTO orders (order_sn, shop_id, status, platform_status, amount_state, total_currency, total_minor, created_at, ship_by,
        updated_at, labels, content_hash, first_seen_at, fetched_at, fetch_seq, pieces, first_goods)
    SELECT order_sn || '-' || ?1, shop_id, 'unshipped', '2', amount_state, total_currency, total_minor, ?2, ?2 + 86400, ?2, labels,
        content_hash, ?2, ?2, 1, pieces, first_goods
    FROM orders WHERE id <= 20";

/// Opens the list after each of some commits.
pub(super) async fn measure(
    store: &Store,
    bare: &Connection,
    case: &Case,
    now: UnixSeconds,
    report: &mut Report,
) -> Result<(), Error> {
    let mut times = Times::default();
    for time in 0..=FIRST_TIMES {
        commit(bare, now)?;
        let start = Instant::now();
        let view = store.open_view(&case.query, now).await?;
        // From the second commit on, what is counted is kept by row.
        if time > 0 {
            times.since(start);
        }
        store.close_view(view.handle).await;
    }
    report.spread("  after a commit", &times, "ms");
    report
        .figure("  the longest of these", times.percentile(100), "ms")
        .target(Target::Most(case.milliseconds));
    Ok(())
}

/// Commits a page of 80 orders that move on and 20 that are new.
fn commit(bare: &Connection, now: UnixSeconds) -> Result<(), Error> {
    let transaction = bare.unchecked_transaction()?;
    let last: i64 = transaction.query_row("SELECT max(id) FROM orders", [], |row| row.get(0))?;
    transaction.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS numbers AS
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 80) SELECT n FROM n",
    )?;
    let moved = transaction.execute(MOVE_ON, [last])?;
    let new = transaction.execute(COME, (last, now.0))?;
    if moved < 70 || new != 20 {
        return Err(Error::Wrong(format!(
            "the commit moved {moved} orders and brought {new}"
        )));
    }
    transaction.commit()?;
    Ok(())
}
