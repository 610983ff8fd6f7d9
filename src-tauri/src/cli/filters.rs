//! What a list shows, as it is typed: for `list` and `export` alike, everything that the window filters by.

use clap::Args;
use desk_engine::ErrorCode;
use desk_model::{
    AmountRange, CountRange, Currency, ListQuery, Money, Resource, ShipRisk, ShopId, SortColumn,
};
use serde::Deserialize;

use super::days;
use crate::error::CommandError;

#[derive(Args, Clone)]
pub(super) struct Filters {
    /// Only this shop; can be given several times
    #[arg(long = "shop", value_name = "ID")]
    pub(super) shops: Vec<String>,
    /// Only this status, of orders also due_soon and overdue; can be given several times
    #[arg(long = "status", value_name = "STATUS")]
    statuses: Vec<String>,
    /// Orders: only those that are due_soon or overdue, whatever the status; can be given several times
    #[arg(long = "risk", value_name = "RISK")]
    risks: Vec<String>,
    /// Text that number, name or code must contain
    #[arg(long, default_value = "")]
    search: String,
    /// Orders: these numbers, whole, their beginning or their end, with commas between
    #[arg(long = "order-sn", value_name = "NUMBER,…", value_delimiter = ',')]
    order_sns: Vec<String>,
    /// Created on this day or later; activities: still running then
    #[arg(long, value_name = "YYYY-MM-DD")]
    created_from: Option<String>,
    /// Created on this day or earlier; activities: already running then
    #[arg(long, value_name = "YYYY-MM-DD")]
    created_to: Option<String>,
    /// Orders: to be shipped on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    ship_by_from: Option<String>,
    /// Orders: to be shipped on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    ship_by_to: Option<String>,
    /// Orders: shipped on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    shipped_from: Option<String>,
    /// Orders: shipped on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    shipped_to: Option<String>,
    /// Orders: delivered on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    delivered_from: Option<String>,
    /// Orders: delivered on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    delivered_to: Option<String>,
    /// Changed last on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    updated_from: Option<String>,
    /// Changed last on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    updated_to: Option<String>,
    /// Came into this computer's database on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    seen_from: Option<String>,
    /// Activities: that start on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    starts_from: Option<String>,
    /// Activities: that start on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    starts_to: Option<String>,
    /// Activities: that end on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    ends_from: Option<String>,
    /// Activities: that end on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    ends_to: Option<String>,
    /// Activities: sign-up ends on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    enroll_from: Option<String>,
    /// Activities: sign-up ends on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    enroll_to: Option<String>,
    /// Orders' total or products' price: at least this; needs --currency
    #[arg(long, value_name = "AMOUNT")]
    amount_from: Option<String>,
    /// Orders' total or products' price: at most this; needs --currency
    #[arg(long, value_name = "AMOUNT")]
    amount_to: Option<String>,
    /// Only amounts in this currency, such as USD
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Orders: only those whose total is known (yes), or is not (no)
    #[arg(long, value_name = "YES|NO", value_parser = parse_yes_or_no)]
    amount_known: Option<bool>,
    /// Orders: at least so many pieces
    #[arg(long, value_name = "PIECES")]
    quantity_from: Option<i64>,
    /// Orders: at most so many pieces
    #[arg(long, value_name = "PIECES")]
    quantity_to: Option<i64>,
    /// Products: at least so many pieces in stock
    #[arg(long, value_name = "PIECES")]
    stock_from: Option<i64>,
    /// Products: at most so many pieces in stock
    #[arg(long, value_name = "PIECES")]
    stock_to: Option<i64>,
    /// Products: at least so many SKUs
    #[arg(long, value_name = "COUNT")]
    skus_from: Option<i64>,
    /// Products: at most so many SKUs
    #[arg(long, value_name = "COUNT")]
    skus_to: Option<i64>,
    /// Products: only this category; can be given several times
    #[arg(long = "category", value_name = "CATEGORY")]
    categories: Vec<String>,
    /// Activities: only this type; can be given several times
    #[arg(long = "type", value_name = "TYPE")]
    activity_types: Vec<String>,
    /// Activities: only those that the shop takes part in (yes), or does not (no)
    #[arg(long, value_name = "YES|NO", value_parser = parse_yes_or_no)]
    joined: Option<bool>,
    /// Activities: at least so many of the shop's products
    #[arg(long, value_name = "COUNT")]
    items_from: Option<i64>,
    /// Activities: at most so many of the shop's products
    #[arg(long, value_name = "COUNT")]
    items_to: Option<i64>,
    /// Activities: at least so many pieces left
    #[arg(long, value_name = "PIECES")]
    remaining_from: Option<i64>,
    /// Activities: at most so many pieces left
    #[arg(long, value_name = "PIECES")]
    remaining_to: Option<i64>,
    /// Also what the platform no longer has
    #[arg(long)]
    gone: bool,
    /// Zone of days, and of times in a file, such as Asia/Shanghai [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub(super) zone: Option<String>,
    /// By this column, smallest first
    #[arg(long, value_name = "COLUMN")]
    sort: Option<String>,
    /// Largest first
    #[arg(long, requires = "sort")]
    descending: bool,
}

impl Filters {
    /// The query, in these shops.
    pub(super) fn query(
        &self,
        resource: Resource,
        shops: Vec<ShopId>,
    ) -> Result<ListQuery, CommandError> {
        let zone = days::zone(self.zone.as_deref())?;
        let span = |flag, from: &Option<String>, to: &Option<String>| {
            days::span(flag, from.as_deref(), to.as_deref(), &zone)
        };
        let usual = ListQuery::all(resource);
        let (sort, descending) = match &self.sort {
            Some(word) => (sort_column(word)?, self.descending),
            None => (usual.sort, usual.descending),
        };
        let amounts = self.amounts()?;
        let (amount, price) = match resource {
            Resource::Products => (None, amounts),
            Resource::Orders | Resource::Activities => (amounts, None),
        };
        Ok(ListQuery {
            shops,
            statuses: self.statuses.clone(),
            risk: self
                .risks
                .iter()
                .map(|word| risk(word))
                .collect::<Result<_, _>>()?,
            search: self.search.clone(),
            order_sns: self.order_sns.clone(),
            dates: span("created", &self.created_from, &self.created_to)?,
            ship_by: span("ship-by", &self.ship_by_from, &self.ship_by_to)?,
            shipped: span("shipped", &self.shipped_from, &self.shipped_to)?,
            delivered: span("delivered", &self.delivered_from, &self.delivered_to)?,
            updated: span("updated", &self.updated_from, &self.updated_to)?,
            seen_since: span("seen", &self.seen_from, &None)?.from,
            starts: span("starts", &self.starts_from, &self.starts_to)?,
            ends: span("ends", &self.ends_from, &self.ends_to)?,
            enroll_until: span("enroll", &self.enroll_from, &self.enroll_to)?,
            amount,
            amount_known: self.amount_known,
            price,
            stock: CountRange {
                from: self.stock_from,
                to: self.stock_to,
            },
            quantity: CountRange {
                from: self.quantity_from,
                to: self.quantity_to,
            },
            sku_count: CountRange {
                from: self.skus_from,
                to: self.skus_to,
            },
            item_count: CountRange {
                from: self.items_from,
                to: self.items_to,
            },
            remaining: CountRange {
                from: self.remaining_from,
                to: self.remaining_to,
            },
            categories: self.categories.clone(),
            activity_types: self.activity_types.clone(),
            joined: self.joined,
            include_gone: self.gone,
            sort,
            descending,
            ..usual
        })
    }

    fn amounts(&self) -> Result<Option<AmountRange>, CommandError> {
        let Some(code) = &self.currency else {
            return match self.amount_from.as_ref().or(self.amount_to.as_ref()) {
                Some(_) => Err(refuse(
                    "amounts need --currency: different ones cannot be compared",
                )),
                None => Ok(None),
            };
        };
        let currency = Currency::new(code).map_err(|error| refuse(error.to_string()))?;
        let minor = |amount: &Option<String>| {
            let money = amount
                .as_ref()
                .map(|text| Money::from_decimal(text, currency.clone()));
            money
                .transpose()
                .map(|money| money.map(|money| money.minor))
                .map_err(|error| refuse(error.to_string()))
        };
        Ok(Some(AmountRange {
            from_minor: minor(&self.amount_from)?,
            to_minor: minor(&self.amount_to)?,
            currency,
        }))
    }
}

fn risk(word: &str) -> Result<ShipRisk, CommandError> {
    ShipRisk::parse(word)
        .ok_or_else(|| refuse(format!("--risk takes due_soon or overdue, not `{word}`")))
}

/// Who mistypes a column is told which there are.
fn sort_column(word: &str) -> Result<SortColumn, CommandError> {
    let word = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word);
    SortColumn::deserialize(word)
        .map_err(|error| CommandError::new(ErrorCode::UnknownColumn, error.to_string()))
}

fn refuse(reason: impl Into<String>) -> CommandError {
    CommandError::new(ErrorCode::InvalidInput, reason)
}

fn parse_yes_or_no(word: &str) -> Result<bool, String> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}
