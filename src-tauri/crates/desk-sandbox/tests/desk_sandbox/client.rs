//! A small client of both dialects, and short ways to read its answers.

use desk_sandbox::{Credentials, Dialect, Request, Response, Sandbox, SandboxOptions, Size, sign};
use serde_json::{Value, json};

/// When the tests' world begins.
pub(crate) const NOW: i64 = 1_750_000_000;
pub(crate) const DAY: i64 = 86_400;
/// Both kinds of fulfilment: all orders.
pub(crate) const ALL_ORDERS: [&str; 2] = ["fulfillBySeller", "fulfillByCooperativeWarehouse"];

pub(crate) struct Client {
    pub(crate) sandbox: Sandbox,
    pub(crate) credentials: Credentials,
    pub(crate) now: i64,
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::of_size(Size {
            shops: 3,
            orders: 300,
        })
    }

    pub(crate) fn of_size(size: Size) -> Self {
        let options = SandboxOptions {
            size,
            admin: true,
            ..SandboxOptions::new(42, NOW)
        };
        let sandbox = Sandbox::new(options);
        let credentials = sandbox.credentials("http://127.0.0.1");
        Self {
            sandbox,
            credentials,
            now: NOW,
        }
    }

    pub(crate) fn guide_token(&self, shop: usize) -> String {
        self.sandbox.credentials("").guide.shops[shop]
            .access_token
            .clone()
    }

    pub(crate) fn router_token(&self, shop: usize) -> String {
        self.sandbox.credentials("").open_platform.shops[shop]
            .access_token
            .clone()
    }

    /// The body of a signed guide call.
    pub(crate) fn guide_body(&self, mut fields: Value) -> Value {
        let defaults = [
            ("app_key", json!(self.credentials.guide.app_key)),
            ("timestamp", json!(self.now)),
        ];
        fill(&mut fields, defaults);
        fields["sign"] = json!(sign(
            Dialect::Guide,
            fields.to_string().as_bytes(),
            &self.credentials.guide.app_secret
        ));
        fields
    }

    /// A signed guide call with the first shop's token unless the fields bring one.
    pub(crate) fn guide(&self, endpoint: &str, mut fields: Value) -> Value {
        if endpoint != "oauth/token" {
            fill(&mut fields, [("access_token", json!(self.guide_token(0)))]);
        }
        body(&self.post(&format!("/{endpoint}"), &self.guide_body(fields)))
    }

    /// The body of a signed router call.
    pub(crate) fn router_body(&self, call: &str, mut fields: Value) -> Value {
        let app = &self.credentials.open_platform;
        let defaults = [
            ("type", json!(call)),
            ("app_key", json!(app.app_key)),
            ("access_token", json!(self.router_token(0))),
            ("timestamp", json!(self.now.to_string())),
            ("data_type", json!("JSON")),
        ];
        fill(&mut fields, defaults);
        fields["sign"] = json!(sign(
            Dialect::OpenPlatform,
            fields.to_string().as_bytes(),
            &app.app_secret
        ));
        fields
    }

    /// A signed router call with the first shop's token unless the fields bring one.
    pub(crate) fn router(&self, call: &str, fields: Value) -> Value {
        body(&self.post("/openapi/router", &self.router_body(call, fields)))
    }

    pub(crate) fn post(&self, path: &str, fields: &Value) -> Response {
        self.sandbox
            .handle(&Request::post(path, fields.to_string()), self.now)
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.sandbox.handle(&Request::get(path), self.now)
    }
}

/// Adds what the fields do not have yet; a null stays, to leave a field out of the signature on purpose.
fn fill<const N: usize>(fields: &mut Value, defaults: [(&str, Value); N]) {
    for (name, value) in defaults {
        if fields.get(name).is_none() {
            fields[name] = value;
        }
    }
}

pub(crate) fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

/// `error_code` or `errorCode`.
pub(crate) fn code(answer: &Value) -> i64 {
    answer
        .get("error_code")
        .or_else(|| answer.get("errorCode"))
        .and_then(Value::as_i64)
        .unwrap()
}

/// `error_msg` or `errorMsg`.
pub(crate) fn message(answer: &Value) -> &str {
    answer
        .get("error_msg")
        .or_else(|| answer.get("errorMsg"))
        .and_then(Value::as_str)
        .unwrap()
}

pub(crate) fn list<'a>(answer: &'a Value, path: &str) -> &'a Vec<Value> {
    answer
        .pointer(path)
        .and_then(Value::as_array)
        .unwrap_or_else(|| panic!("no list {path} in {answer}"))
}
