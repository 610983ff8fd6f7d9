//! A network that answers by a script, a clock that never really waits, and an app and a shop to call with.

use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use desk_model::{
    Clock, Dialect, Gateway, GatewayApp, GatewayAppId, MallType, Secret, Shop, ShopId, TokenState,
    UnixSeconds,
};
use desk_temu::{Caller, HttpRequest, HttpResponse, Platform, Priority, Transport, TransportError};
use serde_json::Value;

/// Local time when a test starts.
pub(crate) const START: UnixSeconds = UnixSeconds(1_750_000_000);
pub(crate) const APP_SECRET: &str = "made-up-app-secret";
pub(crate) const ACCESS_TOKEN: &str = "made-up-access-token";

/// Jumps ahead instead of waiting.
pub(crate) struct VirtualClock {
    now: Mutex<Duration>,
    waits: Mutex<Vec<Duration>>,
}

impl VirtualClock {
    pub(crate) fn new() -> Self {
        Self {
            now: Mutex::new(Duration::from_secs(START.0 as u64)),
            waits: Mutex::default(),
        }
    }

    /// Waits of a second and more: pacing is shorter.
    pub(crate) fn long_waits(&self) -> Vec<Duration> {
        self.waits
            .lock()
            .unwrap()
            .iter()
            .copied()
            .filter(|wait| *wait >= Duration::from_secs(1))
            .collect()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.now.lock().unwrap().as_secs() as i64)
    }

    fn monotonic(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        *self.now.lock().unwrap() += duration;
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// Gives the scripted answers in their order and keeps what was asked.
#[derive(Default)]
pub(crate) struct Script {
    answers: Mutex<VecDeque<Result<HttpResponse, TransportError>>>,
    requests: Mutex<Vec<(String, Value)>>,
}

#[async_trait]
impl Transport for Script {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let body = serde_json::from_slice(&request.body).expect("a request is JSON");
        self.requests
            .lock()
            .unwrap()
            .push((request.url.to_string(), body));
        self.answers
            .lock()
            .unwrap()
            .pop_front()
            .expect("no more calls than scripted answers")
    }
}

/// A platform whose network is scripted.
pub(crate) struct Scripted {
    pub(crate) platform: Platform,
    pub(crate) clock: Arc<VirtualClock>,
    script: Arc<Script>,
    pub(crate) shop: Shop,
    token: Secret,
}

impl Scripted {
    pub(crate) fn new(
        dialect: Dialect,
        answers: impl IntoIterator<Item = Result<HttpResponse, TransportError>>,
    ) -> Self {
        let clock = Arc::new(VirtualClock::new());
        let script = Arc::new(Script::default());
        script.answers.lock().unwrap().extend(answers);
        let platform = Platform::new(
            &app(dialect),
            Secret::new(APP_SECRET),
            Arc::clone(&script) as _,
            Arc::clone(&clock) as _,
            1_000,
        );
        Self {
            platform,
            clock,
            script,
            shop: shop(dialect),
            token: Secret::new(ACCESS_TOKEN),
        }
    }

    pub(crate) fn caller(&self, priority: Priority) -> Caller<'_> {
        Caller {
            shop: &self.shop,
            access_token: &self.token,
            priority,
        }
    }

    /// Bodies of the requests so far.
    pub(crate) fn requests(&self) -> Vec<Value> {
        self.script
            .requests
            .lock()
            .unwrap()
            .iter()
            .map(|(_, body)| body.clone())
            .collect()
    }

    /// Addresses of the requests so far.
    pub(crate) fn addresses(&self) -> Vec<String> {
        self.script
            .requests
            .lock()
            .unwrap()
            .iter()
            .map(|(url, _)| url.clone())
            .collect()
    }
}

pub(crate) fn app(dialect: Dialect) -> GatewayApp {
    GatewayApp {
        id: GatewayAppId(1),
        gateway: Gateway::Custom,
        dialect,
        base_url: "https://relay.example/prefix".to_owned(),
        app_key: "made-up-app-key".to_owned(),
        redirect_uri: None,
        proxy: None,
    }
}

/// A local US shop that may do everything but read amounts.
pub(crate) fn shop(dialect: Dialect) -> Shop {
    let scopes: &[&str] = match dialect {
        Dialect::Guide => &[
            "order/list",
            "order/detail",
            "product/list",
            "activity/list",
        ],
        Dialect::OpenPlatform => &[
            "bg.order.list.v2.get",
            "bg.order.detail.v2.get",
            "bg.local.goods.list.query",
            "BG.local.goods.sku.list.query",
            "bg.promotion.activity.query",
            "bg.promotion.activity.goods.query",
        ],
    };
    Shop {
        shop_id: ShopId::from_parts(Gateway::Custom, "635500000000001"),
        app: GatewayAppId(1),
        name: "Lakeside".to_owned(),
        region: Some("211".to_owned()),
        mall_type: MallType::Local,
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        expires_at: None,
        refresh_expires_at: None,
        token_state: TokenState::Valid,
        credentials_version: 1,
        authorized_at: START,
    }
}
