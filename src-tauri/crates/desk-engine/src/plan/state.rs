//! The plan as the window and the command line show it.

use desk_model::{ShopId, UnixSeconds};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Plan, planned::Planned};
use crate::failure::Failure;

/// What the automatic sync will do next, and what it waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AutomaticState {
    /// When the next shop is due; `None` = switched off, or no shop to sync.
    pub next_at: Option<UnixSeconds>,
    /// Why nothing runs by itself: no network, a locked vault, a full disk. It is tried again at `next_at`.
    pub paused: Option<Failure>,
    /// Shops that are left alone for a while.
    pub waiting: Vec<WaitingShop>,
}

/// A shop whose platform or network kept failing. *Sync now* goes nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WaitingShop {
    /// The shop.
    pub shop_id: ShopId,
    /// Failures since something worked.
    pub failures: u32,
    /// The newest one.
    pub reason: Failure,
    /// When it is tried again.
    pub try_at: UnixSeconds,
}

impl Plan {
    /// For the window and the command line.
    pub(crate) fn state(&self, now: UnixSeconds) -> AutomaticState {
        let due = |shop: &Planned| shop.try_at(self.schedule, now).max(now);
        let next_at = match &self.pause {
            Some(pause) => Some(pause.try_at.max(now)),
            None => self.shops.values().map(due).min(),
        };
        let waiting = self.shops.iter().filter_map(|(shop_id, shop)| {
            let breaker = shop.breaker.as_ref()?;
            Some(WaitingShop {
                shop_id: shop_id.clone(),
                failures: breaker.failures,
                reason: breaker.reason.clone(),
                try_at: breaker.try_at,
            })
        });
        AutomaticState {
            next_at: next_at.filter(|_| self.schedule.enabled),
            paused: self.pause.as_ref().map(|pause| pause.reason.clone()),
            waiting: waiting.collect(),
        }
    }
}
