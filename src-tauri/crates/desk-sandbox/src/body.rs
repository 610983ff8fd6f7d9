//! Reads a request body as a flat JSON object without losing what a signature needs: number text and inner key order.
//!
//! A body may be spaced or `\u`-escaped; what is signed is the parsed JSON written compactly (open platform §2.1).

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// How text that sources disagree about enters the signed text (open platform §2.1).
#[derive(Clone, Copy)]
pub(crate) struct SignedForm {
    /// Strings as their JSON escape without the outer quotes, instead of as they are.
    pub(crate) escaped_strings: bool,
    /// A null field as the text `null`, instead of leaving it out.
    pub(crate) written_nulls: bool,
}

impl SignedForm {
    pub(crate) const PLAIN: Self = Self {
        escaped_strings: false,
        written_nulls: false,
    };
}

/// The top-level fields of a body: names, and values as compact JSON.
pub(crate) struct Body {
    fields: Vec<(String, String)>,
}

impl Body {
    /// None when the bytes are not one JSON object.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let RawObject(raw) = serde_json::from_slice(bytes).ok()?;
        let mut fields: Vec<(String, String)> = Vec::with_capacity(raw.len());
        for (name, value) in raw {
            let value = compact(value.get())?;
            match fields.iter_mut().find(|(known, _)| *known == name) {
                // Of two `sign` keys the platform takes the first; of any other name the last.
                Some(_) if name == "sign" => {}
                Some(known) => known.1 = value,
                None => fields.push((name, value)),
            }
        }
        Some(Self { fields })
    }

    /// `name1value1name2value2…`, sorted by name, without `sign`.
    pub(crate) fn signed_text(&self, form: SignedForm) -> String {
        let mut fields: Vec<_> = self
            .fields
            .iter()
            .filter(|(name, _)| name != "sign")
            .collect();
        fields.sort_by(|left, right| left.0.as_bytes().cmp(right.0.as_bytes()));
        let mut text = String::new();
        for (name, value) in fields {
            if value == "null" && !form.written_nulls {
                continue;
            }
            text.push_str(name);
            match value
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
            {
                Some(escaped) if form.escaped_strings => text.push_str(escaped),
                Some(_) => {
                    text.push_str(&serde_json::from_str::<String>(value).unwrap_or_default())
                }
                None => text.push_str(value),
            }
        }
        text
    }

    /// The fields as values, for reading parameters.
    pub(crate) fn parameters(&self) -> Parameters {
        let parse = |text: &String| serde_json::from_str(text).unwrap_or(Value::Null);
        Parameters(
            self.fields
                .iter()
                .map(|(name, value)| (name.clone(), parse(value)))
                .collect(),
        )
    }
}

/// A JSON object in the order it came, values untouched.
struct RawObject(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for RawObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = RawObject;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawObject, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(RawObject(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// Valid JSON without white space between tokens and without needless escapes; None for a lone surrogate.
fn compact(json: &str) -> Option<String> {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' {
            string_length(rest)?
        } else {
            first.len_utf8()
        };
        let (token, tail) = rest.split_at(length);
        if first == '"' {
            let string: String = serde_json::from_str(token).ok()?;
            text.push_str(&serde_json::to_string(&string).ok()?);
        } else if !first.is_ascii_whitespace() {
            text.push_str(token);
        }
        rest = tail;
    }
    Some(text)
}

/// The length of the JSON string that `json` starts with, quotes included.
fn string_length(json: &str) -> Option<usize> {
    let mut escaped = false;
    for (position, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(position + 1),
            _ => {}
        }
    }
    None
}

/// A parameter of another JSON type than the documented one.
#[derive(Debug)]
pub(crate) struct WrongType {
    /// Field path, such as `parentOrderSnList[0]`.
    pub(crate) path: String,
    pub(crate) expected: &'static str,
}

/// Typed access to parameters. Null counts as absent; unknown names are nobody's business.
pub(crate) struct Parameters(Map<String, Value>);

impl Parameters {
    fn get<T>(
        &self,
        name: &str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, WrongType> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| WrongType {
                path: name.to_owned(),
                expected,
            }),
        }
    }

    fn list<T>(
        &self,
        name: &str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<Vec<T>>, WrongType> {
        let Some(values) = self.get(name, "ARRAY", |value| value.as_array().cloned())? else {
            return Ok(None);
        };
        let wrong = |index: usize| WrongType {
            path: format!("{name}[{index}]"),
            expected,
        };
        let items: Result<Vec<T>, WrongType> = values
            .iter()
            .enumerate()
            .map(|(index, value)| read(value).ok_or_else(|| wrong(index)))
            .collect();
        items.map(Some)
    }

    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, WrongType> {
        self.get(name, "INTEGER", Value::as_i64)
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, WrongType> {
        self.get(name, "STRING", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn boolean(&self, name: &str) -> Result<Option<bool>, WrongType> {
        self.get(name, "BOOLEAN", Value::as_bool)
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, WrongType> {
        self.list(name, "STRING", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn integers(&self, name: &str) -> Result<Option<Vec<i64>>, WrongType> {
        self.list(name, "INTEGER", Value::as_i64)
    }

    /// A number that may also come as a string of digits (`timestamp`).
    pub(crate) fn loose_integer(&self, name: &str) -> Result<Option<i64>, WrongType> {
        let read = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
        self.get(name, "INTEGER", read)
    }
}
