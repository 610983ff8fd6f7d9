//! Orders: list with its filters, detail, and the shape of a row (§4.1, §4.2).

mod filter;

use serde_json::{Value, json};

use self::filter::Filter;
use super::{list_or_null, optional, page, required};
use crate::body::Parameters;
use crate::http::Refusal;
use crate::view::View;
use crate::world::{Line, MallType, Order, status};

const BY_SELLER: &str = "fulfillBySeller";
const BY_WAREHOUSE: &str = "fulfillByCooperativeWarehouse";

/// `bg.order.list.v2.get`, latest first by `sortby`.
pub(super) fn list(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
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
    let visible = |order: &&Order| order.updated_at <= view.horizon && filter.matches(view, order);
    let (rows, total) = if by_update {
        let (start, end) = filter.updated.unwrap_or(everything);
        view.cut(page, view.records.updated_in(start, end).filter(visible))
    } else {
        let (start, end) = filter.created.unwrap_or(everything);
        view.cut(page, view.records.created_in(start, end).filter(visible))
    };
    let rows = rows.into_iter().map(|order| row(view, order)).collect();
    Ok(json!({"totalItemNum": total, "pageItems": list_or_null(rows)}))
}

/// `bg.order.detail.v2.get`; its parent has no `updateTime` (§4.2).
pub(super) fn detail(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    check_mall(view)?;
    let fulfillment = optional(parameters.texts("fulfillmentTypeList"))?;
    let order = find(view, parameters)?;
    if fulfillment.is_some_and(|list| !list.iter().any(|kind| kind == fulfillment_type(order))) {
        return Err(not_found());
    }
    let mut detail = row(view, order);
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

/// One entry of `pageItems`.
pub(super) fn row(view: &View<'_>, order: &Order) -> Value {
    let market = &view.shop.markets[order.market];
    let batches = if order.cooperative {
        vec![json!(format!("BATCH{}", order.serial))]
    } else {
        Vec::new()
    };
    let local = view.shop.mall_type == MallType::Local;
    let parent = json!({
        "parentOrderSn": order.number(view.shop),
        "parentOrderStatus": order.status,
        "parentOrderTime": order.created_at,
        "parentOrderPendingFinishTime": order.confirmed_at,
        "expectShipLatestTime": order.ship_by,
        "latestDeliveryTime": order.ship_by.map(|due| due + 7 * 86_400),
        "parentShippingTime": if order.status == status::PARTIALLY_SHIPPED { None } else { order.shipped_at },
        "parentConfirmTime": order.confirmed_at,
        "updateTime": order.updated_at,
        "siteId": market.site_id,
        "regionId": market.region_id,
        "parentOrderLabel": named(&labels(order, view.now)),
        "fulfillmentWarning": [],
        // The name is inverted: true means that the buyer paid nothing (§4.1).
        "hasShippingFee": local.then_some(order.shipping_fee == 0),
        "orderPaymentType": payment_type(order),
        "batchOrderNumberList": batches,
        "shippingMethod": 1,
        "isShipmentConsolidatedByMainMall": false,
    });
    let lines: Vec<Value> = order
        .lines
        .iter()
        .map(|row| line(view, order, row))
        .collect();
    json!({"parentOrderMap": parent, "orderList": lines})
}

fn line(view: &View<'_>, order: &Order, line: &Line) -> Value {
    let product = &view.records.products[line.product];
    let sku = &product.skus[line.sku];
    let shipped_at = if line.status == status::UNSHIPPED {
        None
    } else {
        order.shipped_at
    };
    json!({
        "orderSn": order.line_number(view.shop, line),
        "quantity": line.quantity(),
        "originalOrderQuantity": line.ordered,
        "canceledQuantityBeforeShipment": line.canceled,
        "goodsId": product.id,
        // Local shops only.
        "skuId": (view.shop.mall_type == MallType::Local).then_some(sku.id),
        "goodsName": product.name,
        "originalGoodsName": product.name,
        "spec": sku.spec,
        "originalSpecName": sku.spec,
        "thumbUrl": view.picture(product.id),
        "orderStatus": line.status,
        "productList": [{
            "productId": product.id - 598_000_000_000_000,
            "productSkuId": sku.id - 13_590_000_000_000,
            "soldFactor": 1,
            "extCode": sku.ext_code,
        }],
        "orderLabel": named(&line_labels(order)),
        "fulfillmentWarning": [],
        "packageAbnormalTypeList": [],
        "fulfillmentType": fulfillment_type(order),
        "inventoryDeductionWarehouseId": Value::Null,
        "inventoryDeductionWarehouseName": Value::Null,
        "orderPaymentType": payment_type(order),
        "isCancelledDuringPending": order.status == status::CANCELED && order.confirmed_at.is_none(),
        "earliestTimeBuyShippingLabel": Value::Null,
        "earliestTimeGetShippingDocument": Value::Null,
        "orderShippingTime": shipped_at,
        "orderCreateTime": order.created_at,
        "isShipmentConsolidatedByMainMall": false,
        "qualificationUploadEndTime": Value::Null,
    })
}

fn line_labels(order: &Order) -> [(&'static str, bool); 9] {
    [
        ("customized_products", false),
        ("US_to_CA", false),
        ("is_US_to_CA_BBC", false),
        ("Y2_advance_sale", false),
        ("pre_sale_order", order.presale),
        ("made_to_order", false),
        ("vacation_order", false),
        ("second_hand_collectible_order", false),
        ("second_hand_luxury_order", false),
    ]
}

fn named(labels: &[(&str, bool)]) -> Vec<Value> {
    labels
        .iter()
        .map(|(name, set)| json!({"name": name, "value": i64::from(*set)}))
        .collect()
}

fn payment_type(order: &Order) -> &'static str {
    if order.cash_on_delivery { "COD" } else { "PPD" }
}
