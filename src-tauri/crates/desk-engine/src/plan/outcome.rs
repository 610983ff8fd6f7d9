//! What the plan learns from what was done: a run that worked or failed, a probe, a word of the platform.

use std::collections::BTreeSet;

use desk_model::{Resource, RunResult, ShopId, UnixSeconds};

use super::{LONGEST_STRETCH, Plan, planned::LastRun};
use crate::{
    breaker::Breaker,
    failure::Failure,
    pause::{Blame, Cause, Pause, blame, is_of_one_list},
    report::ShopSummary,
};

impl Plan {
    /// The platform asked on behalf of a shop's call to be left alone until then.
    pub(crate) fn asked_to_wait(&mut self, shop: &ShopId, until: UnixSeconds) {
        self.planned(shop).asked_until = Some(until);
    }

    /// A sync of these resources has ended, whoever started it.
    pub(crate) fn ended(
        &mut self,
        summary: &ShopSummary,
        resources: &BTreeSet<Resource>,
        now: UnixSeconds,
    ) {
        self.look(now);
        let (shop_id, settled) = (&summary.shop_id, &summary.settled);
        match (&summary.result, &summary.error) {
            (RunResult::Complete | RunResult::Partial, _) => self.worked(shop_id, resources, now),
            (RunResult::Failed, Some(failure))
                if is_of_one_list(failure.code)
                    && (!settled.is_empty() || !self.is_everything(shop_id, resources)) =>
            {
                self.worked(shop_id, settled, now);
                self.hold(shop_id, now);
            }
            (RunResult::Failed, Some(failure)) if blame(failure.code) != Blame::Nobody => {
                self.put_off(shop_id, settled, now);
                self.failed(shop_id, failure, now);
            }
            // The shop is marked, or somebody has to mend something: sooner than usual would not help.
            _ => {
                self.put_off(shop_id, settled, now);
                self.hold(shop_id, now);
            }
        }
    }

    /// What is left of a run is tried again as often as what is read most often: its own interval may be a week.
    fn hold(&mut self, shop_id: &ShopId, now: UnixSeconds) {
        self.planned(shop_id).held_at = Some(now);
    }

    /// Whether the shop has no other resources.
    fn is_everything(&mut self, shop_id: &ShopId, resources: &BTreeSet<Resource>) -> bool {
        let mut own = self.planned(shop_id).last_runs.keys();
        own.all(|resource| resources.contains(resource))
    }

    fn worked(&mut self, shop_id: &ShopId, resources: &BTreeSet<Resource>, now: UnixSeconds) {
        self.setbacks = 0;
        self.put_off(shop_id, resources, now);
        let shop = self.planned(shop_id);
        shop.needs_maintenance = true;
        (shop.breaker, shop.asked_until) = (None, None);
        if self.pause.take().is_some() {
            self.spread(now);
        }
    }

    /// The next run of each comes after its interval.
    fn put_off(&mut self, shop_id: &ShopId, resources: &BTreeSet<Resource>, now: UnixSeconds) {
        let last_run = LastRun {
            ended_at: Some(now),
            stretch: self.random.part() * LONGEST_STRETCH,
        };
        let shop = self.planned(shop_id);
        (shop.not_before, shop.held_at) = (None, None);
        shop.last_runs
            .extend(resources.iter().map(|resource| (*resource, last_run)));
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
}
