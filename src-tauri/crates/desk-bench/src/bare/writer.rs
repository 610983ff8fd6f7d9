//! A page in one transaction, as barely as it goes: a prepared statement per table, run row by row.

use std::path::Path;

use rusqlite::{
    CachedStatement, Connection, OptionalExtension, ToSql, TransactionBehavior, params_from_iter,
    types::Value,
};
use zstd::bulk::Compressor;

use super::{
    layout::{Layout, empty_database, set_up_writer},
    rows::BareRow,
};
use crate::error::Error;

/// The level that the store compresses payloads with.
pub(super) const LEVEL: i32 = 1;

/// Raw rusqlite with the store's transactions.
pub(crate) struct BareWriter {
    connection: Connection,
    statements: Statements,
}

/// What a page writes beside its rows.
pub(crate) struct PageEnd {
    /// In the order of [`Layout::runs`]; written once, then counted up.
    pub(crate) run: Vec<Value>,
    /// In the order of [`Layout::checkpoints`].
    pub(crate) checkpoint: Vec<Value>,
    /// New, changed and unchanged rows.
    pub(crate) counts: [u64; 3],
}

/// The text of each statement, made once.
struct Statements {
    order: String,
    item: String,
    goods: String,
    numbers: String,
    status: String,
    payload: String,
    picture: String,
    checkpoint: String,
    run: String,
}

const DELETE_ITEMS: &str = "DELETE FROM order_items WHERE order_id = ?1";
const COUNT_PAGE: &str = "UPDATE sync_runs SET pages = pages + 1, new_rows = new_rows + ?2,
    changed_rows = changed_rows + ?3, unchanged_rows = unchanged_rows + ?4 WHERE id = ?1";

impl Statements {
    fn of(layout: &Layout) -> Self {
        let kept = ["id", "shop_id", "order_sn", "first_seen_at"];
        Self {
            order: format!(
                "{} ON CONFLICT (order_sn, shop_id) DO UPDATE SET {} WHERE excluded.content_hash IS NOT content_hash
                    AND excluded.updated_at >= updated_at RETURNING id, fetch_seq",
                layout.orders.insert(),
                layout.orders.replace(&kept)
            ),
            item: layout.items.insert(),
            goods: format!("{} ON CONFLICT DO NOTHING", layout.goods.insert()),
            numbers: format!(
                "{} ON CONFLICT (order_id) DO UPDATE SET text = excluded.text",
                layout.numbers.insert()
            ),
            status: format!("{} ON CONFLICT DO NOTHING", layout.statuses.insert()),
            payload: format!(
                "{} ON CONFLICT (kind, row_id) DO UPDATE SET payload = excluded.payload",
                layout.payloads.insert()
            ),
            picture: format!("{} ON CONFLICT DO NOTHING", layout.pictures.insert()),
            checkpoint: layout.checkpoints.insert().replacen("INSERT", "REPLACE", 1),
            run: format!("{} ON CONFLICT DO NOTHING", layout.runs.insert()),
        }
    }
}

impl BareWriter {
    pub(crate) async fn create(folder: &Path) -> Result<Self, Error> {
        let connection = empty_database(folder).await?;
        set_up_writer(&connection)?;
        let statements = Statements::of(&Layout::read(&connection)?);
        Ok(Self {
            connection,
            statements,
        })
    }

    pub(crate) fn layout(&self) -> Result<Layout, Error> {
        Layout::read(&self.connection)
    }

    /// Opens a line in the sync log.
    pub(crate) fn start_run(&self, end: &PageEnd) -> Result<(), Error> {
        self.connection
            .execute(&self.statements.run, params_from_iter(&end.run))?;
        Ok(())
    }

    /// Writes a page: rows that are new or changed with all that belongs to them, and, where told, checkpoint and counters.
    pub(crate) fn write(&mut self, rows: &[BareRow], end: Option<&PageEnd>) -> Result<(), Error> {
        let sql = &self.statements;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut order = transaction.prepare_cached(&sql.order)?;
            let mut delete_items = transaction.prepare_cached(DELETE_ITEMS)?;
            let mut item = transaction.prepare_cached(&sql.item)?;
            let mut goods = transaction.prepare_cached(&sql.goods)?;
            let mut numbers = transaction.prepare_cached(&sql.numbers)?;
            let mut status = transaction.prepare_cached(&sql.status)?;
            let mut payload = transaction.prepare_cached(&sql.payload)?;
            let mut picture = transaction.prepare_cached(&sql.picture)?;
            let mut compressor = Compressor::new(LEVEL)?;
            let mut pictures: Vec<&str> = Vec::new();
            for row in rows {
                let written: Option<(i64, i64)> = order
                    .query_row(params_from_iter(&row.order), |row| row.try_into())
                    .optional()?;
                let Some((id, fetch_seq)) = written else {
                    continue;
                };
                if fetch_seq > 1 {
                    delete_items.execute([id])?;
                }
                for values in &row.items {
                    execute_part(&mut item, id, values)?;
                }
                for values in &row.goods {
                    goods.execute(params_from_iter(values))?;
                }
                if let Some(values) = &row.numbers {
                    execute_part(&mut numbers, id, values)?;
                }
                execute_part(&mut status, id, &row.status)?;
                let compressed = compressor.compress(row.payload.as_bytes())?;
                payload.execute(("orders", id, compressed))?;
                pictures.extend(row.pictures.iter().map(String::as_str));
            }
            pictures.sort_unstable();
            pictures.dedup();
            for url in pictures {
                picture.execute([url])?;
            }
            if let Some(end) = end {
                transaction
                    .prepare_cached(&sql.checkpoint)?
                    .execute(params_from_iter(&end.checkpoint))?;
                let [new, changed, unchanged] = end.counts.map(|count| count as i64);
                transaction.prepare_cached(COUNT_PAGE)?.execute((
                    end.run.first(),
                    new,
                    changed,
                    unchanged,
                ))?;
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Runs a statement whose first value is the order's row id.
fn execute_part(
    statement: &mut CachedStatement<'_>,
    id: i64,
    values: &[Value],
) -> Result<(), Error> {
    let id: &dyn ToSql = &id;
    let values = values.iter().map(|value| value as &dyn ToSql);
    statement.execute(params_from_iter(std::iter::once(id).chain(values)))?;
    Ok(())
}
