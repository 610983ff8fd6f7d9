//! A shop and what it is allowed to do. Tokens are not part of it: they live in the vault.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{GatewayAppId, ShopId, UnixSeconds};

/// What kind of shop it is, which decides the data it has (open platform § 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MallType {
    /// Local shop: orders, products and activities.
    Local,
    /// Semi-managed: orders only for now.
    SemiManaged,
    /// Full-managed: no buyer orders; refused.
    FullManaged,
}

/// What a token allows, as token info tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Authorization {
    /// The platform's own id of the shop.
    pub remote_id: String,
    /// The platform's name for the shop; the open platform gives none.
    pub name: Option<String>,
    /// Region as the platform names it (`US`, `211`, …).
    pub region: Option<String>,
    /// The kind of shop.
    pub mall_type: MallType,
    /// Names of the calls the token may make; compare without case.
    pub scopes: Vec<String>,
    /// When the access token ends.
    pub expires_at: Option<UnixSeconds>,
    /// When the refresh token ends; `None` where the platform has no refresh.
    pub refresh_expires_at: Option<UnixSeconds>,
}

/// Whether a shop's token can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// Believed to work.
    Valid,
    /// The platform said it expired, and it cannot be refreshed: authorize again.
    Expired,
    /// The platform said it was revoked or replaced: authorize again.
    Revoked,
}

/// A shop in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Shop {
    /// `{gateway}:{remote id}`.
    pub shop_id: ShopId,
    /// The gateway app its token belongs to.
    pub app: GatewayAppId,
    /// The seller's name for it, at first the platform's name or the remote id.
    pub name: String,
    /// Region as the platform names it.
    pub region: Option<String>,
    /// The kind of shop.
    pub mall_type: MallType,
    /// Names of the calls the token may make.
    pub scopes: Vec<String>,
    /// When the access token ends.
    pub expires_at: Option<UnixSeconds>,
    /// When the refresh token ends.
    pub refresh_expires_at: Option<UnixSeconds>,
    /// Whether the token can be used.
    pub token_state: TokenState,
    /// Which version of its credentials in the vault counts.
    pub credentials_version: i64,
    /// When it was authorized last by the seller.
    pub authorized_at: UnixSeconds,
}

impl Shop {
    /// Whether the token may make this call; scope names are compared without case (the platform itself mixes them).
    pub fn allows(&self, scope: &str) -> bool {
        self.scopes
            .iter()
            .any(|held| held.eq_ignore_ascii_case(scope))
    }
}
