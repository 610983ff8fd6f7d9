//! Reads the platforms' JSON as it really comes: ids as text or number, unset as null, 0 or absent, optional fields oddly typed.
//!
//! A field is read when it is asked for, from its own text: what nobody asks for cannot do harm, and no number goes through a double.

use std::borrow::Cow;

use desk_model::{Currency, Fetched, Money, Page, UnixSeconds, Unreadable};
use serde_json::value::RawValue;

use crate::{call::Answer, json};

/// The last second of the year 9999: a larger number is no time in seconds.
const LATEST_SECOND: i64 = 253_402_300_799;
/// The largest number that the window's numbers hold exactly (2^53 - 1): beyond it an amount would be shown as another one.
pub(crate) const LARGEST_NUMBER: i64 = 9_007_199_254_740_991;
/// Longest id, in bytes.
const LONGEST_ID: usize = 128;
/// Longest piece of text, in characters: a longer one is cut, its row keeps it whole in the payload.
const LONGEST_TEXT: usize = 4_096;

/// Why JSON is not what was expected: field names and kinds, no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) String);

/// A JSON object.
pub(crate) struct Row<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Row<'a> {
    /// The object that the text is.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Malformed> {
        json::members(text)
            .map(Self)
            .ok_or_else(|| Malformed("not an object".to_owned()))
    }

    /// A field that is there and not null; of a name that is there twice, the last.
    pub(crate) fn payload(&self, name: &str) -> Option<&'a RawValue> {
        let (_, value) = self.0.iter().rev().find(|(key, _)| key == name)?;
        (value.get() != "null").then_some(value)
    }

    /// Whether the name is there, be it with null.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.payload(name).map(RawValue::get)
    }

    /// A piece of text that is there; a number counts as its text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        word(self.value(name)?)
    }

    /// Text that is taken as it is or not at all; a number counts as its text.
    pub(crate) fn exact_text(&self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        let number = || json::is_number(value).then(|| value.to_owned());
        json::exact_text(value)
            .or_else(number)
            .filter(|text| !text.is_empty())
    }

    /// An id: text or a whole number, and not 0.
    pub(crate) fn id(&self, name: &str) -> Option<String> {
        id(self.value(name)?)
    }

    pub(crate) fn required_id(&self, name: &str) -> Result<String, Malformed> {
        self.id(name)
            .ok_or_else(|| Malformed(format!("`{name}` is missing or no id")))
    }

    /// A whole number, or its text.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        let value = self.value(name)?;
        let number = match json::text(value) {
            Some(text) => text.trim().parse().ok(),
            None => value.parse().ok(),
        };
        number.filter(|number| (-LARGEST_NUMBER..=LARGEST_NUMBER).contains(number))
    }

    pub(crate) fn required_integer(&self, name: &str) -> Result<i64, Malformed> {
        self.integer(name)
            .ok_or_else(|| Malformed(format!("`{name}` is missing or no whole number")))
    }

    /// A number of pieces: never negative.
    pub(crate) fn required_count(&self, name: &str) -> Result<i64, Malformed> {
        match self.required_integer(name)? {
            count if count >= 0 => Ok(count),
            _ => Err(Malformed(format!("`{name}` is negative"))),
        }
    }

    /// A number of pieces, if it is one.
    pub(crate) fn count(&self, name: &str) -> Option<i64> {
        self.integer(name).filter(|count| *count >= 0)
    }

    /// Seconds since the epoch; null, 0 and what is no time are unset.
    pub(crate) fn seconds(&self, name: &str) -> Option<UnixSeconds> {
        self.integer(name)
            .filter(|seconds| (1..=LATEST_SECOND).contains(seconds))
            .map(UnixSeconds)
    }

    pub(crate) fn required_seconds(&self, name: &str) -> Result<UnixSeconds, Malformed> {
        self.seconds(name)
            .ok_or_else(|| Malformed(format!("`{name}` is missing or no time")))
    }

    /// Milliseconds since the epoch.
    pub(crate) fn milliseconds(&self, name: &str) -> Option<UnixSeconds> {
        let seconds = self.integer(name)? / 1000;
        (1..=LATEST_SECOND)
            .contains(&seconds)
            .then_some(UnixSeconds(seconds))
    }

    /// Yes or no, be it as a number or as text.
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            "true" | "1" | "\"true\"" | "\"1\"" => Some(true),
            "false" | "0" | "\"false\"" | "\"0\"" => Some(false),
            _ => None,
        }
    }

    /// Whether it says yes.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.boolean(name) == Some(true)
    }

    pub(crate) fn currency(&self, name: &str) -> Option<Currency> {
        Currency::new(&json::text(self.value(name)?)?).ok()
    }

    /// Minor units in a currency told elsewhere.
    pub(crate) fn minor(&self, name: &str, currency: Option<&Currency>) -> Option<Money> {
        Some(Money::new(self.integer(name)?, currency?.clone()))
    }

    /// A decimal in a currency told elsewhere.
    pub(crate) fn decimal(&self, name: &str, currency: Option<&Currency>) -> Option<Money> {
        Money::from_decimal(&self.text(name)?, currency?.clone())
            .ok()
            .filter(|money| money.minor.unsigned_abs() <= LARGEST_NUMBER.unsigned_abs())
    }

    pub(crate) fn object(&self, name: &str) -> Option<Row<'a>> {
        Row::parse(self.value(name)?).ok()
    }

    /// A list of objects: missing and null are empty, anything else is not readable.
    pub(crate) fn objects(&self, name: &str) -> Result<Vec<Row<'a>>, Malformed> {
        let Some(value) = self.value(name) else {
            return Ok(Vec::new());
        };
        let items =
            json::elements(value).ok_or_else(|| Malformed(format!("`{name}` is no list")))?;
        let rows: Result<Vec<_>, _> = items.iter().map(|item| Row::parse(item.get())).collect();
        rows.map_err(|_| Malformed(format!("`{name}` holds something else than objects")))
    }

    /// A list of words; what is none is left out.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let text = |item| json::text(item).map(Cow::into_owned);
        self.list(name).filter_map(text).collect()
    }

    /// A list of ids; what is none is left out.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        self.list(name).filter_map(id).collect()
    }

    pub(crate) fn refuse_other_than_list(&self, name: &str) -> Result<(), Malformed> {
        match self.value(name).map(json::elements) {
            Some(None) => Err(Malformed(format!("`{name}` is no list"))),
            _ => Ok(()),
        }
    }

    fn list(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let items = self.value(name).and_then(json::elements);
        items.unwrap_or_default().into_iter().map(RawValue::get)
    }
}

fn word(value: &str) -> Option<String> {
    let text = json::text(value).or_else(|| json::is_number(value).then_some(value.into()))?;
    match text.char_indices().nth(LONGEST_TEXT) {
        _ if text.is_empty() => None,
        Some((end, _)) => Some(format!("{}…", &text[..end])),
        None => Some(text.into_owned()),
    }
}

fn id(value: &str) -> Option<String> {
    let id = if value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.to_owned()
    } else {
        json::exact_text(value)?
    };
    let is_id = !id.is_empty() && id != "0" && id.len() <= LONGEST_ID;
    (is_id && !id.contains(char::is_control)).then_some(id)
}

/// A payload that must be there.
pub(crate) fn required(payload: Option<&RawValue>) -> Result<&RawValue, Malformed> {
    payload.ok_or_else(|| Malformed("no payload".to_owned()))
}

/// Reads a payload that must be there.
pub(crate) fn read_payload<T>(
    payload: Option<&RawValue>,
    read: impl Fn(&Row<'_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    read(&Row::parse(required(payload)?.get())?)
}

/// Reads a payload and keeps its text; `None` for a null payload.
pub(crate) fn fetch_payload<T>(
    payload: Option<&RawValue>,
    read: impl Fn(&Row<'_>) -> Result<T, Malformed>,
) -> Result<Option<Fetched<T>>, Malformed> {
    let fetch = |json: &RawValue| {
        Ok(Fetched {
            value: read(&Row::parse(json.get())?)?,
            raw: json.get().to_owned(),
        })
    };
    payload.map(fetch).transpose()
}

/// A list on the wire: untouched rows, so that a bad one costs only itself.
#[derive(Default)]
pub(crate) struct List<'a> {
    rows: Vec<&'a RawValue>,
    pub(crate) total: u64,
}

impl<'a> List<'a> {
    /// Reads `{total: 1, rows: […]}` under the given names; a null list is empty. A total that counts rows on this page, which begins after
    /// `rows_before` of them, is not believed without a list.
    pub(crate) fn open(
        payload: &'a RawValue,
        (rows_name, total_name): (&str, &str),
        rows_before: u64,
    ) -> Result<Self, Malformed> {
        let fields = Row::parse(payload.get())
            .map_err(|_| Malformed("the payload is no object".to_owned()))?;
        let rows = fields
            .value(rows_name)
            .map(|rows| {
                json::elements(rows).ok_or_else(|| Malformed(format!("`{rows_name}` is no list")))
            })
            .transpose()?;
        let has_rows = rows.as_ref().is_some_and(|rows| !rows.is_empty());
        let total = match fields.integer(total_name) {
            Some(total) => u64::try_from(total).ok(),
            None if has_rows || fields.payload(total_name).is_some() => None,
            None => fields.names(rows_name).then_some(0),
        };
        let total =
            total.ok_or_else(|| Malformed(format!("`{total_name}` is missing or no count")))?;
        if rows.is_none() && total > rows_before {
            return Err(Malformed(format!("`{rows_name}` is missing")));
        }
        Ok(Self {
            rows: rows.unwrap_or_default(),
            total,
        })
    }

    /// Reads row by row.
    pub(crate) fn read<T>(&self, read: impl Fn(&Row<'_>) -> Result<T, Malformed>) -> Rows<T> {
        let mut rows = Rows {
            readable: Vec::new(),
            unreadable: Vec::new(),
            total: self.total,
        };
        for json in &self.rows {
            let raw = json.get().to_owned();
            match Row::parse(json.get()).and_then(|row| read(&row)) {
                Ok(value) => rows.readable.push(Fetched { value, raw }),
                Err(Malformed(reason)) => rows.unreadable.push(Unreadable { raw, reason }),
            }
        }
        rows
    }
}

/// The rows of a list, read.
pub(crate) struct Rows<T> {
    pub(crate) readable: Vec<Fetched<T>>,
    pub(crate) unreadable: Vec<Unreadable>,
    pub(crate) total: u64,
}

impl<T> From<Answer<Rows<T>>> for Page<T> {
    fn from(Answer { value, server_time }: Answer<Rows<T>>) -> Self {
        Self {
            rows: value.readable,
            unreadable: value.unreadable,
            total: value.total,
            server_time,
        }
    }
}
