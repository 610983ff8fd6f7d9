//! The admin routes: JSON in, JSON out. Served only where [`crate::SandboxOptions::admin`] says so.
//!
//! Every route calls the method of [`crate::Sandbox`] that tests use; `shop_id` may be of either dialect.
//!
//! | route | body |
//! |---|---|
//! | `GET /admin/clock` | answers `now`, `offset_seconds` |
//! | `POST /admin/clock` | `offset_seconds` or `now` |
//! | `GET /admin/orders?shop_id=` | answers `orders[{order_sn, updated_at, status}]` |
//! | `POST /admin/orders` | `shop_id`, `action` add, change or remove, `order_sn`, `status`, `ship_by`, `quantity`; answers `order_sn` |
//! | `POST /admin/products` | `shop_id`, `product_id`, `status`, `stock`, `price` |
//! | `POST /admin/tokens` | `shop_id`, `action` expire, revoke, renew or lifetime (with `seconds`), `dialect` guide or open_platform (default both); answers the shop's tokens |
//! | `POST /admin/scopes` | `shop_id`, `drop[]`, `grant[]` |
//! | `POST /admin/shops` | `shop_id`, `mall_type` local, semi or full |
//! | `POST /admin/faults` | one fault or a list: `kind` status, business_error, ip_not_allowed, malformed, empty, delay_ms or answer_lost; `times`, `path`, `status`, `retry_after`, `code`, `delay_ms`; a list replaces all |
//! | `GET /admin/log` | answers the count of API calls by name |

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::alter::{OrderChange, ProductChange};
use crate::fault::{Fault, FaultKind};
use crate::http::{Request, Response};
use crate::sandbox::{Dialect, Sandbox};
use crate::world::MallType;
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
        ("POST", "/admin/tokens") => {
            read(request).and_then(|body| alter_token(sandbox, &body, now))
        }
        ("POST", "/admin/scopes") => read(request).and_then(|body| alter_scopes(sandbox, &body)),
        ("POST", "/admin/shops") => read(request).and_then(|body| alter_shop(sandbox, &body)),
        ("POST", "/admin/faults") => read(request).and_then(|body| set_faults(sandbox, body)),
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

fn orders(sandbox: &Sandbox, request: &Request) -> Result<Value, String> {
    let shop_id = request.query_value("shop_id").ok_or("shop_id is missing")?;
    Ok(json!({"orders": sandbox.order_digests(&shop_id).map_err(text)?}))
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderBody {
    shop_id: Loose,
    action: String,
    order_sn: Option<String>,
    status: Option<Loose>,
    ship_by: Option<i64>,
    quantity: Option<i64>,
}

fn alter_order(sandbox: &Sandbox, body: &OrderBody, now: i64) -> Result<Value, String> {
    let shop_id = body.shop_id.text();
    let status = body.status.as_ref().map(Loose::text);
    let change = OrderChange {
        status,
        ship_by: body.ship_by,
        quantity: body.quantity,
    };
    let named = || body.order_sn.clone().ok_or("order_sn is missing");
    let order_sn = match body.action.as_str() {
        "add" => sandbox.add_order(&shop_id, &change, now).map_err(text)?,
        "change" => {
            let order_sn = named()?;
            sandbox
                .change_order(&shop_id, &order_sn, &change, now)
                .map_err(text)?;
            order_sn
        }
        "remove" => {
            let order_sn = named()?;
            sandbox.remove_order(&shop_id, &order_sn).map_err(text)?;
            order_sn
        }
        _ => return Err("action is none of add, change, remove".into()),
    };
    Ok(json!({"order_sn": order_sn}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductBody {
    shop_id: Loose,
    product_id: Loose,
    status: Option<String>,
    stock: Option<i64>,
    price: Option<i64>,
}

fn alter_product(sandbox: &Sandbox, body: &ProductBody, now: i64) -> Result<Value, String> {
    let change = ProductChange {
        status: body.status.clone(),
        stock: body.stock,
        price: body.price,
    };
    let product_id = body.product_id.text();
    sandbox
        .change_product(&body.shop_id.text(), &product_id, &change, now)
        .map_err(text)?;
    Ok(json!({"product_id": product_id}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenBody {
    shop_id: Loose,
    action: String,
    dialect: Option<String>,
    seconds: Option<i64>,
}

fn alter_token(sandbox: &Sandbox, body: &TokenBody, now: i64) -> Result<Value, String> {
    let shop_id = body.shop_id.text();
    let dialects: &[Dialect] = match body.dialect.as_deref() {
        None => &[Dialect::Guide, Dialect::OpenPlatform],
        Some("guide") => &[Dialect::Guide],
        Some("open_platform") => &[Dialect::OpenPlatform],
        Some(_) => return Err("dialect is neither guide nor open_platform".into()),
    };
    for dialect in dialects {
        match body.action.as_str() {
            "expire" => sandbox
                .expire_token(*dialect, &shop_id, now)
                .map_err(text)?,
            "revoke" => sandbox.revoke_token(*dialect, &shop_id).map_err(text)?,
            "renew" => drop(sandbox.renew_token(*dialect, &shop_id, now).map_err(text)?),
            "lifetime" => {
                let seconds = body.seconds.ok_or("seconds is missing")?;
                sandbox
                    .set_token_lifetime(&shop_id, seconds, now)
                    .map_err(text)?;
            }
            _ => return Err("action is none of expire, revoke, renew, lifetime".into()),
        }
    }
    tokens(sandbox, &shop_id)
}

/// The shop's newest token of each dialect.
fn tokens(sandbox: &Sandbox, shop_id: &str) -> Result<Value, String> {
    let state = sandbox.state();
    let shop = state.find_shop(shop_id).ok_or("there is no such shop")?;
    let token = |dialect| {
        state.tokens.newest(dialect, shop).map(|grant| {
            json!({
                "access_token": grant.access_token,
                "refresh_token": grant.refresh_token,
                "expires_at": grant.expires_at,
            })
        })
    };
    Ok(json!({"guide": token(Dialect::Guide), "open_platform": token(Dialect::OpenPlatform)}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeBody {
    shop_id: Loose,
    #[serde(default)]
    drop: Vec<String>,
    #[serde(default)]
    grant: Vec<String>,
}

fn alter_scopes(sandbox: &Sandbox, body: &ScopeBody) -> Result<Value, String> {
    let shop_id = body.shop_id.text();
    for scope in &body.drop {
        sandbox.drop_scope(&shop_id, scope).map_err(text)?;
    }
    for scope in &body.grant {
        sandbox.grant_scope(&shop_id, scope).map_err(text)?;
    }
    let state = sandbox.state();
    let shop = state.find_shop(&shop_id).ok_or("there is no such shop")?;
    Ok(json!({"scopes": state.shops[shop].scopes}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShopBody {
    shop_id: Loose,
    mall_type: String,
}

fn alter_shop(sandbox: &Sandbox, body: &ShopBody) -> Result<Value, String> {
    let mall_type = match body.mall_type.as_str() {
        "local" => MallType::Local,
        "semi" => MallType::Semi,
        "full" => MallType::Full,
        _ => return Err("mall_type is none of local, semi, full".into()),
    };
    sandbox
        .set_mall_type(&body.shop_id.text(), mall_type)
        .map_err(text)?;
    Ok(json!({"mall_type": body.mall_type}))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FaultsBody {
    Many(Vec<FaultBody>),
    One(FaultBody),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultBody {
    kind: Option<String>,
    times: Option<u32>,
    path: Option<String>,
    status: Option<u16>,
    retry_after: Option<Loose>,
    code: Option<i64>,
    delay_ms: Option<u64>,
}

fn set_faults(sandbox: &Sandbox, body: FaultsBody) -> Result<Value, String> {
    let bodies = match body {
        FaultsBody::Many(bodies) => bodies,
        FaultsBody::One(body) => vec![body],
    };
    let faults = bodies.iter().map(fault).collect::<Result<Vec<_>, _>>()?;
    let count = faults.len();
    sandbox.set_faults(faults);
    Ok(json!({"faults": count}))
}

fn fault(body: &FaultBody) -> Result<Fault, String> {
    let kind = match body.kind.as_deref().unwrap_or("status") {
        "status" => FaultKind::Status {
            status: body
                .status
                .filter(|status| (200..600).contains(status))
                .ok_or("status is missing")?,
            retry_after: body.retry_after.as_ref().map(Loose::text),
        },
        "business_error" => FaultKind::BusinessError {
            code: body.code.ok_or("code is missing")?,
        },
        "ip_not_allowed" => FaultKind::IpNotAllowed,
        "malformed" => FaultKind::Malformed,
        "empty" => FaultKind::Empty,
        "delay_ms" => FaultKind::Delay {
            milliseconds: body.delay_ms.ok_or("delay_ms is missing")?,
        },
        "answer_lost" => FaultKind::AnswerLost,
        other => return Err(format!("there is no fault {other}")),
    };
    let call = body
        .path
        .as_ref()
        .map(|path| path.trim_start_matches('/').to_owned());
    Ok(Fault {
        kind,
        times: body.times.unwrap_or(1),
        call,
    })
}
