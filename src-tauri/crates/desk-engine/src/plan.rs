//! What of which shop is synced when: decided from state alone, so that weeks can be tried in a moment.
//!
//! Three things keep a shop waiting: the intervals of its resources, its own breaker, and a pause of everything while network, vault or disk are away.

mod outcome;
mod planned;
mod state;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use desk_model::{Resource, ShopId, UnixSeconds};

use self::planned::{LastRun, Planned, seconds};
pub use self::state::{AutomaticState, WaitingShop};
use crate::{
    pause::{Cause, Pause},
    random::Random,
    schedule::{Intervals, Schedule},
};

/// An interval is lengthened by up to this part of it, so that not all computers of the world call at once.
const LONGEST_STRETCH: f64 = 0.1;
/// What became due while nobody looked is spread over this.
const SPREAD_SECONDS: f64 = 30.0;
/// Nobody looked for so long: the computer slept, or its clock was set.
const UNSEEN_SECONDS: i64 = 60;
const TOKEN_CHECK_SECONDS: i64 = 3_600;
const DAY: i64 = 86_400;

/// Something to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Sync these resources of a shop.
    Sync(ShopId, BTreeSet<Resource>),
    /// Do what else is due for a shop that was just synced.
    Maintain(ShopId),
    /// Find out whether what was away is back.
    Probe(Cause, Option<ShopId>),
    RefreshTokens,
    BackUp,
}

/// All that the decision depends on.
pub(crate) struct Plan {
    schedule: Schedule,
    shops: BTreeMap<ShopId, Planned>,
    pause: Option<Pause>,
    /// Failed tries to get out of pauses since a run worked.
    setbacks: u32,
    looked_at: Option<UnixSeconds>,
    tokens_due_at: Option<UnixSeconds>,
    backup_due_at: Option<UnixSeconds>,
    is_backing_up: bool,
    random: Random,
}

impl Plan {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            schedule: Schedule {
                enabled: false,
                intervals: Intervals::all(1),
            },
            shops: BTreeMap::new(),
            pause: None,
            setbacks: 0,
            looked_at: None,
            tokens_due_at: None,
            backup_due_at: None,
            is_backing_up: false,
            random: Random::new(seed),
        }
    }

    pub(crate) fn set_schedule(&mut self, schedule: Schedule) {
        self.schedule = schedule;
        if !schedule.enabled {
            self.pause = None;
        }
    }

    /// Takes in how much time has passed. A clock that was set back takes the plan with it, since no time has passed; after a sleep
    /// everything that became due is due once, and not all of it in the same moment (I19).
    pub(crate) fn look(&mut self, now: UnixSeconds) {
        let passed = self.looked_at.map_or(0, |looked_at| now - looked_at);
        self.looked_at = Some(now);
        if passed < 0 {
            self.move_by(passed);
        }
        if passed > UNSEEN_SECONDS {
            self.spread(now);
        }
    }

    fn move_by(&mut self, seconds: i64) {
        let shops = self.shops.values_mut().flat_map(|shop| {
            let breaker = shop.breaker.as_mut().map(|breaker| &mut breaker.try_at);
            let ends = shop.last_runs.values_mut().map(|last| &mut last.ended_at);
            let others = [
                &mut shop.not_before,
                &mut shop.held_at,
                &mut shop.asked_until,
            ];
            ends.chain(others).flatten().chain(breaker)
        });
        let own = [&mut self.tokens_due_at, &mut self.backup_due_at];
        let pause = self.pause.as_mut().map(|pause| &mut pause.try_at);
        for time in shops.chain(own.into_iter().flatten()).chain(pause) {
            *time = *time + seconds;
        }
    }

    fn spread(&mut self, now: UnixSeconds) {
        let schedule = self.schedule;
        for shop in self.shops.values_mut() {
            if shop.try_at(schedule, now) <= now {
                shop.not_before = Some(now + seconds(self.random.part() * SPREAD_SECONDS));
            }
        }
    }

    /// Whether a shop is in the plan; `add` puts it there.
    pub(crate) fn knows(&self, shop: &ShopId) -> bool {
        self.shops.contains_key(shop)
    }

    /// A shop whose resources were last synced then. What else was due may have been cut off: it goes on, with or without a sync before
    /// it.
    pub(crate) fn add(&mut self, shop: ShopId, ends: BTreeMap<Resource, UnixSeconds>) {
        let stretch = self.random.part() * LONGEST_STRETCH;
        let last_run = |ended_at| LastRun {
            ended_at: Some(ended_at),
            stretch,
        };
        self.shops.entry(shop).or_insert(Planned {
            needs_maintenance: self.schedule.enabled && !ends.is_empty(),
            last_runs: ends
                .into_iter()
                .map(|(resource, at)| (resource, last_run(at)))
                .collect(),
            ..Planned::default()
        });
    }

    /// Keeps only the shops that can be synced by themselves, and of each the resources that it has.
    pub(crate) fn keep(&mut self, shops: &BTreeMap<ShopId, BTreeSet<Resource>>) {
        self.shops
            .retain(|shop, planned| shops.contains_key(shop) || planned.is_running);
        for (shop, resources) in shops {
            let last_runs = &mut self.planned(shop).last_runs;
            last_runs.retain(|resource, _| resources.contains(resource));
            for resource in resources {
                last_runs.entry(*resource).or_default();
            }
        }
    }

    /// When the database was last backed up.
    pub(crate) fn set_last_backup(&mut self, at: Option<UnixSeconds>) {
        self.backup_due_at = at.map(|at| at + DAY);
    }

    /// What there is to do now.
    pub(crate) fn next(&self, now: UnixSeconds) -> Vec<Step> {
        if let Some(pause) = &self.pause {
            let is_due = pause.try_at <= now && !pause.is_probed;
            let probe = || Step::Probe(pause.cause, self.prober(pause));
            return is_due.then(probe).into_iter().collect();
        }
        let mut steps = Vec::new();
        for (shop_id, shop) in &self.shops {
            let due = shop.due(self.schedule, now);
            if self.schedule.enabled && !due.is_empty() && !shop.is_running {
                steps.push(Step::Sync(shop_id.clone(), due));
            } else if shop.needs_maintenance && !shop.is_maintained && !shop.is_left_alone(now) {
                steps.push(Step::Maintain(shop_id.clone()));
            }
        }
        let is_due = |at: Option<UnixSeconds>| at.is_none_or(|at| at <= now);
        if is_due(self.tokens_due_at) {
            steps.push(Step::RefreshTokens);
        }
        let is_busy = |shop: &Planned| shop.is_running || shop.is_maintained;
        let is_idle = steps.is_empty() && !self.shops.values().any(is_busy);
        if is_idle && !self.is_backing_up && is_due(self.backup_due_at) {
            steps.push(Step::BackUp);
        }
        steps
    }

    /// A shop whose network did not fail, if there is one: it tells whether a platform alone is away.
    fn prober(&self, pause: &Pause) -> Option<ShopId> {
        let is_healthy = |shop: &&ShopId| !pause.failing.contains(*shop);
        let healthy: Vec<&ShopId> = self.shops.keys().filter(is_healthy).collect();
        let candidates = match healthy.is_empty() {
            true => self.shops.keys().collect(),
            false => healthy,
        };
        let turn = usize::try_from(self.setbacks).unwrap_or_default();
        let place = turn.checked_rem(candidates.len())?;
        Some(candidates[place].clone())
    }

    /// A step was taken up.
    pub(crate) fn begin(&mut self, step: &Step, now: UnixSeconds) {
        match step {
            Step::Sync(shop, _) => self.planned(shop).is_running = true,
            Step::Maintain(shop) => {
                let shop = self.planned(shop);
                (shop.is_maintained, shop.needs_maintenance) = (true, false);
            }
            Step::Probe(..) => {
                if let Some(pause) = &mut self.pause {
                    pause.is_probed = true;
                }
            }
            Step::RefreshTokens => self.tokens_due_at = Some(now + TOKEN_CHECK_SECONDS),
            Step::BackUp => {
                self.is_backing_up = true;
                self.backup_due_at = Some(now + DAY);
            }
        }
    }

    /// A step has come to its end, whichever.
    pub(crate) fn done(&mut self, step: &Step) {
        match step {
            Step::Sync(shop, _) => self.planned(shop).is_running = false,
            Step::Maintain(shop) => self.planned(shop).is_maintained = false,
            Step::Probe(..) => {
                if let Some(pause) = &mut self.pause {
                    pause.is_probed = false;
                }
            }
            Step::RefreshTokens => {}
            Step::BackUp => self.is_backing_up = false,
        }
    }

    fn planned(&mut self, shop: &ShopId) -> &mut Planned {
        self.shops.entry(shop.clone()).or_default()
    }
}
