//! The integration guide's wire: one endpoint per call, HMAC-SHA256, refresh tokens.

mod authorization;
mod rows;

use async_trait::async_trait;
use desk_model::{
    Activity, Authorization, Fetched, Money, Order, OrderSn, Page, Product, Resource, Secret, Shop,
    UnixSeconds,
};
use serde_json::{json, value::RawValue};
use url::Url;

use super::{OrdersQuery, PAGE_SIZE, Pass, Wire, rows_before};
use crate::{
    call::{Call, Envelope, Fields, Refusal},
    connection::Connection,
    credentials::{Caller, Grant},
    error::{Error, ErrorKind},
    row::{List, Malformed, Row, fetch_payload, required},
    signature,
};

/// Farther off than this the platform refuses a timestamp.
const TIMESTAMP_TOLERANCE: i64 = 300;
const SECONDS_PER_DAY: i64 = 86_400;
/// Where activities are looked for, in days from today.
const ACTIVITY_DAYS: (i64, i64) = (-90, 180);
/// What lists call their rows and their total.
const ORDERS: (&str, &str) = ("orders", "total");
const PRODUCTS: (&str, &str) = ("products", "total");
const ACTIVITIES: (&str, &str) = ("activities", "total");
/// The one pass of lists that are read as a whole.
const WHOLE: &[Pass] = &[Pass(0)];

/// The guide's platform.
pub(crate) struct Guide;

#[async_trait]
impl Wire for Guide {
    fn path(&self, call: &Call<'_>) -> &'static str {
        call.endpoint
    }

    fn add_common_fields(
        &self,
        fields: &mut Fields,
        call: &Call<'_>,
        app_key: &str,
        timestamp: UnixSeconds,
    ) {
        fields.set("app_key", app_key);
        fields.set("timestamp", timestamp.0);
        if let Some(token) = call.access_token {
            fields.set_secret("access_token", token);
        }
    }

    fn sign(&self, joined: &str, app_secret: &Secret) -> String {
        signature::hmac_sha256(joined, app_secret)
    }

    fn open<'a>(&self, body: &'a str) -> Result<Envelope<'a>, Malformed> {
        let outer = Row::parse(body)?;
        let outcome = match outer.required_integer("error_code")? {
            0 => Ok(outer.payload("data")),
            code => Err(Refusal {
                code,
                message: outer.text("error_msg").unwrap_or_default(),
            }),
        };
        Ok(Envelope {
            outcome,
            request_id: outer.text("request_id"),
        })
    }

    fn classify(&self, code: i64) -> ErrorKind {
        match code {
            1001 => ErrorKind::SignatureRejected,
            1002 => ErrorKind::TokenExpired,
            2001 => ErrorKind::NotFound,
            5001 => ErrorKind::Unavailable,
            _ => ErrorKind::InvalidParameter,
        }
    }

    fn blames_clock(&self, code: i64, seconds_off: Option<i64>) -> bool {
        code == 1003 && seconds_off.is_some_and(|seconds| seconds.abs() > TIMESTAMP_TOLERANCE)
    }

    fn stream(&self, resource: Resource) -> &'static str {
        self.required_scope(resource)
    }

    fn required_scope(&self, resource: Resource) -> &'static str {
        match resource {
            Resource::Orders => "order/list",
            Resource::Products => "product/list",
            Resource::Activities => "activity/list",
        }
    }

    fn amount_scope(&self) -> Option<&'static str> {
        None
    }

    fn order_statuses(&self) -> &'static [&'static str] {
        rows::ORDER_STATUSES
    }

    fn open_order_statuses(&self) -> &'static [&'static str] {
        rows::OPEN_ORDER_STATUSES
    }

    fn product_passes(&self) -> &'static [Pass] {
        WHOLE
    }

    fn activity_passes(&self) -> &'static [Pass] {
        WHOLE
    }

    /// From midnight, so that every page of a run shows the same list.
    fn activity_span(&self, now: UnixSeconds) -> Option<(UnixSeconds, UnixSeconds)> {
        let today = now - now.0.rem_euclid(SECONDS_PER_DAY);
        Some((
            today + ACTIVITY_DAYS.0 * SECONDS_PER_DAY,
            today + ACTIVITY_DAYS.1 * SECONDS_PER_DAY,
        ))
    }

    fn authorization_url(
        &self,
        connection: &Connection,
        redirect_uri: &str,
        state: &Secret,
        code_challenge: Option<&str>,
    ) -> Result<Url, Error> {
        authorization::url(connection, redirect_uri, state, code_challenge)
    }

    async fn exchange_code(
        &self,
        connection: &Connection,
        code: &Secret,
        redirect_uri: &str,
        code_verifier: Option<&Secret>,
    ) -> Result<Vec<Grant>, Error> {
        let granted =
            authorization::exchange_code(connection, code, redirect_uri, code_verifier).await?;
        Ok(vec![granted])
    }

    async fn refresh(
        &self,
        connection: &Connection,
        refresh_token: &Secret,
    ) -> Result<Grant, Error> {
        authorization::refresh(connection, refresh_token).await
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
        rows::order(row, &shop.shop_id)
    }

    fn read_product(&self, row: &Row<'_>, shop: &Shop) -> Result<Product, Malformed> {
        rows::product(row, &shop.shop_id)
    }

    fn read_activity(&self, row: &Row<'_>, shop: &Shop) -> Result<Activity, Malformed> {
        rows::activity(row, &shop.shop_id)
    }

    async fn orders_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<Page<Order>, Error> {
        let call = orders_call(caller, query, query.page, PAGE_SIZE);
        let read = |payload: Option<&RawValue>| {
            Ok(
                List::open(required(payload)?, ORDERS, rows_before(query.page))?
                    .read(|row| rows::order(row, &caller.shop.shop_id)),
            )
        };
        Ok(connection.call(&call, read).await?.into())
    }

    async fn orders_total(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<u64, Error> {
        let call = orders_call(caller, query, 1, 1);
        Ok(connection
            .call(&call, |payload| {
                Ok(List::open(required(payload)?, ORDERS, 0)?.total)
            })
            .await?
            .value)
    }

    async fn order(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Fetched<Order>, Error> {
        let call = shop_call(
            "order/detail",
            caller,
            Fields::new([("order_sn", json!(order_sn.as_str()))]),
        );
        let read = |payload: Option<&RawValue>| {
            fetch_payload(payload, |row| rows::order(row, &caller.shop.shop_id))
        };
        let order = connection.call(&call, read).await?.value;
        order.ok_or_else(|| Error::new(ErrorKind::NotFound, "the answer holds no order"))
    }

    async fn order_amount(
        &self,
        _connection: &Connection,
        _caller: &Caller<'_>,
        _order_sn: &OrderSn,
    ) -> Result<Option<Money>, Error> {
        Ok(None)
    }

    async fn products_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        _pass: Pass,
        page: u64,
    ) -> Result<Page<Product>, Error> {
        let call = shop_call(
            "product/list",
            caller,
            Fields::new([("page", json!(page)), ("page_size", json!(PAGE_SIZE))]),
        );
        let read = |payload: Option<&RawValue>| {
            Ok(List::open(required(payload)?, PRODUCTS, rows_before(page))?
                .read(|row| rows::product(row, &caller.shop.shop_id)))
        };
        Ok(connection.call(&call, read).await?.into())
    }

    async fn activities_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        _pass: Pass,
        page: u64,
    ) -> Result<Page<Activity>, Error> {
        let span = self.activity_span(connection.server_now());
        let fields = Fields::new([
            ("start_time", json!(span.map(|(start, _)| start.0))),
            ("end_time", json!(span.map(|(_, end)| end.0))),
            ("page", json!(page)),
            ("page_size", json!(PAGE_SIZE)),
        ]);
        let read = |payload: Option<&RawValue>| {
            Ok(
                List::open(required(payload)?, ACTIVITIES, rows_before(page))?
                    .read(|row| rows::activity(row, &caller.shop.shop_id)),
            )
        };
        Ok(connection
            .call(&shop_call("activity/list", caller, fields), read)
            .await?
            .into())
    }
}

fn shop_call<'a>(endpoint: &'static str, caller: &Caller<'a>, fields: Fields) -> Call<'a> {
    Call {
        endpoint,
        fields,
        access_token: Some(caller.access_token),
        priority: caller.priority,
    }
}

fn orders_call<'a>(
    caller: &Caller<'a>,
    query: &OrdersQuery,
    page: u64,
    page_size: u64,
) -> Call<'a> {
    let fields = Fields::new([
        ("start_time", json!(query.start.0)),
        ("end_time", json!(query.end.0)),
        ("page", json!(page)),
        ("page_size", json!(page_size)),
        ("status", json!(query.status)),
    ]);
    shop_call("order/list", caller, fields)
}
