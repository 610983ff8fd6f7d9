//! Which currency a country's shops sell in (open platform § 4.10), where that is certain.

use desk_model::Currency;

use crate::row::Row;

/// From `regionId`, else from `siteId`: the two number differently (100 is Japan in one, the US in the other).
pub(super) fn currency_of(row: &Row<'_>) -> Option<Currency> {
    row.integer("regionId")
        .and_then(region_currency)
        .or_else(|| row.integer("siteId").and_then(site_currency))
}

/// The currency of a `regionId`.
pub(super) fn region_currency(region_id: i64) -> Option<Currency> {
    let code = match region_id {
        211 => "USD",
        210 => "GBP",
        // Germany, France, Italy, Spain, the Netherlands, Belgium.
        76 | 69 | 98 | 186 | 141 | 20 => "EUR",
        162 => "PLN",
        128 => "MXN",
        29 => "BRL",
        37 => "CAD",
        12 => "AUD",
        144 => "NZD",
        100 => "JPY",
        185 => "KRW",
        _ => return None,
    };
    Currency::new(code).ok()
}

fn site_currency(site_id: i64) -> Option<Currency> {
    let code = match site_id {
        100 => "USD",
        101 => "CAD",
        105 => "EUR",
        132 => "BRL",
        _ => return None,
    };
    Currency::new(code).ok()
}
