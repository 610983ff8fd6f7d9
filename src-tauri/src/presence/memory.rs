//! What is worth telling now: decided from what is so and what was told, without clock, window or database.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use desk_engine::ShopSummary;
use desk_model::{OrderSn, Resource, RunResult, ShopId, UnixSeconds};
use desk_store::Deadline;
use serde::{Deserialize, Serialize};

use super::notice::{Notice, NoticeKind, Urgency};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Days before an authorization ends on which it is told, the last ones first.
const TOKEN_DAYS: [u8; 4] = [1, 3, 7, 14];
/// So many failed syncs in a row are told.
const FAILURES: u32 = 3;

/// How far ahead deadlines are looked for.
pub(crate) const LOOK_AHEAD: i64 = DAY;

/// What is so at a moment.
pub(crate) struct Facts {
    /// The moment.
    pub now: UnixSeconds,
    /// Orders that are to be shipped before `now + LOOK_AHEAD`.
    pub deadlines: Vec<Deadline>,
    /// How long each shop's authorization lasts.
    pub tokens: Vec<TokenEnd>,
    /// Shops whose orders are only just coming: nothing is told of these until they are there.
    pub unsettled: BTreeSet<ShopId>,
    /// Whether a sync of changes runs; what it brings is told when all have ended.
    pub is_syncing: bool,
}

/// How long a shop's authorization lasts.
pub(crate) struct TokenEnd {
    /// The shop.
    pub shop_id: ShopId,
    /// When the seller has to authorize again; `None` = never, as far as known.
    pub ends_at: Option<UnixSeconds>,
    /// Whether it still works.
    pub works: bool,
}

/// What was told, and what waits to be told. Kept in the database, so that a restart repeats nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Memory {
    /// New orders that were not told yet.
    new_orders: BTreeMap<ShopId, u64>,
    /// Failed syncs since what they could not read was read.
    failures: BTreeMap<ShopId, u32>,
    /// What they could not read; nothing where they failed before they began.
    unread: BTreeMap<ShopId, BTreeSet<Resource>>,
    failing_told: BTreeSet<ShopId>,
    deadlines_told: BTreeMap<ShopId, BTreeMap<OrderSn, Urgency>>,
    tokens_told: BTreeMap<ShopId, TokenTold>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TokenTold {
    ends_at: Option<UnixSeconds>,
    days: u8,
}

impl Memory {
    /// Takes in how a sync of a shop ended. What a first sync brings is not new.
    pub(crate) fn note_sync(&mut self, summary: &ShopSummary, is_first: bool) {
        let shop = &summary.shop_id;
        let orders = summary.resources.get(&Resource::Orders);
        let new_orders = orders.map_or(0, |counts| counts.new);
        if new_orders > 0 && !is_first {
            *self.new_orders.entry(shop.clone()).or_default() += new_orders;
        }
        let unread = self.unread.entry(shop.clone()).or_default();
        unread.retain(|resource| !summary.settled.contains(resource));
        match summary.result {
            RunResult::Failed => {
                let reached = summary.resources.keys().copied();
                unread.extend(reached.filter(|resource| !summary.settled.contains(resource)));
                *self.failures.entry(shop.clone()).or_default() += 1;
            }
            // Others may have been read well meanwhile, and more often.
            RunResult::Complete | RunResult::Partial if unread.is_empty() => {
                self.failures.remove(shop);
                self.failing_told.remove(shop);
            }
            RunResult::Complete | RunResult::Partial | RunResult::Running | RunResult::Canceled => {
            }
        }
        self.unread.retain(|_, resources| !resources.is_empty());
    }

    /// What to tell now, each once; it counts as told. What is over is forgotten.
    pub(crate) fn tell(&mut self, facts: &Facts) -> Vec<Notice> {
        let shops: BTreeSet<&ShopId> = facts.tokens.iter().map(|token| &token.shop_id).collect();
        self.new_orders.retain(|shop, _| shops.contains(shop));
        self.failures.retain(|shop, _| shops.contains(shop));
        self.unread.retain(|shop, _| shops.contains(shop));
        self.failing_told.retain(|shop| shops.contains(shop));
        let mut notices = Vec::from_iter(self.new_orders(facts));
        notices.extend(self.deadlines(facts));
        notices.extend(self.failing());
        notices.extend(self.tokens(facts));
        notices
    }

    fn new_orders(&mut self, facts: &Facts) -> Option<Notice> {
        if facts.is_syncing {
            return None;
        }
        let (waiting, told) = std::mem::take(&mut self.new_orders)
            .into_iter()
            .partition(|(shop, _)| facts.unsettled.contains(shop));
        self.new_orders = waiting;
        one_notice(NoticeKind::NewOrders, told)
    }

    fn deadlines(&mut self, facts: &Facts) -> Vec<Notice> {
        let mut told = std::mem::take(&mut self.deadlines_told);
        let mut due: BTreeMap<Urgency, BTreeMap<ShopId, u64>> = BTreeMap::new();
        for Deadline {
            shop_id,
            order_sn,
            ship_by,
        } in &facts.deadlines
        {
            let before = told
                .get_mut(shop_id)
                .and_then(|orders| orders.remove(order_sn));
            let is_settled = !facts.unsettled.contains(shop_id);
            let urgency = if is_settled {
                urgency(*ship_by - facts.now)
            } else {
                before
            };
            let Some(urgency) = urgency else { continue };
            if before.is_none_or(|before| before < urgency) {
                let shops = due.entry(urgency).or_default();
                *shops.entry(shop_id.clone()).or_default() += 1;
            }
            self.deadlines_told
                .entry(shop_id.clone())
                .or_default()
                .insert(order_sn.clone(), urgency);
        }
        due.into_iter()
            .rev()
            .filter_map(|(urgency, shops)| one_notice(NoticeKind::Deadline(urgency), shops))
            .collect()
    }

    fn failing(&mut self) -> Option<Notice> {
        let failing: BTreeMap<ShopId, u64> = self
            .failures
            .iter()
            .filter(|(shop, times)| **times >= FAILURES && !self.failing_told.contains(*shop))
            .map(|(shop, _)| (shop.clone(), 1))
            .collect();
        self.failing_told.extend(failing.keys().cloned());
        one_notice(NoticeKind::SyncFailing, failing)
    }

    fn tokens(&mut self, facts: &Facts) -> Vec<Notice> {
        let told = std::mem::take(&mut self.tokens_told);
        let mut ending: BTreeMap<u8, BTreeMap<ShopId, u64>> = BTreeMap::new();
        for token in &facts.tokens {
            let Some(days) = days_left(token, facts.now) else {
                continue;
            };
            let shop = token.shop_id.clone();
            let before = told.get(&shop).filter(|told| told.ends_at == token.ends_at);
            if before.is_none_or(|before| days < before.days) {
                ending.entry(days).or_default().insert(shop.clone(), 1);
            }
            let ends_at = token.ends_at;
            let days = before.map_or(days, |before| before.days.min(days));
            self.tokens_told.insert(shop, TokenTold { ends_at, days });
        }
        ending
            .into_iter()
            .filter_map(|(days, shops)| one_notice(NoticeKind::TokenEnds(days), shops))
            .collect()
    }
}

fn one_notice(kind: NoticeKind, counts: BTreeMap<ShopId, u64>) -> Option<Notice> {
    let count = counts.values().sum();
    let is_one_shop = counts.len() == 1;
    let shop = counts.into_keys().next().filter(|_| is_one_shop);
    (count > 0).then_some(Notice { kind, count, shop })
}

fn urgency(seconds_left: i64) -> Option<Urgency> {
    match seconds_left {
        left if left < 0 => Some(Urgency::Overdue),
        left if left < 6 * HOUR => Some(Urgency::SixHours),
        left if left < DAY => Some(Urgency::Day),
        _ => None,
    }
}

/// The step that the authorization has come to; `None` while it is far from its end.
fn days_left(token: &TokenEnd, now: UnixSeconds) -> Option<u8> {
    if !token.works {
        return Some(0);
    }
    let seconds = token.ends_at? - now;
    if seconds <= 0 {
        return Some(0);
    }
    TOKEN_DAYS
        .into_iter()
        .find(|days| seconds <= i64::from(*days) * DAY)
}
