//! Amounts of an order (§4.3); only some shops' tokens may ask.

use serde_json::{Value, json};

use super::orders::find;
use crate::body::Parameters;
use crate::http::Refusal;
use crate::view::View;

pub(super) fn query(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    let order = find(view, parameters)?;
    let Some(amounts) = order.amounts() else {
        return Err(Refusal::new(
            140_020_008,
            "amounts are still being calculated, try again later",
        ));
    };
    let money = |amount: i64| json!({"currency": view.shop.currency, "amount": amount});
    let line = |line: &crate::world::Line| {
        json!({
            "orderSn": order.line_number(view.shop, line),
            "quantity": line.quantity(),
            "basePrice": money(line.base_price() * line.quantity()),
            "unitBasePrice": money(line.base_price()),
            "unitRetailPrice": money(line.unit_price),
            "discountFromSeller": money(0),
            "discountFromTEMU": money(0),
            "shipAmountTotal": money(0),
        })
    };
    Ok(json!({
        "parentOrderMap": {
            "parentOrderSn": order.number(view.shop),
            "basePriceTotal": money(amounts.base_price),
            "shippingAmountTotal": money(amounts.shipping),
            "taxTotal": money(amounts.tax),
            "discountFromSeller": money(amounts.discount_from_seller),
            "discountFromTEMU": money(amounts.discount_from_platform),
            "totalDiscount": money(amounts.discount()),
            "refundsTotal": money(0),
            "estimatedRevenueDeduction": money(amounts.deduction),
            "estimatedRevenue": money(amounts.estimated_revenue()),
            "retailPriceTotal": money(amounts.retail_price),
            "customerPaid": money(amounts.customer_paid()),
            "signOnDelivery": money(0),
        },
        "orderList": order.lines.iter().map(line).collect::<Vec<_>>(),
        "warning": Value::Null,
    }))
}
