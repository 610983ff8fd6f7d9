//! Who calls, and what a consent brings.

use desk_model::{Authorization, Secret, Shop};

/// On whose behalf a call is made.
#[derive(Clone, Copy)]
pub struct Caller<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Its access token.
    pub access_token: &'a Secret,
    /// How urgent it is.
    pub priority: Priority,
}

/// Which queue a call waits in and how often it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Someone waits for it: first in the queue, 3 attempts.
    Foreground,
    /// A sync in the background: 6 attempts.
    Background,
}

/// Tokens of one shop with what they allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// For reads.
    pub access_token: Secret,
    /// For a new pair; `None` on the open platform.
    pub refresh_token: Option<Secret>,
    /// Shop, scopes and expiry.
    pub authorization: Authorization,
}
