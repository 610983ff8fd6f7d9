//! The live open platform's wire: one router, MD5, no refresh. Calls by topic are in the modules below.

mod activities;
mod authorization;
mod errors;
mod orders;
mod products;
mod regions;

use async_trait::async_trait;
use desk_model::{
    Activity, Authorization, Fetched, MallType, Money, Order, OrderSn, Page, Product, Resource,
    Secret, Shop, UnixSeconds,
};
use serde_json::value::RawValue;
use url::Url;

use super::{OrdersQuery, Pass, Wire, rows_before};
use crate::{
    call::{Call, Envelope, Fields, Refusal},
    connection::Connection,
    credentials::{Caller, Grant},
    error::{Error, ErrorKind},
    row::{List, Malformed, Row},
    signature,
};

/// The live platform (open platform § 1).
pub(crate) struct OpenPlatform;

#[async_trait]
impl Wire for OpenPlatform {
    fn path(&self, _call: &Call<'_>) -> &'static str {
        "openapi/router"
    }

    fn add_common_fields(
        &self,
        fields: &mut Fields,
        call: &Call<'_>,
        app_key: &str,
        timestamp: UnixSeconds,
    ) {
        fields.set("type", call.endpoint);
        fields.set("app_key", app_key);
        fields.set("timestamp", timestamp.0.to_string());
        fields.set("data_type", "JSON");
        fields.set("version", "V1");
        if let Some(token) = call.access_token {
            fields.set_secret("access_token", token);
        }
    }

    fn sign(&self, joined: &str, app_secret: &Secret) -> String {
        signature::md5(joined, app_secret)
    }

    fn open<'a>(&self, body: &'a str) -> Result<Envelope<'a>, Malformed> {
        let outer = Row::parse(body)?;
        let outcome = match outer.boolean("success") {
            // A result may be null, as a list is that holds nothing (§ 1.3), but not left out.
            Some(true) if outer.names("result") => Ok(outer.payload("result")),
            Some(true) => return Err(Malformed("`result` is missing".to_owned())),
            Some(false) => Err(Refusal {
                code: outer.required_integer("errorCode")?,
                message: outer.text("errorMsg").unwrap_or_default(),
            }),
            None => return Err(Malformed("`success` is missing or neither".to_owned())),
        };
        Ok(Envelope {
            outcome,
            request_id: outer.text("requestId"),
        })
    }

    fn classify(&self, code: i64) -> ErrorKind {
        errors::classify(code)
    }

    fn blames_clock(&self, code: i64, _seconds_off: Option<i64>) -> bool {
        errors::classify(code) == ErrorKind::ClockSkew
    }

    fn stream(&self, resource: Resource) -> &'static str {
        match resource {
            Resource::Orders => orders::STREAM,
            Resource::Products => products::LIST,
            Resource::Activities => activities::LIST,
        }
    }

    fn required_scope(&self, resource: Resource) -> &'static str {
        match resource {
            Resource::Orders => orders::LIST,
            Resource::Products => products::LIST,
            Resource::Activities => activities::LIST,
        }
    }

    fn amount_scope(&self) -> Option<&'static str> {
        Some(orders::AMOUNTS)
    }

    fn order_statuses(&self) -> &'static [&'static str] {
        orders::STATUSES
    }

    fn open_order_statuses(&self) -> &'static [&'static str] {
        orders::OPEN_STATUSES
    }

    fn product_passes(&self) -> &'static [Pass] {
        products::PASSES
    }

    fn activity_passes(&self) -> &'static [Pass] {
        activities::PASSES
    }

    fn activity_span(&self, _now: UnixSeconds) -> Option<(UnixSeconds, UnixSeconds)> {
        None
    }

    fn authorization_url(
        &self,
        connection: &Connection,
        redirect_uri: &str,
        state: &Secret,
        _code_challenge: Option<&str>,
    ) -> Result<Url, Error> {
        authorization::url(connection, redirect_uri, state)
    }

    async fn exchange_code(
        &self,
        connection: &Connection,
        code: &Secret,
        _redirect_uri: &str,
        _code_verifier: Option<&Secret>,
    ) -> Result<Vec<Grant>, Error> {
        authorization::exchange_code(connection, code).await
    }

    async fn refresh(
        &self,
        _connection: &Connection,
        _refresh_token: &Secret,
    ) -> Result<Grant, Error> {
        Err(Error::new(
            ErrorKind::InvalidParameter,
            "the open platform has no refresh",
        ))
    }

    async fn token_info(
        &self,
        connection: &Connection,
        access_token: &Secret,
    ) -> Result<Authorization, Error> {
        authorization::token_info(connection, access_token).await
    }

    async fn test_app(&self, connection: &Connection) -> Result<(), Error> {
        authorization::test_app(connection).await
    }

    fn read_order(&self, row: &Row<'_>, shop: &Shop) -> Result<Order, Malformed> {
        orders::order(row, shop)
    }

    fn read_product(&self, _row: &Row<'_>, _shop: &Shop) -> Result<Product, Malformed> {
        Err(Malformed(
            "a product's SKUs come by calls of their own".to_owned(),
        ))
    }

    fn read_activity(&self, _row: &Row<'_>, _shop: &Shop) -> Result<Activity, Malformed> {
        Err(Malformed(
            "an activity's goods come by calls of their own".to_owned(),
        ))
    }

    async fn orders_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<Page<Order>, Error> {
        orders::page(connection, caller, query).await
    }

    async fn orders_total(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<u64, Error> {
        orders::total(connection, caller, query).await
    }

    async fn order(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Fetched<Order>, Error> {
        orders::detail(connection, caller, order_sn).await
    }

    async fn order_amount(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Option<Money>, Error> {
        orders::amount(connection, caller, order_sn).await
    }

    async fn products_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Product>, Error> {
        refuse_other_than_local(caller)?;
        products::page(connection, caller, pass, page).await
    }

    async fn activities_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Activity>, Error> {
        refuse_other_than_local(caller)?;
        activities::page(connection, caller, pass, page).await
    }
}

/// A call on behalf of a shop.
fn shop_call<'a>(api: &'static str, caller: &Caller<'a>, fields: Fields) -> Call<'a> {
    Call {
        endpoint: api,
        fields,
        access_token: Some(caller.access_token),
        priority: caller.priority,
    }
}

/// Opens a list. A null payload is an empty one (§ 1.3).
fn list<'a>(
    payload: Option<&'a RawValue>,
    names: (&str, &str),
    rows_before: u64,
) -> Result<List<'a>, Malformed> {
    match payload {
        Some(payload) => List::open(payload, names, rows_before),
        None => Ok(List::default()),
    }
}

/// Ids travel as numbers where they are numbers (§ 1.3).
fn wire_id(id: &str) -> serde_json::Value {
    id.parse::<i64>().map_or_else(|_| id.into(), Into::into)
}

/// Local goods and promotions are there for local shops only (§ 1.1).
fn refuse_other_than_local(caller: &Caller<'_>) -> Result<(), Error> {
    match caller.shop.mall_type {
        MallType::Local => Ok(()),
        MallType::SemiManaged => Err(Error::new(
            ErrorKind::ShopTypeUnsupported,
            "semi-managed shops have orders only",
        )),
        MallType::FullManaged => Err(Error::new(
            ErrorKind::FullManaged,
            "full-managed shops are not served",
        )),
    }
}
