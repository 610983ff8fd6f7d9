//! Lists, searches and totals of a large database: the store's way, and plain SQL on the same file.

mod after_commits;
mod beside_sync;
mod cases;
mod gone;
mod size;

use std::{path::Path, time::Instant};

use desk_model::{ListQuery, Order, ReadOrderTotals, ReadTopSkus, Resource, UnixSeconds};
use desk_store::{Access, FILE_NAME, Rows, Store};
use rusqlite::Connection;

use self::cases::Case;
use crate::{
    data_set,
    error::Error,
    report::{Report, Target, Times},
};

/// As often is each list opened; the 95th percentile is the third longest.
const TIMES: usize = 60;

/// As often is each list opened for the first time, and after a commit.
const FIRST_TIMES: usize = 10;

/// Plain SQL takes seconds where it has no index, and its median is enough.
const PLAIN_TIMES: usize = 3;

const ROWS_IN_SIGHT: u32 = 100;

const DAY: i64 = 86_400;

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let copy = tempfile::tempdir()?;
    let folder = copy.path();
    data_set::copied(report.rows, folder).await?;
    let store = Store::open(folder, Access::ReadOnly).await?;
    let bare = Connection::open(folder.join(FILE_NAME))?;
    size::tell(&bare, report)?;

    let newest = newest_orders(&store).await?;
    let Some(now) = newest.first().map(|order| order.created_at) else {
        return Err(Error::Wrong("there are no orders".to_owned()));
    };
    for case in cases::all(&newest) {
        measure(&store, &bare, &case, now, report).await?;
        measure_first(folder, &case, now, report).await?;
        after_commits::measure(&store, &bare, &case, now, report).await?;
    }
    measure_rows(&store, &bare, now, report).await?;
    measure_totals(&store, now, report).await?;
    store.close().await;
    gone::measure_others(folder, now, report).await?;
    beside_sync::measure(folder, report).await?;
    report.remark("plain SQL reads the ids into a list, without counting by status");
    Ok(())
}

async fn newest_orders(store: &Store) -> Result<Vec<Order>, Error> {
    let all = ListQuery::all(Resource::Orders);
    match store.list(&all, UnixSeconds::default(), Some(100)).await? {
        Rows::Orders(orders) => Ok(orders),
        Rows::Products(_) | Rows::Activities(_) => Ok(Vec::new()),
    }
}

async fn measure(
    store: &Store,
    bare: &Connection,
    case: &Case,
    now: UnixSeconds,
    report: &mut Report,
) -> Result<(), Error> {
    let (mut ours, mut plain) = (Times::default(), Times::default());
    let mut count = 0;
    for time in 0..TIMES {
        let start = Instant::now();
        let view = store.open_view(&case.query, now).await?;
        ours.since(start);
        store.close_view(view.handle).await;
        count = view.count;
        if time < PLAIN_TIMES {
            let start = Instant::now();
            let mut statement = bare.prepare_cached(&case.bare)?;
            let ids: Vec<i64> = statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            plain.since(start);
            if ids.len() as u64 != count {
                return Err(Error::Wrong(format!(
                    "{}: {count} rows, and {} in plain SQL",
                    case.name,
                    ids.len()
                )));
            }
        }
    }
    let name = format!("{} ({count} rows)", case.name);
    report.spread(&name, &ours, "ms");
    let p95 = ours.percentile(95);
    report
        .figure("  p95", p95, "ms")
        .target(Target::Most(case.milliseconds));
    let ratio = ours.median() / plain.median();
    report.figure("  plain SQL", plain.median(), "ms");
    report.figure("  times plain SQL", ratio, "×");
    Ok(())
}

/// The same list as the first one that is opened: nothing is kept then.
async fn measure_first(
    folder: &Path,
    case: &Case,
    now: UnixSeconds,
    report: &mut Report,
) -> Result<(), Error> {
    let mut first = Times::default();
    for _ in 0..FIRST_TIMES {
        let store = Store::open(folder, Access::ReadOnly).await?;
        let start = Instant::now();
        store.open_view(&case.query, now).await?;
        first.since(start);
        store.close().await;
    }
    report.spread("  as the first list", &first, "ms");
    report
        .figure("  the longest of these", first.percentile(100), "ms")
        .target(Target::Most(case.milliseconds));
    Ok(())
}

/// Rows in sight, wherever the seller scrolls to.
async fn measure_rows(
    store: &Store,
    bare: &Connection,
    now: UnixSeconds,
    report: &mut Report,
) -> Result<(), Error> {
    let all = ListQuery::all(Resource::Orders);
    let view = store.open_view(&all, now).await?;
    let (mut ours, mut plain) = (Times::default(), Times::default());
    let places = view.count.saturating_sub(u64::from(ROWS_IN_SIGHT)).max(1);
    for step in 0..300_u64 {
        // Far from each other, and the same in each run.
        let start_at = step * 7_919_417 % places;
        let start = Instant::now();
        store
            .view_rows(view.handle, start_at, ROWS_IN_SIGHT)
            .await?;
        ours.since(start);
        let start = Instant::now();
        let mut statement = bare.prepare_cached(
            "SELECT * FROM orders AS o LEFT JOIN order_items AS i ON i.order_id = o.id WHERE o.id > ?1 ORDER BY o.id LIMIT ?2",
        )?;
        let mut rows = statement.query((start_at, ROWS_IN_SIGHT))?;
        while let Some(row) = rows.next()? {
            std::hint::black_box(row.get::<_, String>("order_sn")?);
        }
        plain.since(start);
    }
    report.spread("view_rows, 100 rows anywhere", &ours, "ms");
    report.spread("100 rows anywhere: plain SQL", &plain, "ms");
    report
        .figure("view_rows: p99", ours.percentile(99), "ms")
        .target(Target::Most(5.0));
    Ok(())
}

async fn measure_totals(store: &Store, now: UnixSeconds, report: &mut Report) -> Result<(), Error> {
    let day = |time: UnixSeconds| -> Result<String, Error> {
        let time = jiff::Timestamp::from_second(time.0)
            .map_err(|error| Error::Wrong(error.to_string()))?;
        Ok(time.strftime("%Y-%m-%d").to_string())
    };
    for (name, days) in [("30 days", 30), ("365 days", 365)] {
        let totals = ReadOrderTotals {
            shops: Vec::new(),
            first_day: day(now - days * DAY)?,
            last_day: day(now)?,
            zone: "Asia/Shanghai".to_owned(),
        };
        let skus = ReadTopSkus {
            shops: Vec::new(),
            first_day: totals.first_day.clone(),
            last_day: totals.last_day.clone(),
            zone: totals.zone.clone(),
            limit: 10,
        };
        let (mut of_days, mut of_skus) = (Times::default(), Times::default());
        for _ in 0..5 {
            let start = Instant::now();
            store.order_totals(&totals).await?;
            of_days.since(start);
            let start = Instant::now();
            store.top_skus(&skus).await?;
            of_skus.since(start);
        }
        report.spread(&format!("order totals of {name}"), &of_days, "ms");
        report.spread(&format!("top SKUs of {name}"), &of_skus, "ms");
    }
    Ok(())
}
