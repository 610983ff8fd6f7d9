//! From a consent to tokens, and what a token allows (open platform § 3).

use std::collections::HashSet;

use desk_model::{Authorization, MallType, Secret};
use url::Url;

use crate::{
    call::{Call, Fields},
    connection::Connection,
    credentials::{Grant, Priority},
    error::{Error, ErrorKind},
    row::{Malformed, Row, read_payload},
};

const CREATE: &str = "bg.open.accesstoken.create";
const INFO: &str = "bg.open.accesstoken.info.get";
const CONSENT_PATH: &str = "open-platform/client-manage/authorization";

/// The Seller Center's consent page (§ 3.2); a custom gateway shows it on its own origin.
pub(super) fn url(
    connection: &Connection,
    redirect_uri: &str,
    state: &Secret,
) -> Result<Url, Error> {
    let origin = match connection.app.gateway.seller_center() {
        Some(seller_center) => seller_center.to_owned(),
        None => connection.url("")?.origin().ascii_serialization(),
    };
    let mut url = Url::parse(&format!("{origin}/{CONSENT_PATH}")).map_err(|_| {
        Error::new(
            ErrorKind::InvalidParameter,
            "the consent page has no address",
        )
    })?;
    url.query_pairs_mut()
        .append_pair("appKey", &connection.app.app_key)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", state.expose());
    Ok(url)
}

/// A token as the platform describes it; the kind of shop is judged afterwards.
struct Described {
    authorization: Authorization,
    served: bool,
}

impl Described {
    fn read(row: &Row<'_>) -> Result<Self, Malformed> {
        let mall_type = match row.payload("mallType") {
            Some(_) => mall_type(row.required_integer("mallType")?),
            None => MallType::FullManaged,
        };
        let authorization = Authorization {
            remote_id: row.required_id("mallId")?,
            name: row.text("mallName"),
            region: row.text("regionId"),
            mall_type,
            scopes: row.texts("apiScopeList"),
            expires_at: row.seconds("expiredTime"),
            refresh_expires_at: None,
        };
        Ok(Self {
            authorization,
            served: mall_type != MallType::FullManaged,
        })
    }

    fn served(self) -> Result<Authorization, Error> {
        if self.served {
            Ok(self.authorization)
        } else {
            Err(Error::new(
                ErrorKind::FullManaged,
                "the shop is neither local nor semi-managed",
            ))
        }
    }
}

/// What a token allows: here a list that is none would read as no scope at all.
fn info(row: &Row<'_>) -> Result<Described, Malformed> {
    row.refuse_other_than_list("apiScopeList")?;
    Described::read(row)
}

/// The documents know no number for full-managed shops.
fn mall_type(number: i64) -> MallType {
    match number {
        1 => MallType::SemiManaged,
        100 => MallType::Local,
        _ => MallType::FullManaged,
    }
}

/// A token fresh from `create`, with the tokens of other shops that the same consent covers.
struct Created {
    access_token: Secret,
    described: Described,
    associated: Vec<Secret>,
}

impl Created {
    fn read(row: &Row<'_>) -> Result<Self, Malformed> {
        let access_token = row
            .exact_text("accessToken")
            .ok_or_else(|| Malformed("`accessToken` is missing".to_owned()))?;
        // The code is used up: what cannot be read of other shops must not cost this one its token.
        let associated = row.objects("associatedMallTokenList").unwrap_or_default();
        Ok(Self {
            access_token: Secret::new(access_token),
            described: Described::read(row)?,
            associated: associated
                .iter()
                .filter_map(|mall| mall.exact_text("accessToken"))
                .map(Secret::new)
                .collect(),
        })
    }
}

/// One grant per shop. The code is used up, so a shop that cannot be described does not cost the others their tokens.
pub(super) async fn exchange_code(
    connection: &Connection,
    code: &Secret,
) -> Result<Vec<Grant>, Error> {
    let created = create(connection, code).await?;
    let mut authorizations = vec![(created.access_token, created.described.served())];
    for token in created.associated {
        if authorizations.iter().all(|(known, _)| *known != token) {
            let info = token_info(connection, &token).await;
            authorizations.push((token, info));
        }
    }
    let mut shops = HashSet::new();
    let mut grants = Vec::new();
    let mut first_error = None;
    for (access_token, authorization) in authorizations {
        match authorization {
            Ok(authorization) if shops.insert(authorization.remote_id.clone()) => {
                grants.push(Grant {
                    access_token,
                    refresh_token: None,
                    authorization,
                });
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(kind = ?error.kind, "a shop of the consent is left out");
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error {
        Some(error) if grants.is_empty() => Err(error),
        _ => Ok(grants),
    }
}

/// On this call the code also stands in for the access token (§ 3.3).
async fn create(connection: &Connection, code: &Secret) -> Result<Created, Error> {
    let mut fields = Fields::default();
    fields.set_secret("code", code);
    let call = Call {
        endpoint: CREATE,
        fields,
        access_token: Some(code),
        priority: Priority::Foreground,
    };
    Ok(connection
        .call(&call, |payload| read_payload(payload, Created::read))
        .await?
        .value)
}

pub(super) async fn token_info(
    connection: &Connection,
    access_token: &Secret,
) -> Result<Authorization, Error> {
    let call = Call {
        endpoint: INFO,
        fields: Fields::default(),
        access_token: Some(access_token),
        priority: Priority::Foreground,
    };
    connection
        .call(&call, |payload| read_payload(payload, info))
        .await?
        .value
        .served()
}

/// A made-up code must be refused as a code: then app_key and app_secret are right.
pub(super) async fn test_app(connection: &Connection) -> Result<(), Error> {
    match create(connection, &Secret::new("connection-test")).await {
        Ok(_) => Ok(()),
        Err(error) if error.kind == ErrorKind::CodeRejected => Ok(()),
        Err(error) => Err(error),
    }
}
