//! Orders that must leave soon, or should have left: by number only, so that looking every minute costs little.

use desk_model::{OrderSn, OrderStatus, ShopId, UnixSeconds};

use crate::{Error, Store};

/// An order that is still to be shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The shop.
    pub shop_id: ShopId,
    /// The order's number.
    pub order_sn: OrderSn,
    /// When it must have left.
    pub ship_by: UnixSeconds,
}

impl Store {
    /// Orders of authorized shops that are to be shipped before this moment, the most pressing first.
    pub async fn deadlines_before(&self, moment: UnixSeconds) -> Result<Vec<Deadline>, Error> {
        self.read(move |connection| {
            let to_ship = OrderStatus::ALL
                .into_iter()
                .filter(|status| status.is_to_ship())
                .map(OrderStatus::as_str);
            let sql = format!(
                "SELECT shop_id, order_sn, ship_by FROM orders INDEXED BY orders_by_status
                 WHERE status IN ('{}') AND ship_by < ?1 AND gone_at IS NULL
                   AND shop_id NOT IN (SELECT shop_id FROM shops WHERE is_removed) ORDER BY ship_by, order_sn",
                to_ship.collect::<Vec<_>>().join("','")
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let deadlines = statement.query_map([moment.0], |row| {
                Ok(Deadline {
                    shop_id: ShopId::new(row.get::<_, String>(0)?),
                    order_sn: OrderSn::new(row.get::<_, String>(1)?),
                    ship_by: UnixSeconds(row.get(2)?),
                })
            })?;
            Ok(deadlines.collect::<Result<_, _>>()?)
        })
        .await
    }
}
