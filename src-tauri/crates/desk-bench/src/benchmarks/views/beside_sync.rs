//! What a reader waits for while a sync writes as fast as it can.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use desk_model::{Clock, Dialect, ListQuery, Resource, ShipRisk, SortColumn};
use desk_temu::SystemClock;

use super::ROWS_IN_SIGHT;
use crate::{
    desk::{Desk, UNPACED},
    error::Error,
    report::{Report, Target, Times, rate},
    stand_in::{NOWHERE, SHOPS, connect_in_process, sandbox},
};

/// Orders that the sync brings: enough for some ten thousand reads.
const SYNCED: u64 = 100_000;

/// What a screen asks for when it shows the next rows, less often what a filter asks for.
const ROWS_PER_VIEW: u64 = 50;

/// Syncs into the database in the folder, which is a copy.
pub(super) async fn measure(folder: &Path, report: &mut Report) -> Result<(), Error> {
    let sandbox = sandbox(SHOPS, SYNCED.min(report.rows));
    let desk = Desk::open(
        folder,
        Dialect::Guide,
        &sandbox.credentials(NOWHERE),
        connect_in_process(&sandbox, Duration::ZERO),
        UNPACED,
    )
    .await?;
    let store = desk.engine.store().clone();
    let mut rows = Times::default();
    let mut filtered = lists().map(|(name, query)| (name, query, Times::default()));
    let start = Instant::now();
    let reading = async {
        let all = ListQuery::all(Resource::Orders);
        let view = store.open_view(&all, SystemClock.now()).await?;
        let places = view.count.saturating_sub(u64::from(ROWS_IN_SIGHT)).max(1);
        for step in 0.. {
            let place = step * 7_919_417 % places;
            let start = Instant::now();
            store.view_rows(view.handle, place, ROWS_IN_SIGHT).await?;
            rows.since(start);
            if step % ROWS_PER_VIEW == 0 {
                let next = usize::try_from(step / ROWS_PER_VIEW).unwrap_or_default();
                let (_, query, times) = &mut filtered[next % LISTS];
                let start = Instant::now();
                let opened = store.open_view(query, SystemClock.now()).await?;
                times.since(start);
                store.close_view(opened.handle).await;
            }
            // As a person who scrolls, not as a loop that takes the processor from the sync.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok::<_, Error>(())
    };
    let synced = tokio::select! {
        synced = desk.sync_all() => synced?,
        ended = reading => return ended,
    };
    let time = start.elapsed();
    store.close().await;
    report.figure("a sync beside reads", rate(synced.rows, time), "rows/s");
    report.figure("  of these written", synced.written as f64, "rows");
    report.spread("100 rows anywhere, beside a sync", &rows, "ms");
    report
        .figure("  p99", rows.percentile(99), "ms")
        .target(Target::Most(50.0));
    for (name, _, times) in &filtered {
        report.spread(&format!("{name}, beside a sync"), times, "ms");
    }
    Ok(())
}

const LISTS: usize = 4;

/// What is opened by turns.
fn lists() -> [(&'static str, ListQuery); LISTS] {
    let all = || ListQuery::all(Resource::Orders);
    [
        ("all orders, newest first", all()),
        (
            "overdue orders",
            ListQuery {
                risk: vec![ShipRisk::Overdue],
                ..all()
            },
        ),
        (
            "orders by product",
            ListQuery {
                sort: SortColumn::Name,
                ..all()
            },
        ),
        (
            "search for a word",
            ListQuery {
                search: "ceramic".to_owned(),
                ..all()
            },
        ),
    ]
}
