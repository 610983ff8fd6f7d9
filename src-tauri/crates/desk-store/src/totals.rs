//! What the overview adds up: orders per day, shop and currency, and what sold most.

use std::collections::HashMap;

use desk_model::{
    Currency, DayTotal, OrderStatus, ProductId, ReadOrderTotals, ReadTopSkus, ShopId, SkuId,
    SkuTotal,
};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{Error, Store, days::Days};

/// The longest list of what sold most.
const MOST_SKUS: u32 = 1000;

impl Store {
    /// Orders per day, shop and currency, where there are any; by shop, then by day. Rows that the platform no longer has are left out.
    pub async fn order_totals(&self, asked: &ReadOrderTotals) -> Result<Vec<DayTotal>, Error> {
        let days = Days::new(&asked.first_day, &asked.last_day, &asked.zone)?;
        let shops = asked.shops.clone();
        self.read(move |connection| {
            let mut totals = Vec::new();
            for shop_id in shops_asked_for(connection, shops)? {
                add_up_days(connection, &shop_id, &days, &mut totals)?;
            }
            Ok(totals)
        })
        .await
    }

    /// What sold most in a span of days, most pieces first; among equals the most orders, then by name.
    pub async fn top_skus(&self, asked: &ReadTopSkus) -> Result<Vec<SkuTotal>, Error> {
        let days = Days::new(&asked.first_day, &asked.last_day, &asked.zone)?;
        let shops = asked.shops.clone();
        let limit = asked.limit.min(MOST_SKUS) as usize;
        self.read(move |connection| {
            let mut totals = Vec::new();
            for shop_id in shops_asked_for(connection, shops)? {
                totals.extend(add_up_skus(connection, &shop_id, &days)?);
            }
            totals.sort_by(|one, other| {
                (other.pieces, other.orders)
                    .cmp(&(one.pieces, one.orders))
                    .then_with(|| one.name.cmp(&other.name))
            });
            totals.truncate(limit);
            Ok(totals)
        })
        .await
    }
}

/// The shops with orders among those asked for, all where none is named; not the removed ones.
fn shops_asked_for(connection: &Connection, asked: Vec<ShopId>) -> Result<Vec<ShopId>, Error> {
    let mut shops = Vec::new();
    // From one shop to the next by the index, instead of reading every order.
    let mut next =
        connection.prepare_cached("SELECT min(shop_id) FROM orders WHERE shop_id > ?1")?;
    let mut last = String::new();
    while let Some(shop) = next.query_row([&last], |row| row.get::<_, Option<String>>(0))? {
        last.clone_from(&shop);
        shops.push(ShopId::new(shop));
    }
    let mut removed =
        connection.prepare_cached("SELECT 1 FROM shops WHERE shop_id = ?1 AND is_removed")?;
    let mut kept = Vec::new();
    for shop in shops {
        let is_asked_for = asked.is_empty() || asked.contains(&shop);
        if is_asked_for && !removed.exists([shop.as_str()])? {
            kept.push(shop);
        }
    }
    Ok(kept)
}

/// Adds up one shop's orders in the order of their creation, by an index that has all that is needed.
pub(crate) const ORDERS_OF_DAYS: &str =
    "SELECT created_at, status, coalesce(total_currency, currency), total_minor FROM orders
     WHERE shop_id = ?1 AND created_at >= ?2 AND created_at < ?3
        AND id NOT IN (SELECT id FROM orders WHERE gone_at IS NOT NULL) ORDER BY created_at";

fn add_up_days(
    connection: &Connection,
    shop_id: &ShopId,
    days: &Days,
    totals: &mut Vec<DayTotal>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(ORDERS_OF_DAYS)?;
    let mut rows = statement.query((shop_id.as_str(), days.start(), days.end()))?;
    let mut day = None;
    let mut of_day = totals.len();
    while let Some(row) = rows.next()? {
        let now = days.find(row.get(0)?);
        if day != Some(now) {
            (day, of_day) = (Some(now), totals.len());
        }
        add_order(row, shop_id, days.name(now), of_day, totals)?;
    }
    Ok(())
}

/// Adds an order to its day's totals, which begin at `of_day`.
fn add_order(
    row: &Row<'_>,
    shop_id: &ShopId,
    day: &str,
    of_day: usize,
    totals: &mut Vec<DayTotal>,
) -> Result<(), Error> {
    let code = row.get_ref(2)?.as_str_or_null().map_err(Error::database)?;
    let same = |total: &DayTotal| total.currency.as_ref().map(Currency::as_str) == code;
    let place = match totals[of_day..].iter().position(same) {
        Some(place) => of_day + place,
        None => {
            totals.push(DayTotal {
                day: day.to_owned(),
                shop_id: shop_id.clone(),
                currency: code
                    .map(Currency::new)
                    .transpose()
                    .map_err(Error::database)?,
                orders: 0,
                canceled: 0,
                amount_minor: 0,
                unknown_amounts: 0,
            });
            totals.len() - 1
        }
    };
    let total = &mut totals[place];
    total.orders += 1;
    if row.get_ref(1)?.as_str().map_err(Error::database)? == OrderStatus::Canceled.as_str() {
        total.canceled += 1;
        return Ok(());
    }
    match row.get::<_, Option<i64>>(3)? {
        Some(minor) => total.amount_minor = total.amount_minor.saturating_add(minor),
        None => total.unknown_amounts += 1,
    }
    Ok(())
}

/// What one shop sold: a SKU's goods may have changed their name, so those with one SKU id are put together under the newest.
fn add_up_skus(
    connection: &Connection,
    shop_id: &ShopId,
    days: &Days,
) -> Result<Vec<SkuTotal>, Error> {
    let mut of_goods: HashMap<i64, Sold> = HashMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT i.goods_id, i.quantity, o.id FROM orders AS o CROSS JOIN order_items AS i ON i.order_id = o.id
         WHERE o.shop_id = ?1 AND o.created_at >= ?2 AND o.created_at < ?3 AND o.status <> ?4
            AND o.id NOT IN (SELECT id FROM orders WHERE gone_at IS NOT NULL)",
    )?;
    let canceled = OrderStatus::Canceled.as_str();
    let mut rows = statement.query((shop_id.as_str(), days.start(), days.end(), canceled))?;
    while let Some(row) = rows.next()? {
        let sold = of_goods.entry(row.get(0)?).or_default();
        sold.pieces = sold
            .pieces
            .saturating_add(row.get::<_, i64>(1)?.max(0) as u64);
        let order: i64 = row.get(2)?;
        // Lines of an order come one after the other.
        sold.orders += u64::from(sold.last_order != Some(order));
        sold.last_order = Some(order);
    }
    let mut goods: Vec<(i64, Sold)> = of_goods.into_iter().collect();
    goods.sort_unstable_by_key(|(goods, _)| std::cmp::Reverse(*goods));
    let mut totals: Vec<SkuTotal> = Vec::new();
    let mut of_sku: HashMap<SkuId, usize> = HashMap::new();
    for (goods, sold) in goods {
        let Some(described) = describe(connection, shop_id, goods, &sold)? else {
            continue;
        };
        let place = described
            .sku_id
            .clone()
            .map(|sku| *of_sku.entry(sku).or_insert(totals.len()));
        match place.and_then(|place| totals.get_mut(place)) {
            Some(total) => {
                total.pieces = total.pieces.saturating_add(described.pieces);
                total.orders += described.orders;
            }
            None => totals.push(described),
        }
    }
    Ok(totals)
}

/// What was sold of the same goods.
#[derive(Default)]
struct Sold {
    pieces: u64,
    orders: u64,
    last_order: Option<i64>,
}

fn describe(
    connection: &Connection,
    shop_id: &ShopId,
    goods: i64,
    sold: &Sold,
) -> Result<Option<SkuTotal>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT sku_id, product_id, name, spec, image_url FROM goods WHERE id = ?1",
    )?;
    let described = statement
        .query_row([goods], |row| {
            Ok(SkuTotal {
                shop_id: shop_id.clone(),
                sku_id: row.get::<_, Option<String>>(0)?.map(SkuId::new),
                product_id: row.get::<_, Option<String>>(1)?.map(ProductId::new),
                name: row.get(2)?,
                spec: row.get(3)?,
                image_url: row.get(4)?,
                pieces: sold.pieces,
                orders: sold.orders,
            })
        })
        .optional()?;
    Ok(described)
}
