//! When requests leave, as the network sees it: never too many, and none while the platform asks for a pause.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use desk_model::{Dialect, Secret};
use desk_temu::{
    Caller, Error, ErrorKind, HttpRequest, HttpResponse, OrdersQuery, Platform, Priority,
    RateLimit, SystemClock, Transport, TransportError,
};
use serde_json::json;
use tokio::time::Instant;

use crate::{
    answers::{guide, http, http_date, retry_after},
    scripted::{ACCESS_TOKEN, APP_SECRET, START, app, shop},
};

const SECOND: Duration = Duration::from_secs(1);
/// What tokio's timer rounds to.
const TICK: Duration = Duration::from_millis(2);

type Answer = Box<dyn FnMut(usize) -> (Duration, HttpResponse) + Send>;

/// A network that writes down when each request left, and answers it after a while.
struct Wire {
    began: Instant,
    left: Mutex<Vec<Duration>>,
    answer: Mutex<Answer>,
}

#[async_trait]
impl Transport for Wire {
    async fn post(&self, _request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let (delay, answer) = {
            let mut left = self.left.lock().unwrap();
            left.push(self.began.elapsed());
            self.answer.lock().unwrap()(left.len())
        };
        tokio::time::sleep(delay).await;
        Ok(answer)
    }
}

impl Wire {
    /// `answer` is told which request it is, from 1.
    fn new(answer: impl FnMut(usize) -> (Duration, HttpResponse) + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            left: Mutex::default(),
            answer: Mutex::new(Box::new(answer)),
        })
    }

    fn left(&self) -> Vec<Duration> {
        self.left.lock().unwrap().clone()
    }

    /// A client of the app; clients with the same limit are one app to the platform.
    fn client(self: &Arc<Self>, limit: &Arc<RateLimit>) -> Platform {
        Platform::within(
            &app(Dialect::Guide),
            Secret::new(APP_SECRET),
            Arc::clone(self) as _,
            Arc::new(SystemClock),
            Arc::clone(limit),
        )
    }
}

fn fine() -> HttpResponse {
    guide(json!({"orders": [], "total": 7}))
}

async fn total(platform: &Platform, priority: Priority) -> Result<u64, Error> {
    let (shop, token) = (shop(Dialect::Guide), Secret::new(ACCESS_TOKEN));
    let caller = Caller {
        shop: &shop,
        access_token: &token,
        priority,
    };
    let query = OrdersQuery {
        start: START - 86_400,
        end: START,
        page: 1,
        status: None,
    };
    platform.orders_total(&caller, &query).await
}

/// Callers of both kinds, on two clients, who all want something now.
async fn crowd(wire: &Arc<Wire>, limit: &Arc<RateLimit>) -> Vec<Result<u64, Error>> {
    let clients = [wire.client(limit), wire.client(limit)];
    let calls = (0..12).map(|number| {
        let priority = if number % 3 == 0 {
            Priority::Foreground
        } else {
            Priority::Background
        };
        total(&clients[number % 2], priority)
    });
    futures_util::future::join_all(calls).await
}

#[tokio::test(start_paused = true)]
async fn i17_retry_after_holds_every_call_of_the_app_exactly_that_long() {
    let date = http_date(START + 7);
    for (asked, seconds) in [("7", 7), (date.as_str(), 7), ("1", 1), ("900", 900)] {
        for status in [429, 503] {
            let asked = asked.to_owned();
            let wire = Wire::new(move |number| match number {
                3 => (Duration::ZERO, retry_after(http(status, ""), &asked)),
                _ => (Duration::ZERO, fine()),
            });
            let limit = Arc::new(RateLimit::new(20));
            for result in crowd(&wire, &limit).await {
                assert_eq!(result.unwrap(), 7);
            }
            let left = wire.left();
            assert_eq!(left.len(), 13, "one of twelve was made twice");
            let pause = left[3] - left[2];
            let wanted = Duration::from_secs(seconds);
            assert!(
                (wanted..=wanted + TICK).contains(&pause),
                "{pause:?} instead of {wanted:?} after {status}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn i17_a_pause_counts_for_who_already_stands_in_the_line() {
    // Slow enough that the second is waiting for its turn when the first is answered.
    let wire = Wire::new(|number| match number {
        1 => (Duration::from_millis(300), retry_after(http(429, ""), "30")),
        _ => (Duration::ZERO, fine()),
    });
    let limit = Arc::new(RateLimit::new(1));
    let client = wire.client(&limit);
    let both = [
        total(&client, Priority::Background),
        total(&client, Priority::Foreground),
    ];
    futures_util::future::join_all(both).await;
    let left = wire.left();
    assert!(left[1] >= Duration::from_millis(30_300), "{left:?}");
}

#[tokio::test(start_paused = true)]
async fn i17_a_longer_pause_is_handed_up_at_once_and_kept() {
    for (asked, seconds) in [
        ("901", 901),
        ("3600", 3_600),
        ("31536000", 86_400),
        ("99999999999999999999", 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ] {
        let wire = Wire::new(move |number| match number {
            1 => (Duration::ZERO, retry_after(http(429, ""), asked)),
            _ => (Duration::ZERO, fine()),
        });
        let limit = Arc::new(RateLimit::new(20));
        let client = wire.client(&limit);
        let begun = Instant::now();
        let told = async |priority| match total(&client, priority).await.unwrap_err().kind {
            ErrorKind::RateLimited { retry_after } => retry_after.unwrap(),
            other => panic!("{other:?}"),
        };
        let first = told(Priority::Background).await;
        assert_eq!(first, Duration::from_secs(seconds), "{asked}");
        let second = told(Priority::Foreground).await;
        assert!(second <= first && second + TICK >= first);
        assert!(begun.elapsed() < SECOND, "nobody waits for it here");
        assert_eq!(wire.left().len(), 1, "and nobody asks in spite of it");

        // A call that comes near the end waits for the rest.
        tokio::time::advance(Duration::from_secs(seconds - 60)).await;
        assert_eq!(total(&client, Priority::Foreground).await.unwrap(), 7);
        let left = wire.left();
        let pause = left[1] - left[0];
        assert!(
            pause >= first && pause <= first + TICK,
            "{pause:?} for {asked}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn f3_a_wait_that_makes_no_sense_holds_nobody_else() {
    for nonsense in [
        None,
        Some(""),
        Some("0"),
        Some("-120"),
        Some("soon"),
        Some("1.5"),
    ] {
        let wire = Wire::new(move |number| {
            let limited = http(429, "");
            match (number, nonsense) {
                (1, Some(text)) => (Duration::ZERO, retry_after(limited, text)),
                (1, None) => (Duration::ZERO, limited),
                _ => (Duration::ZERO, fine()),
            }
        });
        let limit = Arc::new(RateLimit::new(20));
        for result in crowd(&wire, &limit).await {
            assert_eq!(result.unwrap(), 7, "{nonsense:?}");
        }
        let left = wire.left();
        assert!(left[11] < 3 * SECOND, "the others go on: {left:?}");
        assert!(
            left[12] >= 4 * SECOND,
            "the one that was refused waits of its own: {left:?}"
        );
    }
}

/// A platform that is slow and complains now and then, in every way it can.
fn moody(mut seed: u64) -> impl FnMut(usize) -> (Duration, HttpResponse) + Send {
    move |number| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let draw = seed >> 33;
        let answer = match draw % 23 {
            _ if number > 250 => fine(),
            0 => http(429, ""),
            1 => retry_after(http(429, ""), "2"),
            2 => retry_after(http(503, ""), "1"),
            3 => http(503, ""),
            _ => fine(),
        };
        (Duration::from_millis(draw % 400), answer)
    }
}

#[tokio::test(start_paused = true)]
async fn i17_no_second_holds_too_many_requests_while_pausing_slowing_down_and_recovering() {
    for (seed, rate) in [(1, 20_u32), (2, 20), (3, 5), (4, 50), (5, 1)] {
        let wire = Wire::new(moody(seed));
        let limit = Arc::new(RateLimit::new(rate));
        let callers = (0..12).map(|number| {
            let client = wire.client(&limit);
            let priority = if number < 2 {
                Priority::Foreground
            } else {
                Priority::Background
            };
            async move {
                for _ in 0..40 {
                    // A call that gives up after its last attempt is fine here.
                    let _ = total(&client, priority).await;
                }
            }
        });
        futures_util::future::join_all(callers).await;
        let left = wire.left();
        let busiest = |left: &[Duration]| {
            let within = |index: usize| {
                let second = left[index..].iter();
                second
                    .take_while(|time| **time - left[index] <= SECOND)
                    .count()
            };
            (0..left.len()).map(within).max().unwrap()
        };
        let (rate, most) = (rate as usize, busiest(&left));
        assert!(
            most <= rate,
            "{most} within a second at {rate}/s, seed {seed}"
        );
        let recovered = busiest(&left[350..]);
        assert!(
            recovered > rate * 3 / 4,
            "only {recovered} within a second at the end, {rate}/s, seed {seed}"
        );
    }
}
