//! Products and their SKUs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Money, ProductId, ShopId, SkuId, UnixSeconds};

/// Where a product stands in the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// On sale.
    Active,
    /// Off the shelf.
    Inactive,
    /// Not yet published.
    Incomplete,
    /// A draft.
    Draft,
    /// Deleted by the seller.
    Deleted,
    /// A code this version does not know; `platform_status` keeps it.
    Unknown,
}

impl ProductStatus {
    /// Every status.
    pub const ALL: [Self; 6] = [
        Self::Active,
        Self::Inactive,
        Self::Incomplete,
        Self::Draft,
        Self::Deleted,
        Self::Unknown,
    ];

    /// The word used in JSON, in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Incomplete => "incomplete",
            Self::Draft => "draft",
            Self::Deleted => "deleted",
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

/// One variant of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sku {
    /// The SKU's id.
    pub sku_id: SkuId,
    /// The seller's own code.
    pub ext_code: Option<String>,
    /// The variant, for example `Blue / 1pc`.
    pub spec: Option<String>,
    /// The price, if the answer told it.
    pub price: Option<Money>,
    /// Pieces in stock, if the answer told it.
    pub stock: Option<i64>,
}

/// A product with its SKUs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Product {
    /// The product's id; unique within the shop.
    pub product_id: ProductId,
    /// The shop it belongs to.
    pub shop_id: ShopId,
    /// The title: text, never markup.
    pub name: String,
    /// The seller's own code.
    pub ext_code: Option<String>,
    /// Where it stands.
    pub status: ProductStatus,
    /// The platform's own code for it.
    pub platform_status: String,
    /// Category name, or its id where the platform gives no name.
    pub category: Option<String>,
    /// Address of its picture.
    pub image_url: Option<String>,
    /// The price shown for the product as a whole, if any.
    pub price: Option<Money>,
    /// Pieces in stock over all SKUs, if known.
    pub stock: Option<i64>,
    /// When it was created.
    pub created_at: Option<UnixSeconds>,
    /// The platform's time of the last change.
    pub updated_at: Option<UnixSeconds>,
    /// The variants.
    pub skus: Vec<Sku>,
}
