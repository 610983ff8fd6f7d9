//! How the platform behaves: faults, lies, clock, lag.

use crate::fault::Fault;
use crate::paging::PagingLie;
use crate::sandbox::Sandbox;

impl Sandbox {
    /// Replaces the faults that wait for API calls.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.state().faults.set(faults);
    }

    /// Replaces the lies of list calls.
    pub fn set_paging_lies(&self, lies: Vec<PagingLie>) {
        self.state().paging_lies.set(lies);
    }

    /// Seconds from the caller's clock to the server's.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.state().clock_offset = seconds;
    }

    /// Orders show in lists only so many seconds after their last update.
    pub fn set_visibility_lag(&self, seconds: i64) {
        self.state().visibility_lag = seconds;
    }
}
