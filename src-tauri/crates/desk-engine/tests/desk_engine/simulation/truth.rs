//! What the mirror should hold, read from the stand-in's own records: the shape of the model, but none of the client's code.
//!
//! Left out is what a list does not tell, and what changes by the mere passing of time.

use std::collections::{BTreeMap, BTreeSet};

use desk_model::{Dialect, ShopId};
use desk_sandbox::Sandbox;
use serde_json::{Value, json};

use super::trouble::wire;

/// Rows by their remote id.
pub(crate) type RowsById = BTreeMap<String, Value>;

/// Labels that come and go with the time of day.
pub(crate) const LABELS_OF_THE_HOUR: [&str; 2] = ["soon_to_be_overdue", "past_due"];

/// All rows of a shop, as the mirror should hold them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expected {
    pub(crate) orders: RowsById,
    pub(crate) products: RowsById,
    pub(crate) activities: RowsById,
}

impl Expected {
    /// The shop's rows at `now` of the world's clock.
    pub(crate) fn read(sandbox: &Sandbox, dialect: Dialect, shop: &ShopId, now: i64) -> Self {
        let truth = sandbox.truth(wire(dialect), shop.remote_id(), now).unwrap();
        let by_id = |rows: Vec<Value>, id: &str, row: fn(&Value, &ShopId) -> Value| {
            rows.iter()
                .map(|wire| {
                    let row = row(wire, shop);
                    (row[id].as_str().unwrap().to_owned(), row)
                })
                .collect()
        };
        type Reader = fn(&Value, &ShopId) -> Value;
        let readers: [Reader; 3] = match dialect {
            Dialect::Guide => [guide::order, guide::product, guide::activity],
            Dialect::OpenPlatform => [
                open_platform::order,
                open_platform::product,
                open_platform::activity,
            ],
        };
        Self {
            orders: by_id(truth.orders, "order_sn", readers[0]),
            products: by_id(truth.products, "product_id", readers[1]),
            activities: by_id(truth.activities, "activity_id", readers[2]),
        }
    }
}

/// The ids of what a shop sells, and of what it takes part in.
pub(crate) struct Shelves {
    pub(crate) products: BTreeSet<String>,
    pub(crate) activities: BTreeSet<String>,
}

impl Shelves {
    /// What is there at `now` of the world's clock.
    pub(crate) fn read(sandbox: &Sandbox, dialect: Dialect, shop: &ShopId, now: i64) -> Self {
        let truth = sandbox.truth(wire(dialect), shop.remote_id(), now).unwrap();
        let ids = |rows: &[Value], names: [&str; 2]| {
            let id = |row: &Value| names.iter().find_map(|name| row.get(name)).map(text);
            let ids = rows.iter().filter_map(id);
            ids.map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        Self {
            products: ids(&truth.products, ["product_id", "goodsId"]),
            activities: ids(&truth.activities, ["activity_id", "activityId"]),
        }
    }
}

fn money(minor: &Value, currency: &Value) -> Value {
    match minor {
        Value::Null => Value::Null,
        minor => json!({"minor": minor, "currency": currency}),
    }
}

fn list(rows: &Value) -> impl Iterator<Item = &Value> {
    rows.as_array().into_iter().flatten()
}

/// An id, which the model has as text.
fn text(id: &Value) -> Value {
    match id {
        Value::Number(number) => json!(number.to_string()),
        other => other.clone(),
    }
}

mod guide {
    use super::*;

    /// A word of the wire that is one of ours in capitals, or unknown.
    fn status(wire: &Value, known: &[&str]) -> String {
        let word = wire.as_str().unwrap().to_lowercase();
        if known.contains(&word.as_str()) {
            word
        } else {
            "unknown".to_owned()
        }
    }

    pub(super) fn order(wire: &Value, shop: &ShopId) -> Value {
        let known = [
            "pending",
            "unshipped",
            "shipped",
            "delivered",
            "canceled",
            "partially_shipped",
        ];
        let currency = &wire["currency"];
        let item = |item: &Value| {
            json!({
                "line_sn": null,
                "sku_id": item["sku_id"],
                "product_id": item["product_id"],
                "ext_code": item["ext_code"],
                "name": item["name"],
                "spec": item["spec"],
                "image_url": item["image_url"],
                "quantity": item["quantity"],
                "unit_price": money(&item["unit_price"], currency),
            })
        };
        let is_known = !wire["total_amount"].is_null();
        json!({
            "order_sn": wire["order_sn"],
            "shop_id": shop,
            "status": status(&wire["status"], &known),
            "platform_status": wire["status"],
            "currency": currency,
            "total_amount": money(&wire["total_amount"], currency),
            "amount_state": if is_known { "known" } else { "pending" },
            "created_at": wire["created_at"],
            "ship_by": wire["ship_by"],
            "shipped_at": wire["shipped_at"],
            "delivered_at": wire["delivered_at"],
            "updated_at": wire["updated_at"],
            "items": list(&wire["items"]).map(item).collect::<Vec<_>>(),
            "labels": [],
        })
    }

    pub(super) fn product(wire: &Value, shop: &ShopId) -> Value {
        let known = ["active", "inactive", "incomplete", "draft", "deleted"];
        let sku = |sku: &Value| {
            json!({
                "sku_id": sku["sku_id"],
                "ext_code": sku["ext_code"],
                "spec": sku["spec"],
                "price": money(&sku["price"], &sku["currency"]),
                "stock": sku["stock"],
            })
        };
        let skus: Vec<Value> = list(&wire["skus"]).map(sku).collect();
        let is_common = skus.iter().all(|sku| sku["price"] == skus[0]["price"]);
        let stock: i64 = skus.iter().map(|sku| sku["stock"].as_i64().unwrap()).sum();
        json!({
            "product_id": wire["product_id"],
            "shop_id": shop,
            "name": wire["name"],
            "ext_code": null,
            "status": status(&wire["status"], &known),
            "platform_status": wire["status"],
            "category": wire["category"],
            "image_url": wire["image_url"],
            "price": if is_common { skus[0]["price"].clone() } else { Value::Null },
            "stock": stock,
            "created_at": wire["created_at"],
            "updated_at": wire["updated_at"],
            "skus": skus,
        })
    }

    pub(super) fn activity(wire: &Value, shop: &ShopId) -> Value {
        let item = |item: &Value| {
            json!({
                "product_id": item["product_id"],
                "sku_id": item["sku_id"],
                "activity_price": money(&item["activity_price"], &item["currency"]),
                "quantity": item["quantity"],
                "remaining": item["remaining"],
            })
        };
        json!({
            "activity_id": wire["activity_id"],
            "shop_id": shop,
            "name": wire["name"],
            "activity_type": wire["type"],
            "status": status(&wire["status"], &["upcoming", "running", "ended"]),
            "platform_status": wire["status"],
            "start_time": wire["start_time"],
            "end_time": wire["end_time"],
            "enroll_deadline": wire["enroll_deadline"],
            "joined": wire["joined"],
            "updated_at": wire["updated_at"],
            "items": list(&wire["items"]).map(item).collect::<Vec<_>>(),
        })
    }
}

mod open_platform {
    use super::*;

    pub(super) fn order(wire: &Value, shop: &ShopId) -> Value {
        let parent = &wire["parentOrderMap"];
        let code = parent["parentOrderStatus"].as_i64().unwrap();
        let status = match code {
            1 => "pending",
            2 => "unshipped",
            3 => "canceled",
            4 => "shipped",
            5 => "delivered",
            41 => "partially_shipped",
            51 => "partially_delivered",
            _ => "unknown",
        };
        let line = |line: &Value| {
            json!({
                "line_sn": line["orderSn"],
                "sku_id": text(&line["skuId"]),
                "product_id": text(&line["goodsId"]),
                "ext_code": line["productList"][0]["extCode"],
                "name": line["goodsName"],
                "spec": line["spec"],
                "image_url": line["thumbUrl"],
                "quantity": line["quantity"],
                "unit_price": null,
            })
        };
        let labels: Vec<&Value> = list(&parent["parentOrderLabel"])
            .filter(|label| label["value"] == 1)
            .map(|label| &label["name"])
            .filter(|name| !LABELS_OF_THE_HOUR.contains(&name.as_str().unwrap()))
            .collect();
        let mut order = json!({
            "order_sn": parent["parentOrderSn"],
            "shop_id": shop,
            "status": status,
            "platform_status": code.to_string(),
            "created_at": parent["parentOrderTime"],
            "ship_by": parent["expectShipLatestTime"],
            "shipped_at": parent["parentShippingTime"],
            "updated_at": parent["updateTime"],
            "items": list(&wire["orderList"]).map(line).collect::<Vec<_>>(),
            "labels": labels,
        });
        // Of an arrival the wire tells no more than that it was before the last change.
        if code != 5 {
            order["delivered_at"] = Value::Null;
        }
        order
    }

    pub(super) fn product(wire: &Value, shop: &ShopId) -> Value {
        let code = wire["goodsShowSubStatus"].as_i64().unwrap();
        let status = ["active", "inactive", "incomplete", "draft", "deleted"];
        let changed = wire["goodsStatusChangeTime"].as_str().unwrap();
        let sku = |sku: &Value| json!({"sku_id": text(&sku["skuId"]), "ext_code": sku["skuSn"]});
        json!({
            "product_id": text(&wire["goodsId"]),
            "shop_id": shop,
            "name": wire["goodsName"],
            "ext_code": wire["outGoodsSn"],
            "status": status[usize::try_from(code / 1000 - 2).unwrap()],
            "platform_status": code.to_string(),
            "category": text(&wire["catId"]),
            "image_url": wire["thumbUrl"],
            "price": shelf_price(wire),
            "stock": wire["quantity"],
            "created_at": wire["crtTime"],
            "updated_at": changed.parse::<i64>().unwrap() / 1_000,
            "skus": list(&wire["skuInfoList"]).map(sku).collect::<Vec<_>>(),
        })
    }

    /// A price with two decimals, as the shop of the simulation has.
    fn shelf_price(wire: &Value) -> Value {
        let minor = |amount: &Value| {
            let digits = amount.as_str().unwrap().replace('.', "");
            digits.parse::<i64>().ok().filter(|minor| *minor > 0)
        };
        let (retail, price) = (&wire["retailPrice"], &wire["price"]);
        match minor(&retail["amount"]).or_else(|| minor(price)) {
            Some(minor) => json!({"minor": minor, "currency": wire["currency"]}),
            None => Value::Null,
        }
    }

    pub(super) fn activity(wire: &Value, shop: &ShopId) -> Value {
        let kind = match wire["activityType"].as_i64().unwrap() {
            2 => "lightning_deal",
            13 => "big_sale",
            27 => "clearance",
            _ => "official_big_sale",
        };
        let status = ["upcoming", "running", "ended"];
        let code = wire["activityStatus"].as_u64().unwrap();
        json!({
            "activity_id": text(&wire["activityId"]),
            "shop_id": shop,
            "name": wire["activityName"],
            "activity_type": kind,
            "status": status[usize::try_from(code - 1).unwrap()],
            "platform_status": code.to_string(),
            "start_time": wire["activityStartTime"],
            "end_time": wire["activityEndTime"],
            "enroll_deadline": null,
            "joined": wire["isJoinedActivity"],
            "updated_at": null,
        })
    }
}
