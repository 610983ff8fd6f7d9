//! The guide's orders, products and activities as rows of ours (guide protocol, "Reads").

use desk_model::{
    Activity, ActivityId, ActivityItem, ActivityStatus, AmountState, Currency, Money, Order,
    OrderItem, OrderSn, OrderStatus, Product, ProductId, ProductStatus, ShopId, Sku, SkuId,
};

use crate::row::{LARGEST_NUMBER, Malformed, Row};

/// The documented codes.
pub(super) const ORDER_STATUSES: &[&str] = &[
    "PENDING",
    "UNSHIPPED",
    "SHIPPED",
    "DELIVERED",
    "CANCELED",
    "PARTIALLY_SHIPPED",
];

/// Those whose orders are still to be worked on.
pub(super) const OPEN_ORDER_STATUSES: &[&str] = &["PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED"];

pub(super) fn order(row: &Row<'_>, shop_id: &ShopId) -> Result<Order, Malformed> {
    let currency = row.currency("currency");
    let total_amount = row.minor("total_amount", currency.as_ref());
    let platform_status = row.text("status").unwrap_or_default();
    let items: Result<_, _> = row
        .objects("items")?
        .iter()
        .map(|item| order_item(item, currency.as_ref()))
        .collect();
    Ok(Order {
        order_sn: OrderSn::new(row.required_id("order_sn")?),
        shop_id: shop_id.clone(),
        status: OrderStatus::parse(&platform_status.to_ascii_lowercase()),
        platform_status,
        amount_state: if total_amount.is_some() {
            AmountState::Known
        } else {
            AmountState::Pending
        },
        total_amount,
        currency,
        created_at: row.required_seconds("created_at")?,
        ship_by: row.seconds("ship_by"),
        shipped_at: row.seconds("shipped_at"),
        delivered_at: row.seconds("delivered_at"),
        updated_at: row.seconds("updated_at"),
        items: items?,
        labels: Vec::new(),
    })
}

fn order_item(row: &Row<'_>, currency: Option<&Currency>) -> Result<OrderItem, Malformed> {
    Ok(OrderItem {
        line_sn: None,
        sku_id: row.id("sku_id").map(SkuId::new),
        product_id: row.id("product_id").map(ProductId::new),
        ext_code: row.text("ext_code"),
        name: row.text("name").unwrap_or_default(),
        spec: row.text("spec"),
        image_url: row.text("image_url"),
        quantity: row.required_count("quantity")?,
        unit_price: row.minor("unit_price", currency),
    })
}

pub(super) fn product(row: &Row<'_>, shop_id: &ShopId) -> Result<Product, Malformed> {
    let platform_status = row.text("status").unwrap_or_default();
    let skus = row
        .objects("skus")?
        .iter()
        .map(sku)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Product {
        product_id: ProductId::new(row.required_id("product_id")?),
        shop_id: shop_id.clone(),
        name: row.text("name").unwrap_or_default(),
        ext_code: None,
        status: ProductStatus::parse(&platform_status.to_ascii_lowercase()),
        platform_status,
        category: row.text("category"),
        image_url: row.text("image_url"),
        price: common_price(&skus),
        stock: total_stock(&skus),
        created_at: row.seconds("created_at"),
        updated_at: row.seconds("updated_at"),
        skus,
    })
}

fn sku(row: &Row<'_>) -> Result<Sku, Malformed> {
    Ok(Sku {
        sku_id: SkuId::new(row.required_id("sku_id")?),
        ext_code: row.text("ext_code"),
        spec: row.text("spec"),
        price: row.minor("price", row.currency("currency").as_ref()),
        stock: row.count("stock"),
    })
}

/// The price that every SKU has; the guide tells none for the product.
fn common_price(skus: &[Sku]) -> Option<Money> {
    let price = skus.first()?.price.as_ref()?;
    skus.iter()
        .all(|sku| sku.price.as_ref() == Some(price))
        .then(|| price.clone())
}

/// The sum, where every SKU tells its stock.
fn total_stock(skus: &[Sku]) -> Option<i64> {
    let first = skus.first()?.stock?;
    skus[1..]
        .iter()
        .try_fold(first, |sum, sku| sum.checked_add(sku.stock?))
        .filter(|sum| *sum <= LARGEST_NUMBER)
}

pub(super) fn activity(row: &Row<'_>, shop_id: &ShopId) -> Result<Activity, Malformed> {
    let platform_status = row.text("status").unwrap_or_default();
    Ok(Activity {
        activity_id: ActivityId::new(row.required_id("activity_id")?),
        shop_id: shop_id.clone(),
        name: row.text("name").unwrap_or_default(),
        activity_type: row.text("type").unwrap_or_default(),
        status: ActivityStatus::parse(&platform_status.to_ascii_lowercase()),
        platform_status,
        start_time: row.seconds("start_time"),
        end_time: row.seconds("end_time"),
        enroll_deadline: row.seconds("enroll_deadline"),
        joined: row.flag("joined"),
        updated_at: row.seconds("updated_at"),
        items: row
            .objects("items")?
            .iter()
            .map(activity_item)
            .collect::<Result<_, _>>()?,
    })
}

fn activity_item(row: &Row<'_>) -> Result<ActivityItem, Malformed> {
    Ok(ActivityItem {
        product_id: ProductId::new(row.required_id("product_id")?),
        sku_id: row.id("sku_id").map(SkuId::new),
        activity_price: row.minor("activity_price", row.currency("currency").as_ref()),
        quantity: row.count("quantity"),
        remaining: row.count("remaining"),
    })
}
