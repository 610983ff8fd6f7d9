//! Code exchange and token info (§3.3, §3.4).

use serde_json::{Value, json};

use super::{list_or_null, optional};
use crate::Dialect;
use crate::body::Parameters;
use crate::http::Refusal;
use crate::state::State;
use crate::world::{MallType, OPEN_PLATFORM_SCOPES, Shop};

/// `bg.open.accesstoken.create`: the code stands in `access_token`, too.
pub(super) fn create(
    state: &mut State,
    parameters: &Parameters,
    access_token: &str,
    now: i64,
) -> Result<Value, Refusal> {
    let bad_code = || Refusal::new(110_020_002, "invalid code");
    let code = optional(parameters.text("code"))?.ok_or_else(bad_code)?;
    if code != access_token {
        return Err(bad_code());
    }
    let code = state
        .tokens
        .take_code(Dialect::OpenPlatform, &code, now)
        .ok_or_else(bad_code)?;
    let mut issued = Vec::new();
    for shop in code.shops {
        let grant = state.tokens.issue(Dialect::OpenPlatform, shop, now);
        issued.push((shop, grant.access_token.clone(), grant.expires_at));
    }
    let mut issued = issued.into_iter();
    let (shop, token, expires_at) = issued.next().ok_or_else(bad_code)?;
    let associated: Vec<Value> = issued
        .map(
            |(shop, token, _)| json!({"mallId": state.shops[shop].mall_id(), "accessToken": token}),
        )
        .collect();
    let mut result = info(&state.shops[shop], expires_at);
    result["accessToken"] = json!(token);
    result["associatedMallTokenList"] = json!(associated);
    Ok(result)
}

/// `bg.open.accesstoken.info.get`.
pub(super) fn info(shop: &Shop, expires_at: i64) -> Value {
    let mall_type = match shop.mall_type {
        MallType::Local => Some(100),
        MallType::Semi => Some(1),
        // The documents list no code for full-managed shops.
        MallType::Full => None,
    };
    let scopes = shop
        .granted(OPEN_PLATFORM_SCOPES)
        .into_iter()
        .map(Value::from)
        .collect();
    json!({
        "expiredTime": expires_at,
        "mallId": shop.mall_id(),
        "mallType": mall_type,
        "regionId": shop.markets[0].region_id,
        "apiScopeList": list_or_null(scopes),
        "appSubscribeEventCodeList": Value::Null,
        "appSubscribeStatus": 0,
        "authEventCodeList": Value::Null,
        "semiUniqueId": (shop.mall_type == MallType::Semi).then(|| format!("SEMI{}", shop.mall_id())),
    })
}
