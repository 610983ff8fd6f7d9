//! Orders: list with its filters, detail, and the shape of a row (§4.1, §4.2).

mod filter;
mod row;

use serde_json::{Value, json};

use self::filter::Filter;
use self::row::OrdersPage;
pub(super) use self::row::Row;
use super::{optional, page, required};
use crate::body::Parameters;
use crate::http::{Refusal, json_text, json_value};
use crate::view::View;
use crate::world::{MallType, Order, status};

const BY_SELLER: &str = "fulfillBySeller";
const BY_WAREHOUSE: &str = "fulfillByCooperativeWarehouse";

/// `bg.order.list.v2.get`, latest first by `sortby`.
pub(super) fn list(view: &View<'_>, parameters: &Parameters) -> Result<String, Refusal> {
    check_mall(view)?;
    let number = optional(parameters.integer("pageNumber"))?.unwrap_or(1);
    let size = optional(parameters.integer("pageSize"))?.unwrap_or(10);
    let page = page(number, size, super::BAD_PARAMETERS)?;
    let by_update = match optional(parameters.text("sortby"))?.as_deref() {
        None | Some("createTime") => false,
        Some("updateTime") => true,
        Some(_) => {
            return Err(Refusal::new(
                super::BAD_PARAMETERS,
                "sortby is neither createTime nor updateTime",
            ));
        }
    };
    let filter = Filter::read(parameters)?;
    let everything = (i64::MIN, i64::MAX);
    let (rows, by_time_alone) = if by_update {
        let (start, end) = filter.updated.unwrap_or(everything);
        let alone = filter.created.is_none();
        (view.records.updated_in(start, end.min(view.horizon)), alone)
    } else {
        let (start, end) = filter.created.unwrap_or(everything);
        let alone = filter.updated.is_none() && view.horizon == i64::MAX;
        (view.records.created_in(start, end), alone)
    };
    let (rows, total) = if by_time_alone && filter.lets_all_pass() {
        view.cut_window(page, rows)
    } else {
        let visible =
            |order: &&Order| order.updated_at <= view.horizon && filter.matches(view, order);
        view.cut(page, rows.filter(visible))
    };
    let rows: Vec<Row<'_>> = rows
        .into_iter()
        .map(|order| Row::new(view, order))
        .collect();
    Ok(json_text(&OrdersPage {
        total,
        rows: Some(rows).filter(|rows| !rows.is_empty()),
    }))
}

/// `bg.order.detail.v2.get`; its parent has no `updateTime` (§4.2).
pub(super) fn detail(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    check_mall(view)?;
    let fulfillment = optional(parameters.texts("fulfillmentTypeList"))?;
    let order = find(view, parameters)?;
    if fulfillment.is_some_and(|list| !list.iter().any(|kind| kind == fulfillment_type(order))) {
        return Err(not_found());
    }
    let mut detail = json_value(&Row::new(view, order));
    let parent = &mut detail["parentOrderMap"];
    if let Some(fields) = parent.as_object_mut() {
        fields.shift_remove("updateTime");
    }
    parent["regionName1"] = json!(view.shop.markets[order.market].country);
    parent["regionName2"] = Value::Null;
    parent["regionName3"] = Value::Null;
    parent["paymentInfo"] = Value::Null;
    let lines = detail["orderList"].as_array_mut().into_iter().flatten();
    for (line, fields) in order.lines.iter().zip(lines) {
        let shipped = line.status != status::UNSHIPPED && order.shipped_at.is_some();
        let package = json!({"packageSn": format!("PK{:017}", line.serial), "packageDeliveryType": 2, "callSuccess": true});
        fields["packageSnInfo"] = if shipped {
            json!([package])
        } else {
            Value::Null
        };
        fields["hasUploadedEvidence"] = json!(false);
    }
    Ok(detail)
}

/// The order that `parentOrderSn` names.
pub(super) fn find<'a>(view: &'a View<'_>, parameters: &Parameters) -> Result<&'a Order, Refusal> {
    check_mall(view)?;
    let number = required(
        140_020_013,
        "parentOrderSn",
        parameters.text("parentOrderSn"),
    )?;
    view.records.order(view.shop, &number).ok_or_else(not_found)
}

fn not_found() -> Refusal {
    Refusal::new(140_020_002, "order not found")
}

fn check_mall(view: &View<'_>) -> Result<(), Refusal> {
    match view.shop.mall_type {
        MallType::Full => Err(Refusal::new(
            140_020_001,
            "the shop is neither SEMI nor LOCAL",
        )),
        MallType::Semi | MallType::Local => Ok(()),
    }
}

fn fulfillment_type(order: &Order) -> &'static str {
    if order.cooperative {
        BY_WAREHOUSE
    } else {
        BY_SELLER
    }
}

fn labels(order: &Order, now: i64) -> [(&'static str, bool); 6] {
    [
        ("soon_to_be_overdue", order.soon_overdue(now)),
        ("past_due", order.past_due(now)),
        ("pending_buyer_cancellation", order.cancellation_requested),
        ("pending_buyer_address_change", false),
        ("pending_risk_control_alert", false),
        ("signature_required_on_delivery", false),
    ]
}
