//! Makes a shop's past: orders over some 400 days, more than half of them in the last 60.

use super::order::{Line, Order, status};
use super::product::{Bucket, Product};
use super::shop::Shop;
use crate::random::Random;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const SPAN: i64 = 400 * DAY;
/// A code that no document lists.
const UNKNOWN_STATUS: i64 = 77;

/// The first orders of every shop, so that each case is there however small the world: status and age.
const PRESCRIBED: &[(i64, i64)] = &[
    (status::PENDING, HOUR / 2),
    (status::UNSHIPPED, 2 * DAY - 6 * HOUR),
    (status::UNSHIPPED, 4 * DAY),
    (status::PARTIALLY_SHIPPED, 3 * DAY),
    (status::SHIPPED, 5 * DAY),
    (status::RECEIVED, 20 * DAY),
    (status::PARTIALLY_RECEIVED, 12 * DAY),
    (status::CANCELED, 2 * DAY),
    (status::SHIPPED, 5 * DAY),
    (UNKNOWN_STATUS, 9 * DAY),
    (status::UNSHIPPED, HOUR),
];

/// The order at a position of a shop's history; `updated_at` is never after `started_at`.
pub(super) fn new_order(
    shop: &Shop,
    seed: u64,
    index: usize,
    products: &[Product],
    started_at: i64,
) -> Order {
    let mut random = Random::new(&[seed, shop.index as u64, 3, index as u64]);
    let (status, age) = PRESCRIBED
        .get(index)
        .copied()
        .unwrap_or_else(|| likely(&mut random));
    let mut order = draft(shop, &mut random, index, products, started_at - age, status);
    live_through(&mut order, &mut random, status, started_at);
    order
}

/// An order that arrives at `now`, after the history.
pub(super) fn arriving_order(
    shop: &Shop,
    seed: u64,
    index: usize,
    products: &[Product],
    now: i64,
) -> Order {
    let mut random = Random::new(&[seed, shop.index as u64, 3, index as u64]);
    draft(shop, &mut random, index, products, now, status::UNSHIPPED)
}

/// An age, and the status that an order of that age most likely has.
fn likely(random: &mut Random) -> (i64, i64) {
    let age = if random.chance(55) {
        random.between(HOUR, 60 * DAY)
    } else {
        random.between(60 * DAY, SPAN)
    };
    let dice = random.between(1, 1_000);
    let status = match age {
        _ if dice <= 60 => status::CANCELED,
        _ if age < 6 * HOUR => status::PENDING,
        _ if age < 2 * DAY => {
            if dice <= 900 {
                status::UNSHIPPED
            } else {
                status::SHIPPED
            }
        }
        _ if age < 10 * DAY => match dice {
            ..=130 => status::UNSHIPPED,
            131..=170 => status::PARTIALLY_SHIPPED,
            171..=850 => status::SHIPPED,
            _ => status::RECEIVED,
        },
        _ if age < 30 * DAY && dice <= 120 => status::PARTIALLY_RECEIVED,
        _ if age < 30 * DAY && dice <= 300 => status::SHIPPED,
        _ => status::RECEIVED,
    };
    (status, age)
}

fn draft(
    shop: &Shop,
    random: &mut Random,
    index: usize,
    products: &[Product],
    created_at: i64,
    status: i64,
) -> Order {
    let partial = matches!(
        status,
        status::PARTIALLY_SHIPPED | status::PARTIALLY_RECEIVED
    );
    let count = match random.between(1, 10) {
        _ if partial => 3,
        1 => 4,
        2..=4 => 2,
        _ => 1,
    };
    let serial = serial(shop, index) + random.between(0, 99) * 10;
    Order {
        serial,
        market: random.between(0, shop.markets.len() as i64 - 1) as usize,
        status: status::PENDING,
        cooperative: index == 8 || random.chance(5),
        cash_on_delivery: random.chance(4),
        cancellation_requested: status == status::UNSHIPPED && random.chance(6),
        presale: random.chance(3),
        created_at,
        confirmed_at: None,
        ship_by: None,
        shipped_at: None,
        delivered_at: None,
        updated_at: created_at,
        shipping_fee: if random.chance(30) {
            299 * shop.price_percent / 100
        } else {
            0
        },
        lines: (0..count)
            .map(|position| new_line(random, products, serial + position + 1))
            .collect(),
    }
}

/// Two digits of shop, then the position; the last three digits are free for salt and for the serials of lines.
fn serial(shop: &Shop, index: usize) -> i64 {
    10_000_000_000_000_000 + (shop.index as i64 + 1) * 100_000_000_000_000 + index as i64 * 1_000
}

/// The position that a serial was made from.
pub(super) fn index_of(serial: i64) -> usize {
    (serial % 100_000_000_000_000 / 1_000) as usize
}

fn new_line(random: &mut Random, products: &[Product], serial: i64) -> Line {
    let mut product = random.between(0, products.len() as i64 - 1) as usize;
    // Drafts were never on sale.
    while matches!(products[product].bucket, Bucket::Draft | Bucket::Incomplete) {
        product = (product + 1) % products.len();
    }
    let sku = random.between(0, products[product].skus.len() as i64 - 1) as usize;
    let ordered = if random.chance(25) {
        random.between(2, 6)
    } else {
        1
    };
    let canceled = if ordered > 1 && random.chance(10) {
        1
    } else {
        0
    };
    let unit_price = products[product].skus[sku].price;
    Line {
        serial,
        status: status::PENDING,
        product,
        sku,
        ordered,
        canceled,
        unit_price,
    }
}

/// Walks the order through its life, each step at a time of its own and none after `started_at`.
fn live_through(order: &mut Order, random: &mut Random, status: i64, started_at: i64) {
    use status::{
        CANCELED, PARTIALLY_RECEIVED, PARTIALLY_SHIPPED, PENDING, RECEIVED, SHIPPED, UNSHIPPED,
    };
    if status == PENDING {
        return;
    }
    let confirmed_at = (order.created_at + random.between(5 * 60, HOUR)).min(started_at);
    order.enter(UNSHIPPED, confirmed_at);
    if status == CANCELED {
        let canceled_at = order.updated_at + random.between(0, DAY);
        order.enter(CANCELED, canceled_at.min(started_at));
    }
    if matches!(
        status,
        SHIPPED | PARTIALLY_SHIPPED | RECEIVED | PARTIALLY_RECEIVED
    ) {
        order.enter(SHIPPED, ship_time(order, random, started_at));
    }
    if matches!(status, RECEIVED | PARTIALLY_RECEIVED) {
        let received_at = order.updated_at + random.between(2 * DAY, 9 * DAY);
        order.enter(RECEIVED, received_at.min(started_at));
    }
    if status != order.status {
        order.enter(status, order.updated_at);
    }
}

/// Two in five are booked with the day's batch at 18:00 UTC: many orders with the same update time.
fn ship_time(order: &Order, random: &mut Random, started_at: i64) -> i64 {
    let shipped_at = order.updated_at + random.between(HOUR, 2 * DAY);
    let batch = shipped_at - shipped_at.rem_euclid(DAY) + 18 * HOUR;
    let shipped_at = if random.chance(40) && batch > order.updated_at {
        batch
    } else {
        shipped_at
    };
    shipped_at.min(started_at)
}
