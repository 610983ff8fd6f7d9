//! Orders as the columns that end up in the tables, read back from what the store wrote.

use std::path::Path;

use desk_model::{Order, Page};
use desk_store::FILE_NAME;
use rusqlite::{Connection, OpenFlags, Row, types::Value};

use super::{layout::Layout, writer::PageEnd};
use crate::error::Error;

/// One order with what belongs to it; the row id of its parts is not known yet.
pub(crate) struct BareRow {
    /// In the order of [`Layout::orders`], its row id first.
    pub(crate) order: Vec<Value>,
    /// In the order of [`Layout::items`], the first one (the order's row id) left out.
    pub(crate) items: Vec<Vec<Value>>,
    /// In the order of [`Layout::goods`].
    pub(crate) goods: Vec<Vec<Value>>,
    /// In the order of [`Layout::numbers`], the first one left out; none where they are not kept.
    pub(crate) numbers: Option<Vec<Value>>,
    /// In the order of [`Layout::statuses`], the first one left out.
    pub(crate) status: Vec<Value>,
    /// Not compressed: that is part of the writing.
    pub(crate) payload: String,
    pub(crate) pictures: Vec<String>,
}

/// Where the finished columns come from: a database that the store writes.
pub(crate) struct Source {
    connection: Connection,
    pub(crate) layout: Layout,
}

impl Source {
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(folder.join(FILE_NAME), flags)?;
        let layout = Layout::read(&connection)?;
        Ok(Self { connection, layout })
    }

    /// The page's orders, as they are stored now.
    pub(crate) fn rows(&self, page: &Page<Order>) -> Result<Vec<BareRow>, Error> {
        page.rows
            .iter()
            .map(|fetched| self.row(&fetched.value))
            .collect()
    }

    fn row(&self, order: &Order) -> Result<BareRow, Error> {
        let layout = &self.layout;
        let key = [order.shop_id.as_str(), order.order_sn.as_str()];
        let sql = format!(
            "SELECT {} FROM orders WHERE shop_id = ?1 AND order_sn = ?2",
            layout.orders.list()
        );
        let values = self
            .connection
            .prepare_cached(&sql)?
            .query_row(key, all_values)?;
        let id = &values[0];
        let sql = format!(
            "SELECT {} FROM order_items WHERE order_id = ?1 ORDER BY position",
            layout.items.list()
        );
        let items = self
            .connection
            .prepare_cached(&sql)?
            .query_map([id], without_first)?
            .collect::<Result<_, _>>()?;
        let sql = format!(
            "SELECT {} FROM goods WHERE id IN (SELECT goods_id FROM order_items WHERE order_id = ?1)",
            layout.goods.list()
        );
        let goods = self
            .connection
            .prepare_cached(&sql)?
            .query_map([id], all_values)?
            .collect::<Result<_, _>>()?;
        let sql = format!(
            "SELECT {} FROM order_numbers WHERE order_id = ?1",
            layout.numbers.list()
        );
        let numbers = self
            .connection
            .prepare_cached(&sql)?
            .query_row([id], without_first)?;
        let sql = format!(
            "SELECT {} FROM order_status_seen WHERE order_id = ?1 AND platform_status = ?2",
            layout.statuses.list()
        );
        let status = self
            .connection
            .prepare_cached(&sql)?
            .query_row((id, &order.platform_status), without_first)?;
        let payload: Vec<u8> = self
            .connection
            .prepare_cached(
                "SELECT payload FROM raw_payloads WHERE kind = 'orders' AND row_id = ?1",
            )?
            .query_row([id], |row| row.get(0))?;
        let payload = String::from_utf8(zstd::decode_all(payload.as_slice())?)
            .map_err(|error| Error::Wrong(error.to_string()))?;
        Ok(BareRow {
            order: values,
            items,
            goods,
            numbers: Some(numbers),
            status,
            payload,
            pictures: order
                .items
                .iter()
                .filter_map(|item| item.image_url.clone())
                .collect(),
        })
    }

    /// What the store wrote beside the rows: the newest run and the shop's checkpoint.
    pub(crate) fn page_end(&self, page: &Page<Order>, counts: [u64; 3]) -> Result<PageEnd, Error> {
        let one = |table: &str, list: String| {
            let sql = format!("SELECT {list} FROM {table} ORDER BY rowid DESC LIMIT 1");
            self.connection
                .prepare_cached(&sql)?
                .query_row([], all_values)
        };
        let shop = page
            .rows
            .first()
            .map(|fetched| fetched.value.shop_id.as_str());
        let sql = format!(
            "SELECT {} FROM sync_checkpoints WHERE shop_id = ?1",
            self.layout.checkpoints.list()
        );
        Ok(PageEnd {
            run: one("sync_runs", self.layout.runs.list())?,
            checkpoint: self
                .connection
                .prepare_cached(&sql)?
                .query_row([shop], all_values)?,
            counts,
        })
    }
}

fn all_values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count())
        .map(|column| row.get(column))
        .collect()
}

fn without_first(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (1..row.as_ref().column_count())
        .map(|column| row.get(column))
        .collect()
}

/// The first table in which the two databases differ, row ids included.
pub(crate) fn difference(one: &Path, other: &Path) -> Result<Option<&'static str>, Error> {
    let connection = Connection::open(one.join(FILE_NAME))?;
    let other = other.join(FILE_NAME).to_string_lossy().into_owned();
    connection.execute("ATTACH ?1 AS other", [other])?;
    for table in [
        "orders",
        "order_items",
        "goods",
        "order_numbers",
        "order_status_seen",
        "raw_payloads",
        "pictures",
        "sync_checkpoints",
    ] {
        let sql = format!(
            "SELECT EXISTS (SELECT * FROM main.{table} EXCEPT SELECT * FROM other.{table})
                 OR EXISTS (SELECT * FROM other.{table} EXCEPT SELECT * FROM main.{table})"
        );
        if connection.query_row(&sql, [], |row| row.get(0))? {
            return Ok(Some(table));
        }
    }
    Ok(None)
}
