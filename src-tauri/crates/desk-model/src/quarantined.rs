//! A row that waits for a version that can read it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Resource, ShopId, UnixSeconds};

/// A row that could not be read and was put aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quarantined {
    /// The shop.
    pub shop_id: ShopId,
    /// What it was to be.
    pub resource: Resource,
    /// Its remote id where it could be told, else the payload's hash.
    pub identity: String,
    /// Why it could not be read.
    pub reason: String,
    /// The platform's own text of the row, without what must not be kept.
    pub payload: String,
    /// Server time of the first fetch.
    pub first_seen_at: UnixSeconds,
    /// Server time of the latest fetch.
    pub last_seen_at: UnixSeconds,
}
