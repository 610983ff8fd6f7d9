//! The open platform's router: envelope, gateway checks in their order (§5), and which call answers which `type`.

mod amounts;
mod goods;
mod orders;
mod promotion;
mod token;

use serde_json::{Value, json};

use crate::body::{Body, Parameters, WrongType};
use crate::http::{Refusal, Request, Response, json_value};
use crate::log::ApiCall;
use crate::signature::open_platform_accepts;
use crate::state::State;
use crate::tokens::Invalid;
use crate::view::View;
use crate::world::{OPEN_PLATFORM_SCOPES, Region};
use crate::{Dialect, Truth};

const SUCCESS: i64 = 1_000_000;
const BAD_PARAMETERS: i64 = 3_000_000;
const TOKEN_TYPES: [&str; 2] = ["bg.open.accesstoken.create", "bg.open.accesstoken.info.get"];
/// Seconds that a timestamp may be off.
const CLOCK_TOLERANCE: i64 = 300;

/// Answers a `POST` to the router; `region` comes from the route's prefix.
pub(crate) fn handle(
    state: &mut State,
    request: &Request,
    region: Option<Region>,
    now: i64,
) -> Response {
    let Some(body) = Body::parse(&request.body) else {
        return refused(
            state,
            prefix(region),
            BAD_PARAMETERS,
            "request body is not a JSON object",
        );
    };
    let parameters = body.parameters();
    let call = ApiCall {
        name: parameters.text("type").ok().flatten().unwrap_or_default(),
        at: now,
        arrived_ms: request.arrived_ms,
    };
    state.call(Dialect::OpenPlatform, call, |state| {
        let prefix = shop_region(state, &parameters).map_or(prefix(region), Region::prefix);
        match answer(state, &body, &parameters, region, now) {
            Ok(result) => {
                let request_id = state.next_request_id(prefix);
                let success = format!(
                    r#"{{"success":true,"errorCode":{SUCCESS},"errorMsg":"","requestId":"{request_id}","result":{result}}}"#
                );
                Response::new(200, "application/json", success)
            }
            Err(refusal) => refused(state, prefix, refusal.code, &refusal.message),
        }
    })
}

/// The envelope of an error; it has no `result` (§1.3).
pub(crate) fn refused(state: &mut State, prefix: &str, code: i64, message: &str) -> Response {
    let request_id = state.next_request_id(prefix);
    let failure =
        json!({"success": false, "errorCode": code, "errorMsg": message, "requestId": request_id});
    Response::json(200, &failure)
}

/// All records of a shop as the lists serve them.
pub(crate) fn truth(view: &View<'_>) -> Truth {
    Truth {
        orders: view
            .records
            .updated_in(i64::MIN, i64::MAX)
            .map(|order| json_value(&orders::Row::new(view, order)))
            .collect(),
        products: view
            .records
            .listed_products()
            .map(|product| goods::goods(view, product))
            .collect(),
        activities: view
            .records
            .activities
            .iter()
            .map(|row| promotion::activity(view, row))
            .collect(),
    }
}

fn prefix(region: Option<Region>) -> &'static str {
    region.unwrap_or(Region::Us).prefix()
}

fn shop_region(state: &State, parameters: &Parameters) -> Option<Region> {
    let token = parameters.text("access_token").ok()??;
    let grant = state.tokens.find(Dialect::OpenPlatform, &token).ok()?;
    Some(state.shops[grant.shop].region)
}

/// The `result` of the envelope, as JSON.
fn answer(
    state: &mut State,
    body: &Body,
    parameters: &Parameters,
    region: Option<Region>,
    now: i64,
) -> Result<String, Refusal> {
    check_signature(state, body, parameters)?;
    check_timestamp(parameters, now)?;
    check_data_type(parameters)?;
    let call = required(3_000_002, "type", parameters.text("type"))?;
    if !TOKEN_TYPES.contains(&call.as_str()) && !OPEN_PLATFORM_SCOPES.contains(&call.as_str()) {
        return Err(Refusal::new(3_000_003, format!("type not exists: {call}")));
    }
    let access_token = required(3_000_030, "access_token", parameters.text("access_token"))?;
    if call == "bg.open.accesstoken.create" {
        return token::create(state, parameters, &access_token, now).map(|token| token.to_string());
    }
    let grant = state
        .tokens
        .check(Dialect::OpenPlatform, &access_token, now)
        .map_err(token_refusal)?
        .clone();
    let shop = &state.shops[grant.shop];
    if region.is_some_and(|region| region != shop.region) {
        return Err(Refusal::new(
            3_000_033,
            "access_token and app_key do not belong to this gateway",
        ));
    }
    if call == "bg.open.accesstoken.info.get" {
        return Ok(token::info(shop, grant.expires_at).to_string());
    }
    if !shop.scopes.contains(&call) {
        return Err(Refusal::new(
            3_000_032,
            format!("access_token has no permission for {call}"),
        ));
    }
    let view = View {
        call: &call,
        ..state.open(grant.shop, now)
    };
    let answer = match call.as_str() {
        "bg.order.list.v2.get" => return orders::list(&view, parameters),
        "bg.order.detail.v2.get" => orders::detail(&view, parameters),
        "bg.order.amount.query" => amounts::query(&view, parameters),
        "bg.local.goods.list.query" => goods::goods_list(&view, parameters),
        "bg.local.goods.sku.list.query" => goods::sku_list(&view, parameters),
        "bg.promotion.activity.query" => promotion::activities(&view, parameters),
        _ => promotion::activity_goods(&view, parameters),
    };
    answer.map(|result| result.to_string())
}

/// Before anything else about the request (§2.1, verification order).
fn check_signature(state: &State, body: &Body, parameters: &Parameters) -> Result<(), Refusal> {
    let app_key = required(3_000_025, "app_key", parameters.text("app_key"))?;
    if app_key != state.app_key(Dialect::OpenPlatform) {
        return Err(Refusal::new(3_000_026, "app_key not exists"));
    }
    let sign = required(3_000_040, "sign", parameters.text("sign"))?;
    if !open_platform_accepts(body, &state.app_secret(Dialect::OpenPlatform), &sign) {
        return Err(Refusal::new(
            3_000_001,
            "sign is invalid, please check your sign calculation",
        ));
    }
    Ok(())
}

fn check_timestamp(parameters: &Parameters, now: i64) -> Result<(), Refusal> {
    let timestamp = required(
        3_000_010,
        "timestamp",
        parameters.loose_integer("timestamp"),
    )?;
    if timestamp > now + CLOCK_TOLERANCE {
        return Err(Refusal::new(
            3_000_011,
            "timestamp is too far in the future",
        ));
    }
    if timestamp < now - CLOCK_TOLERANCE {
        return Err(Refusal::new(3_000_012, "timestamp is expired"));
    }
    Ok(())
}

/// The guide page requires `data_type`, the reference pages do not: absent is fine.
fn check_data_type(parameters: &Parameters) -> Result<(), Refusal> {
    match optional(parameters.text("data_type"))? {
        Some(data_type) if data_type.is_empty() => {
            Err(Refusal::new(3_000_013, "data_type is empty"))
        }
        Some(data_type) if !data_type.eq_ignore_ascii_case("JSON") => Err(Refusal::new(
            3_000_014,
            "data_type is invalid, it must be JSON",
        )),
        _ => Ok(()),
    }
}

fn token_refusal(reason: Invalid) -> Refusal {
    match reason {
        Invalid::Unknown | Invalid::Revoked => Refusal::new(3_000_031, "access_token not exists"),
        Invalid::Expired | Invalid::Superseded => Refusal::new(
            3_000_034,
            "access_token is expired or has been refreshed, ask the seller for the new access_token",
        ),
    }
}

fn optional<T>(read: Result<Option<T>, WrongType>) -> Result<Option<T>, Refusal> {
    read.map_err(|wrong| {
        Refusal::new(
            BAD_PARAMETERS,
            format!(
                "bad parameters: {} must be of type {}",
                wrong.path, wrong.expected
            ),
        )
    })
}

fn required<T>(code: i64, name: &str, read: Result<Option<T>, WrongType>) -> Result<T, Refusal> {
    optional(read)?.ok_or_else(|| Refusal::new(code, format!("{name} not passed in")))
}

/// A list as the platform writes it: null instead of an empty one (§1.3).
fn list_or_null(rows: Vec<Value>) -> Value {
    if rows.is_empty() {
        Value::Null
    } else {
        Value::Array(rows)
    }
}

/// A page that may not be empty or beyond 100 rows.
fn page(number: i64, size: i64, code: i64) -> Result<crate::paging::Page, Refusal> {
    if number < 1 {
        return Err(Refusal::new(code, "page number starts at 1"));
    }
    if !(1..=100).contains(&size) {
        return Err(Refusal::new(code, "page size must be within 1 and 100"));
    }
    Ok(crate::paging::Page { number, size })
}
