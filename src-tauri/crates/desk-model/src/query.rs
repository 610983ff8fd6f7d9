//! What a list shows: one typed query for window, command line and export.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ShopId, UnixSeconds};

/// What is synced and listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// Orders.
    Orders,
    /// Products.
    Products,
    /// Activities.
    Activities,
}

impl Resource {
    /// Every resource, in the order in which a shop is synced.
    pub const ALL: [Self; 3] = [Self::Orders, Self::Products, Self::Activities];

    /// The word used in JSON, in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Products => "products",
            Self::Activities => "activities",
        }
    }

    /// Reads `as_str` back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|resource| resource.as_str() == word)
    }
}

/// A column that a list can be sorted by. Which ones a resource has is in [`SortColumn::belongs_to`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortColumn {
    /// Remote id: order number, product id or activity id.
    Id,
    /// The shop.
    Shop,
    /// Product or activity name.
    Name,
    /// Status.
    Status,
    /// Order total or product price.
    Amount,
    /// Time of creation.
    CreatedAt,
    /// Latest time to ship.
    ShipBy,
    /// Time of arrival.
    DeliveredAt,
    /// Time of the last change.
    UpdatedAt,
    /// Pieces in stock.
    Stock,
    /// Activity type.
    ActivityType,
    /// Start of an activity.
    StartTime,
    /// End of an activity.
    EndTime,
    /// End of an activity's sign-up.
    EnrollDeadline,
}

impl SortColumn {
    /// Whether the resource's list has the column.
    pub fn belongs_to(self, resource: Resource) -> bool {
        match self {
            Self::Id | Self::Shop | Self::Status | Self::UpdatedAt => true,
            Self::Name => resource != Resource::Orders,
            Self::Amount | Self::CreatedAt => resource != Resource::Activities,
            Self::ShipBy | Self::DeliveredAt => resource == Resource::Orders,
            Self::Stock => resource == Resource::Products,
            Self::ActivityType | Self::StartTime | Self::EndTime | Self::EnrollDeadline => {
                resource == Resource::Activities
            }
        }
    }
}

/// A span of time, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DateRange {
    /// First second.
    pub from: Option<UnixSeconds>,
    /// Last second.
    pub to: Option<UnixSeconds>,
}

/// What a list shows and in which order. Empty lists of shops or statuses mean "any".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListQuery {
    /// What is listed.
    pub resource: Resource,
    /// Only these shops.
    #[serde(default)]
    pub shops: Vec<ShopId>,
    /// Only these statuses, by their words.
    #[serde(default)]
    pub statuses: Vec<String>,
    /// Text that ids, names or codes must contain, without case.
    #[serde(default)]
    pub search: String,
    /// Orders and products: by time of creation; activities: those that overlap the span.
    #[serde(default)]
    pub dates: DateRange,
    /// Also what the platform no longer has.
    #[serde(default)]
    pub include_gone: bool,
    /// The column; must belong to the resource.
    pub sort: SortColumn,
    /// Largest first.
    pub descending: bool,
}

impl ListQuery {
    /// Everything of a resource in its natural order: orders newest first, products by name, activities by end.
    pub fn all(resource: Resource) -> Self {
        let (sort, descending) = match resource {
            Resource::Orders => (SortColumn::CreatedAt, true),
            Resource::Products => (SortColumn::Name, false),
            Resource::Activities => (SortColumn::EndTime, true),
        };
        Self {
            resource,
            shops: Vec::new(),
            statuses: Vec::new(),
            search: String::new(),
            dates: DateRange::default(),
            include_gone: false,
            sort,
            descending,
        }
    }
}
