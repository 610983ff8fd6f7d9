//! The one world that both dialects show: shops with their orders, products and activities.
//!
//! A shop's records are made when they are first asked for, from the seed alone, and then only changed by name.

mod activity;
mod catalogue;
mod money;
mod order;
mod order_history;
mod product;
mod records;
mod shop;

pub(crate) use activity::Activity;
pub(crate) use money::decimal;
pub(crate) use order::{Line, Order, STATUSES, status};
pub(crate) use product::{Bucket, Product, Sku};
pub(crate) use records::{Records, Window};
pub use shop::MallType;
pub(crate) use shop::{GUIDE_SCOPES, OPEN_PLATFORM_SCOPES, Region, Shop, new_shops};

/// How many shops and orders a world has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Number of shops; the first three are US (USD), EU (EUR) and Mexico (MXN).
    pub shops: u32,
    /// Orders over all shops.
    pub orders: u32,
}

impl Size {
    /// Three shops, 3,000 orders.
    pub const SMALL: Self = Self {
        shops: 3,
        orders: 3_000,
    };
    /// Forty shops, a million orders.
    pub const MILLION: Self = Self {
        shops: 40,
        orders: 1_000_000,
    };
}
