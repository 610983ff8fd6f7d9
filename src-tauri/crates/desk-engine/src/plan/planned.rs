//! One shop in the plan.

use std::collections::{BTreeMap, BTreeSet};

use desk_model::{Resource, UnixSeconds};

use crate::{breaker::Breaker, schedule::Schedule};

/// What decides when a shop is next, and with what.
#[derive(Default)]
pub(super) struct Planned {
    /// Of each resource that the shop has.
    pub(super) last_runs: BTreeMap<Resource, LastRun>,
    pub(super) not_before: Option<UnixSeconds>,
    /// When a run left something that is to be tried again as often as what is read most often.
    pub(super) held_at: Option<UnixSeconds>,
    pub(super) breaker: Option<Breaker>,
    /// When the platform wants to hear from us again.
    pub(super) asked_until: Option<UnixSeconds>,
    pub(super) is_running: bool,
    pub(super) needs_maintenance: bool,
    pub(super) is_maintained: bool,
}

/// The last run that counts.
#[derive(Clone, Copy, Default)]
pub(super) struct LastRun {
    /// `None` = never, so the resource is due.
    pub(super) ended_at: Option<UnixSeconds>,
    /// The part of the interval by which the next run is late.
    pub(super) stretch: f64,
}

impl LastRun {
    fn due_at(&self, interval: i64, now: UnixSeconds) -> UnixSeconds {
        let late = seconds(interval as f64 * self.stretch);
        self.ended_at.map_or(now, |at| at + interval + late)
    }
}

impl Planned {
    /// A shop that failed is tried when its breaker says so, others when the first of their resources is due.
    pub(super) fn try_at(&self, schedule: Schedule, now: UnixSeconds) -> UnixSeconds {
        let due_at = |(resource, last): (&Resource, &LastRun)| {
            last.due_at(schedule.intervals.seconds(*resource), now)
        };
        let try_at = match &self.breaker {
            Some(breaker) => breaker.try_at,
            None => self.last_runs.iter().map(due_at).min().unwrap_or(now),
        };
        let intervals = self
            .last_runs
            .keys()
            .map(|own| schedule.intervals.seconds(*own));
        let held_until = self
            .held_at
            .zip(intervals.min())
            .map(|(at, shortest)| at + shortest);
        let waits = [self.not_before, held_until];
        waits.into_iter().flatten().fold(try_at, Ord::max)
    }

    /// What is to be read now. A resource whose interval is over comes along with another one, however late it might be on its own.
    pub(super) fn due(&self, schedule: Schedule, now: UnixSeconds) -> BTreeSet<Resource> {
        if self.try_at(schedule, now) > now {
            return BTreeSet::new();
        }
        let is_over = |resource: Resource, last: &LastRun| {
            let interval = schedule.intervals.seconds(resource);
            last.ended_at.is_none_or(|at| at + interval <= now)
        };
        let due: BTreeSet<Resource> = self
            .last_runs
            .iter()
            .filter(|(resource, last)| is_over(**resource, last))
            .map(|(resource, _)| *resource)
            .collect();
        match due.is_empty() {
            // A breaker wants to know whether the shop works again; every shop has orders.
            true => BTreeSet::from([Resource::Orders]),
            false => due,
        }
    }

    pub(super) fn is_left_alone(&self, now: UnixSeconds) -> bool {
        self.breaker
            .as_ref()
            .is_some_and(|breaker| breaker.is_open(now))
    }
}

/// Whole ones.
pub(super) fn seconds(span: f64) -> i64 {
    span as i64
}
