//! An order as the guide shows it. Written straight to text: lists of a million orders are measured against.

use std::borrow::Cow;

use serde::Serialize;

use crate::view::View;
use crate::world::{Line, Order, STATUSES};

#[derive(Serialize)]
pub(super) struct OrdersPage<'a> {
    pub(super) orders: Vec<OrderRow<'a>>,
    pub(super) total: i64,
}

/// Names, order and types are the wire's.
#[derive(Serialize)]
pub(super) struct OrderRow<'a> {
    order_sn: String,
    status: Cow<'static, str>,
    currency: &'a str,
    total_amount: Option<i64>,
    created_at: i64,
    paid_at: Option<i64>,
    ship_by: Option<i64>,
    shipped_at: Option<i64>,
    delivered_at: Option<i64>,
    updated_at: i64,
    buyer_country: &'a str,
    items: Vec<Item<'a>>,
    tracking: Vec<Parcel>,
}

#[derive(Serialize)]
struct Item<'a> {
    sku_id: String,
    ext_code: &'a str,
    product_id: String,
    name: &'a str,
    spec: &'a str,
    image_url: String,
    quantity: i64,
    unit_price: i64,
}

#[derive(Serialize)]
struct Parcel {
    carrier: &'static str,
    number: String,
}

impl<'a> OrderRow<'a> {
    pub(super) fn new(view: &'a View<'_>, order: &'a Order) -> Self {
        let parcels = order.tracking().into_iter();
        Self {
            order_sn: order.number(view.shop),
            status: status_name(order.status),
            currency: view.shop.currency,
            total_amount: order.amounts().map(|amounts| amounts.customer_paid()),
            created_at: order.created_at,
            paid_at: order.confirmed_at,
            ship_by: order.ship_by,
            shipped_at: order.shipped_at,
            delivered_at: order.delivered_at,
            updated_at: order.updated_at,
            buyer_country: view.shop.markets[order.market].country,
            items: order.lines.iter().map(|line| item(view, line)).collect(),
            tracking: parcels
                .map(|(carrier, number)| Parcel { carrier, number })
                .collect(),
        }
    }
}

fn item<'a>(view: &'a View<'_>, line: &Line) -> Item<'a> {
    let product = &view.records.products[line.product];
    let sku = &product.skus[line.sku];
    Item {
        sku_id: sku.id.to_string(),
        ext_code: &sku.ext_code,
        product_id: product.id.to_string(),
        name: &product.name,
        spec: &sku.spec,
        image_url: view.picture(product.id),
        quantity: line.quantity(),
        unit_price: line.unit_price,
    }
}

pub(super) fn status_name(code: i64) -> Cow<'static, str> {
    let known = STATUSES.iter().find(|(known, _)| *known == code);
    known.map_or_else(
        || Cow::Owned(format!("STATUS_{code}")),
        |(_, name)| Cow::Borrowed(*name),
    )
}
