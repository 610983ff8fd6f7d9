//! What goes on at the platform between two requests: orders come and move, products and activities come, change and go.

use std::collections::BTreeSet;

use desk_sandbox::{OrderChange, OrderDigest, ProductChange, Sandbox};

use super::{random::Random, truth::Shelves};
use crate::virtual_clock::VirtualClock;

const STATUSES: [&str; 5] = [
    "UNSHIPPED",
    "SHIPPED",
    "DELIVERED",
    "CANCELED",
    "PARTIALLY_SHIPPED",
];
/// Canceled and delivered: nothing follows, though the order may still be touched.
const FINAL: [i64; 2] = [3, 5];
const SHELVES: [&str; 4] = ["ACTIVE", "INACTIVE", "DRAFT", "INCOMPLETE"];
const ACTIVITY_TYPES: [i64; 4] = [2, 13, 27, 100];
const DAY: i64 = 86_400;
/// More orders at one moment than fit on a page.
const MOST_AT_ONCE: u64 = 130;

/// The life of one shop at the platform.
pub(crate) struct Life {
    random: Random,
    remote_id: String,
    /// How many requests of a hundred see a crowd of orders come at one moment.
    crowds: u64,
}

impl Life {
    pub(crate) fn new(mut random: Random, remote_id: &str) -> Self {
        let crowds = if random.chance(20) { 2 } else { 0 };
        Self {
            random,
            remote_id: remote_id.to_owned(),
            crowds,
        }
    }

    /// What happens before a request.
    pub(crate) fn go_on(&mut self, sandbox: &Sandbox, clock: &VirtualClock) {
        clock.advance(self.random.seconds_below(4));
        let now = clock.true_seconds();
        for _ in 0..self.random.below(4) {
            let change = self.new_status();
            sandbox.add_order(&self.remote_id, &change, now).unwrap();
        }
        if self.random.chance(self.crowds) {
            let count = usize::try_from(1 + self.random.below(MOST_AT_ONCE)).unwrap();
            let change = self.new_status();
            sandbox
                .add_orders(&self.remote_id, count, &change, now)
                .unwrap();
        }
        let moves = self.random.below(6);
        self.move_orders(sandbox, now, moves);
    }

    fn move_orders(&mut self, sandbox: &Sandbox, now: i64, moves: u64) {
        let orders = sandbox.order_digests(&self.remote_id).unwrap();
        for _ in 0..moves {
            // Sellers work on recent orders, but an old one can move at any time.
            let recent = orders.len().saturating_sub(120) as u64;
            let from = if self.random.chance(80) { recent } else { 0 };
            let place = from + self.random.below(orders.len() as u64 - from);
            let order = &orders[usize::try_from(place).unwrap()];
            let quantity = self.random.chance(20);
            let mut change = self.new_status();
            change.quantity = quantity.then(|| 1 + self.random.seconds_below(9));
            if FINAL.contains(&order.status) {
                change.status = None;
            }
            sandbox
                .change_order(&self.remote_id, &order.order_sn, &change, now)
                .unwrap();
        }
    }

    fn new_status(&mut self) -> OrderChange {
        OrderChange {
            status: Some(self.random.one_of(&STATUSES).to_owned()),
            ..OrderChange::default()
        }
    }

    /// What happens to products and activities between two syncs.
    pub(crate) fn tend_the_shelves(
        &mut self,
        sandbox: &Sandbox,
        clock: &VirtualClock,
        shelves: &mut Shelves,
    ) {
        let (now, remote_id) = (clock.true_seconds(), &self.remote_id);
        for _ in 0..self.random.below(4) {
            let product_id = sandbox.add_product(remote_id, now).unwrap();
            shelves.products.insert(product_id);
        }
        for _ in 0..self.random.below(6) {
            let product_id = any_id(&mut self.random, &shelves.products);
            let (restocked, moved) = (self.random.chance(50), self.random.chance(30));
            let change = ProductChange {
                status: moved.then(|| self.random.one_of(&SHELVES).to_owned()),
                stock: restocked.then(|| self.random.seconds_below(500)),
                price: (!restocked).then(|| 100 + self.random.seconds_below(9_000)),
            };
            sandbox
                .change_product(remote_id, &product_id, &change, now)
                .unwrap();
        }
        if self.random.chance(40) {
            let product_id = any_id(&mut self.random, &shelves.products);
            sandbox.remove_product(remote_id, &product_id).unwrap();
            shelves.products.remove(&product_id);
        }
        if self.random.chance(40) {
            let kind = self.random.one_of(&ACTIVITY_TYPES);
            let activity_id = sandbox.add_activity(remote_id, kind, now).unwrap();
            shelves.activities.insert(activity_id);
        }
        if self.random.chance(20) {
            let activity_id = any_id(&mut self.random, &shelves.activities);
            sandbox.remove_activity(remote_id, &activity_id).unwrap();
            shelves.activities.remove(&activity_id);
        }
    }
}

/// Changes and removes orders so that no list by time of change tells of it.
pub(crate) fn change_in_secret(random: &mut Random, sandbox: &Sandbox, remote_id: &str) {
    let orders = sandbox.order_digests(remote_id).unwrap();
    let newest = orders.last().map_or(0, |order| order.updated_at);
    // Well within what a sweep looks at.
    let recent = |order: &&OrderDigest| order.updated_at > newest - 60 * DAY;
    for order in orders.iter().rev().filter(recent).take(60) {
        if random.chance(20) {
            let change = OrderChange {
                status: Some(random.one_of(&STATUSES).to_owned()),
                quantity: Some(1 + random.seconds_below(9)),
                ..OrderChange::default()
            };
            sandbox
                .change_order_silently(remote_id, &order.order_sn, &change)
                .unwrap();
        } else if random.chance(10) {
            sandbox.remove_order(remote_id, &order.order_sn).unwrap();
        }
    }
}

fn any_id(random: &mut Random, ids: &BTreeSet<String>) -> String {
    let place = usize::try_from(random.below(ids.len() as u64)).unwrap();
    ids.iter().nth(place).unwrap().clone()
}
