//! Orders: list, detail, amounts (open platform § 4.1–4.3). Nothing about the buyer is read.

use desk_model::{
    AmountState, Fetched, Money, Order, OrderItem, OrderSn, OrderStatus, Page, ProductId, Shop,
    SkuId,
};
use serde_json::{json, value::RawValue};

use super::{OrdersQuery, list, regions, shop_call};
use crate::{
    call::{Call, Fields},
    connection::Connection,
    credentials::Caller,
    dialect::PAGE_SIZE,
    error::{Error, ErrorKind},
    row::{Malformed, Row, fetch_payload, read_payload},
};

pub(super) const LIST: &str = "bg.order.list.v2.get";
const DETAIL: &str = "bg.order.detail.v2.get";
pub(super) const AMOUNTS: &str = "bg.order.amount.query";
/// The list with its fixed filters.
pub(super) const STREAM: &str =
    "bg.order.list.v2.get by updateTime, fulfillBySeller and fulfillByCooperativeWarehouse";
/// What the list calls its rows and its total.
const ROWS: (&str, &str) = ("pageItems", "totalItemNum");
/// Without both, orders shipped from cooperating warehouses are missed.
const FULFILLMENT_TYPES: [&str; 2] = ["fulfillBySeller", "fulfillByCooperativeWarehouse"];
/// The documented codes.
pub(super) const STATUSES: &[&str] = &["1", "2", "3", "4", "5", "41", "51"];

/// Those whose orders are still to be worked on.
pub(super) const OPEN_STATUSES: &[&str] = &["1", "2", "41"];

pub(super) async fn page(
    connection: &Connection,
    caller: &Caller<'_>,
    query: &OrdersQuery,
) -> Result<Page<Order>, Error> {
    let call = list_call(caller, query, query.page, PAGE_SIZE)?;
    let read = |payload: Option<&RawValue>| {
        // A page beyond what the platform shows of a list is null: who reads all pages holds it against the total.
        let rows_before = if query.page == 1 { 0 } else { u64::MAX };
        Ok(list(payload, ROWS, rows_before)?.read(|row| order(row, caller.shop)))
    };
    Ok(connection.call(&call, read).await?.into())
}

pub(super) async fn total(
    connection: &Connection,
    caller: &Caller<'_>,
    query: &OrdersQuery,
) -> Result<u64, Error> {
    let call = list_call(caller, query, 1, 1)?;
    Ok(connection
        .call(&call, |payload| Ok(list(payload, ROWS, 0)?.total))
        .await?
        .value)
}

fn list_call<'a>(
    caller: &Caller<'a>,
    query: &OrdersQuery,
    page: u64,
    page_size: u64,
) -> Result<Call<'a>, Error> {
    let status: Option<i64> = query
        .status
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|_| {
            Error::new(
                ErrorKind::InvalidParameter,
                "a status of the open platform is a number",
            )
        })?;
    let fields = Fields::new([
        ("pageNumber", json!(page)),
        ("pageSize", json!(page_size)),
        ("updateAtStart", json!(query.start.0)),
        ("updateAtEnd", json!(query.end.0)),
        ("sortby", json!("updateTime")),
        ("fulfillmentTypeList", json!(FULFILLMENT_TYPES)),
        ("parentOrderStatus", json!(status)),
    ]);
    Ok(shop_call(LIST, caller, fields))
}

pub(super) async fn detail(
    connection: &Connection,
    caller: &Caller<'_>,
    order_sn: &OrderSn,
) -> Result<Fetched<Order>, Error> {
    let fields = Fields::new([
        ("parentOrderSn", json!(order_sn.as_str())),
        ("fulfillmentTypeList", json!(FULFILLMENT_TYPES)),
    ]);
    let read = |payload: Option<&RawValue>| fetch_payload(payload, |row| order(row, caller.shop));
    let found = connection
        .call(&shop_call(DETAIL, caller, fields), read)
        .await?
        .value;
    let mut found =
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, "the answer holds no order"))?;
    if caller.shop.allows(AMOUNTS) {
        add_amount(connection, caller, &mut found.value).await?;
    }
    Ok(found)
}

/// Asks for the amount of an order. Still calculated and not allowed are states of the amount, no errors.
async fn add_amount(
    connection: &Connection,
    caller: &Caller<'_>,
    order: &mut Order,
) -> Result<(), Error> {
    match amount(connection, caller, &order.order_sn).await {
        Ok(amount) => {
            if let Some(amount) = amount {
                order.currency = Some(amount.currency.clone());
                order.total_amount = Some(amount);
                order.amount_state = AmountState::Known;
            }
        }
        Err(error) if error.kind == ErrorKind::ScopeMissing => {
            order.amount_state = AmountState::NotAuthorized
        }
        Err(error) if error.kind == ErrorKind::NotFound => {
            order.amount_state = AmountState::Pending
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// What the buyer pays for an order.
pub(super) async fn amount(
    connection: &Connection,
    caller: &Caller<'_>,
    order_sn: &OrderSn,
) -> Result<Option<Money>, Error> {
    let fields = Fields::new([("parentOrderSn", json!(order_sn.as_str()))]);
    let answer = connection
        .call(&shop_call(AMOUNTS, caller, fields), |payload| {
            read_payload(payload, customer_paid)
        })
        .await?;
    Ok(answer.value)
}

fn customer_paid(row: &Row<'_>) -> Result<Option<Money>, Malformed> {
    let amounts = row
        .object("parentOrderMap")
        .ok_or_else(|| Malformed("`parentOrderMap` is missing".to_owned()))?;
    let amount = |name| {
        let amount = amounts.object(name)?;
        amount.minor("amount", amount.currency("currency").as_ref())
    };
    // An amount that cannot be read is unknown: another one in its place would be a wrong number.
    Ok(match amounts.payload("customerPaid") {
        Some(_) => amount("customerPaid"),
        None => amount("retailPriceTotal"),
    })
}

pub(super) fn order(row: &Row<'_>, shop: &Shop) -> Result<Order, Malformed> {
    let parent = row
        .object("parentOrderMap")
        .ok_or_else(|| Malformed("`parentOrderMap` is missing".to_owned()))?;
    let platform_status = parent.text("parentOrderStatus").unwrap_or_default();
    let status = order_status(&platform_status);
    let updated_at = parent.seconds("updateTime");
    Ok(Order {
        order_sn: OrderSn::new(parent.required_id("parentOrderSn")?),
        shop_id: shop.shop_id.clone(),
        status,
        platform_status,
        currency: regions::currency_of(&parent),
        total_amount: None,
        amount_state: if shop.allows(AMOUNTS) {
            AmountState::Pending
        } else {
            AmountState::NotAuthorized
        },
        created_at: parent.required_seconds("parentOrderTime")?,
        ship_by: parent.seconds("expectShipLatestTime"),
        shipped_at: parent.seconds("parentShippingTime"),
        // `latestDeliveryTime` is a deadline. The last change of a delivered order is its arrival (§ 4.1).
        delivered_at: updated_at.filter(|_| status == OrderStatus::Delivered),
        updated_at,
        items: row
            .objects("orderList")?
            .iter()
            .map(order_item)
            .collect::<Result<_, _>>()?,
        labels: labels(&parent),
    })
}

fn order_status(code: &str) -> OrderStatus {
    match code {
        "1" => OrderStatus::Pending,
        "2" => OrderStatus::Unshipped,
        "3" => OrderStatus::Canceled,
        "4" => OrderStatus::Shipped,
        "5" => OrderStatus::Delivered,
        "41" => OrderStatus::PartiallyShipped,
        "51" => OrderStatus::PartiallyDelivered,
        _ => OrderStatus::Unknown,
    }
}

fn order_item(row: &Row<'_>) -> Result<OrderItem, Malformed> {
    let products = row.objects("productList").unwrap_or_default();
    Ok(OrderItem {
        line_sn: row.id("orderSn"),
        sku_id: row.id("skuId").map(SkuId::new),
        product_id: row.id("goodsId").map(ProductId::new),
        ext_code: products.first().and_then(|product| product.text("extCode")),
        name: row.text("goodsName").unwrap_or_default(),
        spec: row.text("spec"),
        image_url: row.text("thumbUrl"),
        quantity: row.required_count("quantity")?,
        unit_price: None,
    })
}

/// The labels that are set; all are always listed.
fn labels(parent: &Row<'_>) -> Vec<String> {
    let labels = parent.objects("parentOrderLabel").unwrap_or_default();
    labels
        .into_iter()
        .filter(|label| label.flag("value"))
        .filter_map(|label| label.text("name"))
        .collect()
}
