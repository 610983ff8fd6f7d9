//! What the world holds.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Loose, text};
use crate::alter::{OrderChange, ProductChange};
use crate::http::Request;
use crate::sandbox::Sandbox;

pub(super) fn orders(sandbox: &Sandbox, request: &Request) -> Result<Value, String> {
    let shop_id = request.query_value("shop_id").ok_or("shop_id is missing")?;
    Ok(json!({"orders": sandbox.order_digests(&shop_id).map_err(text)?}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderBody {
    shop_id: Loose,
    action: String,
    order_sn: Option<String>,
    status: Option<Loose>,
    ship_by: Option<i64>,
    quantity: Option<i64>,
    count: Option<usize>,
    #[serde(default)]
    silently: bool,
}

pub(super) fn alter_order(sandbox: &Sandbox, body: &OrderBody, now: i64) -> Result<Value, String> {
    let shop_id = body.shop_id.text();
    let status = body.status.as_ref().map(Loose::text);
    let change = OrderChange {
        status,
        ship_by: body.ship_by,
        quantity: body.quantity,
    };
    let named = || body.order_sn.clone().ok_or("order_sn is missing");
    let order_sn = match body.action.as_str() {
        "add" => {
            let count = body.count.unwrap_or(1);
            let added = sandbox.add_orders(&shop_id, count, &change, now);
            return added
                .map(|numbers| json!({"order_sn": numbers.last(), "count": numbers.len()}))
                .map_err(text);
        }
        "change" => {
            let order_sn = named()?;
            if body.silently {
                sandbox.change_order_silently(&shop_id, &order_sn, &change)
            } else {
                sandbox.change_order(&shop_id, &order_sn, &change, now)
            }
            .map_err(text)?;
            order_sn
        }
        "remove" => {
            let order_sn = named()?;
            sandbox.remove_order(&shop_id, &order_sn).map_err(text)?;
            order_sn
        }
        _ => return Err("action is none of add, change, remove".into()),
    };
    Ok(json!({"order_sn": order_sn}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductBody {
    shop_id: Loose,
    action: Option<String>,
    product_id: Option<Loose>,
    status: Option<String>,
    stock: Option<i64>,
    price: Option<i64>,
}

pub(super) fn alter_product(
    sandbox: &Sandbox,
    body: &ProductBody,
    now: i64,
) -> Result<Value, String> {
    let shop_id = body.shop_id.text();
    let change = ProductChange {
        status: body.status.clone(),
        stock: body.stock,
        price: body.price,
    };
    let named = || {
        body.product_id
            .as_ref()
            .map(Loose::text)
            .ok_or("product_id is missing")
    };
    let product_id = match body.action.as_deref().unwrap_or("change") {
        "add" => sandbox.add_product(&shop_id, now).map_err(text)?,
        "change" => {
            let product_id = named()?;
            sandbox
                .change_product(&shop_id, &product_id, &change, now)
                .map_err(text)?;
            product_id
        }
        "remove" => {
            let product_id = named()?;
            sandbox
                .remove_product(&shop_id, &product_id)
                .map_err(text)?;
            product_id
        }
        _ => return Err("action is none of add, change, remove".into()),
    };
    Ok(json!({"product_id": product_id}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivityBody {
    shop_id: Loose,
    action: String,
    #[serde(rename = "type")]
    kind: Option<i64>,
    activity_id: Option<Loose>,
}

pub(super) fn alter_activity(
    sandbox: &Sandbox,
    body: &ActivityBody,
    now: i64,
) -> Result<Value, String> {
    let shop_id = body.shop_id.text();
    let activity_id = match body.action.as_str() {
        "add" => {
            let kind = body.kind.ok_or("type is missing")?;
            sandbox.add_activity(&shop_id, kind, now).map_err(text)?
        }
        "remove" => {
            let activity_id = body.activity_id.as_ref().ok_or("activity_id is missing")?;
            let activity_id = activity_id.text();
            sandbox
                .remove_activity(&shop_id, &activity_id)
                .map_err(text)?;
            activity_id
        }
        _ => return Err("action is neither add nor remove".into()),
    };
    Ok(json!({"activity_id": activity_id}))
}
