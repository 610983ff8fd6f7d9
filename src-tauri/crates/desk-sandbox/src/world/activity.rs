//! Promotions: every type (§4.8: 2, 13, 27, 100) in every phase, joined and not.

use super::catalogue::ACTIVITY_NAMES;
use super::product::Product;
use super::shop::Shop;
use crate::random::Random;

const DAY: i64 = 86_400;

/// The open platform's activity types with the guide's words for them.
const TYPES: [(i64, &str); 4] = [
    (2, "LIGHTNING_DEAL"),
    (13, "ADVANCED_BIG_SALE"),
    (27, "CLEARANCE_DEAL"),
    (100, "OFFICIAL_BIG_SALE"),
];

/// Where an activity stands at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Upcoming,
    Running,
    Ended,
}

impl Phase {
    /// The open platform's `activityStatus`.
    pub(crate) fn code(self) -> i64 {
        self as i64 + 1
    }

    /// The guide's status.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Upcoming => "UPCOMING",
            Self::Running => "RUNNING",
            Self::Ended => "ENDED",
        }
    }
}

/// One promotion.
#[derive(Clone)]
pub(crate) struct Activity {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// 2, 13, 27 or 100.
    pub(crate) kind: i64,
    pub(crate) start_time: i64,
    pub(crate) end_time: i64,
    pub(crate) enroll_deadline: i64,
    pub(crate) joined: bool,
    pub(crate) updated_at: i64,
    /// Empty unless joined.
    pub(crate) items: Vec<ActivityItem>,
}

/// A product that takes part.
#[derive(Clone)]
pub(crate) struct ActivityItem {
    /// Position among the shop's products.
    pub(crate) product: usize,
    pub(crate) quantity: i64,
    pub(crate) remaining: i64,
}

impl Activity {
    /// One that nobody has joined, known since its enrolment ended.
    fn new(shop: &Shop, position: usize, kind: i64, (start_time, end_time): (i64, i64)) -> Self {
        let enroll_deadline = start_time - DAY;
        Self {
            id: 9_000_000_000_001 + (shop.index * 1_000 + position) as i64,
            name: ACTIVITY_NAMES[position % ACTIVITY_NAMES.len()].to_owned(),
            kind,
            start_time,
            end_time,
            enroll_deadline,
            joined: false,
            updated_at: enroll_deadline,
            items: Vec::new(),
        }
    }

    fn join(&mut self, random: &mut Random, products: &[Product]) {
        self.joined = true;
        self.items = new_items(random, products);
    }

    pub(crate) fn is_type(kind: i64) -> bool {
        TYPES.iter().any(|(code, _)| *code == kind)
    }

    /// The guide's word for the type.
    pub(crate) fn kind_name(&self) -> &'static str {
        TYPES
            .iter()
            .find(|(code, _)| *code == self.kind)
            .map_or("OTHER", |(_, name)| name)
    }

    pub(crate) fn phase(&self, now: i64) -> Phase {
        match now {
            _ if now < self.start_time => Phase::Upcoming,
            _ if now <= self.end_time => Phase::Running,
            _ => Phase::Ended,
        }
    }

    pub(crate) fn overlaps(&self, start: i64, end: i64) -> bool {
        self.start_time <= end && self.end_time >= start
    }

    /// A fifth below the shelf price, in minor units.
    pub(crate) fn price(&self, shelf_price: i64) -> i64 {
        (shelf_price * 80 / 100).max(1)
    }
}

/// Each type × phase, once joined and once not: 24 activities.
pub(super) fn new_activities(
    shop: &Shop,
    seed: u64,
    products: &[Product],
    started_at: i64,
) -> Vec<Activity> {
    let mut activities = Vec::new();
    for (kind, _) in TYPES {
        for phase in [Phase::Upcoming, Phase::Running, Phase::Ended] {
            for joined in [true, false] {
                let position = activities.len();
                let mut random = random(shop, seed, position);
                let span = span(&mut random, kind, phase, started_at);
                let mut activity = Activity::new(shop, position, kind, span);
                let known_at = started_at.min(activity.enroll_deadline);
                activity.updated_at = known_at - random.between(0, 5 * DAY);
                if joined {
                    activity.join(&mut random, products);
                }
                activities.push(activity);
            }
        }
    }
    activities
}

/// An activity to come that the seller joins at `now`, after the history.
pub(super) fn arriving_activity(
    shop: &Shop,
    seed: u64,
    products: &[Product],
    position: usize,
    kind: i64,
    now: i64,
) -> Activity {
    let mut random = random(shop, seed, position);
    let span = span(&mut random, kind, Phase::Upcoming, now);
    let mut activity = Activity::new(shop, position, kind, span);
    activity.updated_at = now;
    activity.join(&mut random, products);
    activity
}

fn random(shop: &Shop, seed: u64, position: usize) -> Random {
    Random::new(&[seed, shop.index as u64, 2, position as u64])
}

/// Lightning deals run 7 days, all others 14.
fn span(random: &mut Random, kind: i64, phase: Phase, started_at: i64) -> (i64, i64) {
    let length = if kind == 2 { 7 * DAY } else { 14 * DAY };
    let start = match phase {
        Phase::Upcoming => started_at + random.between(2 * DAY, 40 * DAY),
        Phase::Running => started_at - random.between(DAY, length - DAY),
        Phase::Ended => started_at - length - random.between(DAY, 70 * DAY),
    };
    (start, start + length)
}

fn new_items(random: &mut Random, products: &[Product]) -> Vec<ActivityItem> {
    let first = random.between(0, products.len() as i64 - 1) as usize;
    (0..products.len().min(4))
        .map(|step| {
            let quantity = random.between(10, 200);
            let product = (first + step * 2) % products.len();
            ActivityItem {
                product,
                quantity,
                remaining: random.between(0, quantity),
            }
        })
        .collect()
}
