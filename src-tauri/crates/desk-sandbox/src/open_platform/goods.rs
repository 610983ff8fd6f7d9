//! Local goods and SKUs (§4.5). Filters take milliseconds, creation times come back in seconds.

use serde_json::{Value, json};

use super::{list_or_null, optional, page, required};
use crate::body::Parameters;
use crate::http::Refusal;
use crate::paging::Page;
use crate::view::View;
use crate::world::{Bucket, MallType, Product, Sku, decimal};

const INVALID_PARAMETERS: i64 = 150_010_003;
const MALL_NOT_FOUND: i64 = 150_010_105;
const MISSING_FILTER: i64 = 7_000_000;

/// `bg.local.goods.list.query`: one shelf per call.
pub(super) fn goods_list(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    check_mall(view)?;
    let search_type = optional(parameters.integer("goodsSearchType"))?;
    let filter_type = optional(parameters.integer("goodsStatusFilterType"))?;
    let bucket = search_type
        .or(filter_type)
        .ok_or_else(|| Refusal::new(MISSING_FILTER, "goodsSearchType not passed in"))?;
    if ![1, 4, 5, 6].contains(&bucket) || filter_type.is_some_and(|other| other != bucket) {
        return Err(Refusal::new(
            INVALID_PARAMETERS,
            "goodsSearchType and goodsStatusFilterType must agree on 1, 4, 5 or 6",
        ));
    }
    let filter = Filter::read(
        parameters,
        "goodsSubStatusFilterType",
        "goodsStatusChangeTime",
    )?;
    let ids = optional(parameters.integers("goodsIdList"))?;
    let page = page_of(parameters)?;
    let order_field = optional(parameters.text("orderField"))?;
    let ascending = optional(parameters.integer("orderType"))? == Some(1);
    let mut rows: Vec<&Product> = view.records.listed_products().collect();
    rows.retain(|product| product.bucket.search_type() == bucket && filter.matches(product));
    rows.retain(|product| ids.as_ref().is_none_or(|ids| ids.contains(&product.id)));
    match order_field.as_deref() {
        Some("goodsName") => rows.sort_by(|left, right| left.name.cmp(&right.name)),
        Some("createTime") | None => rows.sort_by_key(|product| (product.created_at, product.id)),
        Some("outGoodsSn") => rows.sort_by(|left, right| left.article.cmp(&right.article)),
        Some("price") => rows.sort_by_key(|product| product.skus[0].price),
        Some("quantity") => rows.sort_by_key(|product| stock(product)),
        Some(_) => rows.sort_by_key(|product| product.id),
    }
    if !ascending {
        rows.reverse();
    }
    let (rows, total) = view.cut(page, rows.into_iter());
    let rows = rows
        .into_iter()
        .map(|product| goods(view, product))
        .collect();
    Ok(json!({"pageNo": page.number, "total": total, "goodsList": list_or_null(rows)}))
}

/// `bg.local.goods.sku.list.query`: 2 on the shelf, 3 off it.
pub(super) fn sku_list(view: &View<'_>, parameters: &Parameters) -> Result<Value, Refusal> {
    check_mall(view)?;
    let search_type = required(
        MISSING_FILTER,
        "skuSearchType",
        parameters.integer("skuSearchType"),
    )?;
    let filter_type = required(
        MISSING_FILTER,
        "skuStatusFilterType",
        parameters.integer("skuStatusFilterType"),
    )?;
    let bucket = match (search_type, filter_type) {
        (2, 2) => Bucket::Active,
        (3, 3) => Bucket::Inactive,
        _ => {
            return Err(Refusal::new(
                INVALID_PARAMETERS,
                "skuSearchType and skuStatusFilterType must agree on 2 or 3",
            ));
        }
    };
    let filter = Filter::read(parameters, "skuSubStatusFilterType", "skuStatusChangeTime")?;
    let ids = optional(parameters.integers("skuIdList"))?;
    let page = page_of(parameters)?;
    let products = view
        .records
        .listed_products()
        .filter(|product| product.bucket == bucket && filter.matches(product));
    let rows = products.flat_map(|product| product.skus.iter().map(move |sku| (product, sku)));
    let (rows, total) = view.cut(
        page,
        rows.filter(|(_, sku)| ids.as_ref().is_none_or(|ids| ids.contains(&sku.id))),
    );
    let rows = rows
        .into_iter()
        .map(|(product, row)| sku(view, product, row))
        .collect();
    Ok(json!({"pageNo": page.number, "total": total, "skuList": list_or_null(rows)}))
}

fn check_mall(view: &View<'_>) -> Result<(), Refusal> {
    match view.shop.mall_type {
        MallType::Local => Ok(()),
        MallType::Semi => Err(Refusal::new(
            MALL_NOT_FOUND,
            "local mall not found: the shop is semi-managed",
        )),
        MallType::Full => Err(Refusal::new(
            MALL_NOT_FOUND,
            "local mall not found: the shop is full-managed",
        )),
    }
}

fn page_of(parameters: &Parameters) -> Result<Page, Refusal> {
    let number = required(MISSING_FILTER, "pageNo", parameters.integer("pageNo"))?;
    let size = required(MISSING_FILTER, "pageSize", parameters.integer("pageSize"))?;
    page(number, size, INVALID_PARAMETERS)
}

/// What both lists filter by; times are milliseconds.
struct Filter {
    sub_status: Option<i64>,
    text: Option<String>,
    category_ids: Option<Vec<i64>>,
    created: (Option<i64>, Option<i64>),
    changed: (Option<i64>, Option<i64>),
}

impl Filter {
    fn read(parameters: &Parameters, sub_status: &str, change_time: &str) -> Result<Self, Refusal> {
        let time = |name: &str| optional(parameters.loose_integer(name));
        Ok(Self {
            sub_status: optional(parameters.integer(sub_status))?,
            text: optional(parameters.text("searchText"))?.filter(|text| !text.is_empty()),
            category_ids: optional(parameters.integers("catIdList"))?,
            created: (
                optional(parameters.integer("crtFrom"))?,
                optional(parameters.integer("crtTo"))?,
            ),
            changed: (
                time(&format!("{change_time}From"))?,
                time(&format!("{change_time}To"))?,
            ),
        })
    }

    fn matches(&self, product: &Product) -> bool {
        let named = |text: &String| product.name.contains(text) || product.id.to_string() == *text;
        self.sub_status
            .is_none_or(|code| code == product.sub_status)
            && self.text.as_ref().is_none_or(named)
            && self
                .category_ids
                .as_ref()
                .is_none_or(|ids| ids.contains(&product.category_id))
            && between(self.created, product.created_at * 1_000)
            && between(self.changed, product.updated_at * 1_000)
    }
}

fn between((from, to): (Option<i64>, Option<i64>), time: i64) -> bool {
    from.is_none_or(|from| from <= time) && to.is_none_or(|to| time <= to)
}

fn stock(product: &Product) -> i64 {
    product.skus.iter().map(|sku| sku.stock).sum()
}

/// One entry of `goodsList`.
pub(super) fn goods(view: &View<'_>, product: &Product) -> Value {
    let sku_info =
        |sku: &Sku| json!({"skuId": sku.id, "skuSn": sku.ext_code, "specList": specs(sku)});
    let first = &product.skus[0];
    let low_traffic = if product.sub_status == 2101 { 1 } else { 2 };
    json!({
        "goodsId": product.id,
        "goodsName": product.name,
        "specName": first.spec,
        "thumbUrl": view.picture(product.id),
        "outGoodsSn": product.article,
        "status4VO": product.bucket.search_type(),
        "subStatus4VO": 0,
        "goodsShowSubStatus": product.sub_status,
        "currency": view.shop.currency,
        "price": decimal(first.price, view.shop.decimals),
        "retailPrice": retail_price(view, product, first),
        "listPrice": {"amount": decimal(first.price * 3 / 2, view.shop.decimals), "currency": view.shop.currency},
        "marketPrice": first.price * 3 / 2,
        "quantity": stock(product),
        "catId": product.category_id,
        "brandId": Value::Null,
        "trademarkId": Value::Null,
        "outSkuSnList": product.skus.iter().map(|sku| json!(sku.ext_code)).collect::<Vec<_>>(),
        "skuIdList": product.skus.iter().map(|sku| sku.id).collect::<Vec<_>>(),
        "skuInfoList": product.skus.iter().map(sku_info).collect::<Vec<_>>(),
        "crtTime": product.created_at,
        "goodsStatusChangeTime": (product.updated_at * 1_000).to_string(),
        "costTemplateId": "LFT-1",
        "shipmentLimitSecond": 172_800,
        "lowTrafficTag": low_traffic,
        "restrictedTrafficTag": 2,
    })
}

fn sku(view: &View<'_>, product: &Product, sku: &Sku) -> Value {
    json!({
        "skuId": sku.id,
        "skuSn": sku.ext_code,
        "goodsId": product.id,
        "goodsName": product.name,
        "specName": sku.spec,
        "specList": specs(sku),
        "thumbUrl": view.picture(product.id),
        "stock": sku.stock,
        "price": decimal(sku.price, view.shop.decimals),
        "retailPrice": retail_price(view, product, sku),
        "currency": view.shop.currency,
        "crtTime": product.created_at,
        "status4VO": product.bucket.search_type(),
        "subStatus4VO": 0,
        "skuShowSubStatus4VO": product.sub_status,
        "goodsIsOnSale": product.bucket == Bucket::Active,
        "skuStatusChangeTime": (product.updated_at * 1_000).to_string(),
        "volumeInfo": {"length": "10", "width": "10", "height": "10", "unit": "cm"},
        "weightInfo": {"weight": "350", "unit": "g"},
    })
}

/// Zero until the product was first on sale (§4.5).
fn retail_price(view: &View<'_>, product: &Product, sku: &Sku) -> Value {
    let sold = !matches!(product.bucket, Bucket::Incomplete | Bucket::Draft);
    json!({"amount": decimal(if sold { sku.price } else { 0 }, view.shop.decimals), "currency": view.shop.currency})
}

fn specs(sku: &Sku) -> Value {
    json!([{"specId": sku.id % 1_000 + 1, "parentSpecId": 1_001}])
}
