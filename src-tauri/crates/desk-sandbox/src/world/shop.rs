//! Shops: where they sell, in which currency, and what their tokens may do.

use std::collections::BTreeSet;

/// A gateway region of the open platform (§1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Us,
    Eu,
    Global,
}

impl Region {
    /// As in a route prefix and a `requestId`.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Global => "global",
        }
    }

    pub(crate) fn from_prefix(prefix: &str) -> Option<Self> {
        [Self::Us, Self::Eu, Self::Global]
            .into_iter()
            .find(|region| region.prefix() == prefix)
    }

    /// As the guide names it.
    pub(crate) fn name(self) -> String {
        self.prefix().to_uppercase()
    }
}

/// How a shop is managed; decides which calls of the open platform serve it (§1.1, §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MallType {
    /// The seller runs everything: all calls work.
    Local,
    /// Semi-managed: orders only.
    Semi,
    /// Full-managed: no buyer orders.
    Full,
}

/// A country where a shop's buyers live.
pub(crate) struct Market {
    /// §4.10; part of every order number.
    pub(crate) region_id: i64,
    pub(crate) country: &'static str,
    /// 100 US, 105 DE, 132 BR are documented; the rest are invented.
    pub(crate) site_id: i64,
}

const fn market(region_id: i64, country: &'static str, site_id: i64) -> Market {
    Market {
        region_id,
        country,
        site_id,
    }
}

struct Template {
    region: Region,
    name: &'static str,
    markets: &'static [Market],
    currency: &'static str,
    decimals: u32,
    /// Minor units for one US cent, in percent.
    price_percent: i64,
}

#[rustfmt::skip]
const TEMPLATES: &[Template] = &[
    Template { region: Region::Us, name: "Lakeside Home & Garden", markets: &[market(211, "US", 100)], currency: "USD", decimals: 2, price_percent: 100 },
    Template { region: Region::Eu, name: "湖畔家居 Europe \"Söhne\"", markets: &[market(76, "DE", 105), market(69, "FR", 106), market(98, "IT", 107), market(186, "ES", 108)], currency: "EUR", decimals: 2, price_percent: 92 },
    Template { region: Region::Global, name: "Casa del Lago México", markets: &[market(128, "MX", 128)], currency: "MXN", decimals: 2, price_percent: 1_800 },
    Template { region: Region::Eu, name: "Dom nad Jeziorem", markets: &[market(162, "PL", 109)], currency: "PLN", decimals: 2, price_percent: 400 },
    Template { region: Region::Global, name: "湖のほとり", markets: &[market(100, "JP", 130)], currency: "JPY", decimals: 0, price_percent: 150 },
    Template { region: Region::Eu, name: "Lakeside UK", markets: &[market(210, "GB", 110)], currency: "GBP", decimals: 2, price_percent: 80 },
    Template { region: Region::Global, name: "Casa do Lago", markets: &[market(29, "BR", 132)], currency: "BRL", decimals: 2, price_percent: 550 },
    Template { region: Region::Us, name: "Prairie Outlet", markets: &[market(211, "US", 100)], currency: "USD", decimals: 2, price_percent: 100 },
    Template { region: Region::Global, name: "Harbour Street", markets: &[market(12, "AU", 131)], currency: "AUD", decimals: 2, price_percent: 150 },
];

/// Endpoints of the guide dialect that a token needs a scope for.
pub(crate) const GUIDE_SCOPES: &[&str] = &[
    "order/list",
    "order/detail",
    "product/list",
    "activity/list",
];

/// Types of the open platform that a token needs a scope for.
pub(crate) const OPEN_PLATFORM_SCOPES: &[&str] = &[
    "bg.order.list.v2.get",
    "bg.order.detail.v2.get",
    SENSITIVE_SCOPE,
    "bg.local.goods.list.query",
    "bg.local.goods.sku.list.query",
    "bg.promotion.activity.query",
    "bg.promotion.activity.goods.query",
];

/// Granted to every third shop only: the platform gives it to few apps (§3.6, §4.3).
const SENSITIVE_SCOPE: &str = "bg.order.amount.query";

/// One shop as both dialects know it.
pub(crate) struct Shop {
    /// Position in the world; part of every id.
    pub(crate) index: usize,
    pub(crate) region: Region,
    pub(crate) name: String,
    pub(crate) markets: &'static [Market],
    pub(crate) currency: &'static str,
    pub(crate) decimals: u32,
    pub(crate) price_percent: i64,
    pub(crate) mall_type: MallType,
    /// Names of both dialects; applies to every token of the shop at once.
    pub(crate) scopes: BTreeSet<String>,
}

impl Shop {
    /// The guide's id, such as `US-1001`.
    pub(crate) fn guide_id(&self) -> String {
        format!("{}-{}", self.region.name(), 1001 + self.index)
    }

    /// The open platform's `mallId`: 15 digits.
    pub(crate) fn mall_id(&self) -> i64 {
        635_500_000_000_001 + self.index as i64
    }

    /// The granted ones among `known`, in that order.
    pub(crate) fn granted(&self, known: &[&str]) -> Vec<String> {
        known
            .iter()
            .filter(|scope| self.scopes.contains(**scope))
            .map(|scope| (*scope).to_owned())
            .collect()
    }
}

/// The shops of a world; the first nine differ, later ones repeat them under a numbered name.
pub(crate) fn new_shops(count: usize) -> Vec<Shop> {
    (0..count).map(new_shop).collect()
}

fn new_shop(index: usize) -> Shop {
    let template = &TEMPLATES[index % TEMPLATES.len()];
    let round = index / TEMPLATES.len();
    let name = if round == 0 {
        template.name.to_owned()
    } else {
        format!("{} {}", template.name, round + 1)
    };
    let scopes = GUIDE_SCOPES
        .iter()
        .chain(OPEN_PLATFORM_SCOPES)
        .filter(|scope| **scope != SENSITIVE_SCOPE || index.is_multiple_of(3))
        .map(|scope| (*scope).to_owned())
        .collect();
    Shop {
        index,
        region: template.region,
        name,
        markets: template.markets,
        currency: template.currency,
        decimals: template.decimals,
        price_percent: template.price_percent,
        mall_type: MallType::Local,
        scopes,
    }
}
