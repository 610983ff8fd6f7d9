//! The words and the zone of an export: headers, states, reasons, names of shops.

use std::{borrow::Cow, collections::HashMap};

use desk_model::{Money, ShopId, UnixSeconds};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    Error,
    cell::{Cell, Kind},
};

/// The words under a dotted key of the catalogue; `None` where it has none.
type Lookup = Box<dyn Fn(&str) -> Option<&'static str> + Send + Sync>;

/// In which language, which zone, and by which names of shops rows are written.
pub struct Wording {
    lookup: Lookup,
    zone: TimeZone,
    zone_name: String,
    shops: HashMap<ShopId, String>,
}

impl Wording {
    /// `zone` is an IANA name such as `Asia/Shanghai`.
    pub fn new(
        lookup: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static,
        zone: &str,
        shops: HashMap<ShopId, String>,
    ) -> Result<Self, Error> {
        Ok(Self {
            lookup: Box::new(lookup),
            zone: TimeZone::get(zone).map_err(|_| Error::UnknownZone(zone.to_owned()))?,
            zone_name: zone.to_owned(),
            shops,
        })
    }

    /// The words under a key, or what stands for them.
    fn words(&self, key: &str, otherwise: &str) -> String {
        (self.lookup)(key).unwrap_or(otherwise).to_owned()
    }

    /// A column's name.
    pub(crate) fn column(&self, word: &str) -> String {
        self.words(&format!("export.column.{word}"), word)
    }

    /// The name of a sheet: what the rows are.
    pub(crate) fn sheet(&self, resource: &str) -> String {
        self.words(&format!("resource.{resource}"), resource)
    }

    /// The header of a column of times, which says their zone.
    pub(crate) fn in_zone(&self, column: &str) -> String {
        self.words("file.in_zone", "{{column}} ({{zone}})")
            .replace("{{column}}", column)
            .replace("{{zone}}", &self.zone_name)
    }

    /// The header of what is said once per order where each of its lines has a row.
    pub(crate) fn on_first_line(&self, column: &str) -> String {
        self.words("file.on_first_line", "{{column}}")
            .replace("{{column}}", column)
    }

    /// A state in words; one that this version does not know by the platform's code.
    pub(crate) fn state<'a>(&self, group: &str, word: &str, code: &'a str) -> Cell<'a> {
        match (self.lookup)(&format!("{group}.{word}")) {
            Some(words) if word == "unknown" => Cell::Text(format!("{words} ({code})").into()),
            Some(words) => Cell::Text(words.into()),
            None => Cell::text(code),
        }
    }

    /// A word of the platform's in words, or as it is where this version does not know it.
    pub(crate) fn known<'a>(&self, group: &str, word: &'a str) -> Cow<'a, str> {
        match (self.lookup)(&format!("{group}.{word}")) {
            Some(words) => words.into(),
            None => word.into(),
        }
    }

    pub(crate) fn yes_or_no(&self, is_so: bool) -> Cell<'static> {
        let (key, word) = if is_so {
            ("file.yes", "yes")
        } else {
            ("file.no", "no")
        };
        Cell::Text(self.words(key, word).into())
    }

    /// An amount, or that the platform does not tell it.
    pub(crate) fn money<'a>(&self, money: Option<&'a Money>) -> Cell<'a> {
        money.map_or_else(|| self.not_told(), Cell::Money)
    }

    /// A count, or that the platform does not tell it.
    pub(crate) fn number(&self, number: Option<i64>) -> Cell<'static> {
        number.map_or_else(|| self.not_told(), Cell::Number)
    }

    pub(crate) fn not_told(&self) -> Cell<'static> {
        Cell::Text(self.words("file.not_told", "not told").into())
    }

    /// Why an order has no amount.
    pub(crate) fn no_amount(&self, reason: &str) -> Cell<'static> {
        Cell::Text(self.words(&format!("file.amount.{reason}"), reason).into())
    }

    /// The seller's name for a shop, or its id once it was removed.
    pub(crate) fn shop<'a>(&'a self, shop: &'a ShopId) -> Cell<'a> {
        Cell::text(self.shops.get(shop).map_or(shop.as_str(), String::as_str))
    }

    pub(crate) fn time(&self, at: Option<UnixSeconds>) -> Cell<'static> {
        let Some(at) = at else { return Cell::Nothing };
        match Timestamp::from_second(at.0) {
            Ok(stamp) => Cell::Time(self.zone.to_datetime(stamp)),
            // Beyond the year 9999: told as it is, not as another time.
            Err(_) => Cell::Text(at.0.to_string().into()),
        }
    }
}

/// As many letters as a column should be wide.
pub(crate) fn width(kind: Kind, header: &str) -> f64 {
    let needed: u32 = header
        .chars()
        .map(|letter| if letter.is_ascii() { 1 } else { 2 })
        .sum();
    let usual = match kind {
        Kind::Id => 24,
        Kind::Name => 44,
        Kind::Text => 18,
        Kind::Number => 9,
        Kind::Money => 13,
        Kind::Time => 20,
    };
    // Room for the button that filters.
    f64::from((needed + 3).clamp(usual, 44))
}
