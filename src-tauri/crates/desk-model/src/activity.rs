//! Activities: the platform's promotions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActivityId, Money, ProductId, ShopId, SkuId, UnixSeconds};

/// Whether an activity is to come, runs, or is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityStatus {
    /// Not started.
    Upcoming,
    /// Running.
    Running,
    /// Over.
    Ended,
    /// A code this version does not know; `platform_status` keeps it.
    Unknown,
}

impl ActivityStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Upcoming, Self::Running, Self::Ended, Self::Unknown];

    /// The word used in JSON, in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }

    /// Reads `as_str` back; anything else is `Unknown`.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == word)
            .unwrap_or(Self::Unknown)
    }
}

/// A product of the shop in an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityItem {
    /// The product.
    pub product_id: ProductId,
    /// The SKU, if the platform names one.
    pub sku_id: Option<SkuId>,
    /// The price during the activity.
    pub activity_price: Option<Money>,
    /// Pieces signed up.
    pub quantity: Option<i64>,
    /// Pieces left.
    pub remaining: Option<i64>,
}

/// An activity, with the shop's products in it where they are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Activity {
    /// The activity's id; unique within the shop.
    pub activity_id: ActivityId,
    /// The shop that sees it.
    pub shop_id: ShopId,
    /// The name: text, never markup.
    pub name: String,
    /// The type: a word on the guide; `lightning_deal`, `big_sale`, `clearance`, `official_big_sale` or the platform's number on the open platform.
    pub activity_type: String,
    /// To come, running, or over.
    pub status: ActivityStatus,
    /// The platform's own code for it.
    pub platform_status: String,
    /// When it starts.
    pub start_time: Option<UnixSeconds>,
    /// When it ends.
    pub end_time: Option<UnixSeconds>,
    /// Until when the shop can sign up; the open platform does not tell.
    pub enroll_deadline: Option<UnixSeconds>,
    /// Whether the shop takes part.
    pub joined: bool,
    /// The platform's time of the last change, where it tells.
    pub updated_at: Option<UnixSeconds>,
    /// The shop's products in it; empty where it takes no part.
    pub items: Vec<ActivityItem>,
}
