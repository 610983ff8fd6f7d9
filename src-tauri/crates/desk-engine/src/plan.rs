//! Which shop is synced when: decided from state alone, so that weeks can be tried in a moment.
//!
//! Three things keep a shop waiting: its interval, its own breaker, and a pause of everything while network, vault or disk are away.

mod planned;
mod state;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use desk_model::{RunResult, ShopId, UnixSeconds};

use self::planned::{Planned, seconds};
pub use self::state::{AutomaticState, WaitingShop};
use crate::{
    breaker::Breaker,
    failure::Failure,
    pause::{Blame, Cause, Pause, blame},
    random::Random,
    report::ShopSummary,
    schedule::Schedule,
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
    /// Sync a shop.
    Sync(ShopId),
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
                interval_minutes: 1,
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
            let times = [
                &mut shop.last_at,
                &mut shop.not_before,
                &mut shop.asked_until,
            ];
            times.into_iter().flatten().chain(breaker)
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

    /// Whether a shop's last run has to be told by `add`.
    pub(crate) fn knows(&self, shop: &ShopId) -> bool {
        self.shops.contains_key(shop)
    }

    /// A shop that was last synced then. What else was due may have been cut off: it goes on, with or without a sync before it.
    pub(crate) fn add(&mut self, shop: ShopId, last_at: Option<UnixSeconds>) {
        let stretch = self.random.part() * LONGEST_STRETCH;
        self.shops.entry(shop).or_insert(Planned {
            last_at,
            stretch,
            needs_maintenance: self.schedule.enabled && last_at.is_some(),
            ..Planned::default()
        });
    }

    /// Keeps only the shops that can be synced by themselves.
    pub(crate) fn keep(&mut self, shops: &BTreeSet<ShopId>) {
        self.shops
            .retain(|shop, planned| shops.contains(shop) || planned.is_running);
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
            let is_due = shop.try_at(self.schedule, now) <= now;
            if self.schedule.enabled && is_due && !shop.is_running {
                steps.push(Step::Sync(shop_id.clone()));
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
            Step::Sync(shop) => self.planned(shop).is_running = true,
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
            Step::Sync(shop) => self.planned(shop).is_running = false,
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

    /// The platform asked on behalf of a shop's call to be left alone until then.
    pub(crate) fn asked_to_wait(&mut self, shop: &ShopId, until: UnixSeconds) {
        self.planned(shop).asked_until = Some(until);
    }

    /// A sync has ended, whoever started it.
    pub(crate) fn ended(&mut self, summary: &ShopSummary, now: UnixSeconds) {
        self.look(now);
        match (&summary.result, &summary.error) {
            (RunResult::Complete | RunResult::Partial, _) => self.worked(&summary.shop_id, now),
            (RunResult::Failed, Some(failure)) if !matches!(blame(failure.code), Blame::Nobody) => {
                self.failed(&summary.shop_id, failure, now);
            }
            // The shop is marked, or somebody has to mend something: sooner than usual would not help.
            _ => self.put_off(&summary.shop_id, now),
        }
    }

    fn worked(&mut self, shop_id: &ShopId, now: UnixSeconds) {
        self.setbacks = 0;
        self.put_off(shop_id, now);
        let shop = self.planned(shop_id);
        shop.needs_maintenance = true;
        (shop.breaker, shop.asked_until) = (None, None);
        if self.pause.take().is_some() {
            self.spread(now);
        }
    }

    /// The next run comes after an interval.
    fn put_off(&mut self, shop_id: &ShopId, now: UnixSeconds) {
        let stretch = self.random.part() * LONGEST_STRETCH;
        let shop = self.planned(shop_id);
        (shop.last_at, shop.stretch, shop.not_before) = (Some(now), stretch, None);
    }

    /// A call for a shop failed after all retries that it deserved.
    pub(crate) fn failed(&mut self, shop_id: &ShopId, failure: &Failure, now: UnixSeconds) {
        match blame(failure.code) {
            Blame::Platform => self.break_off(shop_id, failure.clone(), now),
            Blame::Surroundings(cause) => {
                self.pause(cause, failure, now);
                if let (Cause::Network, Some(pause)) = (cause, &mut self.pause) {
                    pause.failing.insert(shop_id.clone());
                }
            }
            Blame::Nobody => {}
        }
    }

    fn break_off(&mut self, shop_id: &ShopId, reason: Failure, now: UnixSeconds) {
        let shop = self.planned(shop_id);
        let asked_until = shop.asked_until.take();
        shop.breaker = Some(Breaker::after(
            shop.breaker.as_ref(),
            reason,
            asked_until,
            now,
        ));
    }

    /// Everything waits, unless it does already. Whether it is the network is found out at once.
    pub(crate) fn pause(&mut self, cause: Cause, reason: &Failure, now: UnixSeconds) {
        if self.pause.is_some() || !self.schedule.enabled {
            return;
        }
        self.pause = Some(Pause::new(cause, reason.clone(), self.setbacks, now));
        if cause != Cause::Network {
            self.setbacks = self.setbacks.saturating_add(1);
        }
    }

    /// What a probe for a shop has found: that it works, or that something still does not.
    pub(crate) fn probed(
        &mut self,
        shop: Option<&ShopId>,
        result: Result<(), Failure>,
        now: UnixSeconds,
    ) {
        self.look(now);
        let Some(mut pause) = self.pause.take() else {
            return;
        };
        match result.map_err(|failure| (blame(failure.code), failure)) {
            Err((Blame::Surroundings(cause), failure)) => {
                pause.go_on(cause, failure, self.setbacks, now);
                self.setbacks = self.setbacks.saturating_add(1);
                self.pause = Some(pause);
            }
            outcome => {
                self.resume(pause, now);
                if let (Err((_, failure)), Some(shop)) = (outcome, shop) {
                    self.failed(shop, &failure, now);
                }
            }
        }
    }

    /// Everything that is overdue goes. Where the network was there all the time, the shops that could not use it are left alone.
    fn resume(&mut self, pause: Pause, now: UnixSeconds) {
        if pause.cause == Cause::Network && !pause.is_confirmed {
            for shop in &pause.failing {
                self.break_off(shop, pause.reason.clone(), now);
            }
        }
        self.spread(now);
    }

    fn planned(&mut self, shop: &ShopId) -> &mut Planned {
        self.shops.entry(shop.clone()).or_default()
    }
}
