//! Keeps requests apart, so that no second ever holds more than the app may make, and lets the seller's own go first.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use tokio::{sync::Mutex, time::Instant};

use crate::{clock::ServerClock, credentials::Priority};

/// What N requests are spread over: a second and a little, since a request may leave a moment after its turn.
const SPREAD: Duration = Duration::from_millis(1_010);
/// The pace never falls below one request in this time.
const SLOWEST: Duration = Duration::from_secs(2);

/// The pace of one app at one gateway.
pub(crate) struct RateLimit {
    /// Held by the one background request that stands in the line for a turn; the others wait here, behind every foreground one.
    background: Mutex<()>,
    /// The line: first come, first served. Holds when the last turn was taken.
    last_turn: Mutex<Option<Instant>>,
    usual_gap: Duration,
    gap_micros: AtomicU64,
}

impl RateLimit {
    /// 0 counts as 1.
    pub(crate) fn new(requests_per_second: u32) -> Self {
        let usual_gap = SPREAD / requests_per_second.max(1);
        Self {
            background: Mutex::new(()),
            last_turn: Mutex::new(None),
            usual_gap,
            gap_micros: AtomicU64::new(micros(usual_gap)),
        }
    }

    /// Completes when a request may be sent. Waits on the clock, so that virtual time stays virtual.
    pub(crate) async fn turn(&self, priority: Priority, clock: &ServerClock) {
        let _place = match priority {
            Priority::Foreground => None,
            Priority::Background => Some(self.background.lock().await),
        };
        let mut last_turn = self.last_turn.lock().await;
        let wait = last_turn.map_or(Duration::ZERO, |last| {
            self.gap().saturating_sub(last.elapsed())
        });
        if !wait.is_zero() {
            clock.sleep(wait).await;
        }
        *last_turn = Some(Instant::now());
    }

    /// The platform complained about the rate: half the pace.
    pub(crate) fn slow_down(&self) {
        let slowest = SLOWEST.max(self.usual_gap);
        self.set_gap((self.gap() * 2).min(slowest));
    }

    /// A request went well: a tenth back towards the usual pace.
    pub(crate) fn recover(&self) {
        if self.gap() > self.usual_gap {
            self.set_gap((self.gap() * 9 / 10).max(self.usual_gap));
        }
    }

    fn gap(&self) -> Duration {
        Duration::from_micros(self.gap_micros.load(Ordering::Relaxed))
    }

    fn set_gap(&self, gap: Duration) {
        self.gap_micros.store(micros(gap), Ordering::Relaxed);
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::SystemClock;

    /// When each of the requests gets its turn.
    async fn turns(limit: &Arc<RateLimit>, priorities: &[Priority]) -> Vec<(Priority, Duration)> {
        let clock = Arc::new(ServerClock::new(Arc::new(SystemClock)));
        let start = Instant::now();
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for priority in priorities.iter().copied() {
            let (limit, clock, sender) = (Arc::clone(limit), Arc::clone(&clock), sender.clone());
            tokio::spawn(async move {
                limit.turn(priority, &clock).await;
                sender.send((priority, start.elapsed())).unwrap();
            });
        }
        drop(sender);
        let mut turns = Vec::new();
        while let Some(turn) = receiver.recv().await {
            turns.push(turn);
        }
        turns
    }

    #[tokio::test(start_paused = true)]
    async fn i17_no_second_holds_more_requests_than_allowed() {
        for rate in [1, 3, 20, 200] {
            let limit = Arc::new(RateLimit::new(rate));
            let times: Vec<Duration> =
                turns(&limit, &vec![Priority::Background; rate as usize * 3])
                    .await
                    .into_iter()
                    .map(|(_, time)| time)
                    .collect();
            assert_eq!(times.len(), rate as usize * 3);
            for (index, first) in times.iter().enumerate() {
                let within = times[index..]
                    .iter()
                    .filter(|time| **time - *first <= Duration::from_secs(1))
                    .count();
                assert!(
                    within <= rate as usize,
                    "{within} requests within a second at {rate}/s"
                );
            }
            let took = times[times.len() - 1].as_secs_f64();
            assert!(
                rate > 20 || took < 3.1,
                "{took} s: the pace must not fall far below what is allowed"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn foreground_overtakes_all_but_one_background_request() {
        let limit = Arc::new(RateLimit::new(20));
        let mut priorities = vec![Priority::Background; 10];
        priorities.push(Priority::Foreground);
        let turns = turns(&limit, &priorities).await;
        let place = turns
            .iter()
            .position(|(priority, _)| *priority == Priority::Foreground)
            .unwrap();
        assert!(
            place <= 2,
            "one may be taking its turn and one stands in the line; place {place}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn the_pace_slows_down_and_recovers() {
        let limit = RateLimit::new(20);
        for _ in 0..20 {
            limit.slow_down();
        }
        assert_eq!(limit.gap(), SLOWEST, "slow, but never stopped");
        for _ in 0..100 {
            limit.recover();
        }
        assert_eq!(limit.gap(), limit.usual_gap);
        let slow = RateLimit::new(1);
        slow.slow_down();
        assert_eq!(slow.gap(), SLOWEST);
    }
}
