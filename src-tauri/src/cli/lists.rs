//! `orders|products|activities list`, `orders show`.

use desk_engine::{Error, ErrorCode};
use desk_model::{
    Activity, ListQuery, Order, OrderSn, Product, Resource, ShopId, StatusSeen, UnixSeconds,
};
use desk_store::{OrderRecord, Rows};
use serde::Serialize;

use super::{
    Exit,
    arguments::ListArguments,
    filters::Filters,
    input,
    output::{Output, plain, time},
    resolve_shop,
};
use crate::{desk::Desk, error::CommandError};

/// Rows that are read at once, so that no snapshot holds back what a sync writes meanwhile.
const BATCH: usize = 1000;

/// What the filters ask for.
pub(super) async fn query(
    desk: &Desk,
    resource: Resource,
    filters: &Filters,
) -> Result<ListQuery, CommandError> {
    let mut shops = Vec::new();
    for word in &filters.shops {
        shops.push(resolve_shop(desk, word).await?);
    }
    filters.query(resource, shops)
}

/// The same where there is no database yet: what cannot be asked is refused nevertheless.
pub(super) fn query_nothing(resource: Resource, filters: &Filters) -> Result<(), CommandError> {
    if let Some(shop) = filters.shops.first() {
        return Err(Error::UnknownShop(shop.clone()).into());
    }
    filters.query(resource, Vec::new()).map(drop)
}

pub(super) async fn list(
    desk: &Desk,
    resource: Resource,
    arguments: &ListArguments,
    output: &Output,
) -> Result<Exit, CommandError> {
    let query = query(desk, resource, &arguments.filters).await?;
    let store = desk.engine.store();
    let listing = store.listing(&query, desk.now(), arguments.limit).await?;
    for start in (0..listing.count()).step_by(BATCH) {
        match store.listed_rows(&listing, start, BATCH).await? {
            Rows::Orders(rows) => rows
                .iter()
                .for_each(|row| output.either(row, || order_line(row))),
            Rows::Products(rows) => rows
                .iter()
                .for_each(|row| output.either(row, || product_line(row))),
            Rows::Activities(rows) => rows
                .iter()
                .for_each(|row| output.either(row, || activity_line(row))),
        }
    }
    Ok(Exit::Done)
}

pub(super) async fn show(
    desk: &Desk,
    order_sn: &OrderSn,
    shop: Option<&str>,
    output: &Output,
) -> Result<Exit, CommandError> {
    let shop_id = shop_of_order(desk, order_sn, shop).await?;
    let shop_id = shop_id.ok_or_else(|| Error::OrderNotStored(order_sn.clone()))?;
    match desk.engine.store().order(&shop_id, order_sn).await? {
        Some(record) => print(record, output),
        None => return Err(Error::OrderNotStored(order_sn.clone()).into()),
    }
    Ok(Exit::Done)
}

/// Reads the order anew; one that is not stored is looked for in the named shop, or in the only one.
pub(super) async fn refresh(
    desk: &Desk,
    order_sn: &OrderSn,
    shop: Option<&str>,
    output: &Output,
) -> Result<Exit, CommandError> {
    let shop_id = match shop_of_order(desk, order_sn, shop).await? {
        Some(shop_id) => shop_id,
        None => only_shop(desk, order_sn).await?,
    };
    input::prepare_vault(desk, std::slice::from_ref(&shop_id)).await?;
    print(desk.engine.refresh_order(&shop_id, order_sn).await?, output);
    Ok(Exit::Done)
}

async fn shop_of_order(
    desk: &Desk,
    order_sn: &OrderSn,
    shop: Option<&str>,
) -> Result<Option<ShopId>, CommandError> {
    if let Some(word) = shop {
        return resolve_shop(desk, word).await.map(Some);
    }
    let mut shops = desk.engine.store().shops_with_order(order_sn).await?;
    match shops.len() {
        0 | 1 => Ok(shops.pop()),
        _ => Err(CommandError::new(
            ErrorCode::AmbiguousShop,
            format!("several shops have an order {order_sn}: name one with --shop"),
        )),
    }
}

/// Where to ask for an order that is not stored.
async fn only_shop(desk: &Desk, order_sn: &OrderSn) -> Result<ShopId, CommandError> {
    let mut shops = desk.engine.store().shops().await?;
    match (shops.pop(), shops.is_empty()) {
        (Some(shop), true) => Ok(shop.shop_id),
        (None, _) => Err(Error::OrderNotStored(order_sn.clone()).into()),
        (Some(_), false) => Err(CommandError::new(
            ErrorCode::AmbiguousShop,
            format!("order {order_sn} is not stored: name the shop to ask with --shop"),
        )),
    }
}

/// The order's row with what only its own page shows.
#[derive(Serialize)]
struct ShownOrder {
    #[serde(flatten)]
    order: Order,
    status_history: Vec<StatusSeen>,
    raw: Option<String>,
    fetched_at: UnixSeconds,
}

fn print(record: OrderRecord, output: &Output) {
    let detail = ShownOrder {
        order: record.order,
        status_history: record.status_history,
        raw: record.raw,
        fetched_at: record.fetched_at,
    };
    output.either(&detail, || {
        let mut text = order_line(&detail.order);
        for item in &detail.order.items {
            let spec = item.spec.as_deref().map(plain).unwrap_or_default();
            text.push_str(&format!(
                "\n  {} × {}  {spec}",
                item.quantity,
                plain(&item.name)
            ));
        }
        for seen in &detail.status_history {
            text.push_str(&format!(
                "\n  {}  {}",
                time(Some(seen.first_seen_at)),
                seen.status.as_str()
            ));
        }
        text
    });
}

fn order_line(order: &Order) -> String {
    let amount = match &order.total_amount {
        Some(amount) => amount.to_string(),
        None => format!("({})", order.amount_state.as_str()),
    };
    format!(
        "{}  {}  {}  {amount}  {}  {}",
        order.order_sn,
        order.shop_id,
        order.status.as_str(),
        time(Some(order.created_at)),
        time(order.ship_by)
    )
}

fn product_line(product: &Product) -> String {
    let price = product
        .price
        .as_ref()
        .map_or_else(|| "–".to_owned(), ToString::to_string);
    let stock = product
        .stock
        .map_or_else(|| "–".to_owned(), |stock| stock.to_string());
    format!(
        "{}  {}  {}  {price}  {stock}  {}",
        product.product_id,
        product.shop_id,
        product.status.as_str(),
        plain(&product.name)
    )
}

fn activity_line(activity: &Activity) -> String {
    format!(
        "{}  {}  {}  {}  {}  {}",
        activity.activity_id,
        activity.shop_id,
        activity.status.as_str(),
        time(activity.start_time),
        time(activity.end_time),
        plain(&activity.name)
    )
}
