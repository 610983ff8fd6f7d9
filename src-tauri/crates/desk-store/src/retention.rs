//! Orders that are older than the seller keeps. Only finished ones go, a few at a time, so that a sync gets its turn in between.

use desk_model::{OrderStatus, Resource, ShopId, SyncTask, UnixSeconds};
use rusqlite::Connection;

use crate::{
    Error, Store, pictures,
    removals::PARTS,
    write::{execute, json_list},
};

/// Orders that go in one transaction.
const BATCH: u32 = 200;

impl Store {
    /// How many orders of a shop are finished and have not changed since before this time.
    pub async fn count_old_orders(&self, shop: &ShopId, before: UnixSeconds) -> Result<u64, Error> {
        let shop = shop.as_str().to_owned();
        self.read(move |connection| {
            let sql = format!("SELECT count(*) FROM {}", old_orders());
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_row((shop, before.0), |row| row.get(0))?)
        })
        .await
    }

    /// Deletes some of them, the oldest first, with all that is known about them, and notes that history begins at that time. Answers
    /// how many; 0 when none is left.
    pub async fn delete_old_orders(
        &self,
        shop: &ShopId,
        before: UnixSeconds,
    ) -> Result<u64, Error> {
        let shop = shop.as_str().to_owned();
        let deleted = self.write(move |connection| {
            let ids = oldest(connection, &shop, before)?;
            if !ids.is_empty() {
                delete(connection, &ids)?;
                begin_history(connection, &shop, before)?;
            }
            Ok(ids.len() as u64)
        });
        self.heed_damage(deleted.await)
    }

    /// Deletes what only orders named that are deleted by now: goods, and the addresses of their pictures.
    pub async fn delete_unused_goods(&self) -> Result<(), Error> {
        let transaction = self.begin().await?;
        let sql = "DELETE FROM goods WHERE NOT EXISTS (SELECT 1 FROM order_items WHERE goods_id = goods.id)";
        execute(&transaction, sql, []).await?;
        pictures::forget_unnamed(&transaction).await?;
        transaction.commit().await
    }
}

/// Orders of the shop `?1` that are finished and whose last change lies before `?2`. One of a status that this version does not know is
/// kept.
fn old_orders() -> String {
    let finished = OrderStatus::ALL
        .into_iter()
        .filter(|status| !status.is_unfinished() && *status != OrderStatus::Unknown)
        .map(OrderStatus::as_str)
        .collect::<Vec<_>>()
        .join("','");
    format!(
        "orders INDEXED BY orders_by_shop WHERE shop_id = ?1 AND created_at < ?2 AND coalesce(updated_at, 0) < ?2
            AND status IN ('{finished}')"
    )
}

fn oldest(connection: &Connection, shop: &str, before: UnixSeconds) -> Result<Vec<i64>, Error> {
    let sql = format!(
        "SELECT id FROM {} ORDER BY created_at LIMIT {BATCH}",
        old_orders()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let ids = statement.query_map((shop, before.0), |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// What is deleted is history that is not here: a seller who wants it again has it read again.
fn begin_history(connection: &Connection, shop: &str, from: UnixSeconds) -> Result<(), Error> {
    let sql = "UPDATE sync_checkpoints
        SET reached = ?2, window_start = NULL, window_end = NULL, next_page = NULL, total = NULL
        WHERE shop_id = ?1 AND resource = ?3 AND task = ?4 AND reached < ?2";
    let (orders, backfill) = (Resource::Orders.as_str(), SyncTask::Backfill.as_str());
    connection
        .prepare_cached(sql)?
        .execute((shop, from.0, orders, backfill))?;
    Ok(())
}

fn delete(connection: &Connection, ids: &[i64]) -> Result<(), Error> {
    let ids = json_list(ids)?;
    let parts = PARTS.into_iter().filter(|(_, _, whole)| *whole == "orders");
    let parts = parts.map(|(part, column, _)| format!("{part} WHERE {column}"));
    let others = [
        "raw_payloads WHERE kind = 'orders' AND row_id",
        "orders WHERE id",
    ];
    for rows in parts.chain(others.map(str::to_owned)) {
        let sql = format!("DELETE FROM {rows} IN (SELECT value FROM json_each(?1))");
        connection.prepare_cached(&sql)?.execute([&ids])?;
    }
    Ok(())
}
