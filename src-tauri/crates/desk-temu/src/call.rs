//! One call on its way out and its answer on the way in, as both wires share them.

use std::{collections::BTreeMap, fmt::Write as _};

use desk_model::{Secret, UnixSeconds};
use serde_json::{Value, value::RawValue};

use crate::credentials::Priority;

/// What is asked, before common fields, time and signature are added.
pub(crate) struct Call<'a> {
    /// Endpoint of the guide, `type` of the open platform.
    pub(crate) endpoint: &'static str,
    /// Its own fields.
    pub(crate) fields: Fields,
    pub(crate) access_token: Option<&'a Secret>,
    pub(crate) priority: Priority,
}

impl Call<'_> {
    /// What must not show up in an error.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.access_token.into_iter().chain(self.fields.secrets())
    }
}

/// The fields of a body: each value is serialised once, signed and sent as the same text.
#[derive(Clone, Default)]
pub(crate) struct Fields(BTreeMap<&'static str, Field>);

#[derive(Clone)]
enum Field {
    Text(String),
    Secret(Secret),
    /// Compact JSON of anything but a string.
    Json(String),
}

impl Fields {
    /// Fields by name; a null takes no part.
    pub(crate) fn new<const N: usize>(fields: [(&'static str, Value); N]) -> Self {
        let mut all = Self::default();
        for (name, value) in fields {
            all.set(name, value);
        }
        all
    }

    /// Sets a field; a null takes no part.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        let field = match value.into() {
            Value::Null => return,
            Value::String(text) => Field::Text(text),
            other => Field::Json(other.to_string()),
        };
        self.0.insert(name, field);
    }

    pub(crate) fn set_secret(&mut self, name: &'static str, value: &Secret) {
        self.0.insert(name, Field::Secret(value.clone()));
    }

    /// Sets JSON whose inner order must stay.
    #[cfg(test)]
    pub(crate) fn set_raw(&mut self, name: &'static str, json: &str) {
        self.0.insert(name, Field::Json(json.to_owned()));
    }

    fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.0.values().filter_map(|field| match field {
            Field::Secret(secret) => Some(secret),
            Field::Text(_) | Field::Json(_) => None,
        })
    }

    /// `name1value1name2value2…` in byte order of the names: what is signed.
    pub(crate) fn joined(&self) -> String {
        let mut joined = String::new();
        for (name, field) in &self.0 {
            joined.push_str(name);
            joined.push_str(match field {
                Field::Text(text) | Field::Json(text) => text,
                Field::Secret(secret) => secret.expose(),
            });
        }
        joined
    }

    /// The body to send.
    pub(crate) fn into_body(mut self, sign: String) -> Vec<u8> {
        self.0.insert("sign", Field::Text(sign));
        let mut body = String::from("{");
        for (name, field) in &self.0 {
            let separator = if body.len() > 1 { "," } else { "" };
            let value = match field {
                Field::Text(text) => Value::from(text.as_str()).to_string(),
                Field::Secret(secret) => Value::from(secret.expose()).to_string(),
                Field::Json(json) => json.clone(),
            };
            // Writing to a String cannot fail.
            let _ = write!(body, "{separator}\"{name}\":{value}");
        }
        body.push('}');
        body.into_bytes()
    }
}

/// The outer object of an answer.
pub(crate) struct Envelope<'a> {
    /// The payload (`data`, `result`), or what the platform refuses.
    pub(crate) outcome: Result<Option<&'a RawValue>, Refusal>,
    pub(crate) request_id: Option<String>,
}

/// A business error.
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) message: String,
}

/// A payload that could be read, and when the server answered.
pub(crate) struct Answer<T> {
    pub(crate) value: T,
    pub(crate) server_time: UnixSeconds,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_signed_is_what_is_sent() {
        let mut fields = Fields::new([
            ("b", json!("a \"quoted\"\n试")),
            ("a", json!([1, "x"])),
            ("none", Value::Null),
        ]);
        fields.set_secret("code", &Secret::new("made-up-code"));
        assert_eq!(
            fields.joined(),
            "a[1,\"x\"]ba \"quoted\"\n试codemade-up-code"
        );
        let body: Value = serde_json::from_slice(&fields.into_body("SIGN".into())).unwrap();
        assert_eq!(
            body,
            json!({"a": [1, "x"], "b": "a \"quoted\"\n试", "code": "made-up-code", "sign": "SIGN"})
        );
    }
}
