//! Holds the mirror against the truth: which rows there are, and everything that they say.

use desk_model::{Resource, ShopId};
use desk_store::{Rows, Store};
use serde_json::{Map, Value};

use super::truth::{Expected, LABELS_OF_THE_HOUR, RowsById};
use crate::world::rows;

/// How many differences are told.
const TOLD: usize = 5;

/// Which orders are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Their last update, from here…
    pub(crate) from: i64,
    /// … to here.
    pub(crate) to: i64,
}

impl Span {
    pub(crate) const EVERYTHING: Self = Self {
        from: i64::MIN,
        to: i64::MAX,
    };

    fn holds(self, order: &Value) -> bool {
        let updated_at = order["updated_at"].as_i64().unwrap();
        (self.from..=self.to).contains(&updated_at)
    }
}

/// What the mirror lists of a shop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mirror {
    pub(crate) orders: RowsById,
    pub(crate) products: RowsById,
    pub(crate) activities: RowsById,
}

impl Mirror {
    pub(crate) async fn read(store: &Store, shop: &ShopId) -> Self {
        Self {
            orders: rows_by_id(rows(store, shop, Resource::Orders).await),
            products: rows_by_id(rows(store, shop, Resource::Products).await),
            activities: rows_by_id(rows(store, shop, Resource::Activities).await),
        }
    }

    /// Whether each order of the span is here as it is now, and none is here that the platform no longer has.
    pub(crate) fn check_orders(&self, truth: &Expected, span: Span) -> Result<(), String> {
        let due = truth.orders.iter().filter(|(_, order)| span.holds(order));
        let mut differences: Vec<String> = due
            .filter_map(|(id, order)| difference(id, self.orders.get(id), &[order]))
            .collect();
        if span == Span::EVERYTHING {
            differences.extend(left_over(&self.orders, &truth.orders));
        }
        verdict("orders", &differences)
    }

    /// Whether these are exactly the platform's products and activities, as they were or are.
    pub(crate) fn check_shelves(&self, before: &Expected, now: &Expected) -> Result<(), String> {
        for (name, mirror, before, now) in [
            ("products", &self.products, &before.products, &now.products),
            (
                "activities",
                &self.activities,
                &before.activities,
                &now.activities,
            ),
        ] {
            let mut differences: Vec<String> = now
                .iter()
                .filter_map(|(id, row)| {
                    let then = before.get(id).unwrap_or(row);
                    difference(id, mirror.get(id), &[row, then])
                })
                .collect();
            differences.extend(left_over(mirror, now));
            verdict(name, &differences)?;
        }
        Ok(())
    }
}

fn verdict(name: &str, differences: &[String]) -> Result<(), String> {
    if differences.is_empty() {
        return Ok(());
    }
    let told = differences.iter().take(TOLD).cloned().collect::<Vec<_>>();
    Err(format!(
        "{} {name} differ: {}",
        differences.len(),
        told.join("; ")
    ))
}

fn left_over(mirror: &RowsById, truth: &RowsById) -> Vec<String> {
    mirror
        .keys()
        .filter(|id| !truth.contains_key(*id))
        .map(|id| format!("{id} is here, but not at the platform"))
        .collect()
}

/// What is wrong with a row that should be one of these.
fn difference(id: &str, mirrored: Option<&Value>, expected: &[&Value]) -> Option<String> {
    let Some(mirrored) = mirrored else {
        return Some(format!("{id} is missing ({})", expected[0]["updated_at"]));
    };
    if expected
        .iter()
        .any(|row| differing(mirrored, row).is_empty())
    {
        return None;
    }
    let fields: Vec<String> = differing(mirrored, expected[0])
        .into_iter()
        .map(|name| {
            let [here, there] = [mirrored, expected[0]].map(|row| row[name].to_string());
            format!("{name} {here:.80} for {there:.80}")
        })
        .collect();
    Some(format!("{id} has {}", fields.join(", ")))
}

/// The fields, of those that are expected, in which the rows differ.
fn differing<'a>(mirrored: &Value, expected: &'a Value) -> Vec<&'a str> {
    let fields = expected.as_object().into_iter().flat_map(Map::iter);
    fields
        .filter(|(name, value)| !is_same(&mirrored[name.as_str()], value))
        .map(|(name, _)| name.as_str())
        .collect()
}

/// Whether the mirror says all that is expected; of the rows in a list it may say more.
fn is_same(mirrored: &Value, expected: &Value) -> bool {
    match (mirrored, expected) {
        (Value::Array(here), Value::Array(there)) => {
            here.len() == there.len()
                && here
                    .iter()
                    .zip(there)
                    .all(|(here, there)| is_same(here, there))
        }
        (Value::Object(here), Value::Object(there)) => there
            .iter()
            .all(|(name, value)| is_same(here.get(name).unwrap_or(&Value::Null), value)),
        _ => mirrored == expected,
    }
}

fn rows_by_id(rows: Rows) -> RowsById {
    let (id, rows) = match rows {
        Rows::Orders(rows) => ("order_sn", serde_json::to_value(rows)),
        Rows::Products(rows) => ("product_id", serde_json::to_value(rows)),
        Rows::Activities(rows) => ("activity_id", serde_json::to_value(rows)),
    };
    let Value::Array(rows) = rows.unwrap() else {
        panic!("rows are a list");
    };
    let keyed = rows.into_iter().map(|mut row| {
        if let Some(labels) = row.get_mut("labels").and_then(Value::as_array_mut) {
            labels.retain(|label| !LABELS_OF_THE_HOUR.contains(&label.as_str().unwrap()));
        }
        (row[id].as_str().unwrap().to_owned(), row)
    });
    keyed.collect()
}
