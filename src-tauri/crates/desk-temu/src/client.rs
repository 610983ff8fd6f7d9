//! The public face of the crate: one registered app at one gateway, in whichever dialect.

use std::sync::Arc;

use desk_model::{
    Activity, Authorization, Clock, Dialect, Fetched, GatewayApp, Money, Order, OrderSn, Page,
    Product, Resource, Secret, UnixSeconds,
};
use url::Url;

use crate::{
    connection::Connection,
    credentials::{Caller, Grant},
    dialect::{OrdersQuery, Pass, Wire},
    error::Error,
    rate_limit::RateLimit,
    transport::Transport,
};

/// One registered app at one gateway. Clones are cheap and share pacing and the measured server time.
#[derive(Clone)]
pub struct Platform(Arc<Connection>);

impl Platform {
    /// A client with a pace of its own; 0 requests per second count as 1.
    pub fn new(
        app: &GatewayApp,
        app_secret: Secret,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        requests_per_second: u32,
    ) -> Self {
        let rate_limit = Arc::new(RateLimit::new(requests_per_second));
        Self::within(app, app_secret, transport, clock, rate_limit)
    }

    /// A client that shares its pace, and the platform's pauses, with others of the same app at the same host.
    pub fn within(
        app: &GatewayApp,
        app_secret: Secret,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        rate_limit: Arc<RateLimit>,
    ) -> Self {
        let connection = Connection::new(app, app_secret, transport, clock, rate_limit);
        Self(Arc::new(connection))
    }

    /// Which wire it speaks.
    pub fn dialect(&self) -> Dialect {
        self.0.app.dialect
    }

    /// The local clock, corrected by what the platform's `Date` headers told.
    pub fn server_now(&self) -> UnixSeconds {
        self.0.server_now()
    }

    /// Seconds that the platform is ahead of the local clock; 0 until it differs by more than 2 s.
    pub fn clock_offset_seconds(&self) -> i64 {
        self.0.clock_offset_seconds()
    }

    /// What decides which rows a list yields, besides shop and time: host, endpoint, version, fixed filters. A cursor counts only for
    /// the stream it was made in.
    pub fn stream_identity(&self, resource: Resource) -> String {
        format!("{} {}", self.0.app.base_url, self.wire().stream(resource))
    }

    /// Whether tokens can be refreshed: guide yes, open platform no.
    pub fn supports_refresh(&self) -> bool {
        self.dialect() == Dialect::Guide
    }

    /// Whether the consent page takes a PKCE challenge: guide yes, open platform no.
    pub fn supports_pkce(&self) -> bool {
        self.dialect() == Dialect::Guide
    }

    /// The consent page (guide OAuth2 step 1, open platform § 3.2). The address holds `state`: open it, do not log it.
    pub fn authorization_url(
        &self,
        redirect_uri: &str,
        state: &Secret,
        code_challenge: Option<&str>,
    ) -> Result<Url, Error> {
        self.wire()
            .authorization_url(&self.0, redirect_uri, state, code_challenge)
    }

    /// Turns an authorization code into tokens: several where one consent covers several shops.
    ///
    /// Errors: `CodeRejected`, `FullManaged` when no shop of the consent has orders, and those of any call.
    pub async fn exchange_code(
        &self,
        code: &Secret,
        redirect_uri: &str,
        code_verifier: Option<&Secret>,
    ) -> Result<Vec<Grant>, Error> {
        self.wire()
            .exchange_code(&self.0, code, redirect_uri, code_verifier)
            .await
    }

    /// Swaps a refresh token for a new pair; the old pair dies. `InvalidParameter` on the open platform.
    pub async fn refresh(&self, refresh_token: &Secret) -> Result<Grant, Error> {
        self.wire().refresh(&self.0, refresh_token).await
    }

    /// What a token allows and whose it is. `FullManaged` for a shop without buyer orders.
    pub async fn token_info(&self, access_token: &Secret) -> Result<Authorization, Error> {
        self.wire().token_info(&self.0, access_token).await
    }

    /// Whether app_key and app_secret fit together, without any token: a made-up code must be refused as a code.
    pub async fn test_app(&self) -> Result<(), Error> {
        self.wire().test_app(&self.0).await
    }

    /// Whether the shop's orders can be read: one list call with page size 1.
    pub async fn test_connection(&self, caller: &Caller<'_>) -> Result<(), Error> {
        let end = self.server_now();
        let query = OrdersQuery {
            start: end - 86_400,
            end,
            page: 1,
            status: None,
        };
        self.orders_total(caller, &query).await.map(|_| ())
    }

    /// A page of at most 100 orders whose last change lies in the closed window.
    pub async fn orders_page(
        &self,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<Page<Order>, Error> {
        self.wire().orders_page(&self.0, caller, query).await
    }

    /// How many orders the window holds now.
    pub async fn orders_total(
        &self,
        caller: &Caller<'_>,
        query: &OrdersQuery,
    ) -> Result<u64, Error> {
        self.wire().orders_total(&self.0, caller, query).await
    }

    /// One order anew; on the open platform with its amounts where the token may read them. `NotFound` for an unknown number.
    pub async fn order(
        &self,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Fetched<Order>, Error> {
        self.wire().order(&self.0, caller, order_sn).await
    }

    /// What the buyer of an order pays. `None` where the answer tells none, and on the guide, whose orders tell it themselves.
    /// `NotFound` while it is still calculated, `ScopeMissing` without [`crate::amount_scope`].
    pub async fn order_amount(
        &self,
        caller: &Caller<'_>,
        order_sn: &OrderSn,
    ) -> Result<Option<Money>, Error> {
        self.wire().order_amount(&self.0, caller, order_sn).await
    }

    /// Every documented code that `OrdersQuery::status` takes. Orders with a code of later days are in none of them: compare totals.
    pub fn order_statuses(&self) -> &'static [&'static str] {
        self.wire().order_statuses()
    }

    /// Those of [`Self::order_statuses`] whose orders are still to be worked on.
    pub fn open_order_statuses(&self) -> &'static [&'static str] {
        self.wire().open_order_statuses()
    }

    /// The passes that together read every product.
    pub fn product_passes(&self) -> &'static [Pass] {
        self.wire().product_passes()
    }

    /// A page (from 1) of at most 100 products. `ShopTypeUnsupported` for a semi-managed shop.
    pub async fn products_page(
        &self,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Product>, Error> {
        self.wire().products_page(&self.0, caller, pass, page).await
    }

    /// The passes that together read every activity.
    pub fn activity_passes(&self) -> &'static [Pass] {
        self.wire().activity_passes()
    }

    /// The span of time that an activity must touch to be listed now; `None` where all are listed.
    pub fn activity_span(&self) -> Option<(UnixSeconds, UnixSeconds)> {
        self.wire().activity_span(self.server_now())
    }

    /// A page (from 1) of at most 100 activities; joined ones with their products. `ShopTypeUnsupported` for a semi-managed shop.
    pub async fn activities_page(
        &self,
        caller: &Caller<'_>,
        pass: Pass,
        page: u64,
    ) -> Result<Page<Activity>, Error> {
        self.wire()
            .activities_page(&self.0, caller, pass, page)
            .await
    }

    fn wire(&self) -> &'static dyn Wire {
        self.0.wire
    }
}
