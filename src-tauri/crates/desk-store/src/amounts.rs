//! Amounts that the platform tells apart from its orders: whose amount is still to be asked for, and why it is unknown.

use desk_model::{AmountState, OrderSn, Resource, ShopId};
use rusqlite::Connection;

use crate::{Error, Store, write::json_list};

impl Store {
    /// Orders of a shop that were new or changed since their amount was last told, newest first. A commit that tells the amount settles
    /// them.
    pub async fn orders_due_amount(
        &self,
        shop: &ShopId,
        limit: u32,
    ) -> Result<Vec<OrderSn>, Error> {
        let shop = shop.as_str().to_owned();
        self.read(move |connection| {
            let sql = "SELECT order_sn FROM orders WHERE shop_id = ?1 AND amount_due = 1 AND gone_at IS NULL
                ORDER BY created_at DESC LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let sns = statement.query_map((shop, limit), |row| row.get::<_, String>(0))?;
            Ok(sns.map(|sn| sn.map(OrderSn::new)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// How many orders of a shop were new or changed since their amount was last told.
    pub async fn amounts_due(&self, shop: &ShopId) -> Result<u64, Error> {
        let shop = shop.as_str().to_owned();
        self.read(move |connection: &Connection| {
            let sql = "SELECT count(*) FROM orders WHERE shop_id = ?1 AND amount_due = 1 AND gone_at IS NULL";
            Ok(connection.prepare_cached(sql)?.query_row([shop], |row| row.get(0))?)
        })
        .await
    }

    /// Says of every unknown amount of a shop that the token may not read it. Answers of how many orders.
    pub async fn set_amounts_not_authorized(&self, shop: &ShopId) -> Result<u64, Error> {
        self.set_unknown_amounts(shop, AmountState::NotAuthorized)
            .await
    }

    /// Says of every unknown amount of a shop that it is still to come. Answers of how many orders.
    pub async fn set_amounts_pending(&self, shop: &ShopId) -> Result<u64, Error> {
        self.set_unknown_amounts(shop, AmountState::Pending).await
    }

    async fn set_unknown_amounts(&self, shop: &ShopId, state: AmountState) -> Result<u64, Error> {
        let id = shop.as_str().to_owned();
        let changed = self.write_rows(Resource::Orders, shop, move |connection| {
            let sql = "UPDATE orders SET amount_state = ?1 WHERE shop_id = ?2 AND amount_state NOT IN (?1, ?3) RETURNING id";
            let mut statement = connection.prepare_cached(sql)?;
            let values = (state.as_str(), id, AmountState::Known.as_str());
            let rows = statement.query_map(values, |row| row.get(0))?;
            let changed: Vec<i64> = rows.collect::<Result<_, _>>()?;
            Ok((changed.len() as u64, changed))
        });
        self.heed_damage(changed.await)
    }
}

/// Notes that the amounts of these orders were told, though nothing else is new.
pub(crate) fn settle(connection: &Connection, row_ids: &[i64]) -> Result<(), Error> {
    if !row_ids.is_empty() {
        let sql = "UPDATE orders SET amount_due = 0 WHERE id IN (SELECT value FROM json_each(?1))";
        connection
            .prepare_cached(sql)?
            .execute([json_list(row_ids)?])?;
    }
    Ok(())
}
