//! The guide's token endpoint: code exchange with PKCE, and refresh with rotation.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{TOKEN_INVALID, invalid, reason_word, required};
use crate::Dialect;
use crate::body::Parameters;
use crate::http::Refusal;
use crate::state::State;
use crate::tokens::Grant;
use crate::world::GUIDE_SCOPES;

pub(super) fn token(
    state: &mut State,
    parameters: &Parameters,
    now: i64,
) -> Result<Value, Refusal> {
    let grant_type = required("grant_type", parameters.text("grant_type"))?;
    let grant = match grant_type.as_str() {
        "authorization_code" => exchange(state, parameters, now)?,
        "refresh_token" => refresh(state, parameters, now)?,
        _ => {
            return Err(invalid(
                "grant_type is neither authorization_code nor refresh_token",
            ));
        }
    };
    let shop = &state.shops[grant.shop];
    Ok(json!({
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
        "expires_at": grant.expires_at,
        "refresh_expires_at": grant.refresh_expires_at,
        "shop_id": shop.guide_id(),
        "shop_name": shop.name,
        "region": shop.region.name(),
        "scopes": shop.granted(GUIDE_SCOPES),
    }))
}

/// A code is used up by the attempt, also by a wrong one.
fn exchange(state: &mut State, parameters: &Parameters, now: i64) -> Result<Grant, Refusal> {
    let code = required("code", parameters.text("code"))?;
    let redirect_uri = required("redirect_uri", parameters.text("redirect_uri"))?;
    let verifier = required("code_verifier", parameters.text("code_verifier"))?;
    let code = state
        .tokens
        .take_code(Dialect::Guide, &code, now)
        .ok_or_else(|| invalid("code is unknown, used or expired"))?;
    if code.redirect_uri != redirect_uri {
        return Err(invalid(
            "redirect_uri differs from the authorization request",
        ));
    }
    if code.challenge != Some(challenge(&verifier)) {
        return Err(invalid("code_verifier does not match code_challenge"));
    }
    let shop = code
        .shops
        .first()
        .copied()
        .ok_or_else(|| invalid("code covers no shop"))?;
    Ok(state.tokens.issue(Dialect::Guide, shop, now).clone())
}

/// RFC 7636 `S256`.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn refresh(state: &mut State, parameters: &Parameters, now: i64) -> Result<Grant, Refusal> {
    let refresh_token = required("refresh_token", parameters.text("refresh_token"))?;
    let refused = |reason| {
        Refusal::new(
            TOKEN_INVALID,
            format!("refresh_token {}", reason_word(reason)),
        )
    };
    state
        .tokens
        .refresh(&refresh_token, now)
        .cloned()
        .map_err(refused)
}
