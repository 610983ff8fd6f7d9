//! Orders with their lines: into their tables and back.

use desk_model::{
    AmountState, Currency, Order, OrderItem, OrderSn, OrderStatus, ProductId, Resource, ShopId,
    SkuId, StatusSeen, UnixSeconds,
};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{
    Error, Store,
    columns::{currency, minor_and_currency, money, seconds, words},
    goods::GoodsWriter,
    mirror::{Accepted, MirrorRow, Stored},
    raw_payload,
    search::search_text,
    write::{OnConflict, REPLACE_ROW, RowWriter, json_list},
};

/// One order with what the lists leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRecord {
    /// The order.
    pub order: Order,
    /// Its statuses in the order in which they were first seen.
    pub status_history: Vec<StatusSeen>,
    /// The platform's own JSON, without what must not be kept.
    pub raw: Option<String>,
    /// Server time of the fetch that brought this version.
    pub fetched_at: UnixSeconds,
    /// When the platform was found not to have it any more.
    pub gone_at: Option<UnixSeconds>,
}

impl Store {
    /// One order of a shop that is not removed.
    pub async fn order(&self, shop: &ShopId, sn: &OrderSn) -> Result<Option<OrderRecord>, Error> {
        let (shop, sn) = (shop.as_str().to_owned(), sn.as_str().to_owned());
        self.read(move |connection| {
            let sql =
                "SELECT id, fetched_at, gone_at FROM orders WHERE shop_id = ?1 AND order_sn = ?2
                AND shop_id NOT IN (SELECT shop_id FROM shops WHERE is_removed)";
            let found: Option<(i64, i64, Option<i64>)> = connection
                .prepare_cached(sql)?
                .query_row([shop, sn], |row| row.try_into())
                .optional()?;
            let Some((id, fetched_at, gone_at)) = found else {
                return Ok(None);
            };
            let status_history = statuses_seen(connection, id)?;
            let raw = raw_payload::read(connection, Resource::Orders, id)?;
            Ok(by_row_ids(connection, &[id])?
                .pop()
                .map(|order| OrderRecord {
                    order,
                    status_history,
                    raw,
                    fetched_at: UnixSeconds(fetched_at),
                    gone_at: gone_at.map(UnixSeconds),
                }))
        })
        .await
    }

    /// A shop's orders that are still to be worked on, in order of their numbers, after `after`.
    pub async fn unfinished_orders(
        &self,
        shop: &ShopId,
        after: Option<&OrderSn>,
        limit: u32,
    ) -> Result<Vec<OrderSn>, Error> {
        let shop = shop.as_str().to_owned();
        let after = after.map_or_else(String::new, |sn| sn.as_str().to_owned());
        self.read(move |connection| {
            let unfinished = OrderStatus::ALL
                .into_iter()
                .filter(|status| status.is_unfinished())
                .map(OrderStatus::as_str);
            let sql = format!(
                "SELECT order_sn FROM orders INDEXED BY orders_by_status
                 WHERE status IN ('{}') AND shop_id = ?1 AND order_sn > ?2 AND gone_at IS NULL ORDER BY order_sn LIMIT ?3",
                unfinished.collect::<Vec<_>>().join("','")
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let sns = statement.query_map((shop, after, limit), |row| row.get::<_, String>(0))?;
            Ok(sns.map(|sn| sn.map(OrderSn::new)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The shops that have an order with this number.
    pub async fn shops_with_order(&self, sn: &OrderSn) -> Result<Vec<ShopId>, Error> {
        let sn = sn.as_str().to_owned();
        self.read(move |connection| {
            let sql = "SELECT shop_id FROM orders WHERE order_sn = ?1
                AND shop_id NOT IN (SELECT shop_id FROM shops WHERE is_removed) ORDER BY shop_id";
            let mut statement = connection.prepare_cached(sql)?;
            let shops = statement.query_map([sn], |row| row.get::<_, String>(0))?;
            Ok(shops
                .map(|shop| shop.map(ShopId::new))
                .collect::<Result<_, _>>()?)
        })
        .await
    }
}

impl MirrorRow for Order {
    const RESOURCE: Resource = Resource::Orders;
    const OF_ORDERS: &'static str =
        "currency, total_minor, total_currency, amount_state, amount_due, delivered_at";

    fn remote_id(&self) -> &str {
        self.order_sn.as_str()
    }

    fn updated_at(&self) -> Option<UnixSeconds> {
        self.updated_at
    }

    fn complete_from(&mut self, stored: &Stored) {
        // The open platform tells the arrival only as the time of a delivered order's last change, which later changes move, and its
        // detail (open platform § 4.2) may lack it: the first one that was seen stays.
        if self.status == OrderStatus::Delivered && self.delivered_at == self.updated_at {
            self.delivered_at = stored.delivered_at.or(self.delivered_at);
        }
        self.updated_at = self.updated_at.or(stored.version.updated_at);
        if self.currency.is_none() {
            self.currency.clone_from(&stored.currency);
        }
        // "Not told" and "not allowed to be told" say nothing about an amount that another answer brought.
        if self.amount_state != AmountState::Known && stored.total.is_some() {
            self.total_amount.clone_from(&stored.total);
            self.amount_state = AmountState::Known;
        }
    }

    fn set_shop(&mut self, shop_id: ShopId) {
        self.shop_id = shop_id;
    }

    fn amount_state(&mut self) -> Option<&mut AmountState> {
        Some(&mut self.amount_state)
    }

    fn pictures(&self) -> Vec<&str> {
        self.items
            .iter()
            .filter_map(|item| item.image_url.as_deref())
            .collect()
    }

    fn write(connection: &Connection, page: &[Accepted<'_, Self>]) -> Result<(), Error> {
        let mut orders = RowWriter::new(connection, "orders", REPLACE_ROW);
        let mut goods = GoodsWriter::new(connection)?;
        let mut numbers = RowWriter::new(connection, "order_numbers", REPLACE_NUMBERS);
        let mut items = RowWriter::new(connection, "order_items", OnConflict::Fail);
        let mut statuses = RowWriter::new(connection, "order_status_seen", OnConflict::Keep);
        let mut delete_items =
            connection.prepare_cached("DELETE FROM order_items WHERE order_id = ?1")?;
        for accepted in page {
            let mut goods_ids = Vec::with_capacity(accepted.row.items.len());
            for item in &accepted.row.items {
                goods_ids.push(goods.id_of(accepted.shop_id, item)?);
            }
            write_order(&mut orders, accepted, goods_ids.first())?;
            numbers.write(&[
                ("order_id", &accepted.id),
                ("text", &numbers_of(&accepted.row)),
            ])?;
            if !accepted.is_new {
                delete_items.execute([accepted.id])?;
            }
            let lines = accepted.row.items.iter().zip(&goods_ids);
            for (position, (item, goods_id)) in lines.enumerate() {
                write_item(&mut items, accepted.id, position, item, *goods_id)?;
            }
            statuses.write(&[
                ("order_id", &accepted.id),
                ("platform_status", &accepted.row.platform_status),
                ("status", &accepted.row.status.as_str()),
                ("first_seen_at", &accepted.fetched_at.0),
                ("fetch_seq", &accepted.fetch_seq),
            ])?;
        }
        Ok(())
    }
}

/// The numbers of an order that is there may have changed.
const REPLACE_NUMBERS: OnConflict = OnConflict::Replace {
    key: &["order_id"],
    kept: &[],
};

fn write_order(
    orders: &mut RowWriter<'_>,
    accepted: &Accepted<'_, Order>,
    first_goods: Option<&i64>,
) -> Result<(), Error> {
    let row = &accepted.row;
    let pieces = row.items.iter().map(|item| item.quantity);
    let pieces = pieces.fold(0, i64::saturating_add);
    let (total_minor, total_currency) = minor_and_currency(row.total_amount.as_ref());
    let told = accepted.fetched.value.amount_state;
    orders.write(&[
        ("id", &accepted.id),
        ("shop_id", &accepted.shop_id.as_str()),
        ("order_sn", &row.order_sn.as_str()),
        ("status", &row.status.as_str()),
        ("platform_status", &row.platform_status),
        ("currency", &row.currency.as_ref().map(Currency::as_str)),
        ("total_minor", &total_minor),
        ("total_currency", &total_currency),
        ("amount_state", &row.amount_state.as_str()),
        ("created_at", &row.created_at.0),
        ("ship_by", &row.ship_by.map(|time| time.0)),
        ("shipped_at", &row.shipped_at.map(|time| time.0)),
        ("delivered_at", &row.delivered_at.map(|time| time.0)),
        ("updated_at", &row.updated_at.map(|time| time.0)),
        ("labels", &json_list(&row.labels)?),
        ("content_hash", &accepted.content_hash),
        ("first_seen_at", &accepted.first_seen_at.0),
        ("fetched_at", &accepted.fetched_at.0),
        ("fetch_seq", &accepted.fetch_seq),
        ("pieces", &pieces),
        ("first_goods", &first_goods),
        ("gone_at", &accepted.gone_at.map(|time| time.0)),
        ("amount_due", &(told != AmountState::Known)),
    ])
}

/// What an order is found by beside its goods: its number in the first line, then those of its lines.
fn numbers_of(order: &Order) -> String {
    let of_lines = order
        .items
        .iter()
        .filter_map(|item| item.line_sn.as_deref());
    search_text(std::iter::once(order.order_sn.as_str()).chain(of_lines))
}

fn write_item(
    items: &mut RowWriter<'_>,
    order_id: i64,
    position: usize,
    item: &OrderItem,
    goods_id: i64,
) -> Result<(), Error> {
    let (price_minor, price_currency) = minor_and_currency(item.unit_price.as_ref());
    items.write(&[
        ("order_id", &order_id),
        ("position", &position),
        ("line_sn", &item.line_sn),
        ("goods_id", &goods_id),
        ("quantity", &item.quantity),
        ("unit_price_minor", &price_minor),
        ("unit_price_currency", &price_currency),
    ])
}

/// The orders with these row ids, in their order; ids that are gone are left out.
pub(crate) fn by_row_ids(connection: &Connection, ids: &[i64]) -> Result<Vec<Order>, Error> {
    let list = json_list(ids)?;
    let mut statement = connection.prepare_cached(
        "SELECT order_sn, shop_id, status, platform_status, currency, total_minor, total_currency, amount_state,
            created_at, ship_by, shipped_at, delivered_at, updated_at, labels, o.id
         FROM json_each(?1) AS wanted JOIN orders AS o ON o.id = wanted.value ORDER BY wanted.key",
    )?;
    let rows = statement.query_map([&list], |row| {
        Ok((read_order(row)?, row.get::<_, i64>(14)?))
    })?;
    let (mut orders, found) = rows.collect::<Result<(Vec<_>, Vec<_>), _>>()?;

    let mut statement = connection.prepare_cached(
        "SELECT line_sn, sku_id, product_id, ext_code, name, spec, image_url, quantity, unit_price_minor,
            unit_price_currency, wanted.key
         FROM json_each(?1) AS wanted JOIN order_items AS i ON i.order_id = wanted.value
            JOIN goods AS g ON g.id = i.goods_id
         ORDER BY wanted.key, i.position",
    )?;
    let mut rows = statement.query([json_list(&found)?])?;
    while let Some(row) = rows.next()? {
        orders[row.get::<_, usize>(10)?].items.push(read_item(row)?);
    }
    Ok(orders)
}

/// Reads the columns that [`by_row_ids`] names, in their order.
fn read_order(row: &Row<'_>) -> rusqlite::Result<Order> {
    Ok(Order {
        order_sn: OrderSn::new(row.get::<_, String>(0)?),
        shop_id: ShopId::new(row.get::<_, String>(1)?),
        status: OrderStatus::parse(row.get_ref(2)?.as_str()?),
        platform_status: row.get(3)?,
        currency: currency(row, 4)?,
        total_amount: money(row, 5, 6)?,
        amount_state: AmountState::parse(row.get_ref(7)?.as_str()?),
        created_at: UnixSeconds(row.get(8)?),
        ship_by: seconds(row, 9)?,
        shipped_at: seconds(row, 10)?,
        delivered_at: seconds(row, 11)?,
        updated_at: seconds(row, 12)?,
        items: Vec::new(),
        labels: words(row, 13)?,
    })
}

/// Reads the columns that [`by_row_ids`] names, in their order.
fn read_item(row: &Row<'_>) -> rusqlite::Result<OrderItem> {
    Ok(OrderItem {
        line_sn: row.get(0)?,
        sku_id: row.get::<_, Option<String>>(1)?.map(SkuId::new),
        product_id: row.get::<_, Option<String>>(2)?.map(ProductId::new),
        ext_code: row.get(3)?,
        name: row.get(4)?,
        spec: row.get(5)?,
        image_url: row.get(6)?,
        quantity: row.get(7)?,
        unit_price: money(row, 8, 9)?,
    })
}

fn statuses_seen(connection: &Connection, order_id: i64) -> Result<Vec<StatusSeen>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT status, platform_status, first_seen_at FROM order_status_seen WHERE order_id = ?1
         ORDER BY first_seen_at, fetch_seq, platform_status",
    )?;
    let rows = statement.query_map([order_id], |row| {
        Ok(StatusSeen {
            status: OrderStatus::parse(row.get_ref(0)?.as_str()?),
            platform_status: row.get(1)?,
            first_seen_at: UnixSeconds(row.get(2)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
