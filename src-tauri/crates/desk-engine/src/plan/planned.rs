//! One shop in the plan.

use desk_model::UnixSeconds;

use crate::{breaker::Breaker, schedule::Schedule};

/// What decides when a shop is next.
#[derive(Default)]
pub(super) struct Planned {
    /// The end of the last run that counts; `None` = never, so it is due.
    pub(super) last_at: Option<UnixSeconds>,
    pub(super) stretch: f64,
    pub(super) not_before: Option<UnixSeconds>,
    pub(super) breaker: Option<Breaker>,
    /// When the platform wants to hear from us again.
    pub(super) asked_until: Option<UnixSeconds>,
    pub(super) is_running: bool,
    pub(super) needs_maintenance: bool,
    pub(super) is_maintained: bool,
}

impl Planned {
    /// A shop that failed is tried when its breaker says so, others an interval after their last run.
    pub(super) fn try_at(&self, schedule: Schedule, now: UnixSeconds) -> UnixSeconds {
        let interval = f64::from(schedule.interval_minutes.max(1)) * 60.0;
        let due_at = match (&self.breaker, self.last_at) {
            (Some(breaker), _) => breaker.try_at,
            (None, Some(last_at)) => last_at + seconds(interval * (1.0 + self.stretch)),
            (None, None) => now,
        };
        self.not_before
            .map_or(due_at, |not_before| due_at.max(not_before))
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
