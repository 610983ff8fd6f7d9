//! A clock that jumps instead of waiting.

use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    time::Duration,
};

use desk_model::{Clock, UnixSeconds};
use tokio::sync::Notify;

use crate::world::START;

/// Waiting moves it on, unless it is held.
#[derive(Default)]
pub(crate) struct VirtualClock {
    /// Microseconds since the world began.
    passed: AtomicI64,
    /// Seconds by which somebody set the clock.
    set_by: AtomicI64,
    held: AtomicBool,
    hurries: AtomicBool,
    waiting: AtomicUsize,
    moved: Notify,
}

impl VirtualClock {
    /// Lets time pass.
    pub(crate) fn advance(&self, seconds: i64) {
        self.pass(seconds * 1_000_000);
    }

    /// Sets the clock, as a person does or a journey to another country: no time passes.
    pub(crate) fn set_ahead(&self, seconds: i64) {
        self.set_by.fetch_add(seconds, Ordering::SeqCst);
    }

    /// What the clock shows.
    pub(crate) fn seconds(&self) -> i64 {
        self.true_seconds() + self.set_by.load(Ordering::SeqCst)
    }

    /// What it would show if nobody had set it: the time elsewhere.
    pub(crate) fn true_seconds(&self) -> i64 {
        START + self.passed.load(Ordering::SeqCst) / 1_000_000
    }

    /// From now on waiting takes no real time at all.
    pub(crate) fn hurry(&self) {
        self.hurries.store(true, Ordering::SeqCst);
    }

    /// From now on time passes only by `advance`, and who waits does wait.
    pub(crate) fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    /// How many wait on the clock while it is held.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    fn pass(&self, micros: i64) {
        self.passed.fetch_add(micros, Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Waits until `advance` has brought the clock there.
    async fn wait_until(&self, due: Duration) {
        let _waiting = Waiting::new(&self.waiting);
        loop {
            let moved = self.moved.notified();
            if self.monotonic() >= due {
                return;
            }
            moved.await;
        }
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.seconds())
    }

    fn monotonic(&self) -> Duration {
        Duration::from_micros(self.passed.load(Ordering::SeqCst).unsigned_abs())
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        if self.held.load(Ordering::SeqCst) {
            return Box::pin(self.wait_until(self.monotonic() + duration));
        }
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        // A thousandth of it in real time, so that a timer does not run ahead of the work that it starts.
        let real = duration / 1_000;
        Box::pin(async move {
            self.pass(micros);
            if duration < Duration::from_secs(1) || self.hurries.load(Ordering::SeqCst) {
                tokio::task::yield_now().await;
            } else {
                tokio::time::sleep(real).await;
            }
        })
    }
}

/// Counts one who waits, also when the wait is given up.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
