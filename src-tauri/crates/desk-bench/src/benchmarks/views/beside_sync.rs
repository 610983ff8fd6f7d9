//! What a reader waits for while a sync writes as fast as it can.

use std::time::{Duration, Instant};

use desk_model::{Clock, Dialect, ListQuery, Resource, ShipRisk};
use desk_temu::SystemClock;

use super::ROWS_IN_SIGHT;
use crate::{
    data_set,
    desk::{Desk, UNPACED},
    error::Error,
    report::{Report, Target, Times, rate},
    stand_in::{NOWHERE, SHOPS, connect_in_process, sandbox},
};

/// Orders that the sync brings: enough for some ten thousand reads.
const SYNCED: u64 = 100_000;

/// What a screen asks for when it shows the next rows, less often what a filter asks for.
const ROWS_PER_VIEW: u64 = 50;

pub(super) async fn measure(report: &mut Report) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    data_set::copied(report.rows, folder.path()).await?;
    let sandbox = sandbox(SHOPS, SYNCED.min(report.rows));
    let desk = Desk::open(
        folder.path(),
        Dialect::Guide,
        &sandbox.credentials(NOWHERE),
        connect_in_process(&sandbox, Duration::ZERO),
        UNPACED,
    )
    .await?;
    let store = desk.engine.store().clone();
    let (mut rows, mut views) = (Times::default(), Times::default());
    let start = Instant::now();
    let reading = async {
        let all = ListQuery::all(Resource::Orders);
        let overdue = ListQuery {
            risk: vec![ShipRisk::Overdue],
            ..all.clone()
        };
        let view = store.open_view(&all, SystemClock.now()).await?;
        let places = view.count.saturating_sub(u64::from(ROWS_IN_SIGHT)).max(1);
        for step in 0.. {
            let place = step * 7_919_417 % places;
            let start = Instant::now();
            store.view_rows(view.handle, place, ROWS_IN_SIGHT).await?;
            rows.since(start);
            if step % ROWS_PER_VIEW == 0 {
                let start = Instant::now();
                let filtered = store.open_view(&overdue, SystemClock.now()).await?;
                views.since(start);
                store.close_view(filtered.handle).await;
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
    report.spread("overdue orders, beside a sync", &views, "ms");
    Ok(())
}
