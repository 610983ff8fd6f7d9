//! All orders into a file: as the app does it, and alternately by a bare loop; and how much larger the process becomes on the way.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use desk_export::{
    Columns, Export, ExportFormat, IfTaken, Rows, Stop, Table, Target as File, Wording,
};
use desk_model::{Clock, ListQuery, Resource};
use desk_store::{Access, Store};
use desk_temu::SystemClock;
use tokio::runtime::Handle;

use super::memory::resident;
use crate::{
    bare, data_set,
    error::Error,
    report::{Report, Target, rate},
};

const ROUNDS: usize = 3;

/// As many rows as the app reads at once.
const BATCH: usize = 1000;

/// What the bare loop writes too.
const COLUMNS: [&str; 15] = [
    "order",
    "shop_id",
    "status",
    "ordered",
    "ship_by",
    "product",
    "spec",
    "own_code",
    "sku_id",
    "quantity",
    "unit_price",
    "amount",
    "currency",
    "shipped",
    "delivered",
];

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let data_set = data_set::kept(report.rows).await?;
    let store = Store::open(&data_set, Access::ReadOnly).await?;
    // What the first export leaves in caches is not growth.
    export(&store, folder.path(), ExportFormat::Csv, Some(2_000)).await?;
    export(&store, folder.path(), ExportFormat::Xlsx, Some(2_000)).await?;

    let mut speeds: HashMap<&str, Vec<f64>> = HashMap::new();
    let mut growth: HashMap<&str, u64> = HashMap::new();
    for _ in 0..ROUNDS {
        for (name, format) in [("csv", ExportFormat::Csv), ("xlsx", ExportFormat::Xlsx)] {
            let watch = Watch::start()?;
            let start = Instant::now();
            let rows = export(&store, folder.path(), format, None).await?;
            let speed = rate(rows, start.elapsed());
            let grown = watch.end().await?;
            if rows != report.rows {
                return Err(Error::Wrong(format!("{rows} of {} rows", report.rows)));
            }
            speeds.entry(name).or_default().push(speed);
            let largest = growth.entry(name).or_default();
            *largest = grown.max(*largest);
        }
        let start = Instant::now();
        let rows = bare::export_orders(&data_set, &folder.path().join("bare.csv"))?;
        speeds
            .entry("bare")
            .or_default()
            .push(rate(rows, start.elapsed()));
    }
    store.close().await;

    let median = |name: &str| {
        let mut all = speeds.get(name).cloned().unwrap_or_default();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let bare = median("bare");
    report.figure("rusqlite and csv alone", bare, "rows/s");
    for name in ["csv", "xlsx"] {
        report.figure(name, median(name), "rows/s");
        let speed = median(name) / bare;
        report.figure(
            &format!("{name}, speed of rusqlite and csv alone"),
            speed,
            "×",
        );
        let grown = growth.get(name).copied().unwrap_or_default() as f64 / 1e6;
        report
            .figure(&format!("{name}, growth on the way"), grown, "MB")
            .target(Target::Most(50.0));
    }
    Ok(())
}

/// The app's way: a listing, batches by row id, the file put in its place.
async fn export(
    store: &Store,
    folder: &Path,
    format: ExportFormat,
    limit: Option<u64>,
) -> Result<u64, Error> {
    let now = SystemClock.now();
    let query = ListQuery::all(Resource::Orders);
    let listing = store.listing(&query, now, limit).await?;
    let columns = COLUMNS.map(str::to_owned);
    let table = Table {
        columns: Columns::parse(Resource::Orders, &columns)?,
        wording: Wording::new(|_| None, "Asia/Shanghai", HashMap::new())?,
        by_line: false,
    };
    let target = File {
        path: folder.join(format!("export.{}", format.as_str())),
        if_taken: IfTaken::Replace,
    };
    let (store, runtime) = (store.clone(), Handle::current());
    let work = move || -> Result<u64, Error> {
        let mut export = Export::to_file(target, format, table, Stop::default(), now)?;
        for start in (0..listing.count()).step_by(BATCH) {
            let rows = runtime.block_on(store.listed_rows(&listing, start, BATCH))?;
            if let desk_store::Rows::Orders(rows) = &rows {
                export.write(Rows::Orders(rows))?;
            }
        }
        let rows = export.rows();
        export.finish()?;
        Ok(rows)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Wrong(error.to_string()))?
}

/// Looks at the process while it works.
struct Watch {
    before: u64,
    done: Arc<AtomicBool>,
    watching: tokio::task::JoinHandle<u64>,
}

impl Watch {
    fn start() -> Result<Self, Error> {
        let before = resident()?;
        let done = Arc::new(AtomicBool::new(false));
        let ended = done.clone();
        let watching = tokio::spawn(async move {
            let mut peak = 0;
            while !ended.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(20)).await;
                peak = resident().unwrap_or_default().max(peak);
            }
            peak
        });
        Ok(Self {
            before,
            done,
            watching,
        })
    }

    /// Bytes that the process was larger at most.
    async fn end(self) -> Result<u64, Error> {
        self.done.store(true, Ordering::Relaxed);
        let peak = self.watching.await;
        Ok(peak.unwrap_or_default().saturating_sub(self.before))
    }
}
