//! Whatever a row looks like, reading it never panics, never loses it, and never costs its neighbour.

use desk_model::Dialect;
use desk_temu::{OrdersQuery, Priority};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    answers::{guide, open_platform},
    guide_rows, open_platform_rows,
    scripted::{START, Scripted},
};

/// What takes the place of a value: another kind, an extreme, a hostile text.
fn replacement() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("<img onerror=x>\u{0}\u{202e}")),
        Just(json!([])),
        Just(json!({})),
        Just(json!([{"quantity": -1}, null, 3])),
        Just(json!({"amount": "1.005", "currency": "JPY"})),
    ]
}

/// Addresses of every value inside, as JSON pointers.
fn pointers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, field)| pointers(field, &format!("{path}/{name}"), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| pointers(item, &format!("{path}/{index}"), found)),
        _ => {}
    }
    found.push(path.to_owned());
}

/// The sample with some of its values replaced.
fn mutated(sample: fn() -> Value) -> impl Strategy<Value = Value> {
    let mut paths = Vec::new();
    pointers(&sample(), "", &mut paths);
    prop::collection::vec((prop::sample::select(paths), replacement()), 1..5).prop_map(
        move |changes| {
            let mut row = sample();
            for (path, value) in changes {
                if let Some(place) = row.pointer_mut(&path) {
                    *place = value;
                }
            }
            row
        },
    )
}

/// Reads a page of the mutated row and an intact one; gives how many rows were read and how many there were.
fn read(dialect: Dialect, kind: usize, row: &Value, sample: fn() -> Value) -> (usize, usize) {
    let rows = json!([row, sample()]);
    let answer = match (dialect, kind) {
        (Dialect::Guide, 0) => guide(json!({"orders": rows, "total": 2})),
        (Dialect::Guide, 1) => guide(json!({"products": rows, "total": 2})),
        (Dialect::Guide, _) => guide(json!({"activities": rows, "total": 2})),
        (Dialect::OpenPlatform, 0) => open_platform(json!({"pageItems": rows, "totalItemNum": 2})),
        (Dialect::OpenPlatform, 1) => open_platform(json!({"goodsList": rows, "total": 2})),
        (Dialect::OpenPlatform, _) => open_platform(json!({"activityList": rows, "total": 2})),
    };
    let mut scripted = Scripted::new(dialect, [Ok(answer)]);
    // Without these scopes a page is one call.
    scripted.shop.scopes.clear();
    let caller = scripted.caller(Priority::Background);
    let platform = &scripted.platform;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        match kind {
            0 => {
                let query = OrdersQuery {
                    start: START,
                    end: START,
                    page: 1,
                    status: None,
                };
                let page = platform.orders_page(&caller, &query).await.unwrap();
                assert!(
                    page.rows.iter().all(|row| row
                        .value
                        .items
                        .iter()
                        .all(|item| item.quantity >= 0))
                );
                (page.rows.len(), page.len())
            }
            1 => {
                let page = platform
                    .products_page(&caller, platform.product_passes()[0], 1)
                    .await
                    .unwrap();
                (page.rows.len(), page.len())
            }
            _ => {
                let page = platform
                    .activities_page(&caller, platform.activity_passes()[0], 1)
                    .await
                    .unwrap();
                (page.rows.len(), page.len())
            }
        }
    })
}

macro_rules! tolerant {
    ($($name:ident: $dialect:ident $kind:literal $sample:path;)*) => {
        proptest! {
            $(#[test]
            fn $name(row in mutated($sample)) {
                let (readable, rows) = read(Dialect::$dialect, $kind, &row, $sample);
                prop_assert_eq!(rows, 2, "no row is lost");
                prop_assert!(readable >= 1, "the intact one is read");
            })*
        }
    };
}

tolerant! {
    i13_guide_orders: Guide 0 guide_rows::order_sample;
    i13_guide_products: Guide 1 guide_rows::product_sample;
    i13_guide_activities: Guide 2 guide_rows::activity_sample;
    i13_open_platform_orders: OpenPlatform 0 open_platform_rows::order_sample;
    i13_open_platform_products: OpenPlatform 1 open_platform_rows::product_sample;
    i13_open_platform_activities: OpenPlatform 2 open_platform_rows::activity_sample;
}
