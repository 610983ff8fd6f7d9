//! Who may ask for what.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Loose, text};
use crate::sandbox::{Dialect, Sandbox};
use crate::world::MallType;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenBody {
    shop_id: Loose,
    action: String,
    dialect: Option<String>,
    seconds: Option<i64>,
}

pub(super) fn alter_token(sandbox: &Sandbox, body: &TokenBody, now: i64) -> Result<Value, String> {
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
pub(super) struct ScopeBody {
    shop_id: Loose,
    #[serde(default)]
    drop: Vec<String>,
    #[serde(default)]
    grant: Vec<String>,
}

pub(super) fn alter_scopes(sandbox: &Sandbox, body: &ScopeBody) -> Result<Value, String> {
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
pub(super) struct ShopBody {
    shop_id: Loose,
    mall_type: String,
}

pub(super) fn alter_shop(sandbox: &Sandbox, body: &ShopBody) -> Result<Value, String> {
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
