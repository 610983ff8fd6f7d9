//! The request and the response that the core works with; no server needed.

use std::time::{Duration, UNIX_EPOCH};

use serde::Serialize;
use serde_json::Value;

use crate::fault::WireFault;

/// What a client sent.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Upper-case HTTP method.
    pub method: String,
    /// Absolute path, percent-encoded, without the query.
    pub path: String,
    /// Raw query string without `?`; empty when absent.
    pub query: String,
    /// Raw body.
    pub body: Vec<u8>,
    /// When it arrived, in milliseconds of any clock that only moves forward; kept for [`crate::Sandbox::arrivals`].
    pub arrived_ms: u64,
}

impl Request {
    /// A `GET` of a path with an optional `?query`.
    pub fn get(path_and_query: &str) -> Self {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        Self {
            method: "GET".into(),
            path: path.into(),
            query: query.into(),
            ..Self::default()
        }
    }

    /// A `POST` of a body to a path with an optional `?query`.
    pub fn post(path_and_query: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            method: "POST".into(),
            body: body.into(),
            ..Self::get(path_and_query)
        }
    }

    /// The first query value of that name, decoded.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        form_values(self.query.as_bytes(), name).into_iter().next()
    }
}

/// All values of a name in `application/x-www-form-urlencoded` text.
pub(crate) fn form_values(text: &[u8], name: &str) -> Vec<String> {
    url::form_urlencoded::parse(text)
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .collect()
}

/// What the stand-in answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// HTTP status code.
    pub status: u16,
    /// Header names (lower case) and values; carries `date`, unless a fault took it away.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// How long the caller should hold this answer back, in milliseconds (a `Delay` fault; else 0).
    pub delay_ms: u64,
    /// How the connection misbehaves (a `Wire` fault). The `server` module does it; a transport without a connection
    /// may take any as a broken one.
    pub wire: Option<WireFault>,
}

impl Response {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self {
            status,
            headers,
            body: body.into(),
            delay_ms: 0,
            wire: None,
        }
    }

    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json", value.to_string())
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text)
    }

    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Stamps the server's own time (unix seconds) as `Date`, unless a fault has set another; an empty one is left out.
    pub(crate) fn dated(mut self, now: i64) -> Self {
        if self.header("date").is_some() {
            self.headers
                .retain(|(name, value)| name != "date" || !value.is_empty());
            return self;
        }
        let since_epoch = Duration::from_secs(u64::try_from(now).unwrap_or_default());
        self.with_header("date", httpdate::fmt_http_date(UNIX_EPOCH + since_epoch))
    }
}

/// JSON of a row of ours, which cannot fail.
pub(crate) fn json_text(row: &impl Serialize) -> String {
    serde_json::to_string(row).unwrap_or_default()
}

/// The same to work with.
pub(crate) fn json_value(row: &impl Serialize) -> Value {
    serde_json::to_value(row).unwrap_or_default()
}

/// A business error: the request was understood as HTTP and refused inside the envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
