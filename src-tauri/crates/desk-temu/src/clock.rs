//! This computer's clock, and the platform's as far as its answers tell it.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use desk_model::{Clock, UnixSeconds};
use tokio::time::Instant;

/// A measured difference up to this many seconds is rounding and travel time, not a wrong clock.
const NOISE_SECONDS: i64 = 2;

/// What this process measures spans from.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

/// This computer's clock, with waits on tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everyone else is passed"
    )]
    fn now(&self) -> UnixSeconds {
        from_system_time(SystemTime::now())
    }

    fn monotonic(&self) -> Duration {
        BEGINNING.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// The platform's time: the local clock plus the offset that `Date` headers showed.
pub(crate) struct ServerClock {
    local: Arc<dyn Clock>,
    offset_seconds: AtomicI64,
}

impl ServerClock {
    pub(crate) fn new(local: Arc<dyn Clock>) -> Self {
        Self {
            local,
            offset_seconds: AtomicI64::new(0),
        }
    }

    pub(crate) fn now(&self) -> UnixSeconds {
        self.local.now() + self.offset_seconds()
    }

    /// How far this computer's clock is ahead of a time that the platform told just now.
    pub(crate) fn ahead_of(&self, server_time: UnixSeconds) -> i64 {
        self.local.now() - server_time
    }

    pub(crate) fn offset_seconds(&self) -> i64 {
        self.offset_seconds.load(Ordering::Relaxed)
    }

    /// Takes the time of an answer that just came in.
    pub(crate) fn observe(&self, server_time: UnixSeconds) {
        let measured = server_time - self.local.now();
        if (measured - self.offset_seconds()).abs() > NOISE_SECONDS {
            self.offset_seconds.store(measured, Ordering::Relaxed);
        }
    }

    pub(crate) fn monotonic(&self) -> Duration {
        self.local.monotonic()
    }

    pub(crate) async fn sleep(&self, duration: Duration) {
        self.local.sleep(duration).await;
    }
}

/// Reads an HTTP date, in any of its three forms.
pub(crate) fn parse_http_date(text: &str) -> Option<UnixSeconds> {
    httpdate::parse_http_date(text.trim())
        .ok()
        .map(from_system_time)
}

fn from_system_time(time: SystemTime) -> UnixSeconds {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => UnixSeconds(seconds(after)),
        Err(before) => UnixSeconds(-seconds(before.duration())),
    }
}
