//! Which API calls came, how often and when.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

/// Calls that are kept one by one; older ones are only counted.
const KEPT: usize = 10_000;

/// An API call that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiCall {
    /// Endpoint of the guide or type of the open platform.
    pub name: String,
    /// Server time, unix seconds.
    pub at: i64,
    /// As [`crate::Request::arrived_ms`] told: for measuring a client's pace.
    pub arrived_ms: u64,
}

/// The calls so far.
#[derive(Default)]
pub(crate) struct CallLog {
    pub(crate) counts: BTreeMap<String, u64>,
    pub(crate) latest: VecDeque<ApiCall>,
}

impl CallLog {
    pub(crate) fn add(&mut self, call: ApiCall) {
        match self.counts.get_mut(&call.name) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(call.name.clone(), 1)),
        }
        if self.latest.len() == KEPT {
            self.latest.pop_front();
        }
        self.latest.push_back(call);
    }
}
