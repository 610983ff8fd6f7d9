//! What a commit made stale. The window drops exactly these from its cache.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ShopId;

/// The first part of every query key in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Shops, gateway apps and their tokens' state.
    Shops,
    /// Orders.
    Orders,
    /// Products.
    Products,
    /// Activities.
    Activities,
    /// Sync runs and what is running now.
    SyncRuns,
    /// Settings and where secrets are kept.
    Settings,
}

/// One commit's news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// The shop it is about; `None` = not about one shop.
    pub shop_id: Option<ShopId>,
    /// What is stale now.
    pub tags: Vec<Tag>,
}
