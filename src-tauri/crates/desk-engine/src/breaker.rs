//! Leaves a shop alone for a while whose platform or network keeps failing: longer each time, and at least
//! as long as the platform asks.

use desk_model::UnixSeconds;

use crate::failure::Failure;

const FIRST_SECONDS: i64 = 60;
const LONGEST_SECONDS: i64 = 3_600;

/// Open until `try_at`; then one run is tried, which closes it or opens it for longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Breaker {
    /// Failures since something worked.
    pub(crate) failures: u32,
    /// The newest one.
    pub(crate) reason: Failure,
    pub(crate) try_at: UnixSeconds,
}

impl Breaker {
    /// One failure more. `asked_until` is when the platform wants to hear from us again.
    pub(crate) fn after(
        before: Option<&Self>,
        reason: Failure,
        asked_until: Option<UnixSeconds>,
        now: UnixSeconds,
    ) -> Self {
        let (failures, usual) = match before {
            // Somebody tried by hand while it was open: that makes it no longer.
            Some(open) if open.is_open(now) => (open.failures, open.try_at),
            _ => {
                let failures = before.map_or(0, |open| open.failures).saturating_add(1);
                (failures, now + seconds_after(failures))
            }
        };
        Self {
            failures,
            reason,
            try_at: asked_until.map_or(usual, |until| until.max(usual)),
        }
    }

    /// Whether the shop is to be left alone.
    pub(crate) fn is_open(&self, now: UnixSeconds) -> bool {
        now < self.try_at
    }
}

/// 1, 2, 4 … 60 minutes.
fn seconds_after(failures: u32) -> i64 {
    let doublings = failures.saturating_sub(1).min(16);
    (FIRST_SECONDS << doublings).min(LONGEST_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;

    const NOW: UnixSeconds = UnixSeconds(1_790_000_000);

    fn reason() -> Failure {
        Failure {
            code: ErrorCode::PlatformUnavailable,
            message: "HTTP 503".to_owned(),
            platform_code: None,
            request_id: None,
            clock_ahead_seconds: None,
        }
    }

    #[test]
    fn f3_it_opens_for_longer_each_time_up_to_an_hour() {
        let mut now = NOW;
        let mut breaker = None;
        let mut minutes = Vec::new();
        for _ in 0..9 {
            let open = Breaker::after(breaker.as_ref(), reason(), None, now);
            assert!(open.is_open(now) && open.is_open(open.try_at - 1));
            assert!(!open.is_open(open.try_at), "then one run is tried");
            minutes.push((open.try_at - now) / 60);
            now = open.try_at;
            breaker = Some(open);
        }
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn i17_the_platforms_own_time_counts() {
        let asked = Breaker::after(None, reason(), Some(NOW + 3_600), NOW);
        assert_eq!(asked.try_at, NOW + 3_600);
        let by_hand = Breaker::after(Some(&asked), reason(), None, NOW + 60);
        assert_eq!(
            (by_hand.failures, by_hand.try_at),
            (1, NOW + 3_600),
            "a try by hand changes nothing"
        );
        let past = Breaker::after(None, reason(), Some(NOW - 1), NOW);
        assert_eq!(past.try_at, NOW + 60);
    }
}
