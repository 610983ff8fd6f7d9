//! HTTP as the harness speaks it: loopback only, no proxy, no redirects, every status is an answer.

use std::time::Duration;

use ureq::Agent;

pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into()
}
