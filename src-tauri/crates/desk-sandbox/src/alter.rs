//! Alters and reveals the world from outside: what tests, the simulation and the admin routes do.
//!
//! A `shop_id` may be of either dialect. Times are unix seconds of the caller's clock.

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::fault::Fault;
use crate::sandbox::{Dialect, Sandbox};
use crate::world::{Bucket, MallType, Order, STATUSES};
use crate::{guide, open_platform};

/// What to change about an order; an empty change still counts as an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderChange {
    /// A word of the guide (`SHIPPED`) or a code of the open platform (`4`), known or not.
    pub status: Option<String>,
    /// When it must be shipped.
    pub ship_by: Option<i64>,
    /// Pieces of the first line.
    pub quantity: Option<i64>,
}

/// What to change about a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductChange {
    /// A word of the guide, such as `INACTIVE`.
    pub status: Option<String>,
    /// Stock of its first SKU.
    pub stock: Option<i64>,
    /// Price of its first SKU in minor units.
    pub price: Option<i64>,
}

/// An order in brief, the same in both dialects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderDigest {
    /// The order number.
    pub order_sn: String,
    /// Last update.
    pub updated_at: i64,
    /// The open platform's code.
    pub status: i64,
}

/// All records of a shop as a dialect serves them, orders oldest update first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// As in an order list.
    pub orders: Vec<Value>,
    /// As in a product list; all shelves.
    pub products: Vec<Value>,
    /// As in an activity list; all types.
    pub activities: Vec<Value>,
}

impl Sandbox {
    /// Adds an order in a status (default unshipped) and answers its number.
    pub fn add_order(
        &self,
        shop_id: &str,
        change: &OrderChange,
        now: i64,
    ) -> Result<String, Error> {
        let status = change.status.clone().unwrap_or_else(|| "UNSHIPPED".into());
        let status = status_code(&status)?;
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        let number = view.records.add_order(view.shop, status, now);
        view.records
            .change_order(view.shop, &number, |order| apply(order, change));
        Ok(number)
    }

    /// Changes an order; its update time becomes `now`.
    pub fn change_order(
        &self,
        shop_id: &str,
        order_sn: &str,
        change: &OrderChange,
        now: i64,
    ) -> Result<(), Error> {
        let status = change.status.as_deref().map(status_code).transpose()?;
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        let changed = view.records.change_order(view.shop, order_sn, |order| {
            order.enter(status.unwrap_or(order.status), now);
            apply(order, change);
        });
        if changed {
            Ok(())
        } else {
            Err(Error::UnknownOrder(order_sn.to_owned()))
        }
    }

    /// Makes an order vanish without a trace.
    pub fn remove_order(&self, shop_id: &str, order_sn: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, 0);
        let removed = view.records.remove_order(view.shop, order_sn);
        if removed {
            Ok(())
        } else {
            Err(Error::UnknownOrder(order_sn.to_owned()))
        }
    }

    /// Changes a product; its update time becomes `now`.
    pub fn change_product(
        &self,
        shop_id: &str,
        product_id: &str,
        change: &ProductChange,
        now: i64,
    ) -> Result<(), Error> {
        let unknown_status = |status: &str| Error::UnknownStatus(status.to_owned());
        let find_bucket =
            |status: &str| Bucket::from_name(status).ok_or_else(|| unknown_status(status));
        let bucket = change.status.as_deref().map(find_bucket).transpose()?;
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let products = &mut state.open(shop, now).records.products;
        let product = products
            .iter_mut()
            .find(|product| product.id.to_string() == product_id);
        let product = product.ok_or_else(|| Error::UnknownProduct(product_id.to_owned()))?;
        if let Some(bucket) = bucket {
            product.put(bucket);
        }
        let sku = &mut product.skus[0];
        sku.stock = change.stock.unwrap_or(sku.stock);
        sku.price = change.price.unwrap_or(sku.price);
        product.updated_at = now;
        Ok(())
    }

    /// Lets the shop's access tokens of a dialect run out; refresh tokens live on.
    pub fn expire_token(&self, dialect: Dialect, shop_id: &str, now: i64) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        state.tokens.expire(dialect, shop, now);
        Ok(())
    }

    /// Kills all the shop's tokens of a dialect, refresh tokens included.
    pub fn revoke_token(&self, dialect: Dialect, shop_id: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.tokens.revoke(dialect, shop);
        Ok(())
    }

    /// Issues a new token, as a seller does who copies it from the page; [`Sandbox::credentials`] then shows it.
    /// On the open platform the shop's older tokens die.
    pub fn renew_token(&self, dialect: Dialect, shop_id: &str, now: i64) -> Result<String, Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        Ok(state.tokens.issue(dialect, shop, now).access_token.clone())
    }

    /// Access tokens of the shop live that many seconds from `now`; later ones from their issue.
    pub fn set_token_lifetime(&self, shop_id: &str, seconds: i64, now: i64) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        state.tokens.set_lifetime(shop, seconds, now);
        Ok(())
    }

    /// Takes a scope of either dialect (`order/list`, `bg.order.list.v2.get`) from the shop's tokens.
    pub fn drop_scope(&self, shop_id: &str, scope: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.shops[shop].scopes.remove(scope);
        Ok(())
    }

    /// Gives a scope to the shop's tokens.
    pub fn grant_scope(&self, shop_id: &str, scope: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.shops[shop].scopes.insert(scope.to_owned());
        Ok(())
    }

    /// Makes the shop local, semi-managed or full-managed.
    pub fn set_mall_type(&self, shop_id: &str, mall_type: MallType) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        state.shops[shop].mall_type = mall_type;
        Ok(())
    }

    /// Replaces the faults that wait for API calls.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.state().faults.set(faults);
    }

    /// Seconds from the caller's clock to the server's.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.state().clock_offset = seconds;
    }

    /// Orders show in lists only so many seconds after their last update.
    pub fn set_visibility_lag(&self, seconds: i64) {
        self.state().visibility_lag = seconds;
    }

    /// API calls so far: endpoint of the guide or type of the open platform, and how often.
    pub fn calls(&self) -> Vec<(String, u64)> {
        self.state()
            .calls
            .iter()
            .map(|(name, count)| (name.clone(), *count))
            .collect()
    }

    /// The shop's orders in brief, oldest update first.
    pub fn order_digests(&self, shop_id: &str) -> Result<Vec<OrderDigest>, Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, 0);
        let digest = |order: &Order| OrderDigest {
            order_sn: order.number(view.shop),
            updated_at: order.updated_at,
            status: order.status,
        };
        let mut digests: Vec<OrderDigest> = view
            .records
            .updated_in(i64::MIN, i64::MAX)
            .map(digest)
            .collect();
        digests.reverse();
        Ok(digests)
    }

    /// Everything about the shop as the dialect would serve it at `now`, whatever tokens and scopes allow.
    pub fn truth(&self, dialect: Dialect, shop_id: &str, now: i64) -> Result<Truth, Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        let mut truth = match dialect {
            Dialect::Guide => guide::truth(&view),
            Dialect::OpenPlatform => open_platform::truth(&view),
        };
        truth.orders.reverse();
        Ok(truth)
    }
}

fn find(state: &crate::state::State, shop_id: &str) -> Result<usize, Error> {
    state
        .find_shop(shop_id)
        .ok_or_else(|| Error::UnknownShop(shop_id.to_owned()))
}

fn status_code(text: &str) -> Result<i64, Error> {
    let known = STATUSES
        .iter()
        .find(|(_, name)| *name == text)
        .map(|(code, _)| *code);
    known
        .or_else(|| text.parse().ok())
        .ok_or_else(|| Error::UnknownStatus(text.to_owned()))
}

fn apply(order: &mut Order, change: &OrderChange) {
    order.ship_by = change.ship_by.or(order.ship_by);
    if let Some(quantity) = change.quantity {
        order.lines[0].ordered = quantity;
        order.lines[0].canceled = 0;
    }
}
