//! What the overview adds up: orders per day, and what sold most.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, ProductId, ShopId, SkuId};

/// Asks for orders per day. Days are those of the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadOrderTotals {
    /// Only these shops; empty = all.
    pub shops: Vec<ShopId>,
    /// `YYYY-MM-DD`, included.
    pub first_day: String,
    /// `YYYY-MM-DD`, included.
    pub last_day: String,
    /// An IANA time zone, for example `Asia/Shanghai`.
    pub zone: String,
}

/// Orders of a shop that were made on a day, in one currency. Amounts of different currencies are never added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayTotal {
    /// `YYYY-MM-DD` in the zone asked for.
    pub day: String,
    /// The shop.
    pub shop_id: ShopId,
    /// The currency; `None` gathers the orders whose currency is unknown.
    pub currency: Option<Currency>,
    /// All orders, canceled ones included.
    pub orders: u64,
    /// Canceled ones.
    pub canceled: u64,
    /// Known amounts of orders that are not canceled, in minor units.
    pub amount_minor: i64,
    /// Orders that are not canceled and whose amount is unknown.
    pub unknown_amounts: u64,
}

/// Asks for what sold most in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadTopSkus {
    /// Only these shops; empty = all.
    pub shops: Vec<ShopId>,
    /// `YYYY-MM-DD`, included.
    pub first_day: String,
    /// `YYYY-MM-DD`, included.
    pub last_day: String,
    /// An IANA time zone, for example `Asia/Shanghai`.
    pub zone: String,
    /// At most this many; at most 1,000.
    pub limit: u32,
}

/// Pieces of a SKU in orders that are not canceled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SkuTotal {
    /// The shop.
    pub shop_id: ShopId,
    /// The SKU, where the order's line names it.
    pub sku_id: Option<SkuId>,
    /// The product, where the order's line names it.
    pub product_id: Option<ProductId>,
    /// The product's name as the newest order has it: text, never markup.
    pub name: String,
    /// The variant.
    pub spec: Option<String>,
    /// Address of the product's picture.
    pub image_url: Option<String>,
    /// Pieces.
    pub pieces: u64,
    /// Orders.
    pub orders: u64,
}
