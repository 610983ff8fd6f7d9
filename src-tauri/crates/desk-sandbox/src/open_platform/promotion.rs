//! Promotions of local shops (§4.8).

use serde_json::{Value, json};

use super::{list_or_null, optional, page, required};
use crate::body::Parameters;
use crate::http::Refusal;
use crate::paging::Page;
use crate::view::View;
use crate::world::{Activity, MallType, Sku};

const ILLEGAL_PARAMETER: i64 = 220_010_001;

/// `bg.promotion.activity.query`: one type per call.
pub(super) fn activities(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    check_mall(view)?;
    let page = page_of(parameters)?;
    let kind = required(
        ILLEGAL_PARAMETER,
        "activityType",
        parameters.integer("activityType"),
    )?;
    if !Activity::is_type(kind) {
        return Err(Refusal::new(
            ILLEGAL_PARAMETER,
            "activityType is none of 2, 13, 27, 100",
        ));
    }
    let status = optional(parameters.integer("activityStatus"))?;
    let start = optional(parameters.integer("activityStartTime"))?.unwrap_or(i64::MIN);
    let end = optional(parameters.integer("activityEndTime"))?.unwrap_or(i64::MAX);
    let ids = optional(parameters.integers("activityIdList"))?.filter(|ids| !ids.is_empty());
    let only_joined = optional(parameters.boolean("onlyQueryJoinedActivity"))?.unwrap_or(false);
    let matches = |activity: &&Activity| {
        activity.kind == kind
            && status.is_none_or(|status| activity.phase(view.now).code() == status)
            && activity.overlaps(start, end)
            && ids.as_ref().is_none_or(|ids| ids.contains(&activity.id))
            && (!only_joined || activity.joined)
    };
    let (rows, total) = view.cut(page, view.records.activities.iter().filter(matches));
    let rows = rows.into_iter().map(|row| activity(view, row)).collect();
    Ok(json!({"total": total, "activityList": list_or_null(rows)}))
}

/// `bg.promotion.activity.goods.query`; prices are minor units.
pub(super) fn activity_goods(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    check_mall(view)?;
    let page = page_of(parameters)?;
    let id = required(
        ILLEGAL_PARAMETER,
        "activityId",
        parameters.integer("activityId"),
    )?;
    let found = view
        .records
        .activities
        .iter()
        .find(|activity| activity.id == id);
    let found = found.ok_or_else(|| Refusal::new(ILLEGAL_PARAMETER, "activityId is unknown"))?;
    let (rows, total) = view.cut(page, found.items.iter());
    let goods = rows.into_iter().map(|item| {
        let product = &view.records.products[item.product];
        let sku =
            |sku: &Sku| json!({"skuId": sku.id, "activitySupplierPrice": found.price(sku.price)});
        json!({
            "goodsId": product.id,
            "activityQuantity": item.quantity,
            "remainingActivityQuantity": item.remaining,
            "skuList": product.skus.iter().map(sku).collect::<Vec<_>>(),
        })
    });
    let goods = list_or_null(goods.collect());
    Ok(json!({"activityInfo": activity(view, found), "total": total, "goodsList": goods}))
}

/// One entry of `activityList`.
pub(super) fn activity(view: &View<'_>, activity: &Activity) -> Value {
    json!({
        "activityId": activity.id,
        "activityName": activity.name,
        "activityType": activity.kind,
        "activityStatus": activity.phase(view.now).code(),
        "activityStartTime": activity.start_time,
        "activityEndTime": activity.end_time,
        "isJoinedActivity": activity.joined,
    })
}

fn check_mall(view: &View<'_>) -> Result<(), Refusal> {
    match view.shop.mall_type {
        MallType::Local => Ok(()),
        MallType::Semi => Err(Refusal::new(
            ILLEGAL_PARAMETER,
            "not supported: the shop is semi-managed",
        )),
        MallType::Full => Err(Refusal::new(
            ILLEGAL_PARAMETER,
            "not supported: the shop is full-managed",
        )),
    }
}

fn page_of(parameters: &Parameters) -> Result<Page, Refusal> {
    let number = required(
        ILLEGAL_PARAMETER,
        "pageNumber",
        parameters.integer("pageNumber"),
    )?;
    let size = required(
        ILLEGAL_PARAMETER,
        "pageSize",
        parameters.integer("pageSize"),
    )?;
    page(number, size, ILLEGAL_PARAMETER)
}
