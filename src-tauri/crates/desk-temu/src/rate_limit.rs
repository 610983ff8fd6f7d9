//! Keeps requests apart, so that no second ever holds more than the app may make, lets the seller's own go first, and stands still
//! for as long as the platform asks.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{clock::ServerClock, credentials::Priority, retry::LONGEST_RETRY_AFTER};

/// What N requests are spread over: a second and a little, since a request may leave a moment after its turn.
const SPREAD: Duration = Duration::from_millis(1_010);
/// A timer wakes a little late. So much of it is made up for by the next turn, or every turn would be later than the one before; it is
/// less than what [`SPREAD`] has beyond the second.
const MADE_UP: Duration = Duration::from_millis(5);
/// The pace never falls below one request in this time.
const SLOWEST: Duration = Duration::from_secs(2);

/// The pace of one app at one host, whoever calls: share it between all clients of the same app there.
pub struct RateLimit {
    /// Held by the one background request that stands in the line for a turn; the others wait here, behind every foreground one.
    background: tokio::sync::Mutex<()>,
    /// The line: first come, first served. Holds when the last turn was due, or taken where that was much later.
    last_turn: tokio::sync::Mutex<Option<Duration>>,
    tempo: Mutex<Tempo>,
}

/// Times are the clock's monotonic ones.
#[derive(Clone, Copy)]
struct Tempo {
    usual_gap: Duration,
    gap: Duration,
    paused_until: Duration,
}

impl RateLimit {
    /// 0 counts as 1.
    pub fn new(requests_per_second: u32) -> Self {
        let usual_gap = gap_at(requests_per_second);
        Self {
            background: tokio::sync::Mutex::default(),
            last_turn: tokio::sync::Mutex::default(),
            tempo: Mutex::new(Tempo {
                usual_gap,
                gap: usual_gap,
                paused_until: Duration::ZERO,
            }),
        }
    }

    /// Another pace from the next request on; 0 counts as 1.
    pub fn set_requests_per_second(&self, requests_per_second: u32) {
        let mut tempo = self.tempo();
        tempo.usual_gap = gap_at(requests_per_second);
        tempo.gap = tempo.usual_gap;
    }

    /// Completes when a request may be sent. Waits on the clock, so that virtual time stays virtual.
    ///
    /// Error: what is left of a pause that is too long to be waited for here.
    pub(crate) async fn turn(
        &self,
        priority: Priority,
        clock: &ServerClock,
    ) -> Result<(), Duration> {
        let _place = match priority {
            Priority::Foreground => None,
            Priority::Background => Some(self.background.lock().await),
        };
        let mut last_turn = self.last_turn.lock().await;
        loop {
            let tempo = *self.tempo();
            let now = clock.monotonic();
            let pause = tempo.paused_until.saturating_sub(now);
            if pause > LONGEST_RETRY_AFTER {
                return Err(pause);
            }
            let free_at = last_turn.map_or(now, |last| last + tempo.gap);
            let wait = free_at.saturating_sub(now).max(pause);
            if !wait.is_zero() {
                clock.sleep(wait).await;
            }
            // An answer to an earlier request may have asked for a pause meanwhile.
            if self.tempo().paused_until == tempo.paused_until {
                *last_turn = Some(free_at.max(clock.monotonic().saturating_sub(MADE_UP)));
                return Ok(());
            }
        }
    }

    /// The platform asked to be left alone for so long: nobody's request leaves before.
    pub(crate) fn pause(&self, asked: Duration, clock: &ServerClock) {
        let until = clock.monotonic().saturating_add(asked);
        let mut tempo = self.tempo();
        tempo.paused_until = tempo.paused_until.max(until);
    }

    /// The platform complained about the rate: half the pace.
    pub(crate) fn slow_down(&self) {
        let mut tempo = self.tempo();
        tempo.gap = (tempo.gap * 2).min(SLOWEST.max(tempo.usual_gap));
    }

    /// A request went well: a tenth back towards the usual pace.
    pub(crate) fn recover(&self) {
        let mut tempo = self.tempo();
        tempo.gap = (tempo.gap * 9 / 10).max(tempo.usual_gap);
    }

    fn tempo(&self) -> MutexGuard<'_, Tempo> {
        self.tempo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn gap_at(requests_per_second: u32) -> Duration {
    SPREAD / requests_per_second.max(1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::Instant;

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
                limit.turn(priority, &clock).await.unwrap();
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
            // The timer counts whole milliseconds, which a turn is not.
            let (turns, took) = (times.len() - 1, times[times.len() - 1]);
            assert!(
                took <= SPREAD / rate * turns as u32 + MADE_UP,
                "{took:?} for {turns} turns at {rate}/s"
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
        assert_eq!(limit.tempo().gap, SLOWEST, "slow, but never stopped");
        for _ in 0..100 {
            limit.recover();
        }
        assert_eq!(limit.tempo().gap, gap_at(20));
        let slow = RateLimit::new(1);
        slow.slow_down();
        assert_eq!(slow.tempo().gap, SLOWEST);
    }
}
