//! Promotions of local shops, and the shop's goods in them (open platform § 4.8).

use std::mem;

use desk_model::{
    Activity, ActivityId, ActivityItem, ActivityStatus, Currency, Page, ProductId, Shop, ShopId,
    SkuId, Unreadable,
};
use serde_json::{json, value::RawValue};

use super::{Pass, list, regions, rows_before, shop_call, wire_id};
use crate::{
    call::Fields,
    connection::Connection,
    credentials::Caller,
    dialect::PAGE_SIZE,
    error::{Error, ErrorKind},
    row::{Malformed, Row, Rows},
};

pub(super) const LIST: &str = "bg.promotion.activity.query";
const GOODS: &str = "bg.promotion.activity.goods.query";
const LIGHTNING_DEAL: Pass = Pass(2);
const BIG_SALE: Pass = Pass(13);
const CLEARANCE: Pass = Pass(27);
const OFFICIAL_BIG_SALE: Pass = Pass(100);
/// `activityType` has to be given, so each type is read by itself.
pub(super) const PASSES: &[Pass] = &[LIGHTNING_DEAL, BIG_SALE, CLEARANCE, OFFICIAL_BIG_SALE];
/// A list of goods that goes on beyond this repeats itself.
const MOST_GOODS_PAGES: u64 = 1_000;

pub(super) async fn page(
    connection: &Connection,
    caller: &Caller<'_>,
    activity_type: Pass,
    page: u64,
) -> Result<Page<Activity>, Error> {
    let fields = Fields::new([
        ("pageNumber", json!(page)),
        ("pageSize", json!(PAGE_SIZE)),
        ("activityType", json!(activity_type.0)),
    ]);
    let read = |payload: Option<&RawValue>| {
        Ok(list(payload, ("activityList", "total"), rows_before(page))?
            .read(|row| activity(row, activity_type, &caller.shop.shop_id)))
    };
    let mut answer = connection
        .call(&shop_call(LIST, caller, fields), read)
        .await?;
    if caller.shop.allows(GOODS) {
        add_goods(connection, caller, &mut answer.value).await?;
    }
    Ok(answer.into())
}

/// Fills in the goods of joined activities. An activity with goods that cannot be read is unreadable: it would be shown without them.
async fn add_goods(
    connection: &Connection,
    caller: &Caller<'_>,
    activities: &mut Rows<Activity>,
) -> Result<(), Error> {
    for mut activity in mem::take(&mut activities.readable) {
        if activity.value.joined {
            match items(connection, caller, &activity.value.activity_id).await? {
                Ok(items) => activity.value.items = items,
                Err(Malformed(reason)) => {
                    activities.unreadable.push(Unreadable {
                        raw: activity.raw,
                        reason,
                    });
                    continue;
                }
            }
        }
        activities.readable.push(activity);
    }
    Ok(())
}

/// The shop's goods in an activity. One that is over or canceled may have none left to tell.
async fn items(
    connection: &Connection,
    caller: &Caller<'_>,
    activity_id: &ActivityId,
) -> Result<Result<Vec<ActivityItem>, Malformed>, Error> {
    let currency = shop_currency(caller.shop);
    let mut items = Vec::new();
    for page in 1..=MOST_GOODS_PAGES {
        let fields = Fields::new([
            ("activityId", wire_id(activity_id.as_str())),
            ("pageNumber", json!(page)),
            ("pageSize", json!(PAGE_SIZE)),
        ]);
        let read = |payload: Option<&RawValue>| {
            Ok(list(payload, ("goodsList", "total"), rows_before(page))?
                .read(|row| goods_items(row, currency.as_ref())))
        };
        let goods = match connection
            .call(&shop_call(GOODS, caller, fields), read)
            .await
        {
            Ok(answer) => answer.value,
            Err(error) if matches!(error.kind, ErrorKind::NotFound | ErrorKind::ScopeMissing) => {
                return Ok(Ok(items));
            }
            Err(error) => return Err(error),
        };
        if let Some(row) = goods.unreadable.into_iter().next() {
            return Ok(Err(Malformed(format!("in its goods, {}", row.reason))));
        }
        let is_last = goods.readable.is_empty() || page * PAGE_SIZE >= goods.total;
        items.extend(goods.readable.into_iter().flat_map(|goods| goods.value));
        if is_last {
            return Ok(Ok(items));
        }
    }
    Err(Error::new(
        ErrorKind::Malformed,
        "the goods of an activity never end",
    ))
}

fn activity(row: &Row<'_>, activity_type: Pass, shop_id: &ShopId) -> Result<Activity, Malformed> {
    let platform_status = row.text("activityStatus").unwrap_or_default();
    Ok(Activity {
        activity_id: ActivityId::new(row.required_id("activityId")?),
        shop_id: shop_id.clone(),
        name: row.text("activityName").unwrap_or_default(),
        activity_type: row
            .integer("activityType")
            .map_or_else(|| type_word(activity_type.0.into()), type_word),
        status: match platform_status.as_str() {
            "1" => ActivityStatus::Upcoming,
            "2" => ActivityStatus::Running,
            "3" => ActivityStatus::Ended,
            _ => ActivityStatus::Unknown,
        },
        platform_status,
        start_time: row.seconds("activityStartTime"),
        end_time: row.seconds("activityEndTime"),
        enroll_deadline: None,
        joined: row.flag("isJoinedActivity"),
        updated_at: None,
        items: Vec::new(),
    })
}

fn type_word(activity_type: i64) -> String {
    let word = match activity_type {
        2 => "lightning_deal",
        13 => "big_sale",
        27 => "clearance",
        100 => "official_big_sale",
        other => return other.to_string(),
    };
    word.to_owned()
}

/// Quantities are told per product, prices per SKU: with one SKU they share an item, else the product has an item of its own.
fn goods_items(row: &Row<'_>, currency: Option<&Currency>) -> Result<Vec<ActivityItem>, Malformed> {
    let product = ActivityItem {
        product_id: ProductId::new(row.required_id("goodsId")?),
        sku_id: None,
        activity_price: None,
        quantity: row.count("activityQuantity"),
        remaining: row.count("remainingActivityQuantity"),
    };
    let skus = row.objects("skuList")?;
    let priced = |sku: &Row<'_>, item: &ActivityItem| ActivityItem {
        sku_id: sku.id("skuId").map(SkuId::new),
        activity_price: sku.minor("activitySupplierPrice", currency),
        ..item.clone()
    };
    if let [sku] = skus.as_slice() {
        return Ok(vec![priced(sku, &product)]);
    }
    let unquantified = ActivityItem {
        quantity: None,
        remaining: None,
        ..product.clone()
    };
    let mut items = vec![product];
    items.extend(skus.iter().map(|sku| priced(sku, &unquantified)));
    Ok(items)
}

/// Promotion prices come without a currency: the one of the shop's region.
fn shop_currency(shop: &Shop) -> Option<Currency> {
    regions::region_currency(shop.region.as_deref()?.parse().ok()?)
}
