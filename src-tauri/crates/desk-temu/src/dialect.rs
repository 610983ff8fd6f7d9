//! What every wire can do. The two wires below turn it into calls and turn answers into the nouns of `desk-model`.

mod guide;
mod open_platform;

use async_trait::async_trait;
use desk_model::{
    Activity, Authorization, Dialect, Fetched, Money, Order, OrderSn, Page, Product, Resource,
    Secret, Shop, UnixSeconds,
};
use url::Url;

use crate::{
    call::{Call, Envelope, Fields},
    connection::Connection,
    credentials::{Caller, Grant},
    error::{Error, ErrorKind},
    row::{Malformed, Row},
};

/// Rows asked for per page; both dialects allow no more (guide reads, open platform § 4).
pub const PAGE_SIZE: u64 = 100;

/// Which orders to read: those last changed from `start` to `end`, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersQuery {
    /// First second.
    pub start: UnixSeconds,
    /// Last second.
    pub end: UnixSeconds,
    /// From 1.
    pub page: u64,
    /// Only this platform code, one of [`crate::Platform::order_statuses`].
    pub status: Option<String>,
}

/// A part of a list that has to be read by itself, because the platform has no call for the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pass(pub(crate) u32);

/// The wire that a dialect names.
pub(crate) fn wire(dialect: Dialect) -> &'static dyn Wire {
    match dialect {
        Dialect::Guide => &guide::Guide,
        Dialect::OpenPlatform => &open_platform::OpenPlatform,
    }
}

/// The scope without which a dialect's list cannot be read; ask `Shop::allows` before calling.
pub fn required_scope(dialect: Dialect, resource: Resource) -> &'static str {
    wire(dialect).required_scope(resource)
}

/// Reads one order from the payload that was kept of it, as a list's page would. Why it cannot be read: field names, no values.
pub fn read_order(dialect: Dialect, shop: &Shop, payload: &str) -> Result<Order, String> {
    read_kept(payload, |row| wire(dialect).read_order(row, shop))
}

/// As [`read_order`], for a product. On the open platform a product's payload does not hold all of it.
pub fn read_product(dialect: Dialect, shop: &Shop, payload: &str) -> Result<Product, String> {
    read_kept(payload, |row| wire(dialect).read_product(row, shop))
}

/// As [`read_order`], for an activity. On the open platform an activity's payload does not hold all of it.
pub fn read_activity(dialect: Dialect, shop: &Shop, payload: &str) -> Result<Activity, String> {
    read_kept(payload, |row| wire(dialect).read_activity(row, shop))
}

fn read_kept<T>(
    payload: &str,
    read: impl Fn(&Row<'_>) -> Result<T, Malformed>,
) -> Result<T, String> {
    Row::parse(payload)
        .and_then(|row| read(&row))
        .map_err(|Malformed(reason)| reason)
}

/// Rows of a list that come before those of a page.
fn rows_before(page: u64) -> u64 {
    page.saturating_sub(1).saturating_mul(PAGE_SIZE)
}

/// The scope without which a dialect tells no amounts; `None` where every order tells its own.
pub fn amount_scope(dialect: Dialect) -> Option<&'static str> {
    wire(dialect).amount_scope()
}

/// A platform's way of writing calls and answers. Stateless: what lasts is in the [`Connection`].
#[async_trait]
pub(crate) trait Wire: Send + Sync {
    /// The address below the base URL that takes the call.
    fn path(&self, call: &Call<'_>) -> &'static str;
    /// The fields that every call carries, `timestamp` included and `sign` not.
    fn add_common_fields(
        &self,
        fields: &mut Fields,
        call: &Call<'_>,
        app_key: &str,
        timestamp: UnixSeconds,
    );
    /// The signature of the joined fields.
    fn sign(&self, joined: &str, app_secret: &Secret) -> String;
    /// Reads the outer object of an answer; an error when it has another shape.
    fn open<'a>(&self, body: &'a str) -> Result<Envelope<'a>, Malformed>;
    /// What a code means.
    fn classify(&self, code: i64) -> ErrorKind;
    /// Whether the code can mean a wrong timestamp, given how far our time was off by the answer's `Date`.
    fn blames_clock(&self, code: i64, seconds_off: Option<i64>) -> bool;

    /// Endpoint, version and fixed filters of a list.
    fn stream(&self, resource: Resource) -> &'static str;
    fn required_scope(&self, resource: Resource) -> &'static str;
    fn amount_scope(&self) -> Option<&'static str>;
    fn order_statuses(&self) -> &'static [&'static str];
    fn open_order_statuses(&self) -> &'static [&'static str];
    fn product_passes(&self) -> &'static [Pass];
    fn activity_passes(&self) -> &'static [Pass];
    fn activity_span(&self, now: UnixSeconds) -> Option<(UnixSeconds, UnixSeconds)>;

    fn authorization_url(
        &self,
        connection: &Connection,
        redirect_uri: &str,
        state: &Secret,
        code_challenge: Option<&str>,
    ) -> Result<Url, Error>;
    async fn exchange_code(
        &self,
        connection: &Connection,
        code: &Secret,
        redirect_uri: &str,
        code_verifier: Option<&Secret>,
    ) -> Result<Vec<Grant>, Error>;
    async fn refresh(
        &self,
        connection: &Connection,
        refresh_token: &Secret,
    ) -> Result<Grant, Error>;
    async fn token_info(
        &self,
        connection: &Connection,
        access_token: &Secret,
    ) -> Result<Authorization, Error>;
    async fn test_app(&self, connection: &Connection) -> Result<(), Error>;

    /// Reads one row of a list from what was kept of it.
    fn read_order(&self, row: &Row<'_>, shop: &Shop) -> Result<Order, Malformed>;
    fn read_product(&self, row: &Row<'_>, shop: &Shop) -> Result<Product, Malformed>;
    fn read_activity(&self, row: &Row<'_>, shop: &Shop) -> Result<Activity, Malformed>;

    async fn orders_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<Page<Order>, Error>;
    async fn orders_total(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<u64, Error>;
    async fn order(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Fetched<Order>, Error>;
    async fn order_amount(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Option<Money>, Error>;
    async fn products_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Product>, Error>;
    async fn activities_page(
        &self,
        connection: &Connection,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Activity>, Error>;
}
