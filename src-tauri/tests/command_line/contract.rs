//! The shape of every line: field by field as in the golden files. Times in them are seconds after the world's history ended.

use std::fs;
use std::path::Path;

use desk_sandbox::Dialect;
use serde_json::{Map, Value, json};

use crate::harness::{BOTH, Desk, Platform, US, dialect_word};

/// A shop whose token may not read amounts.
const EU: usize = 1;
/// Partially shipped, with three lines and a label.
const ORDER: &str = "PO-211-10100000000003770";
/// A product with three SKUs.
const PRODUCT: &str = "601000000000002";
/// An activity that the shop takes part in.
const ACTIVITY: &str = "9000000000003";
/// When the run happened to ask.
const TIMES_OF_THE_RUN: [&str; 6] = [
    "authorized_at",
    "complete_from",
    "complete_through",
    "fetched_at",
    "first_seen_at",
    "history_from",
];

/// A line in the form that every run shares: times relative to the end of the world's history, no port, nothing of the hour.
fn settled(value: Value, platform: &Platform) -> Value {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(time) if (1_500_000_000..4_000_000_000).contains(&time) => {
                json!(time - platform.started_at())
            }
            _ => Value::Number(number),
        },
        Value::String(text) => json!(text.replace(&platform.base_url, "{platform}")),
        Value::Array(values) => values
            .into_iter()
            .map(|value| settled(value, platform))
            .collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| {
                let value = match (name.as_str(), &value) {
                    ("raw", Value::String(text)) => {
                        serde_json::from_str::<Map<_, _>>(text).unwrap();
                        json!("{json}")
                    }
                    (name, Value::Number(_)) if TIMES_OF_THE_RUN.contains(&name) => json!("{now}"),
                    _ => settled(value, platform),
                };
                (name, value)
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

fn golden(dialect: Dialect) -> Value {
    let word = dialect_word(dialect);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src-tauri/tests/command_line/golden")
        .join(format!("{word}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn lines_are_as_in_the_golden_files() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::new(&platform);
        let added = desk.add(&platform, dialect, US).one();
        desk.sync(&[]).complete();
        let listed = |kind: &str, field: &str, id: &str| {
            let rows = desk.list(kind);
            let found = rows.iter().find(|row| row[field] == id);
            found.unwrap_or_else(|| panic!("no {kind} {id}")).clone()
        };
        let show = |further: &[&str]| {
            desk.run(&[&["orders", "show", ORDER], further].concat())
                .one()
        };
        let lines = [
            ("shops add", added),
            ("shops list", desk.shops().remove(0)),
            ("orders list", listed("orders", "order_sn", ORDER)),
            ("orders show", show(&[])),
            ("orders show --refresh", show(&["--refresh"])),
            ("products list", listed("products", "product_id", PRODUCT)),
            (
                "activities list",
                listed("activities", "activity_id", ACTIVITY),
            ),
        ];
        let golden = golden(dialect);
        for (name, line) in lines {
            let line = settled(line, &platform);
            assert_eq!(line, golden[name], "{dialect:?}: {name}\n{line:#}");
        }
    }
}

#[test]
fn every_order_has_the_fields_of_the_contract_and_their_types() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        desk.sync(&[]).complete();
        for order in desk.list("orders") {
            check(
                &order,
                &[
                    ("order_sn", Value::is_string),
                    ("shop_id", Value::is_string),
                    ("status", Value::is_string),
                    ("platform_status", Value::is_string),
                    ("currency", |value| {
                        value.is_null() || value.as_str().is_some_and(|code| code.len() == 3)
                    }),
                    ("total_amount", is_money_or_null),
                    ("amount_state", |value| {
                        ["known", "pending", "not_authorized"]
                            .contains(&value.as_str().unwrap_or_default())
                    }),
                    ("created_at", Value::is_i64),
                    ("ship_by", is_time_or_null),
                    ("shipped_at", is_time_or_null),
                    ("delivered_at", is_time_or_null),
                    ("updated_at", is_time_or_null),
                    ("items", |value| {
                        value.as_array().is_some_and(|items| !items.is_empty())
                    }),
                    ("labels", |value| {
                        value
                            .as_array()
                            .is_some_and(|labels| labels.iter().all(Value::is_string))
                    }),
                ],
            );
            assert_eq!(
                order["amount_state"] == "known",
                !order["total_amount"].is_null(),
                "{order}"
            );
            for item in order["items"].as_array().unwrap() {
                check(
                    item,
                    &[
                        ("line_sn", is_text_or_null),
                        ("sku_id", is_text_or_null),
                        ("product_id", is_text_or_null),
                        ("ext_code", is_text_or_null),
                        ("name", Value::is_string),
                        ("spec", is_text_or_null),
                        ("image_url", is_text_or_null),
                        ("quantity", |value| {
                            value.as_i64().is_some_and(|pieces| pieces >= 0)
                        }),
                        ("unit_price", is_money_or_null),
                    ],
                );
            }
        }
    }
}

#[test]
fn an_amount_that_may_not_be_read_is_unknown_and_not_zero() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::OpenPlatform, EU);
    let shop_id = platform.shop(Dialect::OpenPlatform, EU).shop_id;
    let order = platform.sandbox.order_digests(&shop_id).unwrap().remove(0);
    let shown = desk
        .run(&["orders", "show", &order.order_sn, "--refresh"])
        .one();
    assert_eq!(shown["amount_state"], "not_authorized");
    assert!(shown["total_amount"].is_null(), "{shown}");
}

#[test]
fn a_sync_prints_progress_and_ends_with_a_summary() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let summary = desk.sync(&[]);
    let counts: [Field; 4] = [
        ("new", Value::is_u64),
        ("changed", Value::is_u64),
        ("unchanged", Value::is_u64),
        ("quarantined", Value::is_u64),
    ];
    assert!(!summary.progress.is_empty());
    for line in &summary.progress {
        check(
            line,
            &[
                ("type", |value| value == "progress"),
                ("shop_id", Value::is_string),
                ("resource", Value::is_string),
                ("task", |value| value == "changes"),
                ("pages_done", Value::is_u64),
                ("pages_total", Value::is_u64),
                ("rows_done", Value::is_u64),
                ("rows_total", |value| value.is_u64() || value.is_null()),
                ("seconds_left", |value| value.is_u64() || value.is_null()),
                ("counts", Value::is_object),
            ],
        );
        check(&line["counts"], &counts);
        assert!(
            line["pages_done"].as_u64() <= line["pages_total"].as_u64(),
            "{line}"
        );
    }
    let shop = summary.complete();
    check(
        shop,
        &[
            ("shop_id", Value::is_string),
            ("result", Value::is_string),
            ("resources", Value::is_object),
            ("error", Value::is_null),
        ],
    );
    let resources = shop["resources"].as_object().unwrap();
    assert_eq!(
        resources.keys().collect::<Vec<_>>(),
        ["orders", "products", "activities"]
    );
    for counted in resources.values() {
        check(counted, &counts);
    }
    for resource in ["orders", "products", "activities"] {
        let last = summary
            .progress
            .iter()
            .rev()
            .find(|line| line["resource"] == resource)
            .unwrap();
        assert_eq!(
            last["counts"], resources[resource],
            "progress and summary agree"
        );
        assert_eq!(last["pages_done"], last["pages_total"], "{last}");
    }
}

/// One field of a line, and what its value must be.
type Field = (&'static str, fn(&Value) -> bool);

/// Exactly these fields, each as it must be.
fn check(line: &Value, fields: &[Field]) {
    let mut present: Vec<&str> = line
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    present.sort_unstable();
    expected.sort_unstable();
    assert_eq!(present, expected, "{line}");
    for (name, is_right) in fields {
        assert!(is_right(&line[*name]), "{name}: {line}");
    }
}

fn is_text_or_null(value: &Value) -> bool {
    value.is_null() || value.is_string()
}

fn is_time_or_null(value: &Value) -> bool {
    value.is_null() || value.is_i64()
}

fn is_money_or_null(value: &Value) -> bool {
    let fields = value.as_object();
    value.is_null()
        || fields.is_some_and(|fields| {
            fields.len() == 2 && value["minor"].is_i64() && value["currency"].is_string()
        })
}
