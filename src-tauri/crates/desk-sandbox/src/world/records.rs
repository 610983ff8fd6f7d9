//! A shop's records, kept in the orders that lists are served in.

use super::activity::{Activity, new_activities};
use super::order::Order;
use super::order_history::{arriving_order, index_of, new_order};
use super::product::{Product, new_products};
use super::shop::Shop;

const PRODUCTS_PER_SHOP: usize = 60;

/// Orders, products and activities of one shop.
pub(crate) struct Records {
    seed: u64,
    orders: Vec<Order>,
    /// Positions of orders, oldest update first; removed orders are missing.
    by_update: Vec<usize>,
    /// Positions of orders, oldest first; removed orders are missing.
    by_creation: Vec<usize>,
    pub(crate) products: Vec<Product>,
    pub(crate) activities: Vec<Activity>,
}

impl Records {
    pub(crate) fn new(shop: &Shop, seed: u64, orders: usize, started_at: i64) -> Self {
        let products = new_products(shop, seed, PRODUCTS_PER_SHOP, started_at);
        let activities = new_activities(shop, seed, &products, started_at);
        let orders: Vec<Order> = (0..orders)
            .map(|index| new_order(shop, seed, index, &products, started_at))
            .collect();
        let mut by_update: Vec<usize> = (0..orders.len()).collect();
        let mut by_creation = by_update.clone();
        by_update.sort_by_key(|index| update_key(&orders[*index]));
        by_creation.sort_by_key(|index| creation_key(&orders[*index]));
        Self {
            seed,
            orders,
            by_update,
            by_creation,
            products,
            activities,
        }
    }

    /// The order with that number.
    pub(crate) fn order(&self, shop: &Shop, number: &str) -> Option<&Order> {
        self.position(shop, number).map(|index| &self.orders[index])
    }

    /// Orders whose update time lies in the closed window, latest first.
    pub(crate) fn updated_in(&self, start: i64, end: i64) -> impl Iterator<Item = &Order> {
        self.window(&self.by_update, start, end, |order| order.updated_at)
    }

    /// Orders created in the closed window, latest first.
    pub(crate) fn created_in(&self, start: i64, end: i64) -> impl Iterator<Item = &Order> {
        self.window(&self.by_creation, start, end, |order| order.created_at)
    }

    fn window<'a>(
        &'a self,
        index: &'a [usize],
        start: i64,
        end: i64,
        time: fn(&Order) -> i64,
    ) -> impl Iterator<Item = &'a Order> {
        let first = index.partition_point(|position| time(&self.orders[*position]) < start);
        let last = index.partition_point(|position| time(&self.orders[*position]) <= end);
        let within = index.get(first..last).unwrap_or_default();
        within.iter().rev().map(|position| &self.orders[*position])
    }

    /// Adds an order that arrives at `now` in a status, and answers its number.
    pub(crate) fn add_order(&mut self, shop: &Shop, status: i64, now: i64) -> String {
        let mut order = arriving_order(shop, self.seed, self.orders.len(), &self.products, now);
        order.enter(status, now);
        let number = order.number(shop);
        self.orders.push(order);
        self.file(self.orders.len() - 1);
        number
    }

    /// Changes an order in place; false when there is none of that number.
    pub(crate) fn change_order(
        &mut self,
        shop: &Shop,
        number: &str,
        change: impl FnOnce(&mut Order),
    ) -> bool {
        let Some(index) = self.position(shop, number) else {
            return false;
        };
        self.unfile(index);
        change(&mut self.orders[index]);
        self.file(index);
        true
    }

    /// Makes an order vanish; false when there is none of that number.
    pub(crate) fn remove_order(&mut self, shop: &Shop, number: &str) -> bool {
        let Some(index) = self.position(shop, number) else {
            return false;
        };
        self.unfile(index);
        true
    }

    fn position(&self, shop: &Shop, number: &str) -> Option<usize> {
        let index = index_of(number.rsplit('-').next()?.parse().ok()?);
        let order = self
            .orders
            .get(index)
            .filter(|order| order.number(shop) == number)?;
        self.by_update
            .binary_search_by_key(&update_key(order), |other| update_key(&self.orders[*other]))
            .ok()?;
        Some(index)
    }

    fn file(&mut self, index: usize) {
        let order = &self.orders[index];
        let place = self
            .by_update
            .partition_point(|other| update_key(&self.orders[*other]) < update_key(order));
        self.by_update.insert(place, index);
        let place = self
            .by_creation
            .partition_point(|other| creation_key(&self.orders[*other]) < creation_key(order));
        self.by_creation.insert(place, index);
    }

    fn unfile(&mut self, index: usize) {
        self.by_update.retain(|other| *other != index);
        self.by_creation.retain(|other| *other != index);
    }
}

fn update_key(order: &Order) -> (i64, i64) {
    (order.updated_at, order.serial)
}

fn creation_key(order: &Order) -> (i64, i64) {
    (order.created_at, order.serial)
}
