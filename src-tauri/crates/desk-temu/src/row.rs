//! Reads the platforms' JSON as it really comes: ids as text or number, unset as null, 0 or absent, optional fields oddly typed.

use std::{borrow::Cow, collections::HashMap};

use desk_model::{Currency, Fetched, Money, Page, UnixSeconds, Unreadable};
use serde_json::{Map, Value, value::RawValue};

use crate::call::Answer;

/// The last second of the year 9999: a larger number is no time in seconds.
const LATEST_SECOND: i64 = 253_402_300_799;

/// Why JSON is not what was expected: field names and kinds, no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) String);

/// A JSON object.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a>(&'a Map<String, Value>);

impl<'a> Row<'a> {
    fn of(value: &'a Value) -> Result<Self, Malformed> {
        value
            .as_object()
            .map(Self)
            .ok_or_else(|| Malformed("not an object".to_owned()))
    }

    /// A piece of text that is there; a number counts as its text.
    pub(crate) fn text(self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// An id: text or a whole number, and not 0.
    pub(crate) fn id(self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if !text.is_empty() && text != "0" => Some(text.clone()),
            Value::Number(number) if !number.is_f64() && number.as_u64() != Some(0) => {
                Some(number.to_string())
            }
            _ => None,
        }
    }

    pub(crate) fn required_id(self, name: &str) -> Result<String, Malformed> {
        self.id(name)
            .ok_or_else(|| Malformed(format!("`{name}` is missing or no id")))
    }

    /// A whole number, or its text.
    pub(crate) fn integer(self, name: &str) -> Option<i64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A number of pieces: never negative.
    pub(crate) fn required_count(self, name: &str) -> Result<i64, Malformed> {
        match self.integer(name) {
            Some(count) if count >= 0 => Ok(count),
            Some(_) => Err(Malformed(format!("`{name}` is negative"))),
            None => Err(Malformed(format!("`{name}` is missing or no whole number"))),
        }
    }

    /// A number of pieces, if it is one.
    pub(crate) fn count(self, name: &str) -> Option<i64> {
        self.integer(name).filter(|count| *count >= 0)
    }

    /// Seconds since the epoch; null, 0 and what is no time are unset.
    pub(crate) fn seconds(self, name: &str) -> Option<UnixSeconds> {
        self.integer(name)
            .filter(|seconds| (1..=LATEST_SECOND).contains(seconds))
            .map(UnixSeconds)
    }

    pub(crate) fn required_seconds(self, name: &str) -> Result<UnixSeconds, Malformed> {
        self.seconds(name)
            .ok_or_else(|| Malformed(format!("`{name}` is missing or no time")))
    }

    /// Milliseconds since the epoch.
    pub(crate) fn milliseconds(self, name: &str) -> Option<UnixSeconds> {
        let seconds = self.integer(name)? / 1000;
        (1..=LATEST_SECOND)
            .contains(&seconds)
            .then_some(UnixSeconds(seconds))
    }

    /// True, or 1.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.0
            .get(name)
            .and_then(Value::as_bool)
            .unwrap_or_else(|| self.integer(name) == Some(1))
    }

    pub(crate) fn currency(self, name: &str) -> Option<Currency> {
        Currency::new(self.0.get(name)?.as_str()?).ok()
    }

    /// Minor units in a currency told elsewhere.
    pub(crate) fn minor(self, name: &str, currency: Option<&Currency>) -> Option<Money> {
        Some(Money::new(self.integer(name)?, currency?.clone()))
    }

    /// A decimal in a currency told elsewhere.
    pub(crate) fn decimal(self, name: &str, currency: Option<&Currency>) -> Option<Money> {
        Money::from_decimal(&self.text(name)?, currency?.clone()).ok()
    }

    pub(crate) fn object(self, name: &str) -> Option<Row<'a>> {
        self.0.get(name)?.as_object().map(Row)
    }

    /// A list of objects: missing and null are empty, anything else is not readable.
    pub(crate) fn objects(self, name: &str) -> Result<Vec<Row<'a>>, Malformed> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                let rows: Result<Vec<_>, _> = items.iter().map(Row::of).collect();
                rows.map_err(|_| Malformed(format!("`{name}` holds something else than objects")))
            }
            Some(_) => Err(Malformed(format!("`{name}` is no list"))),
        }
    }

    /// A list of ids or words; what is none is left out.
    pub(crate) fn texts(self, name: &str) -> Vec<String> {
        let items = self
            .0
            .get(name)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let text = |item: &Value| match item {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if !number.is_f64() => Some(number.to_string()),
            _ => None,
        };
        items.iter().filter_map(text).collect()
    }
}

/// Parses JSON text and reads it as one object.
pub(crate) fn read_object<T>(
    json: &RawValue,
    read: impl Fn(Row<'_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    let value: Value = serde_json::from_str(json.get())
        .map_err(|error| Malformed(format!("no readable JSON: {error}")))?;
    read(Row::of(&value)?)
}

/// As [`read_object`], for a payload that must be there.
pub(crate) fn read_payload<T>(
    payload: Option<&RawValue>,
    read: impl Fn(Row<'_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    read_object(
        payload.ok_or_else(|| Malformed("no payload".to_owned()))?,
        read,
    )
}

/// As [`read_object`], with the text; `None` for a null payload.
pub(crate) fn fetch_payload<T>(
    payload: Option<&RawValue>,
    read: impl Fn(Row<'_>) -> Result<T, Malformed>,
) -> Result<Option<Fetched<T>>, Malformed> {
    let fetch = |json: &RawValue| {
        Ok(Fetched {
            value: read_object(json, read)?,
            raw: json.get().to_owned(),
        })
    };
    payload.map(fetch).transpose()
}

/// A list on the wire: untouched rows, so that a bad one costs only itself.
pub(crate) struct List<'a> {
    rows: Vec<&'a RawValue>,
    pub(crate) total: u64,
}

impl<'a> List<'a> {
    /// Reads `{total: 1, rows: […]}` under the given names; a null payload or list is empty.
    pub(crate) fn open(
        payload: Option<&'a RawValue>,
        rows_name: &str,
        total_name: &str,
    ) -> Result<Self, Malformed> {
        let Some(payload) = payload else {
            return Ok(Self {
                rows: Vec::new(),
                total: 0,
            });
        };
        let fields: HashMap<Cow<'a, str>, &'a RawValue> = serde_json::from_str(payload.get())
            .map_err(|_| Malformed("the payload is no object".to_owned()))?;
        let rows: Option<Vec<&'a RawValue>> = match fields.get(rows_name) {
            Some(rows) => serde_json::from_str(rows.get())
                .map_err(|_| Malformed(format!("`{rows_name}` is no list")))?,
            None => None,
        };
        let rows = rows.unwrap_or_default();
        let total = fields
            .get(total_name)
            .and_then(|total| total.get().trim_matches('"').parse().ok());
        match total {
            Some(total) => Ok(Self { rows, total }),
            None if rows.is_empty() => Ok(Self { rows, total: 0 }),
            None => Err(Malformed(format!("`{total_name}` is missing or no count"))),
        }
    }

    /// Reads row by row.
    pub(crate) fn read<T>(&self, read: impl Fn(Row<'_>) -> Result<T, Malformed>) -> Rows<T> {
        let mut rows = Rows {
            readable: Vec::new(),
            unreadable: Vec::new(),
            total: self.total,
        };
        for json in &self.rows {
            let raw = json.get().to_owned();
            match read_object(json, &read) {
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
    unreadable: Vec<Unreadable>,
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
