//! Local goods and their SKUs (open platform § 4.5).

use std::collections::HashMap;

use desk_model::{Money, Page, Product, ProductId, ProductStatus, ShopId, Sku, SkuId};
use serde_json::{Value, json, value::RawValue};

use super::{Pass, list, rows_before, shop_call, wire_id};
use crate::{
    call::Fields,
    connection::Connection,
    credentials::Caller,
    dialect::PAGE_SIZE,
    error::{Error, ErrorKind},
    row::{Malformed, Row, Rows},
};

pub(super) const LIST: &str = "bg.local.goods.list.query";
const SKU_LIST: &str = "bg.local.goods.sku.list.query";
/// `goodsSearchType`: on or off the shelf.
const ON_OR_OFF_SHELF: Pass = Pass(1);
const INCOMPLETE: Pass = Pass(4);
const DRAFT: Pass = Pass(5);
const DELETED: Pass = Pass(6);
/// The buckets are disjoint; together they hold every product.
pub(super) const PASSES: &[Pass] = &[ON_OR_OFF_SHELF, INCOMPLETE, DRAFT, DELETED];
/// `skuSearchType`: on the shelf, off the shelf.
const SKU_SEARCH_TYPES: [u32; 2] = [2, 3];
/// SKUs asked for at once: as many as one page can answer.
const SKUS_PER_CALL: usize = PAGE_SIZE as usize;

pub(super) async fn page(
    connection: &Connection,
    caller: &Caller<'_>,
    bucket: Pass,
    page: u64,
) -> Result<Page<Product>, Error> {
    let fields = Fields::new([
        ("pageNo", json!(page)),
        ("pageSize", json!(PAGE_SIZE)),
        ("goodsSearchType", json!(bucket.0)),
        ("goodsStatusFilterType", json!(bucket.0)),
    ]);
    let read = |payload: Option<&RawValue>| {
        Ok(list(payload, ("goodsList", "total"), rows_before(page))?
            .read(|row| product(row, bucket, &caller.shop.shop_id)))
    };
    let mut answer = connection
        .call(&shop_call(LIST, caller, fields), read)
        .await?;
    // Only what is on or off the shelf has entries in the SKU list.
    if bucket == ON_OR_OFF_SHELF && caller.shop.allows(SKU_LIST) {
        add_skus(connection, caller, &mut answer.value).await?;
    }
    Ok(answer.into())
}

/// Fills in what only the SKU list tells: specification, price and stock.
async fn add_skus(
    connection: &Connection,
    caller: &Caller<'_>,
    products: &mut Rows<Product>,
) -> Result<(), Error> {
    let skus = products
        .readable
        .iter()
        .flat_map(|product| &product.value.skus);
    let ids: Vec<Value> = skus.map(|sku| wire_id(sku.sku_id.as_str())).collect();
    let mut told: HashMap<SkuId, Sku> = HashMap::new();
    for ids in ids.chunks(SKUS_PER_CALL) {
        for search_type in SKU_SEARCH_TYPES {
            match sku_list(connection, caller, search_type, ids).await {
                Ok(skus) => told.extend(
                    skus.readable
                        .into_iter()
                        .map(|sku| (sku.value.sku_id.clone(), sku.value)),
                ),
                Err(error) if error.kind == ErrorKind::ScopeMissing => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
    for sku in products
        .readable
        .iter_mut()
        .flat_map(|product| &mut product.value.skus)
    {
        if let Some(told) = told.remove(&sku.sku_id) {
            let ext_code = told.ext_code.or(sku.ext_code.take());
            *sku = Sku { ext_code, ..told };
        }
    }
    Ok(())
}

async fn sku_list(
    connection: &Connection,
    caller: &Caller<'_>,
    search_type: u32,
    ids: &[Value],
) -> Result<Rows<Sku>, Error> {
    let fields = Fields::new([
        ("pageNo", json!(1)),
        ("pageSize", json!(PAGE_SIZE)),
        ("skuSearchType", json!(search_type)),
        ("skuStatusFilterType", json!(search_type)),
        ("skuIdList", json!(ids)),
    ]);
    let read = |payload: Option<&RawValue>| Ok(list(payload, ("skuList", "total"), 0)?.read(sku));
    Ok(connection
        .call(&shop_call(SKU_LIST, caller, fields), read)
        .await?
        .value)
}

fn product(row: &Row<'_>, bucket: Pass, shop_id: &ShopId) -> Result<Product, Malformed> {
    let platform_status = row.text("goodsShowSubStatus").unwrap_or_default();
    Ok(Product {
        product_id: ProductId::new(row.required_id("goodsId")?),
        shop_id: shop_id.clone(),
        name: row.text("goodsName").unwrap_or_default(),
        ext_code: row.text("outGoodsSn"),
        status: product_status(row.integer("goodsShowSubStatus"), bucket),
        platform_status,
        category: row.text("catId"),
        image_url: row.text("thumbUrl"),
        price: shelf_price(row),
        stock: row.count("quantity"),
        created_at: row.seconds("crtTime"),
        updated_at: row.milliseconds("goodsStatusChangeTime"),
        skus: listed_skus(row)?,
    })
}

/// The sub-status tells active from inactive; without one the bucket tells the rest.
fn product_status(sub_status: Option<i64>, bucket: Pass) -> ProductStatus {
    match (sub_status, bucket) {
        (Some(2001..=2999), _) => ProductStatus::Active,
        (Some(3001..=3999), _) => ProductStatus::Inactive,
        (Some(4001..=4999), _) | (None, INCOMPLETE) => ProductStatus::Incomplete,
        (Some(5001..=5999), _) | (None, DRAFT) => ProductStatus::Draft,
        (Some(6001..=6999), _) | (None, DELETED) => ProductStatus::Deleted,
        _ => ProductStatus::Unknown,
    }
}

/// The SKUs that the product's own row names, with no more than their codes.
fn listed_skus(row: &Row<'_>) -> Result<Vec<Sku>, Malformed> {
    let described = row.objects("skuInfoList")?;
    if described.is_empty() {
        return Ok(row
            .ids("skuIdList")
            .into_iter()
            .map(|id| bare_sku(id, None))
            .collect());
    }
    described
        .into_iter()
        .map(|sku| Ok(bare_sku(sku.required_id("skuId")?, sku.text("skuSn"))))
        .collect()
}

fn bare_sku(id: String, ext_code: Option<String>) -> Sku {
    Sku {
        sku_id: SkuId::new(id),
        ext_code,
        spec: None,
        price: None,
        stock: None,
    }
}

fn sku(row: &Row<'_>) -> Result<Sku, Malformed> {
    Ok(Sku {
        sku_id: SkuId::new(row.required_id("skuId")?),
        ext_code: row.text("skuSn"),
        spec: row.text("specName"),
        price: shelf_price(row),
        stock: row.count("stock"),
    })
}

/// The price on the shelf, a decimal. It is 0 until the first sale, which is no price. One that cannot be read is unknown: another one in
/// its place would be a wrong number.
fn shelf_price(row: &Row<'_>) -> Option<Money> {
    let asked = || row.decimal("price", row.currency("currency").as_ref());
    let price = match row.payload("retailPrice") {
        Some(_) => {
            let retail = row.object("retailPrice")?;
            let retail = retail.decimal("amount", retail.currency("currency").as_ref())?;
            if retail.minor == 0 {
                asked()
            } else {
                Some(retail)
            }
        }
        None => asked(),
    };
    price.filter(|price| price.minor > 0)
}
