//! Orders: one row per parent order, with its lines.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, Money, OrderSn, ProductId, ShopId, SkuId, UnixSeconds};

/// The state of an order, the same in both dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// The buyer may still change it.
    Pending,
    /// To be shipped by the seller.
    Unshipped,
    /// Some lines are shipped.
    PartiallyShipped,
    /// On its way.
    Shipped,
    /// Some lines have arrived.
    PartiallyDelivered,
    /// Arrived.
    Delivered,
    /// Canceled.
    Canceled,
    /// A code this version does not know; `platform_status` keeps it.
    Unknown,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::Unshipped,
        Self::PartiallyShipped,
        Self::Shipped,
        Self::PartiallyDelivered,
        Self::Delivered,
        Self::Canceled,
        Self::Unknown,
    ];

    /// The word used in JSON, in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Unshipped => "unshipped",
            Self::PartiallyShipped => "partially_shipped",
            Self::Shipped => "shipped",
            Self::PartiallyDelivered => "partially_delivered",
            Self::Delivered => "delivered",
            Self::Canceled => "canceled",
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

    /// Whether the order is still to be worked on: it may change at any time.
    pub fn is_unfinished(self) -> bool {
        self == Self::Pending || self.is_to_ship()
    }

    /// Whether something is still to be shipped, so that `ship_by` counts.
    pub fn is_to_ship(self) -> bool {
        matches!(self, Self::Unshipped | Self::PartiallyShipped)
    }
}

/// Why an amount is or is not there. "Not authorized" is never shown as zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmountState {
    /// The amount is what the platform says.
    Known,
    /// The platform has not told it yet.
    Pending,
    /// The token may not read amounts.
    NotAuthorized,
}

impl AmountState {
    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Pending => "pending",
            Self::NotAuthorized => "not_authorized",
        }
    }

    /// Reads `as_str` back; anything else is `Pending`.
    pub fn parse(word: &str) -> Self {
        [Self::Known, Self::NotAuthorized]
            .into_iter()
            .find(|state| state.as_str() == word)
            .unwrap_or(Self::Pending)
    }
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderItem {
    /// The child order number; the guide has none.
    pub line_sn: Option<String>,
    /// The SKU, if the platform names one.
    pub sku_id: Option<SkuId>,
    /// The product, if the platform names one.
    pub product_id: Option<ProductId>,
    /// The seller's own code.
    pub ext_code: Option<String>,
    /// The product's name, as hostile as the platform lets it be: text, never markup.
    pub name: String,
    /// The variant, for example `Blue / 1pc`.
    pub spec: Option<String>,
    /// Address of the product's picture.
    pub image_url: Option<String>,
    /// Pieces; never negative.
    pub quantity: i64,
    /// Price of one piece; unknown on the open platform.
    pub unit_price: Option<Money>,
}

/// An order with its lines, in the shape that the command line prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Order {
    /// The order number; unique within the shop.
    pub order_sn: OrderSn,
    /// The shop it belongs to.
    pub shop_id: ShopId,
    /// The state.
    pub status: OrderStatus,
    /// The platform's own code for the state.
    pub platform_status: String,
    /// The order's currency, if known.
    pub currency: Option<Currency>,
    /// The total, if known.
    pub total_amount: Option<Money>,
    /// Why the total is or is not there.
    pub amount_state: AmountState,
    /// When the buyer ordered.
    pub created_at: UnixSeconds,
    /// Latest time to ship.
    pub ship_by: Option<UnixSeconds>,
    /// When it was shipped.
    pub shipped_at: Option<UnixSeconds>,
    /// When it arrived.
    pub delivered_at: Option<UnixSeconds>,
    /// The platform's time of the last change; `None` where an answer does not tell (open platform detail).
    pub updated_at: Option<UnixSeconds>,
    /// The lines.
    pub items: Vec<OrderItem>,
    /// Marks that are set, for example `soon_to_be_overdue`.
    pub labels: Vec<String>,
}

/// A status and when this computer first saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatusSeen {
    /// The status.
    pub status: OrderStatus,
    /// The platform's own code.
    pub platform_status: String,
    /// Server time of the fetch that first showed it.
    pub first_seen_at: UnixSeconds,
}
