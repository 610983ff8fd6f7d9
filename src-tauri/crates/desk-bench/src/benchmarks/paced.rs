//! A platform that is 200 ms away and takes 20 requests a second: how much of that pace arrives as rows. In real time.

use std::time::{Duration, Instant};

use desk_model::Dialect;
use desk_temu::PAGE_SIZE;

use super::sync::all_came;
use crate::{
    desk::{DEFAULT_PACE, Desk},
    error::Error,
    report::{Report, Target, rate},
    stand_in::{NOWHERE, connect_in_process, sandbox},
};

const LATENCY: Duration = Duration::from_millis(200);
/// One request is in flight per window, so that four shops can use up the pace and five surely do.
const SHOPS: u32 = 5;

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let sandbox = sandbox(SHOPS, report.rows);
    let credentials = sandbox.credentials(NOWHERE);
    let folder = tempfile::tempdir()?;
    let connect = connect_in_process(&sandbox, LATENCY);
    let desk = Desk::open(
        folder.path(),
        Dialect::Guide,
        &credentials,
        connect,
        DEFAULT_PACE,
    )
    .await?;
    let calls = |sandbox: &desk_sandbox::Sandbox| -> u64 {
        sandbox.calls().iter().map(|(_, count)| count).sum()
    };
    let before = calls(&sandbox);
    let start = Instant::now();
    let synced = desk.sync_all().await?;
    let time = start.elapsed();
    let calls = calls(&sandbox) - before;
    desk.engine.store().close().await;
    all_came(synced.orders, report.rows)?;

    let pace = f64::from(DEFAULT_PACE);
    report.figure("calls", rate(calls, time), "calls/s");
    report.figure("rows", rate(synced.rows, time), "rows/s");
    report.figure("rows per call", synced.rows as f64 / calls as f64, "rows");
    report
        .figure(
            "calls, of what the pace allows",
            rate(calls, time) / pace * 100.0,
            "%",
        )
        .target(Target::Least(95.0));
    let most = pace * PAGE_SIZE as f64;
    report
        .figure(
            "rows, of what the pace allows",
            rate(synced.rows, time) / most * 100.0,
            "%",
        )
        .target(Target::Least(95.0));
    Ok(())
}
