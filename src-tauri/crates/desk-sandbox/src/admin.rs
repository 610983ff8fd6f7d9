//! The admin routes: JSON in, JSON out. Served only where [`crate::SandboxOptions::admin`] says so.
//!
//! Every route calls the method of [`crate::Sandbox`] that tests use; `shop_id` may be of either dialect.
//!
//! | route | body |
//! |---|---|
//! | `GET /admin/clock` | answers `now`, `offset_seconds` |
//! | `POST /admin/clock` | `offset_seconds` or `now` |
//! | `POST /admin/lag` | `seconds` until a changed order shows in lists |
//! | `GET /admin/orders?shop_id=` | answers `orders[{order_sn, updated_at, status}]` |
//! | `POST /admin/orders` | `shop_id`, `action` add (`count` of them, at one time), change (`silently`: the update time stays) or remove, `order_sn`, `status`, `ship_by`, `quantity`; answers `order_sn` |
//! | `POST /admin/products` | `shop_id`, `action` add, change (default) or remove, `product_id`, `status`, `stock`, `price`; answers `product_id` |
//! | `POST /admin/activities` | `shop_id`, `action` add (`type` 2, 13, 27 or 100) or remove, `activity_id`; answers `activity_id` |
//! | `POST /admin/tokens` | `shop_id`, `action` expire, revoke, renew or lifetime (with `seconds`), `dialect` guide or open_platform (default both); answers the shop's tokens |
//! | `POST /admin/scopes` | `shop_id`, `drop[]`, `grant[]` |
//! | `POST /admin/shops` | `shop_id`, `mall_type` local, semi or full |
//! | `POST /admin/faults` | one fault or a list, see below; `times` (default 1), `path`; a list replaces all |
//! | `POST /admin/paging` | one lie or a list: `kind` total (`off_by`), empty_page or repeated_page (`page`), endless_last_page, page_cap (`pages`), row_cap or page_size_cap (`rows`); `times` (default for ever), `path`; a list replaces all |
//! | `GET /admin/log` | answers the count of API calls by name |
//! | `GET /admin/calls` | answers `calls[{name, at, arrived_ms}]`, the latest 10,000, oldest first |
//!
//! Faults by `kind`, each with its own fields; [`crate::FaultKind`] and [`crate::WireFault`] say what they do:
//!
//! | kind | fields |
//! |---|---|
//! | status (default) | `status`, `retry_after` |
//! | business_error | `code` |
//! | ip_not_allowed, login_page, invalid_utf8, malformed, empty, byte_order_mark, answer_lost | |
//! | foreign | `status`, `headers{}`, `body` |
//! | redirect | `location` |
//! | nested | `depth`; with `before` within the right answer, else instead of it |
//! | duplicate_key | `before`: the name of the field |
//! | insert | `before`: the name of the field, `text` |
//! | date | `text`; without it the header is missing |
//! | delay_ms | `delay_ms` |
//! | reset_before_answer, reset_in_body, stall_before_answer, stall_in_body | |
//! | trickle | `delay_ms` after each byte (default 1,000) |
//! | content_length_too_long, content_length_too_short, chunked_cut | |
//! | gzip_bomb | `megabytes` |
//! | long_body | `megabytes`, `declared` (default true) |

mod access;
mod faults;
mod records;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use self::access::{alter_scopes, alter_shop, alter_token};
use self::faults::{set_faults, set_paging_lies};
use self::records::{alter_activity, alter_order, alter_product, orders};
use crate::http::{Request, Response};
use crate::sandbox::Sandbox;

/// Answers `/admin/…` at `now` of the caller's clock.
pub(crate) fn handle(sandbox: &Sandbox, request: &Request, now: i64) -> Response {
    let answer = match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/admin/clock") => Ok(clock(sandbox, now)),
        ("POST", "/admin/clock") => read(request).map(|body| set_clock(sandbox, &body, now)),
        ("GET", "/admin/orders") => orders(sandbox, request),
        ("POST", "/admin/orders") => {
            read(request).and_then(|body| alter_order(sandbox, &body, now))
        }
        ("POST", "/admin/products") => {
            read(request).and_then(|body| alter_product(sandbox, &body, now))
        }
        ("POST", "/admin/activities") => {
            read(request).and_then(|body| alter_activity(sandbox, &body, now))
        }
        ("POST", "/admin/lag") => read(request).map(|body| set_lag(sandbox, &body)),
        ("POST", "/admin/tokens") => {
            read(request).and_then(|body| alter_token(sandbox, &body, now))
        }
        ("POST", "/admin/scopes") => read(request).and_then(|body| alter_scopes(sandbox, &body)),
        ("POST", "/admin/shops") => read(request).and_then(|body| alter_shop(sandbox, &body)),
        ("POST", "/admin/faults") => read(request).and_then(|body| set_faults(sandbox, body)),
        ("POST", "/admin/paging") => read(request).and_then(|body| set_paging_lies(sandbox, body)),
        ("GET", "/admin/calls") => Ok(json!({"calls": sandbox.api_calls()})),
        ("GET", "/admin/log") => Ok(sandbox
            .calls()
            .into_iter()
            .map(|(name, count)| (name, json!(count)))
            .collect()),
        _ => return Response::text(404, "not found"),
    };
    match answer {
        Ok(value) => Response::json(200, &value),
        Err(message) => Response::json(400, &json!({"error": message})),
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, String> {
    serde_json::from_slice(&request.body).map_err(|error| error.to_string())
}

fn text(error: impl ToString) -> String {
    error.to_string()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockBody {
    offset_seconds: Option<i64>,
    now: Option<i64>,
}

fn clock(sandbox: &Sandbox, now: i64) -> Value {
    let server_now = sandbox.state().server_time(now);
    json!({"now": server_now, "offset_seconds": server_now - now})
}

fn set_clock(sandbox: &Sandbox, body: &ClockBody, now: i64) -> Value {
    let offset = body.now.map(|wanted| wanted - now).or(body.offset_seconds);
    sandbox.set_clock_offset(offset.unwrap_or_default());
    clock(sandbox, now)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LagBody {
    seconds: i64,
}

fn set_lag(sandbox: &Sandbox, body: &LagBody) -> Value {
    sandbox.set_visibility_lag(body.seconds);
    json!({"seconds": body.seconds})
}

/// An id or a status, as a number or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Number(i64),
    Text(String),
}

impl Loose {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}
