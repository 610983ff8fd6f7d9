//! The shape of every line: field by field as in the golden files. Times in them are seconds after the world's history ended.

use std::path::Path;

use desk_sandbox::Dialect;
use serde_json::{Map, Value, json};

use crate::harness::{BOTH, Desk, Platform, US, dialect_word};

/// Two orders of which one has several lines, shipped and arrived.
const ORDER: &str = "PO-211-10100000000000060";

/// Times relative to the end of the world's history; what depends on the run is named instead.
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
            .map(|(name, value)| match name.as_str() {
                // When the run happened to ask.
                "authorized_at" | "first_seen_at" | "complete_through" if value.is_i64() => {
                    (name, json!("{now}"))
                }
                _ => (name, settled(value, platform)),
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

fn golden(dialect: Dialect) -> Value {
    let name = format!(
        "src-tauri/tests/command_line/golden/{}.json",
        dialect_word(dialect)
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn lines_are_as_in_the_golden_files() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::new(&platform);
        let added = desk.add(&platform, dialect, US).one();
        desk.sync(&[]).complete();
        let first = |kind: &str, field: &str, id: &str| {
            let rows = desk.list(kind);
            let found = rows.iter().find(|row| row[field] == id);
            found.unwrap_or_else(|| panic!("no {kind} {id}")).clone()
        };
        let golden = golden(dialect);
        let lines = json!({
            "shops add": added,
            "shops list": desk.shops()[0],
            "orders list": first("orders", "order_sn", ORDER),
            "orders show": desk.run(&["orders", "show", ORDER]).one(),
            "products list": first("products", "product_id", golden["products list"]["product_id"].as_str().unwrap_or_default()),
            "activities list": first("activities", "activity_id", golden["activities list"]["activity_id"].as_str().unwrap_or_default()),
        });
        let lines = settled(lines, &platform);
        for (name, line) in lines.as_object().unwrap() {
            assert_eq!(
                line,
                &golden[name],
                "{}: {name}\n{line:#}",
                dialect_word(dialect)
            );
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
fn a_sync_prints_progress_and_ends_with_a_summary() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let summary = desk.sync(&[]);
    let counts: [(&str, fn(&Value) -> bool); 4] = [
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
                ("pages_done", Value::is_u64),
                ("pages_total", Value::is_u64),
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
