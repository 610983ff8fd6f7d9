//! The guide's OAuth2: consent page, code exchange with PKCE, refresh, shop info (guide protocol, "OAuth2").

use desk_model::{Authorization, MallType, Secret};
use serde_json::json;
use url::Url;

use crate::{
    call::{Call, Fields},
    connection::Connection,
    credentials::{Grant, Priority},
    error::{Error, ErrorKind},
    row::{Malformed, Row, read_payload},
};

/// The consent page.
pub(super) fn url(
    connection: &Connection,
    redirect_uri: &str,
    state: &Secret,
    code_challenge: Option<&str>,
) -> Result<Url, Error> {
    let mut url = connection.url("oauth/authorize")?;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("app_key", &connection.app.app_key)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", state.expose());
    if let Some(challenge) = code_challenge {
        url.query_pairs_mut()
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256");
    }
    Ok(url)
}

/// 1003 here means the code, its redirect address or its verifier.
pub(super) async fn exchange_code(
    connection: &Connection,
    code: &Secret,
    redirect_uri: &str,
    code_verifier: Option<&Secret>,
) -> Result<Grant, Error> {
    let mut fields = Fields::new([
        ("grant_type", json!("authorization_code")),
        ("redirect_uri", json!(redirect_uri)),
    ]);
    fields.set_secret("code", code);
    if let Some(verifier) = code_verifier {
        fields.set_secret("code_verifier", verifier);
    }
    token_call(connection, fields, granted)
        .await
        .map_err(|error| match error.platform_code {
            Some(1003) if error.kind == ErrorKind::InvalidParameter => Error {
                kind: ErrorKind::CodeRejected,
                ..error
            },
            _ => error,
        })
}

pub(super) async fn refresh(
    connection: &Connection,
    refresh_token: &Secret,
) -> Result<Grant, Error> {
    let mut fields = Fields::new([("grant_type", json!("refresh_token"))]);
    fields.set_secret("refresh_token", refresh_token);
    token_call(connection, fields, renewed).await
}

pub(super) async fn token_info(
    connection: &Connection,
    access_token: &Secret,
) -> Result<Authorization, Error> {
    let call = Call {
        endpoint: "shop/info",
        fields: Fields::default(),
        access_token: Some(access_token),
        priority: Priority::Foreground,
    };
    Ok(connection
        .call(&call, |payload| read_payload(payload, described))
        .await?
        .value)
}

/// A made-up code must be refused as a code: then app_key and app_secret are right.
pub(super) async fn test_app(connection: &Connection) -> Result<(), Error> {
    let made_up = Secret::new("connection-test");
    match exchange_code(
        connection,
        &made_up,
        "sellerdesk://oauth/callback",
        Some(&made_up),
    )
    .await
    {
        Ok(_) => Ok(()),
        Err(error) if error.kind == ErrorKind::CodeRejected => Ok(()),
        Err(error) => Err(error),
    }
}

async fn token_call(
    connection: &Connection,
    fields: Fields,
    read: fn(&Row<'_>) -> Result<Grant, Malformed>,
) -> Result<Grant, Error> {
    let call = Call {
        endpoint: "oauth/token",
        fields,
        access_token: None,
        priority: Priority::Foreground,
    };
    Ok(connection
        .call(&call, |payload| read_payload(payload, read))
        .await?
        .value)
}

/// A new shop's tokens: whose they are has to be told.
fn granted(row: &Row<'_>) -> Result<Grant, Malformed> {
    grant(row, row.required_id("shop_id")?)
}

/// A known shop's tokens. The old pair is dead, so nothing but the new one is insisted on; the shop may be left unnamed.
fn renewed(row: &Row<'_>) -> Result<Grant, Malformed> {
    grant(row, row.id("shop_id").unwrap_or_default())
}

fn grant(row: &Row<'_>, remote_id: String) -> Result<Grant, Malformed> {
    let access_token = row
        .exact_text("access_token")
        .ok_or_else(|| Malformed("`access_token` is missing".to_owned()))?;
    Ok(Grant {
        access_token: Secret::new(access_token),
        refresh_token: row.exact_text("refresh_token").map(Secret::new),
        authorization: authorization(row, remote_id),
    })
}

/// What a token allows: here a list that is none would read as no scope at all.
fn described(row: &Row<'_>) -> Result<Authorization, Malformed> {
    row.refuse_other_than_list("scopes")?;
    Ok(authorization(row, row.required_id("shop_id")?))
}

fn authorization(row: &Row<'_>, remote_id: String) -> Authorization {
    Authorization {
        remote_id,
        name: row.text("shop_name"),
        region: row.text("region"),
        mall_type: MallType::Local,
        scopes: row.texts("scopes"),
        expires_at: row.seconds("expires_at"),
        refresh_expires_at: row.seconds("refresh_expires_at"),
    }
}
