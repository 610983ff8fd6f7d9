//! The guide dialect: envelope, checks in their order, and which read answers which endpoint.

mod oauth;
mod order_row;
mod reads;

use serde_json::json;

use self::order_row::OrderRow;
use crate::body::{Body, Parameters, WrongType};
use crate::http::{Refusal, Request, Response, json_value};
use crate::log::ApiCall;
use crate::signature::guide_accepts;
use crate::state::State;
use crate::tokens::Invalid;
use crate::view::View;
use crate::{Dialect, Truth};

const SIGNATURE_INVALID: i64 = 1001;
const TOKEN_INVALID: i64 = 1002;
const PARAMETER_INVALID: i64 = 1003;
const ORDER_NOT_FOUND: i64 = 2001;
/// Seconds that a timestamp may be off.
const CLOCK_TOLERANCE: u64 = 300;

const ENDPOINTS: [&str; 6] = [
    "/order/list",
    "/order/detail",
    "/product/list",
    "/activity/list",
    "/shop/info",
    "/oauth/token",
];

pub(crate) fn is_endpoint(path: &str) -> bool {
    ENDPOINTS.contains(&path)
}

/// Answers a `POST` to one of the endpoints.
pub(crate) fn handle(state: &mut State, path: &str, request: &Request, now: i64) -> Response {
    let endpoint = path.trim_start_matches('/');
    let call = ApiCall {
        name: endpoint.to_owned(),
        at: now,
        arrived_ms: request.arrived_ms,
    };
    state.call(Dialect::Guide, call, |state| {
        match answer(state, endpoint, &request.body, now) {
            Ok(data) => {
                let request_id = state.next_request_id("guide");
                let envelope = format!(
                    r#"{{"error_code":0,"error_msg":"","request_id":"{request_id}","data":{data}}}"#
                );
                Response::new(200, "application/json", envelope)
            }
            Err(refusal) => refused(state, refusal.code, &refusal.message),
        }
    })
}

/// The envelope of a business error.
pub(crate) fn refused(state: &mut State, code: i64, message: &str) -> Response {
    let request_id = state.next_request_id("guide");
    Response::json(
        200,
        &json!({"error_code": code, "error_msg": message, "request_id": request_id}),
    )
}

/// All records of a shop as the reads serve them.
pub(crate) fn truth(view: &View<'_>) -> Truth {
    Truth {
        orders: view
            .records
            .updated_in(i64::MIN, i64::MAX)
            .map(|order| json_value(&OrderRow::new(view, order)))
            .collect(),
        products: view
            .records
            .listed_products()
            .map(|product| reads::product(view, product))
            .collect(),
        activities: view
            .records
            .activities
            .iter()
            .map(|activity| reads::activity(view, activity))
            .collect(),
    }
}

/// The `data` of the envelope, as JSON.
fn answer(state: &mut State, endpoint: &str, body: &[u8], now: i64) -> Result<String, Refusal> {
    let body = Body::parse(body).ok_or_else(|| invalid("the body is not a JSON object"))?;
    let parameters = body.parameters();
    check_signature(state, &body, &parameters)?;
    check_timestamp(&parameters, now)?;
    if endpoint == "oauth/token" {
        return oauth::token(state, &parameters, now).map(|token| token.to_string());
    }
    let token = required("access_token", parameters.text("access_token"))?;
    let grant = state
        .tokens
        .check(Dialect::Guide, &token, now)
        .map_err(token_refusal)?;
    let (shop, expires_at) = (grant.shop, grant.expires_at);
    if endpoint != "shop/info" && !state.shops[shop].scopes.contains(endpoint) {
        return Err(invalid(format!("access_token lacks scope {endpoint}")));
    }
    let view = View {
        call: endpoint,
        ..state.open(shop, now)
    };
    match endpoint {
        "order/list" => reads::orders(&view, &parameters),
        "order/detail" => reads::order_detail(&view, &parameters),
        "product/list" => reads::products(&view, &parameters),
        "activity/list" => reads::activities(&view, &parameters),
        _ => Ok(reads::shop_info(view.shop, expires_at).to_string()),
    }
}

fn check_signature(state: &State, body: &Body, parameters: &Parameters) -> Result<(), Refusal> {
    let known_app =
        parameters.text("app_key").ok().flatten() == Some(state.app_key(Dialect::Guide));
    let sign = parameters.text("sign").ok().flatten().unwrap_or_default();
    if known_app && guide_accepts(body, &state.app_secret(Dialect::Guide), &sign) {
        return Ok(());
    }
    Err(Refusal::new(SIGNATURE_INVALID, "signature invalid"))
}

fn check_timestamp(parameters: &Parameters, now: i64) -> Result<(), Refusal> {
    let timestamp = required("timestamp", parameters.loose_integer("timestamp"))?;
    if timestamp.abs_diff(now) > CLOCK_TOLERANCE {
        return Err(invalid("timestamp is more than 300 s off"));
    }
    Ok(())
}

fn token_refusal(reason: Invalid) -> Refusal {
    Refusal::new(
        TOKEN_INVALID,
        format!("access_token {}", reason_word(reason)),
    )
}

fn reason_word(reason: Invalid) -> &'static str {
    match reason {
        Invalid::Unknown => "unknown",
        Invalid::Expired => "expired",
        Invalid::Revoked | Invalid::Superseded => "revoked",
    }
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(PARAMETER_INVALID, message)
}

fn optional<T>(read: Result<Option<T>, WrongType>) -> Result<Option<T>, Refusal> {
    read.map_err(|wrong| invalid(format!("{} is not of type {}", wrong.path, wrong.expected)))
}

fn required<T>(name: &str, read: Result<Option<T>, WrongType>) -> Result<T, Refusal> {
    optional(read)?.ok_or_else(|| invalid(format!("{name} is missing")))
}
