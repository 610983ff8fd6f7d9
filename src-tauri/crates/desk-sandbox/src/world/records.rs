//! A shop's records, kept in the orders that lists are served in.

use std::ops::Range;

use super::activity::{Activity, arriving_activity, new_activities};
use super::order::Order;
use super::order_history::{arriving_order, index_of, new_order};
use super::product::{Product, arriving_product, new_products};
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
    /// Orders and activities know them by position: a removed one stays, unlisted.
    pub(crate) products: Vec<Product>,
    pub(crate) activities: Vec<Activity>,
    activities_ever: usize,
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
            activities_ever: activities.len(),
            activities,
        }
    }

    /// The order with that number.
    pub(crate) fn order(&self, shop: &Shop, number: &str) -> Option<&Order> {
        self.position(shop, number).map(|index| &self.orders[index])
    }

    /// Orders whose update time lies in the closed window, latest first.
    pub(crate) fn updated_in(&self, start: i64, end: i64) -> Window<'_> {
        self.window(&self.by_update, start, end, |order| order.updated_at)
    }

    /// Orders created in the closed window, latest first.
    pub(crate) fn created_in(&self, start: i64, end: i64) -> Window<'_> {
        self.window(&self.by_creation, start, end, |order| order.created_at)
    }

    fn window<'a>(
        &'a self,
        index: &'a [usize],
        start: i64,
        end: i64,
        time: fn(&Order) -> i64,
    ) -> Window<'a> {
        let first = index.partition_point(|position| time(&self.orders[*position]) < start);
        let last = index.partition_point(|position| time(&self.orders[*position]) <= end);
        Window {
            orders: &self.orders,
            positions: index.get(first..last).unwrap_or_default(),
        }
    }

    /// Adds orders that arrive at `now` in a status, touched up by `change`, and answers their numbers.
    pub(crate) fn add_orders(
        &mut self,
        shop: &Shop,
        count: usize,
        status: i64,
        now: i64,
        change: impl Fn(&mut Order),
    ) -> Vec<String> {
        let added = self.orders.len()..self.orders.len() + count;
        for index in added.clone() {
            let mut order = arriving_order(shop, self.seed, index, &self.products, now);
            order.enter(status, now);
            change(&mut order);
            self.orders.push(order);
        }
        self.file(added.clone());
        let numbers = self.orders[added].iter();
        numbers.map(|order| order.number(shop)).collect()
    }

    /// The products that have not been removed.
    pub(crate) fn listed_products(&self) -> impl Iterator<Item = &Product> {
        self.products.iter().filter(|product| product.listed)
    }

    /// The product of that id, unless it was removed.
    pub(crate) fn product_mut(&mut self, id: &str) -> Option<&mut Product> {
        let mut products = self.products.iter_mut();
        products.find(|product| product.listed && product.id.to_string() == id)
    }

    /// Adds a product that is put on the shelf at `now`, and answers its id.
    pub(crate) fn add_product(&mut self, shop: &Shop, now: i64) -> i64 {
        let product = arriving_product(shop, self.seed, self.products.len(), now);
        let id = product.id;
        self.products.push(product);
        id
    }

    /// Adds an activity of a type, announced at `now`, and answers its id.
    pub(crate) fn add_activity(&mut self, shop: &Shop, kind: i64, now: i64) -> i64 {
        let position = self.activities_ever;
        let activity = arriving_activity(shop, self.seed, &self.products, position, kind, now);
        let id = activity.id;
        self.activities_ever += 1;
        self.activities.push(activity);
        id
    }

    /// Makes an activity vanish; false when there is none of that id.
    pub(crate) fn remove_activity(&mut self, id: &str) -> bool {
        let before = self.activities.len();
        self.activities
            .retain(|activity| activity.id.to_string() != id);
        self.activities.len() < before
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
        self.file(index..index + 1);
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

    /// Enters orders that stand together in both indexes.
    fn file(&mut self, added: Range<usize>) {
        let Some(order) = self.orders.get(added.start) else {
            return;
        };
        let place = self
            .by_update
            .partition_point(|other| update_key(&self.orders[*other]) < update_key(order));
        self.by_update.splice(place..place, added.clone());
        let place = self
            .by_creation
            .partition_point(|other| creation_key(&self.orders[*other]) < creation_key(order));
        self.by_creation.splice(place..place, added);
    }

    fn unfile(&mut self, index: usize) {
        let order = &self.orders[index];
        let key = |other: &usize| update_key(&self.orders[*other]);
        if let Ok(place) = self.by_update.binary_search_by_key(&update_key(order), key) {
            self.by_update.remove(place);
        }
        let key = |other: &usize| creation_key(&self.orders[*other]);
        if let Ok(place) = self
            .by_creation
            .binary_search_by_key(&creation_key(order), key)
        {
            self.by_creation.remove(place);
        }
    }
}

/// Orders of a span of time, latest first. Skipping costs nothing.
pub(crate) struct Window<'a> {
    orders: &'a [Order],
    /// Oldest first.
    positions: &'a [usize],
}

impl<'a> Iterator for Window<'a> {
    type Item = &'a Order;

    fn next(&mut self) -> Option<&'a Order> {
        self.nth(0)
    }

    fn nth(&mut self, skipped: usize) -> Option<&'a Order> {
        let left = self.positions.len().saturating_sub(skipped);
        let (last, earlier) = self.positions[..left].split_last().unzip();
        self.positions = earlier.unwrap_or_default();
        last.map(|position| &self.orders[*position])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.positions.len(), Some(self.positions.len()))
    }
}

impl ExactSizeIterator for Window<'_> {}

fn update_key(order: &Order) -> (i64, i64) {
    (order.updated_at, order.serial)
}

fn creation_key(order: &Order) -> (i64, i64) {
    (order.created_at, order.serial)
}
