//! What a list shows: one typed query for window, command line and export.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, ShopId, UnixSeconds};

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
    /// Product or activity name; of an order, its first line's product.
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
    /// When an order was shipped.
    ShippedAt,
    /// Pieces of all lines of an order.
    Quantity,
    /// SKU id of an order's first line.
    Sku,
    /// The seller's own code of a product, or of an order's first line.
    ExtCode,
    /// Category of a product.
    Category,
    /// How many SKUs a product has.
    SkuCount,
    /// Whether the shop takes part in an activity.
    Joined,
    /// How many of the shop's products are in an activity.
    ItemCount,
    /// Pieces left in an activity.
    Remaining,
}

impl SortColumn {
    /// Every column.
    pub const ALL: [Self; 23] = [
        Self::Id,
        Self::Shop,
        Self::Name,
        Self::Status,
        Self::Amount,
        Self::CreatedAt,
        Self::ShipBy,
        Self::DeliveredAt,
        Self::UpdatedAt,
        Self::Stock,
        Self::ActivityType,
        Self::StartTime,
        Self::EndTime,
        Self::EnrollDeadline,
        Self::ShippedAt,
        Self::Quantity,
        Self::Sku,
        Self::ExtCode,
        Self::Category,
        Self::SkuCount,
        Self::Joined,
        Self::ItemCount,
        Self::Remaining,
    ];

    /// Whether the resource's list has the column.
    pub fn belongs_to(self, resource: Resource) -> bool {
        match self {
            Self::Id | Self::Shop | Self::Name | Self::Status | Self::UpdatedAt => true,
            Self::Amount | Self::CreatedAt | Self::ExtCode => resource != Resource::Activities,
            Self::ShipBy | Self::ShippedAt | Self::DeliveredAt | Self::Quantity | Self::Sku => {
                resource == Resource::Orders
            }
            Self::Stock | Self::Category | Self::SkuCount => resource == Resource::Products,
            Self::ActivityType
            | Self::StartTime
            | Self::EndTime
            | Self::EnrollDeadline
            | Self::Joined
            | Self::ItemCount
            | Self::Remaining => resource == Resource::Activities,
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

/// A span of numbers, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountRange {
    /// Least.
    pub from: Option<i64>,
    /// Most.
    pub to: Option<i64>,
}

/// A span of amounts of one currency, both ends included; an open end is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AmountRange {
    /// The currency; amounts of others are not in the span.
    pub currency: Currency,
    /// Least, in minor units.
    pub from_minor: Option<i64>,
    /// Most, in minor units.
    pub to_minor: Option<i64>,
}

/// What threatens an order that is still to be shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShipRisk {
    /// It must leave within a day.
    DueSoon,
    /// It should have left.
    Overdue,
}

impl ShipRisk {
    /// Every risk.
    pub const ALL: [Self; 2] = [Self::DueSoon, Self::Overdue];

    /// The word used in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
        }
    }

    /// Reads `as_str` back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|risk| risk.as_str() == word)
    }
}

/// What a list shows and in which order. All conditions hold at once; an empty list means "any". A condition on what the resource does
/// not have is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListQuery {
    /// What is listed.
    pub resource: Resource,
    /// Only these shops.
    #[serde(default)]
    pub shops: Vec<ShopId>,
    /// Only these statuses, by their words; of orders also `due_soon` and `overdue`.
    #[serde(default)]
    pub statuses: Vec<String>,
    /// Orders: only those so threatened.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub risk: Vec<ShipRisk>,
    /// Terms that ids, names, variants or codes must contain, without case.
    #[serde(default)]
    pub search: String,
    /// Orders: any of these numbers, each whole, its beginning or its end.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub order_sns: Vec<String>,
    /// Orders and products: by time of creation; activities: those that overlap the span.
    #[serde(default)]
    pub dates: DateRange,
    /// Orders: by latest time to ship.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub ship_by: DateRange,
    /// Orders: by time of shipping.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub shipped: DateRange,
    /// Orders: by time of arrival.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub delivered: DateRange,
    /// By time of the last change.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub updated: DateRange,
    /// Came into the database at this time or later, whatever the times that the platform gives.
    #[serde(default)]
    #[ts(optional)]
    pub seen_since: Option<UnixSeconds>,
    /// Activities: by start.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub starts: DateRange,
    /// Activities: by end.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub ends: DateRange,
    /// Activities: by end of sign-up.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub enroll_until: DateRange,
    /// Orders: by total.
    #[serde(default)]
    #[ts(optional)]
    pub amount: Option<AmountRange>,
    /// Orders: only those whose total is known, or is not.
    #[serde(default)]
    #[ts(optional)]
    pub amount_known: Option<bool>,
    /// Orders: by pieces of all lines.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub quantity: CountRange,
    /// Products: by price.
    #[serde(default)]
    #[ts(optional)]
    pub price: Option<AmountRange>,
    /// Products: by pieces in stock.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub stock: CountRange,
    /// Products: by number of SKUs.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub sku_count: CountRange,
    /// Products: only these categories.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub categories: Vec<String>,
    /// Activities: only these types.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub activity_types: Vec<String>,
    /// Activities: only those that the shop takes part in, or does not.
    #[serde(default)]
    #[ts(optional)]
    pub joined: Option<bool>,
    /// Activities: by number of the shop's products in them.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub item_count: CountRange,
    /// Activities: by pieces left of these products.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub remaining: CountRange,
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
            risk: Vec::new(),
            search: String::new(),
            order_sns: Vec::new(),
            dates: DateRange::default(),
            ship_by: DateRange::default(),
            shipped: DateRange::default(),
            delivered: DateRange::default(),
            updated: DateRange::default(),
            seen_since: None,
            starts: DateRange::default(),
            ends: DateRange::default(),
            enroll_until: DateRange::default(),
            amount: None,
            amount_known: None,
            quantity: CountRange::default(),
            price: None,
            stock: CountRange::default(),
            sku_count: CountRange::default(),
            categories: Vec::new(),
            activity_types: Vec::new(),
            joined: None,
            item_count: CountRange::default(),
            remaining: CountRange::default(),
            include_gone: false,
            sort,
            descending,
        }
    }
}
