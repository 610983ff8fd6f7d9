//! `export`: the files, as other programs read them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use desk_sandbox::Dialect;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Desk, Platform, US, interrupt};

const KINDS: [&str; 3] = ["orders", "products", "activities"];
/// A shop whose token may not read amounts.
const EU: usize = 1;

struct Exports {
    desk: Desk,
    folder: TempDir,
    _platform: Platform,
}

impl Exports {
    fn of(dialect: Dialect, shop: usize) -> Self {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, shop);
        desk.sync(&[]);
        Self {
            desk,
            folder: tempfile::tempdir().unwrap(),
            _platform: platform,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exports into a file of that name; answers the summary.
    fn export(&self, kind: &str, name: &str, further: &[&str]) -> Value {
        let path = self.path(name);
        let ending = path.extension().unwrap().to_str().unwrap();
        let usual = [
            "export",
            kind,
            "--format",
            ending,
            "--output",
            path.to_str().unwrap(),
        ];
        let lines = self.desk.run(&[&usual, further].concat()).done();
        let (summary, progress) = lines.split_last().unwrap();
        assert_eq!(summary["type"], "summary", "{summary}");
        assert_eq!(summary["path"], path.to_str().unwrap());
        assert!(!progress.is_empty());
        for line in progress {
            assert_eq!(line["type"], "progress", "{line}");
            assert!(line["rows"].as_u64() <= line["total"].as_u64(), "{line}");
        }
        summary.clone()
    }

    fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Lines of a CSV text whose fields need no quotes.
fn lines(text: &str) -> Vec<Vec<&str>> {
    let text = text.strip_prefix('\u{feff}').expect("no byte order mark");
    let text = text.strip_suffix("\r\n").expect("no end of the last line");
    text.split("\r\n")
        .map(|line| line.split(',').collect())
        .collect()
}

fn sheet(path: &Path) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(cell: &Data) -> &str {
    match cell {
        Data::String(text) => text,
        other => panic!("no text: {other:?}"),
    }
}

#[test]
fn a_file_has_a_row_for_each_listed_one_and_a_header_in_the_order_of_the_list() {
    let exports = Exports::of(Dialect::Guide, US);
    let ids = [
        ("orders", "order", "order_sn"),
        ("products", "product_id", "product_id"),
        ("activities", "activity_id", "activity_id"),
    ];
    for (kind, column, field) in ids {
        let listed = exports.desk.list(kind);
        let name = format!("{kind}.xlsx");
        let summary = exports.export(kind, &name, &["--columns", column]);
        assert_eq!(summary["rows"], listed.len());
        let rows = sheet(&exports.path(&name));
        assert_eq!(rows.len(), listed.len() + 1, "{kind}");
        let exported: Vec<&str> = rows[1..].iter().map(|row| text(&row[0])).collect();
        let expected: Vec<&str> = listed
            .iter()
            .map(|row| row[field].as_str().unwrap())
            .collect();
        assert_eq!(exported, expected, "{kind}");
    }
    assert_eq!(
        exports.names(),
        ["activities.xlsx", "orders.xlsx", "products.xlsx"],
        "nothing else is left"
    );
}

#[test]
fn cells_are_what_the_list_says() {
    let exports = Exports::of(Dialect::Guide, US);
    let columns = "order,amount,currency,ordered,quantity";
    let further = ["--columns", columns, "--zone", "Asia/Shanghai"];
    exports.export("orders", "orders.xlsx", &further);
    exports.export("orders", "orders.csv", &further);
    let rows = sheet(&exports.path("orders.xlsx"));
    let csv = fs::read_to_string(exports.path("orders.csv")).unwrap();
    let csv = lines(&csv);
    assert_eq!(csv[0][3], "Ordered (Asia/Shanghai)");
    assert_eq!(text(&rows[0][3]), csv[0][3]);
    for (index, order) in exports.desk.list("orders").iter().enumerate() {
        let (cells, fields) = (&rows[index + 1], &csv[index + 1]);
        assert_eq!(text(&cells[0]), order["order_sn"]);
        let Some(minor) = order["total_amount"]["minor"].as_i64() else {
            assert_eq!(text(&cells[1]), "not known yet");
            continue;
        };
        assert_eq!(order["currency"], "USD", "two decimals");
        assert_eq!(cells[1], Data::Float(minor as f64 / 100.0));
        assert_eq!(fields[1].replace('.', ""), format!("{minor:03}"));
        assert_eq!(text(&cells[2]), "USD");
        let pieces = order["items"].as_array().unwrap().iter();
        let pieces: i64 = pieces.map(|item| item["quantity"].as_i64().unwrap()).sum();
        assert_eq!(cells[4], Data::Float(pieces as f64));
        // Sheets count days from 1899-12-30; Shanghai is eight hours ahead.
        let Data::DateTime(time) = &cells[3] else {
            panic!("no time: {:?}", cells[3]);
        };
        let expected = order["created_at"].as_i64().unwrap() + 8 * 3600 + 25_569 * 86_400;
        assert!((time.as_f64() * 86_400.0 - expected as f64).abs() < 0.5);
    }
}

#[test]
fn filters_are_those_of_the_list() {
    let exports = Exports::of(Dialect::Guide, US);
    for (kind, filter) in [
        ("orders", ["--status", "shipped"]),
        ("orders", ["--search", "便当"]),
        ("products", ["--search", "ceramic"]),
        ("activities", ["--limit", "2"]),
    ] {
        let listed = exports.desk.run(&[&[kind, "list"], &filter[..]].concat());
        let summary = exports.export(kind, "a.csv", &[&filter[..], &["--overwrite"]].concat());
        let count = listed.done().len();
        assert!(count > 0, "{filter:?}");
        assert_eq!(summary["rows"], count, "{filter:?}");
    }
}

#[test]
fn by_line_each_line_of_an_order_has_a_row() {
    let exports = Exports::of(Dialect::Guide, US);
    let orders = exports.desk.list("orders");
    let count: usize = orders
        .iter()
        .map(|order| order["items"].as_array().unwrap().len())
        .sum();
    assert!(count > orders.len());
    let summary = exports.export("orders", "lines.xlsx", &["--lines"]);
    assert_eq!(summary["rows"], count);
    assert_eq!(sheet(&exports.path("lines.xlsx")).len(), count + 1);
}

#[test]
fn headers_and_states_are_in_the_language_that_was_asked_for() {
    let exports = Exports::of(Dialect::Guide, US);
    for (language, header, state) in [
        ("en", "Order no.", "Shipped"),
        ("zh-CN", "订单号", "已发货"),
    ] {
        let further = ["--columns", "order,status", "--status", "shipped"];
        let further = [&further[..], &["--language", language, "--overwrite"]].concat();
        exports.export("orders", "a.csv", &further);
        let text = fs::read_to_string(exports.path("a.csv")).unwrap();
        let lines = lines(&text);
        assert_eq!(lines[0][0], header);
        assert!(lines[1..].iter().all(|line| line[1] == state), "{language}");
        // Every usual column has words.
        for kind in KINDS {
            exports.export(kind, "all.xlsx", &["--language", language, "--overwrite"]);
            for header in &sheet(&exports.path("all.xlsx"))[0] {
                let header = self::text(header);
                let is_word = header.contains(char::is_uppercase) || !header.is_ascii();
                assert!(is_word, "{language}: {header}");
            }
        }
    }
}

#[test]
fn an_amount_that_is_not_known_says_why() {
    let exports = Exports::of(Dialect::OpenPlatform, EU);
    let orders = exports.desk.list("orders");
    for (language, not_authorized, pending) in [
        ("en", "not authorized", "not known yet"),
        ("zh-CN", "未授权", "金额待获取"),
    ] {
        let further = ["--columns", "amount", "--language", language, "--overwrite"];
        exports.export("orders", "a.xlsx", &further);
        let rows = sheet(&exports.path("a.xlsx"));
        for (row, order) in rows[1..].iter().zip(&orders) {
            let expected = match order["amount_state"].as_str().unwrap() {
                "not_authorized" => not_authorized,
                "pending" => pending,
                other => panic!("the token may not read amounts: {other}"),
            };
            assert_eq!(text(&row[0]), expected);
        }
    }
}

#[test]
fn standard_output_takes_csv_and_nothing_else() {
    let exports = Exports::of(Dialect::Guide, US);
    let usual = ["export", "orders", "--output", "-", "--columns", "order"];
    let mut command = exports
        .desk
        .command(&[&usual[..], &["--format", "csv"]].concat());
    let outcome = exports.desk.finish(command.spawn().unwrap());
    assert_eq!(outcome.exit, 0, "{outcome:?}");
    let count = exports.desk.list("orders").len();
    assert_eq!(lines(&outcome.stdout).len(), count + 1);
    for wrong in ["xlsx", "csv"] {
        // With `--json`, which `run` gives.
        let outcome = exports
            .desk
            .run(&[&usual[..], &["--format", wrong]].concat());
        outcome.refused(2, "invalid_input");
    }
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_left() {
    let exports = Exports::of(Dialect::Guide, US);
    let path = exports.path("a.csv");
    let file = path.to_str().unwrap();
    let missing = exports.path("missing/a.csv");
    let run = |output: &str, further: &[&str]| {
        let usual = ["export", "orders", "--format", "csv", "--output", output];
        exports.desk.run(&[&usual, further].concat())
    };
    let error = run(file, &["--columns", "order,tracking"]).refused(2, "unknown_column");
    let details = error["details"].as_str().unwrap();
    assert!(
        details.contains("tracking") && details.contains("ship_by"),
        "{details}"
    );
    run(file, &["--zone", "Mars/Olympus"]).refused(2, "invalid_input");
    run(file, &["--status", "lost"]).refused(2, "invalid_input");
    run(file, &["--shop", "nobody"]).refused(2, "unknown_shop");
    let folder = missing.to_str().unwrap();
    let failed = run(folder, &[]).objects();
    assert_eq!(
        failed.last().unwrap()["error"]["code"],
        "export_folder_not_writable"
    );
    assert!(exports.names().is_empty(), "{:?}", exports.names());

    fs::write(&path, "mine").unwrap();
    run(file, &[]).refused(2, "invalid_input");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    run(file, &["--overwrite"]).done();
    assert_ne!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(exports.names(), ["a.csv"]);
}

#[test]
fn an_interrupted_export_stops_and_leaves_nothing() {
    let exports = Exports::of(Dialect::Guide, US);
    multiply_orders(&exports.desk.profile());
    let path = exports.path("orders.csv");
    let output = path.to_str().unwrap();
    let arguments = [
        "export", "orders", "--format", "csv", "--json", "--output", output,
    ];
    let mut exporting = exports.desk.command(&arguments).spawn().unwrap();
    let mut progress = BufReader::new(exporting.stdout.take().unwrap()).lines();
    progress.next().expect("no progress").unwrap();
    assert!(
        !exports.names().is_empty(),
        "a file is begun beside its place"
    );
    interrupt(&exporting);
    let last = progress.map(Result::unwrap).last().unwrap();
    let last: Value = serde_json::from_str(&last).unwrap();
    assert_eq!(last["error"]["code"], "canceled", "{last}");
    assert_eq!(exporting.wait().unwrap().code(), Some(1));
    assert!(exports.names().is_empty(), "{:?}", exports.names());
}

/// Copies an order so often that an export of them can be stopped on its way.
fn multiply_orders(profile: &Path) {
    let mut sqlite = rusqlite::Connection::open(profile.join("seller-desk.sqlite3")).unwrap();
    let transaction = sqlite.transaction().unwrap();
    transaction
        .execute_batch("CREATE TEMP TABLE copied AS SELECT * FROM orders LIMIT 1")
        .unwrap();
    for number in 0..60_000 {
        transaction
            .prepare_cached("UPDATE copied SET id = 1000000 + ?1, order_sn = 'PO-' || ?1")
            .unwrap()
            .execute([number])
            .unwrap();
        transaction
            .prepare_cached("INSERT INTO orders SELECT * FROM copied")
            .unwrap()
            .execute([])
            .unwrap();
    }
    transaction.commit().unwrap();
}

#[test]
fn a_profile_without_data_gives_a_header() {
    let desk = Desk::alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let outcome = desk.run(&[
        "export",
        "orders",
        "--format",
        "csv",
        "--output",
        path.to_str().unwrap(),
    ]);
    assert_eq!(outcome.done().last().unwrap()["rows"], 0);
    assert_eq!(lines(&fs::read_to_string(path).unwrap()).len(), 1);
}
