//! Filters of `list` and `export`: each held against what it means, row by row.

use desk_sandbox::Dialect;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use crate::harness::{Desk, Platform, US};

const DAY: i64 = 86_400;

struct Lists {
    desk: Desk,
    platform: Platform,
}

impl Lists {
    fn synced() -> Self {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, Dialect::Guide, US);
        desk.sync(&[]).complete();
        Self { desk, platform }
    }

    fn list(&self, kind: &str, filters: &[&str]) -> Vec<Value> {
        self.desk.run(&[&[kind, "list"], filters].concat()).done()
    }

    /// The filters keep just these rows, in the list's order, and neither all nor none.
    fn keep(&self, kind: &str, filters: &[&str], keep: impl Fn(&Value) -> bool) {
        let all = self.desk.list(kind);
        let kept: Vec<&Value> = all.iter().filter(|row| keep(row)).collect();
        let (kept_count, all_count) = (kept.len(), all.len());
        assert!(
            (1..all_count).contains(&kept_count),
            "{filters:?} says nothing with {kept_count} of {all_count} {kind}"
        );
        let listed = self.list(kind, filters);
        assert!(
            listed.iter().eq(kept),
            "{filters:?}: {} instead of {kept_count} {kind}",
            listed.len()
        );
    }

    /// What stands in the middle when the rows are put in order by a field.
    fn median(&self, kind: &str, field: impl Fn(&Value) -> Option<i64>) -> i64 {
        let mut values: Vec<i64> = self.desk.list(kind).iter().filter_map(field).collect();
        values.sort_unstable();
        values[values.len() / 2]
    }

    /// A word that some rows have, but not all.
    fn word(&self, kind: &str, field: &str) -> String {
        self.desk.list(kind)[0][field].as_str().unwrap().to_owned()
    }
}

fn day(seconds: i64, zone: &str) -> String {
    let time = Timestamp::from_second(seconds).unwrap();
    let zone = TimeZone::get(zone).unwrap();
    zone.to_datetime(time).date().to_string()
}

#[test]
fn days_are_those_of_the_zone_and_both_count() {
    let lists = Lists::synced();
    for (kind, flag, field) in [
        ("orders", "created", "created_at"),
        ("orders", "ship-by", "ship_by"),
        ("orders", "delivered", "delivered_at"),
        ("orders", "updated", "updated_at"),
        ("products", "created", "created_at"),
        ("products", "updated", "updated_at"),
        ("activities", "starts", "start_time"),
        ("activities", "ends", "end_time"),
        ("activities", "enroll", "enroll_deadline"),
    ] {
        let median = lists.median(kind, |row| row[field].as_i64());
        let (from, to) = (format!("--{flag}-from"), format!("--{flag}-to"));
        for zone in ["Asia/Shanghai", "America/Los_Angeles"] {
            let named = day(median, zone);
            let is = |row: &Value, holds: fn(&str, &str) -> bool| {
                let time = row[field].as_i64();
                time.is_some_and(|time| holds(&day(time, zone), &named))
            };
            let of_day = [&from[..], &named, &to, &named, "--zone", zone];
            lists.keep(kind, &of_day, |row| is(row, |day, named| day == named));
            lists.keep(kind, &[&from, &named, "--zone", zone], |row| {
                is(row, |day, named| day >= named)
            });
            lists.keep(kind, &[&to, &named, "--zone", zone], |row| {
                is(row, |day, named| day <= named)
            });
        }
    }
}

#[test]
fn activities_of_a_day_are_those_that_run_then() {
    let lists = Lists::synced();
    let start = lists.median("activities", |row| row["start_time"].as_i64());
    let named = day(start, "UTC");
    let of_day = ["--created-from", &named, "--created-to", &named];
    lists.keep("activities", &of_day, |row| {
        let end = |field: &str| row[field].as_i64().map(|time| day(time, "UTC"));
        end("start_time").is_none_or(|start| start <= named)
            && end("end_time").is_none_or(|end| end >= named)
    });
}

#[test]
fn what_threatens_an_order_is_a_status_and_a_risk() {
    let lists = Lists::synced();
    let all = lists.desk.list("orders");
    let now = lists.platform.now();
    let to_ship = |order: &Value| {
        ["unshipped", "partially_shipped"].contains(&order["status"].as_str().unwrap())
    };
    // Orders within a minute of the line may fall to either side while the test runs.
    let near = |order: &Value, at: i64| order["ship_by"].as_i64().unwrap_or(0).abs_diff(at) < 60;
    for (word, from, to) in [("due_soon", now, now + DAY), ("overdue", 0, now)] {
        for flag in ["--status", "--risk"] {
            let listed = lists.list("orders", &[flag, word]);
            assert!(!listed.is_empty(), "{word}");
            for order in all
                .iter()
                .filter(|order| !near(order, from) && !near(order, to))
            {
                let ship_by = order["ship_by"].as_i64();
                let threatens =
                    to_ship(order) && ship_by.is_some_and(|at| (from..to).contains(&at));
                assert_eq!(listed.contains(order), threatens, "{flag} {word}: {order}");
            }
        }
    }
    let both = ["--status", "due_soon", "--status", "overdue"];
    let risks = ["--risk", "due_soon", "--risk", "overdue"];
    assert_eq!(lists.list("orders", &both), lists.list("orders", &risks));
    let narrowed = ["--risk", "overdue", "--status", "partially_shipped"];
    for order in lists.list("orders", &narrowed) {
        assert_eq!(order["status"], "partially_shipped");
    }
}

#[test]
fn orders_are_found_by_many_numbers_at_once() {
    let lists = Lists::synced();
    let all = lists.desk.list("orders");
    let number = |place: usize| all[place]["order_sn"].as_str().unwrap();
    let tail = &number(9)[number(9).len() - 12..];
    let list = format!("{},{tail}", number(2));
    let numbers = ["--order-sn", &list, "--order-sn", number(5)];
    lists.keep("orders", &numbers, |order| {
        [2, 5, 9]
            .iter()
            .any(|place| order["order_sn"] == number(*place))
    });
}

#[test]
fn amounts_are_compared_in_one_currency() {
    let lists = Lists::synced();
    for (kind, field) in [("orders", "total_amount"), ("products", "price")] {
        let minor = |row: &Value| row[field]["minor"].as_i64();
        let median = lists.median(kind, minor);
        let decimal = format!("{}.{:02}", median / 100, median % 100);
        lists.keep(
            kind,
            &["--amount-from", &decimal, "--currency", "usd"],
            |row| minor(row).is_some_and(|minor| minor >= median),
        );
        lists.keep(
            kind,
            &["--amount-to", &decimal, "--currency", "USD"],
            |row| minor(row).is_some_and(|minor| minor <= median),
        );
        let other = ["--amount-from", "0", "--currency", "EUR"];
        assert!(lists.list(kind, &other).is_empty());
    }
}

#[test]
fn products_and_activities_have_filters_of_their_own() {
    let lists = Lists::synced();
    let stock = lists.median("products", |row| row["stock"].as_i64());
    let pieces = stock.to_string();
    lists.keep("products", &["--stock-from", &pieces], |row| {
        row["stock"].as_i64().is_some_and(|own| own >= stock)
    });
    lists.keep("products", &["--stock-to", &pieces], |row| {
        row["stock"].as_i64().is_some_and(|own| own <= stock)
    });
    let parts = |row: &Value, list: &str| row[list].as_array().map_or(0, Vec::len);
    lists.keep("products", &["--skus-from", "2"], |row| {
        parts(row, "skus") >= 2
    });
    lists.keep("activities", &["--items-to", "2"], |row| {
        parts(row, "items") <= 2
    });
    let left = |row: &Value| -> Option<i64> {
        let items = row["items"].as_array()?.iter();
        let known: Vec<i64> = items
            .filter_map(|item| item["remaining"].as_i64())
            .collect();
        (!known.is_empty()).then(|| known.iter().sum())
    };
    let median = lists.median("activities", left);
    lists.keep(
        "activities",
        &["--remaining-from", &median.to_string()],
        |row| left(row).is_some_and(|left| left >= median),
    );
    let pieces = |row: &Value| -> i64 {
        let items = row["items"].as_array().unwrap().iter();
        items.map(|item| item["quantity"].as_i64().unwrap()).sum()
    };
    lists.keep("orders", &["--quantity-from", "4"], |row| pieces(row) >= 4);
    let category = lists.word("products", "category");
    lists.keep("products", &["--category", &category], |row| {
        row["category"] == category.as_str()
    });
    let kind = lists.word("activities", "activity_type");
    lists.keep("activities", &["--type", &kind], |row| {
        row["activity_type"] == kind.as_str()
    });
    for (word, joined) in [("yes", true), ("no", false)] {
        lists.keep("activities", &["--joined", word], |row| {
            row["joined"] == joined
        });
    }
}

#[test]
fn several_shops_are_listed_together() {
    let lists = Lists::synced();
    let ids: Vec<String> = [1, 2]
        .map(|shop| {
            lists.desk.add(&lists.platform, Dialect::Guide, shop).one();
            let id = lists.platform.shop(Dialect::Guide, shop).shop_id;
            lists.desk.sync(&["--shop", &id]).complete();
            id
        })
        .to_vec();
    lists.keep("orders", &["--shop", &ids[0], "--shop", &ids[1]], |order| {
        ids.iter()
            .any(|id| order["shop_id"].as_str().unwrap().ends_with(id))
    });
}

#[test]
fn a_list_is_sorted_by_any_of_its_columns_either_way() {
    let lists = Lists::synced();
    let known = |rows: &[Value]| -> Vec<i64> {
        let times = rows.iter().filter_map(|row| row["ship_by"].as_i64());
        times.collect()
    };
    let smallest = known(&lists.list("orders", &["--sort", "ship_by"]));
    assert!(smallest.is_sorted() && smallest.len() > 1);
    let largest = known(&lists.list("orders", &["--sort", "ship_by", "--descending"]));
    assert!(largest.is_sorted_by(|before, after| before >= after));
    assert_ne!(smallest, largest);
}

#[test]
fn what_the_platform_no_longer_has_is_listed_on_demand() {
    let lists = Lists::synced();
    let all = lists.desk.list("activities");
    let gone = all[0]["activity_id"].as_str().unwrap();
    let shop = lists.platform.shop(Dialect::Guide, US).shop_id;
    lists.platform.sandbox.remove_activity(&shop, gone).unwrap();
    lists.desk.sync(&[]).complete();
    assert_eq!(lists.desk.list("activities"), all[1..]);
    assert_eq!(lists.list("activities", &["--gone"]).len(), all.len());
}

#[test]
fn an_export_has_the_filters_of_the_list() {
    let lists = Lists::synced();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let median = lists.median("orders", |row| row["created_at"].as_i64());
    let named = day(median, "Asia/Shanghai");
    let filters = [
        "--created-from",
        &named,
        "--zone",
        "Asia/Shanghai",
        "--currency",
        "USD",
        "--sort",
        "amount",
    ];
    let file = path.to_str().unwrap();
    let export = [
        "export",
        "orders",
        "--format",
        "csv",
        "--columns",
        "order",
        "--output",
        file,
    ];
    lists.desk.run(&[&export[..], &filters].concat()).done();
    let text = std::fs::read_to_string(&path).unwrap();
    let exported: Vec<&str> = text.lines().skip(1).collect();
    let listed = lists.list("orders", &filters);
    assert!(listed.len() > 1);
    let listed: Vec<&str> = listed
        .iter()
        .map(|row| row["order_sn"].as_str().unwrap())
        .collect();
    assert_eq!(exported, listed);
}

#[test]
fn what_cannot_be_asked_is_refused_in_words() {
    // Whether there is a database or not.
    for desk in [Desk::alone(), Lists::synced().desk] {
        for (filters, code, named) in [
            (
                &["--created-from", "2026-02-30"][..],
                "invalid_input",
                "2026-02-30",
            ),
            (
                &["--ship-by-to", "tomorrow"],
                "invalid_input",
                "--ship-by-to",
            ),
            (
                &["--updated-from", "2026-11-23", "--updated-to", "2026-11-22"],
                "invalid_input",
                "--updated-from",
            ),
            (
                &["--created-from", "2026-11-22", "--zone", "Mars/Olympus"],
                "invalid_input",
                "Mars",
            ),
            (&["--seen-from", "lately"], "invalid_input", "--seen-from"),
            (&["--amount-from", "5"], "invalid_input", "--currency"),
            (&["--currency", "dollars"], "invalid_input", "DOLLARS"),
            (
                &["--amount-to", "5.001", "--currency", "USD"],
                "invalid_input",
                "5.001",
            ),
            (&["--risk", "late"], "invalid_input", "late"),
            (&["--sort", "weight"], "unknown_column", "weight"),
        ] {
            let outcome = desk.run(&[&["orders", "list"], filters].concat());
            let error = outcome.refused(2, code);
            assert!(
                error["details"].as_str().unwrap().contains(named),
                "{error}"
            );
        }
    }
    let desk = Lists::synced().desk;
    for (kind, filter) in [
        ("products", ["--ship-by-from", "2026-11-22"]),
        ("orders", ["--stock-from", "1"]),
        ("orders", ["--joined", "yes"]),
        ("activities", ["--currency", "USD"]),
        ("orders", ["--sort", "stock"]),
    ] {
        let outcome = desk.run(&[&[kind, "list"], &filter[..]].concat());
        outcome.refused(2, "unknown_column");
    }
}
