//! The guide's reads. Lists come latest update first.

use serde_json::{Value, json};

use super::order_row::{OrderRow, OrdersPage, status_name};
use super::{ORDER_NOT_FOUND, invalid, optional, required};
use crate::body::Parameters;
use crate::http::{Refusal, json_text};
use crate::paging::Page;
use crate::view::View;
use crate::world::{Activity, Bucket, GUIDE_SCOPES, Product, STATUSES, Shop, Sku};

pub(super) fn orders(view: &View<'_>, parameters: &Parameters) -> Result<String, Refusal> {
    let (start, end) = window(parameters)?;
    let page = page(parameters)?;
    let status = optional(parameters.text("status"))?;
    if let Some(status) = &status
        && !STATUSES.iter().any(|(_, name)| name == status)
    {
        return Err(invalid(format!("status {status} is unknown")));
    }
    let rows = view.records.updated_in(start, end.min(view.horizon));
    let (rows, total) = match status {
        None => view.cut_window(page, rows),
        Some(status) => {
            let rows = rows.filter(|order| status_name(order.status) == status);
            view.cut(page, rows)
        }
    };
    let orders = rows.into_iter().map(|row| OrderRow::new(view, row));
    Ok(json_text(&OrdersPage {
        orders: orders.collect(),
        total,
    }))
}

pub(super) fn order_detail(view: &View<'_>, parameters: &Parameters) -> Result<String, Refusal> {
    let number = required("order_sn", parameters.text("order_sn"))?;
    match view.records.order(view.shop, &number) {
        Some(found) => Ok(json_text(&OrderRow::new(view, found))),
        None => Err(Refusal::new(ORDER_NOT_FOUND, "order not found")),
    }
}

pub(super) fn products(view: &View<'_>, parameters: &Parameters) -> Result<String, Refusal> {
    let page = page(parameters)?;
    let bucket = match optional(parameters.text("status"))? {
        Some(status) => Some(
            Bucket::from_name(&status)
                .ok_or_else(|| invalid(format!("status {status} is unknown")))?,
        ),
        None => None,
    };
    let rows = view.records.listed_products();
    let (rows, total) = view.cut(
        page,
        rows.filter(|product| bucket.is_none_or(|bucket| product.bucket == bucket)),
    );
    let products: Vec<Value> = rows.into_iter().map(|row| product(view, row)).collect();
    Ok(json!({"products": products, "total": total}).to_string())
}

pub(super) fn activities(view: &View<'_>, parameters: &Parameters) -> Result<String, Refusal> {
    let (start, end) = window(parameters)?;
    let page = page(parameters)?;
    let rows = view.records.activities.iter();
    let (rows, total) = view.cut(page, rows.filter(|activity| activity.overlaps(start, end)));
    let activities: Vec<Value> = rows.into_iter().map(|row| activity(view, row)).collect();
    Ok(json!({"activities": activities, "total": total}).to_string())
}

pub(super) fn shop_info(shop: &Shop, expires_at: i64) -> Value {
    json!({
        "shop_id": shop.guide_id(),
        "shop_name": shop.name,
        "region": shop.region.name(),
        "scopes": shop.granted(GUIDE_SCOPES),
        "expires_at": expires_at,
    })
}

fn window(parameters: &Parameters) -> Result<(i64, i64), Refusal> {
    let start = required("start_time", parameters.integer("start_time"))?;
    let end = required("end_time", parameters.integer("end_time"))?;
    if end < start {
        return Err(invalid("end_time is before start_time"));
    }
    Ok((start, end))
}

fn page(parameters: &Parameters) -> Result<Page, Refusal> {
    let number = required("page", parameters.integer("page"))?;
    let size = required("page_size", parameters.integer("page_size"))?;
    if number < 1 {
        return Err(invalid("page starts at 1"));
    }
    if !(1..=100).contains(&size) {
        return Err(invalid("page_size is not within 1 and 100"));
    }
    Ok(Page { number, size })
}

pub(super) fn product(view: &View<'_>, product: &Product) -> Value {
    let sku = |sku: &Sku| {
        json!({
            "sku_id": sku.id.to_string(),
            "ext_code": sku.ext_code,
            "spec": sku.spec,
            "price": sku.price,
            "currency": view.shop.currency,
            "stock": sku.stock,
        })
    };
    json!({
        "product_id": product.id.to_string(),
        "name": product.name,
        "status": product.bucket.name(),
        "category": product.category,
        "image_url": view.picture(product.id),
        "created_at": product.created_at,
        "updated_at": product.updated_at,
        "skus": product.skus.iter().map(sku).collect::<Vec<_>>(),
    })
}

pub(super) fn activity(view: &View<'_>, activity: &Activity) -> Value {
    let mut items = Vec::new();
    for item in &activity.items {
        let product = &view.records.products[item.product];
        for sku in &product.skus {
            items.push(json!({
                "product_id": product.id.to_string(),
                "sku_id": sku.id.to_string(),
                "activity_price": activity.price(sku.price),
                "currency": view.shop.currency,
                "quantity": item.quantity,
                "remaining": item.remaining,
            }));
        }
    }
    json!({
        "activity_id": activity.id.to_string(),
        "name": activity.name,
        "type": activity.kind_name(),
        "status": activity.phase(view.now).name(),
        "start_time": activity.start_time,
        "end_time": activity.end_time,
        "enroll_deadline": activity.enroll_deadline,
        "joined": activity.joined,
        "updated_at": activity.updated_at,
        "items": items,
    })
}
