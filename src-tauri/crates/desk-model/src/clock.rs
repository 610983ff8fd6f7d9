//! Time is always passed in, so that tests can run a year in a second.

use std::{
    future::Future,
    ops::{Add, Sub},
    pin::Pin,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A point in time: UTC seconds since the Unix epoch.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct UnixSeconds(pub i64);

impl Add<i64> for UnixSeconds {
    type Output = Self;

    fn add(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl Sub<i64> for UnixSeconds {
    type Output = Self;

    fn sub(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds))
    }
}

impl Sub for UnixSeconds {
    type Output = i64;

    fn sub(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Tells the time and waits. A seam: tests pass a virtual one.
pub trait Clock: Send + Sync {
    /// The local clock; it may be wrong, so windows and signatures correct it by the server's `Date`.
    fn now(&self) -> UnixSeconds;

    /// The time since some fixed moment. It only ever grows, also where `now` is set back or ahead: waits are measured with it.
    fn monotonic(&self) -> Duration;

    /// Completes after the duration has passed on this clock.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}
