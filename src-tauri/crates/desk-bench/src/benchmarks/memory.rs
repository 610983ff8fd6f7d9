//! All orders of 40 shops over HTTP, from a stand-in in another process: how much larger this process becomes on the way.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use desk_engine::SyncEvent;
use desk_model::Dialect;

use super::sync::all_came;
use crate::{
    desk::{Desk, UNPACED},
    error::Error,
    report::{Report, Target, rate},
    stand_in::{SHOPS, StandIn, connect_by_http},
};

/// After so much of the work, caches and pools have their size.
const WARM_UP: u64 = 20;

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let status = Path::new("/proc/self/status");
    if !status.exists() {
        report.remark("not measured: only Linux tells a process how large it is");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let stand_in = StandIn::start(SHOPS, report.rows)?;
    let credentials = &stand_in.credentials;
    let desk = Desk::open(
        folder.path(),
        Dialect::Guide,
        credentials,
        connect_by_http(),
        UNPACED,
    )
    .await?;

    let at_start = resident()?;
    let watch = Watch::start(&desk, report.rows / WARM_UP);
    let start = Instant::now();
    let synced = desk.sync_all().await?;
    let time = start.elapsed();
    let (warm, peak) = watch.end().await;
    all_came(synced.orders, report.rows)?;
    desk.engine.store().close().await;

    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    report.figure("over HTTP", rate(synced.rows, time), "rows/s");
    report.figure("resident before the sync", megabytes(at_start), "MB");
    report.figure(
        "resident after a twentieth of the rows",
        megabytes(warm),
        "MB",
    );
    report.figure("largest from then on", megabytes(peak), "MB");
    report
        .figure(
            "growth from there to the largest",
            megabytes(peak.saturating_sub(warm)),
            "MB",
        )
        .target(Target::Most(50.0));
    let file = fs::metadata(folder.path().join(desk_store::FILE_NAME))?;
    report.figure("database", megabytes(file.len()), "MB");
    Ok(())
}

/// Looks at the process while it works.
struct Watch {
    done: Arc<AtomicBool>,
    warm: Arc<AtomicU64>,
    watching: tokio::task::JoinHandle<u64>,
}

impl Watch {
    fn start(desk: &Desk, warm_rows: u64) -> Self {
        let done = Arc::new(AtomicBool::new(false));
        let warm = Arc::new(AtomicU64::new(0));
        let (ended, warmed) = (done.clone(), warm.clone());
        let mut events = desk.engine.sync_events();
        let watching = tokio::spawn(async move {
            let (mut pages, mut peak) = (0, 0);
            while !ended.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(50)).await;
                loop {
                    match events.try_recv() {
                        Ok(SyncEvent::Progress(progress)) => {
                            pages += u64::from(progress.pages_done > 0);
                        }
                        Ok(_) => {}
                        // Pages that were missed are pages as well.
                        Err(tokio::sync::broadcast::error::TryRecvError::Lagged(missed)) => {
                            pages += missed
                        }
                        Err(_) => break,
                    }
                }
                if pages * desk_temu::PAGE_SIZE >= warm_rows {
                    let now = resident().unwrap_or_default();
                    if peak == 0 {
                        warmed.store(now, Ordering::Relaxed);
                    }
                    peak = now.max(peak);
                }
            }
            peak
        });
        Self {
            done,
            warm,
            watching,
        }
    }

    /// The size when it was warm, and the largest from then on, in bytes.
    async fn end(self) -> (u64, u64) {
        self.done.store(true, Ordering::Relaxed);
        let peak = self.watching.await.unwrap_or_default();
        (self.warm.load(Ordering::Relaxed), peak)
    }
}

/// Bytes of this process that are in memory.
pub(super) fn resident() -> Result<u64, Error> {
    let status = fs::read_to_string("/proc/self/status")?;
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes
        .map(|kilobytes| kilobytes * 1024)
        .ok_or_else(|| Error::Wrong("the system does not tell VmRSS".to_owned()))
}
