//! Lists, searches and totals of a large database: the store's way, and plain SQL on the same file.

use std::{path::Path, time::Instant};

use desk_model::{
    DateRange, ListQuery, Order, ReadOrderTotals, ReadTopSkus, Resource, SortColumn, UnixSeconds,
};
use desk_store::{FILE_NAME, Rows, Store};
use rusqlite::{Connection, OpenFlags};

use crate::{
    desk::Desk,
    error::Error,
    report::{Report, Target, Times},
};

const TIMES: usize = 20;
const ROWS_IN_SIGHT: u32 = 100;
const DAY: i64 = 86_400;

/// A list, what it may take, and plain SQL that finds the same rows, where there is any.
struct Case {
    name: &'static str,
    query: ListQuery,
    milliseconds: f64,
    bare: Option<String>,
}

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::with_orders(folder.path(), report.rows).await?;
    let store = desk.engine.store();
    let bare = Connection::open_with_flags(
        folder.path().join(FILE_NAME),
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )?;
    tell_size(&bare, folder.path(), report)?;

    let newest = newest_orders(store).await?;
    let Some(newest) = newest.first() else {
        return Err(Error::Wrong("there are no orders".to_owned()));
    };
    let now = newest.created_at;
    for case in cases(newest) {
        measure(store, &bare, &case, now, report).await?;
    }
    measure_rows(store, &bare, now, report).await?;
    measure_totals(store, now, report).await?;
    report.remark("plain SQL reads the ids into a list, without counting by status");
    store.close().await;
    Ok(())
}

async fn newest_orders(store: &Store) -> Result<Vec<Order>, Error> {
    let all = ListQuery::all(Resource::Orders);
    match store.list(&all, UnixSeconds::default(), Some(1)).await? {
        Rows::Orders(orders) => Ok(orders),
        Rows::Products(_) | Rows::Activities(_) => Ok(Vec::new()),
    }
}

fn cases(newest: &Order) -> Vec<Case> {
    let any = || ListQuery::all(Resource::Orders);
    let case = |name, milliseconds, query| Case {
        name,
        query,
        milliseconds,
        bare: None,
    };
    let last_days = |days: i64| DateRange {
        from: Some(newest.created_at - days * DAY),
        to: Some(newest.created_at),
    };
    let sorted = |sort| ListQuery { sort, ..any() };
    let search = |term: &str| ListQuery {
        search: term.to_owned(),
        ..any()
    };
    let sn = newest.order_sn.as_str();
    let tail = &sn[sn.len().saturating_sub(6)..];
    let name = newest.items.first().map_or("", |item| item.name.as_str());
    let word = name
        .split_whitespace()
        .find(|word| word.is_ascii() && word.len() > 3);
    let status = |word: &str| vec![word.to_owned()];
    let all = |sql: &str| Some(sql.to_owned());
    vec![
        Case {
            bare: all("SELECT id FROM orders ORDER BY created_at DESC, id DESC"),
            ..case("all, newest first", 150.0, any())
        },
        Case {
            bare: all("SELECT id FROM orders ORDER BY ship_by NULLS LAST, id"),
            ..case(
                "all, by deadline",
                150.0,
                ListQuery {
                    descending: false,
                    ..sorted(SortColumn::ShipBy)
                },
            )
        },
        Case {
            bare: all("SELECT id FROM orders ORDER BY total_minor DESC, id DESC"),
            ..case("all, by amount", 300.0, sorted(SortColumn::Amount))
        },
        case("all, by product", 300.0, sorted(SortColumn::Name)),
        case("all, by status", 300.0, sorted(SortColumn::Status)),
        case("all, by shop", 300.0, sorted(SortColumn::Shop)),
        case("all, by arrival", 300.0, sorted(SortColumn::DeliveredAt)),
        Case {
            bare: all(&format!(
                "SELECT id FROM orders WHERE shop_id = '{}' ORDER BY created_at DESC, id DESC",
                newest.shop_id
            )),
            ..case(
                "one shop",
                50.0,
                ListQuery {
                    shops: vec![newest.shop_id.clone()],
                    ..any()
                },
            )
        },
        Case {
            bare: all(
                "SELECT id FROM orders WHERE status = 'unshipped' ORDER BY created_at DESC, id DESC",
            ),
            ..case(
                "one status",
                50.0,
                ListQuery {
                    statuses: status("unshipped"),
                    ..any()
                },
            )
        },
        case(
            "overdue",
            50.0,
            ListQuery {
                statuses: status("overdue"),
                ..any()
            },
        ),
        case(
            "the last 30 days",
            50.0,
            ListQuery {
                dates: last_days(30),
                ..any()
            },
        ),
        case(
            "shipped, of the last 180 days, by amount",
            300.0,
            ListQuery {
                statuses: status("shipped"),
                dates: last_days(180),
                ..sorted(SortColumn::Amount)
            },
        ),
        Case {
            bare: all(&format!(
                "SELECT id FROM orders WHERE order_sn LIKE '%{tail}'"
            )),
            ..case("search: end of a number", 60.0, search(tail))
        },
        case("search: a number", 60.0, search(sn)),
        case("search: a word", 60.0, search(word.unwrap_or("ceramic"))),
        case("search: three Chinese characters", 60.0, search("保温杯")),
        case("search: two Chinese characters", 250.0, search("陶瓷")),
        case("search: two digits", 250.0, search("42")),
        case(
            "100 numbers at once",
            60.0,
            ListQuery {
                order_sns: vec![sn.to_owned(); 100],
                ..any()
            },
        ),
    ]
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
    for _ in 0..TIMES {
        let start = Instant::now();
        let view = store.open_view(&case.query, now).await?;
        ours.since(start);
        store.close_view(view.handle).await;
        count = view.count;
        if let Some(sql) = &case.bare {
            let start = Instant::now();
            let mut statement = bare.prepare_cached(sql)?;
            let ids: Vec<i64> = statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            plain.since(start);
            std::hint::black_box(ids);
        }
    }
    let name = format!("{} ({count} rows)", case.name);
    report.spread(&name, &ours, "ms");
    let p95 = ours.percentile(95);
    report
        .figure(&format!("{}: p95", case.name), p95, "ms")
        .target(Target::Most(case.milliseconds));
    if case.bare.is_some() {
        report.spread(&format!("{}: plain SQL", case.name), &plain, "ms");
        let ratio = ours.median() / plain.median();
        report.figure(&format!("{}: times plain SQL", case.name), ratio, "×");
    }
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

/// How much of the file an order takes, without what the platform sent.
fn tell_size(bare: &Connection, folder: &Path, report: &mut Report) -> Result<(), Error> {
    let file = std::fs::metadata(folder.join(FILE_NAME))?.len();
    let log = std::fs::metadata(folder.join(format!("{FILE_NAME}-wal")));
    let orders: u64 = bare.query_row("SELECT count(*) FROM orders", [], |row| row.get(0))?;
    let of_payloads: u64 = bare.query_row(
        "SELECT coalesce(sum(length(payload) + length(kind) + 8), 0) FROM raw_payloads",
        [],
        |row| row.get(0),
    )?;
    let per_order = |bytes: u64| bytes as f64 / orders.max(1) as f64;
    report.figure("file per order", per_order(file), "bytes");
    report
        .figure(
            "the same without payloads",
            per_order(file.saturating_sub(of_payloads)),
            "bytes",
        )
        .target(Target::Most(600.0));
    if let Ok(log) = log {
        report.remark(format!("{} bytes of log are not in the file", log.len()));
    }
    Ok(())
}
