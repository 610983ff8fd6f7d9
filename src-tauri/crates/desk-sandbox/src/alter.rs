//! Alters the world from outside: what tests, the simulation and the admin routes do.
//!
//! A `shop_id` may be of either dialect. Times are unix seconds of the caller's clock.

mod access;
mod conditions;

use crate::error::Error;
use crate::sandbox::Sandbox;
use crate::world::{Activity, Bucket, Order, STATUSES, status};

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

impl Sandbox {
    /// Adds an order in a status (default unshipped) and answers its number.
    pub fn add_order(
        &self,
        shop_id: &str,
        change: &OrderChange,
        now: i64,
    ) -> Result<String, Error> {
        let numbers = self.add_orders(shop_id, 1, change, now)?;
        Ok(numbers.into_iter().collect())
    }

    /// Adds many orders at once, all created and updated at `now`, and answers their numbers.
    pub fn add_orders(
        &self,
        shop_id: &str,
        count: usize,
        change: &OrderChange,
        now: i64,
    ) -> Result<Vec<String>, Error> {
        let status = match &change.status {
            Some(text) => status_code(text)?,
            None => status::UNSHIPPED,
        };
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        let change = |order: &mut Order| apply(order, change);
        Ok(view
            .records
            .add_orders(view.shop, count, status, now, change))
    }

    /// Changes an order; its update time becomes `now`.
    pub fn change_order(
        &self,
        shop_id: &str,
        order_sn: &str,
        change: &OrderChange,
        now: i64,
    ) -> Result<(), Error> {
        let now = self.state().server_time(now);
        self.alter_order(shop_id, order_sn, change, Some(now))
    }

    /// Changes an order, but not its update time: no list by update time tells of it.
    pub fn change_order_silently(
        &self,
        shop_id: &str,
        order_sn: &str,
        change: &OrderChange,
    ) -> Result<(), Error> {
        self.alter_order(shop_id, order_sn, change, None)
    }

    fn alter_order(
        &self,
        shop_id: &str,
        order_sn: &str,
        change: &OrderChange,
        updated_at: Option<i64>,
    ) -> Result<(), Error> {
        let status = change.status.as_deref().map(status_code).transpose()?;
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, 0);
        let changed = view.records.change_order(view.shop, order_sn, |order| {
            order.enter(
                status.unwrap_or(order.status),
                updated_at.unwrap_or(order.updated_at),
            );
            apply(order, change);
        });
        if changed {
            Ok(())
        } else {
            Err(Error::UnknownOrder(order_sn.to_owned()))
        }
    }

    /// Makes an order vanish: no list has it, the detail call does not find it.
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
        let product = state.open(shop, now).records.product_mut(product_id);
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

    /// Adds a product that is on sale and answers its id.
    pub fn add_product(&self, shop_id: &str, now: i64) -> Result<String, Error> {
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        Ok(view.records.add_product(view.shop, now).to_string())
    }

    /// Makes a product vanish from all lists; orders and activities that have it keep it.
    pub fn remove_product(&self, shop_id: &str, product_id: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        let product = state.open(shop, 0).records.product_mut(product_id);
        let product = product.ok_or_else(|| Error::UnknownProduct(product_id.to_owned()))?;
        product.listed = false;
        Ok(())
    }

    /// Adds a coming activity that the seller has joined, of a type of the open platform (2, 13, 27 or 100), and
    /// answers its id.
    pub fn add_activity(&self, shop_id: &str, kind: i64, now: i64) -> Result<String, Error> {
        if !Activity::is_type(kind) {
            return Err(Error::UnknownActivityType(kind));
        }
        let mut state = self.state();
        let now = state.server_time(now);
        let shop = find(&state, shop_id)?;
        let view = state.open(shop, now);
        Ok(view.records.add_activity(view.shop, kind, now).to_string())
    }

    /// Makes an activity vanish.
    pub fn remove_activity(&self, shop_id: &str, activity_id: &str) -> Result<(), Error> {
        let mut state = self.state();
        let shop = find(&state, shop_id)?;
        if state.open(shop, 0).records.remove_activity(activity_id) {
            Ok(())
        } else {
            Err(Error::UnknownActivity(activity_id.to_owned()))
        }
    }
}

pub(crate) fn find(state: &crate::state::State, shop_id: &str) -> Result<usize, Error> {
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
