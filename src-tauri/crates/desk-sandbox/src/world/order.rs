//! An order, and what happens to it when its status changes.

use super::catalogue::CARRIERS;
use super::shop::Shop;

/// The open platform's order status codes (§4.1); the guide's words are in [`STATUSES`].
pub(crate) mod status {
    pub(crate) const PENDING: i64 = 1;
    pub(crate) const UNSHIPPED: i64 = 2;
    pub(crate) const CANCELED: i64 = 3;
    pub(crate) const SHIPPED: i64 = 4;
    pub(crate) const RECEIVED: i64 = 5;
    pub(crate) const PARTIALLY_SHIPPED: i64 = 41;
    pub(crate) const PARTIALLY_RECEIVED: i64 = 51;
}

/// Code and the guide's word; the guide has no word for partially received and calls it shipped.
pub(crate) const STATUSES: [(i64, &str); 7] = [
    (status::PENDING, "PENDING"),
    (status::UNSHIPPED, "UNSHIPPED"),
    (status::CANCELED, "CANCELED"),
    (status::SHIPPED, "SHIPPED"),
    (status::RECEIVED, "DELIVERED"),
    (status::PARTIALLY_SHIPPED, "PARTIALLY_SHIPPED"),
    (status::PARTIALLY_RECEIVED, "SHIPPED"),
];

const DAY: i64 = 86_400;

/// A parent order. Times are unix seconds, money is minor units of the shop's currency.
#[derive(Clone)]
pub(crate) struct Order {
    /// The 17 digits of the order number.
    pub(crate) serial: i64,
    /// Position among the shop's markets.
    pub(crate) market: usize,
    pub(crate) status: i64,
    /// Fulfilled by a cooperative warehouse, not by the seller.
    pub(crate) cooperative: bool,
    pub(crate) cash_on_delivery: bool,
    pub(crate) cancellation_requested: bool,
    pub(crate) presale: bool,
    pub(crate) created_at: i64,
    pub(crate) confirmed_at: Option<i64>,
    pub(crate) ship_by: Option<i64>,
    pub(crate) shipped_at: Option<i64>,
    pub(crate) delivered_at: Option<i64>,
    pub(crate) updated_at: i64,
    pub(crate) shipping_fee: i64,
    /// Never empty.
    pub(crate) lines: Vec<Line>,
}

/// A child order: one SKU.
#[derive(Clone)]
pub(crate) struct Line {
    /// The 17 digits of the child order number.
    pub(crate) serial: i64,
    pub(crate) status: i64,
    /// Position among the shop's products, and among that product's SKUs.
    pub(crate) product: usize,
    pub(crate) sku: usize,
    pub(crate) ordered: i64,
    pub(crate) canceled: i64,
    /// Shelf price when it was ordered.
    pub(crate) unit_price: i64,
}

impl Line {
    pub(crate) fn quantity(&self) -> i64 {
        self.ordered - self.canceled
    }

    /// What the seller gets for one.
    pub(crate) fn base_price(&self) -> i64 {
        self.unit_price * 77 / 100
    }
}

/// What an order comes to, by the names and sums of open platform §4.3.
pub(crate) struct Amounts {
    pub(crate) base_price: i64,
    pub(crate) retail_price: i64,
    pub(crate) shipping: i64,
    pub(crate) tax: i64,
    pub(crate) discount_from_seller: i64,
    pub(crate) discount_from_platform: i64,
    pub(crate) deduction: i64,
}

impl Amounts {
    pub(crate) fn discount(&self) -> i64 {
        self.discount_from_seller + self.discount_from_platform
    }

    pub(crate) fn estimated_revenue(&self) -> i64 {
        self.base_price + self.shipping - self.deduction
    }

    pub(crate) fn customer_paid(&self) -> i64 {
        self.retail_price + self.shipping + self.tax - self.discount()
    }
}

impl Order {
    /// `PO-{regionId}-{17 digits}`, in both dialects.
    pub(crate) fn number(&self, shop: &Shop) -> String {
        format!(
            "PO-{}-{:017}",
            shop.markets[self.market].region_id, self.serial
        )
    }

    /// `{regionId}-{17 digits}` of a line.
    pub(crate) fn line_number(&self, shop: &Shop, line: &Line) -> String {
        format!(
            "{}-{:017}",
            shop.markets[self.market].region_id, line.serial
        )
    }

    /// None while the order is pending: the platform is still calculating.
    pub(crate) fn amounts(&self) -> Option<Amounts> {
        if self.status == status::PENDING {
            return None;
        }
        let sum = |price: fn(&Line) -> i64| {
            self.lines
                .iter()
                .map(|line| line.quantity() * price(line))
                .sum::<i64>()
        };
        let retail_price = sum(|line| line.unit_price);
        let discounted = self.serial % 4 == 0;
        Some(Amounts {
            base_price: sum(Line::base_price),
            retail_price,
            shipping: self.shipping_fee,
            tax: retail_price * 8 / 100,
            discount_from_seller: if discounted {
                retail_price * 5 / 100
            } else {
                0
            },
            discount_from_platform: if self.serial % 3 == 0 {
                retail_price * 3 / 100
            } else {
                0
            },
            deduction: if discounted {
                retail_price * 2 / 100
            } else {
                0
            },
        })
    }

    fn awaits_shipping(&self) -> bool {
        matches!(self.status, status::UNSHIPPED | status::PARTIALLY_SHIPPED)
    }

    /// Still to ship, and due within a day.
    pub(crate) fn soon_overdue(&self, now: i64) -> bool {
        self.awaits_shipping()
            && self
                .ship_by
                .is_some_and(|due| (now..=now + DAY).contains(&due))
    }

    /// Still to ship, and late.
    pub(crate) fn past_due(&self, now: i64) -> bool {
        self.awaits_shipping() && self.ship_by.is_some_and(|due| due < now)
    }

    /// Carrier and number of each parcel so far.
    pub(crate) fn tracking(&self) -> Vec<(&'static str, String)> {
        if self.shipped_at.is_none() {
            return Vec::new();
        }
        let carrier = CARRIERS[(self.serial % CARRIERS.len() as i64) as usize];
        vec![(
            carrier,
            format!("DEMO{:014}", self.serial % 100_000_000_000_000),
        )]
    }

    /// Moves the order on; times it lacks for that status become `now`, and `updated_at` too.
    pub(crate) fn enter(&mut self, status: i64, now: i64) {
        use status::{
            CANCELED, PARTIALLY_RECEIVED, PARTIALLY_SHIPPED, PENDING, RECEIVED, SHIPPED, UNSHIPPED,
        };
        self.status = status;
        if status == PENDING {
            (self.confirmed_at, self.ship_by) = (None, None);
        } else if status != CANCELED {
            self.confirmed_at.get_or_insert(now);
            self.ship_by.get_or_insert(now + 2 * DAY);
        }
        if matches!(status, PENDING | UNSHIPPED) {
            (self.shipped_at, self.delivered_at) = (None, None);
        }
        if matches!(
            status,
            SHIPPED | PARTIALLY_SHIPPED | RECEIVED | PARTIALLY_RECEIVED
        ) {
            self.shipped_at.get_or_insert(now);
        }
        match status {
            RECEIVED => self.delivered_at = Some(self.delivered_at.unwrap_or(now)),
            SHIPPED | PARTIALLY_SHIPPED | PARTIALLY_RECEIVED => self.delivered_at = None,
            _ => {}
        }
        self.enter_lines();
        self.updated_at = now;
    }

    /// In a partial state the first line is ahead of the others.
    fn enter_lines(&mut self) {
        let (first, rest) = match self.status {
            status::PARTIALLY_SHIPPED => (status::SHIPPED, status::UNSHIPPED),
            status::PARTIALLY_RECEIVED => (status::RECEIVED, status::SHIPPED),
            other => (other, other),
        };
        for (position, line) in self.lines.iter_mut().enumerate() {
            line.status = if position == 0 { first } else { rest };
        }
    }
}
