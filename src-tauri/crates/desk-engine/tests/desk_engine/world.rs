//! A small world: a stand-in platform, a clock that jumps instead of waiting, a network that can be interfered with, a real database.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use desk_engine::{AppInput, Connect, Engine, TokenInput};
use desk_model::{
    Clock, Dialect, Gateway, ListQuery, Order, Resource, Secret, Shop, ShopId, UnixSeconds,
};
use desk_sandbox::{Fault, FaultKind, Request, Sandbox, SandboxOptions, Size};
use desk_store::{Access, Rows, Store};
use desk_temu::{HttpRequest, HttpResponse, Transport, TransportError};
use desk_vault::MemoryVault;
use tokio::sync::Notify;

pub(crate) const START: i64 = 1_790_000_000;
pub(crate) const BASE_URL: &str = "http://127.0.0.1:9";
/// The remote id of the first shop in the guide's dialect.
pub(crate) const US_SHOP: &str = "US-1001";

/// Waiting moves it on, unless it is held.
#[derive(Default)]
pub(crate) struct VirtualClock {
    /// Microseconds since the world began.
    passed: AtomicI64,
    /// Seconds by which somebody set the clock.
    set_by: AtomicI64,
    held: AtomicBool,
    waiting: AtomicUsize,
    moved: Notify,
}

impl VirtualClock {
    /// Lets time pass.
    pub(crate) fn advance(&self, seconds: i64) {
        self.pass(seconds * 1_000_000);
    }

    /// Sets the clock, as a person does or a journey to another country: no time passes.
    pub(crate) fn set_ahead(&self, seconds: i64) {
        self.set_by.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn seconds(&self) -> i64 {
        let passed = self.passed.load(Ordering::SeqCst) / 1_000_000;
        START + passed + self.set_by.load(Ordering::SeqCst)
    }

    /// From now on time passes only by `advance`, and who waits does wait.
    pub(crate) fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    /// How many wait on the clock while it is held.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    fn pass(&self, micros: i64) {
        self.passed.fetch_add(micros, Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Waits until `advance` has brought the clock there.
    async fn wait_until(&self, due: Duration) {
        let _waiting = Waiting::new(&self.waiting);
        loop {
            let moved = self.moved.notified();
            if self.monotonic() >= due {
                return;
            }
            moved.await;
        }
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> UnixSeconds {
        UnixSeconds(self.seconds())
    }

    fn monotonic(&self) -> Duration {
        Duration::from_micros(self.passed.load(Ordering::SeqCst).unsigned_abs())
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        if self.held.load(Ordering::SeqCst) {
            return Box::pin(self.wait_until(self.monotonic() + duration));
        }
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        // A thousandth of it in real time, so that a timer does not run ahead of the work that it starts.
        let real = duration / 1_000;
        Box::pin(async move {
            self.pass(micros);
            if duration < Duration::from_secs(1) {
                tokio::task::yield_now().await;
            } else {
                tokio::time::sleep(real).await;
            }
        })
    }
}

/// Counts one who waits, also when the wait is given up.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What happens around a request: before it is answered, and to its answer.
pub(crate) type Interference =
    Box<dyn FnMut(&Sandbox, &VirtualClock) -> Option<TransportError> + Send>;

/// What becomes of the body of an answer, given what was asked.
pub(crate) type Alteration = Box<dyn FnMut(&[u8], Vec<u8>) -> Vec<u8> + Send>;

/// The network: the stand-in's core, with something that may happen before each request.
#[derive(Clone)]
pub(crate) struct Network {
    sandbox: Arc<Sandbox>,
    clock: Arc<VirtualClock>,
    interference: Arc<Mutex<Option<Interference>>>,
    stalled: Arc<AtomicBool>,
    alteration: Arc<Mutex<Option<Alteration>>>,
}

#[async_trait]
impl Transport for Network {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        // Other tasks get a turn, as they do on a real network.
        tokio::task::yield_now().await;
        let broken = self
            .interference
            .lock()
            .unwrap()
            .as_mut()
            .and_then(|interfere| interfere(&self.sandbox, &self.clock));
        if let Some(error) = broken {
            return Err(error);
        }
        if self.stalled.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        let asked = Request::post(request.url.path(), request.body.clone());
        let answer = self.sandbox.handle(&asked, self.clock.seconds());
        let header = |name: &str| answer.header(name).map(str::to_owned);
        let (date, retry_after) = (header("date"), header("retry-after"));
        let body = match self.alteration.lock().unwrap().as_mut() {
            Some(alter) => alter(&request.body, answer.body),
            None => answer.body,
        };
        Ok(HttpResponse {
            status: answer.status,
            date,
            retry_after,
            body,
        })
    }
}

/// Everything together.
pub(crate) struct World {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) network: Network,
    pub(crate) engine: Engine,
    pub(crate) dialect: Dialect,
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) async fn new(seed: u64, dialect: Dialect) -> Self {
        Self::sized(
            seed,
            dialect,
            Size {
                shops: 3,
                orders: 900,
            },
        )
        .await
    }

    pub(crate) async fn sized(seed: u64, dialect: Dialect, size: Size) -> Self {
        let options = SandboxOptions {
            size,
            ..SandboxOptions::new(seed, START)
        };
        let sandbox = Arc::new(Sandbox::new(options));
        let clock = Arc::new(VirtualClock::default());
        let network = Network {
            sandbox: sandbox.clone(),
            clock: clock.clone(),
            interference: Arc::default(),
            stalled: Arc::default(),
            alteration: Arc::default(),
        };
        let folder = tempfile::tempdir().unwrap();
        let engine = engine_in(&folder, &network, &clock).await;
        Self {
            sandbox,
            clock,
            network,
            engine,
            dialect,
            folder,
        }
    }

    /// Another program at the same platform, with a profile and a vault of its own.
    pub(crate) async fn beside(other: &Self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            sandbox: other.sandbox.clone(),
            clock: other.clock.clone(),
            network: other.network.clone(),
            engine: engine_in(&folder, &other.network, &other.clock).await,
            dialect: other.dialect,
            folder,
        }
    }

    /// What a restart of the app does: the same folder, everything else anew, the secrets as the vault keeps them.
    pub(crate) async fn restart(&mut self) {
        self.engine.stop().await;
        let vault = self.engine.vault();
        self.engine.store().close().await;
        self.engine = engine_in(&self.folder, &self.network, &self.clock).await;
        self.engine.set_vault(vault);
    }

    pub(crate) fn app_input(&self) -> AppInput {
        let credentials = self.sandbox.credentials(BASE_URL);
        let app = match self.dialect {
            Dialect::Guide => credentials.guide,
            Dialect::OpenPlatform => credentials.open_platform,
        };
        AppInput {
            gateway: Gateway::Custom,
            dialect: Some(self.dialect),
            base_url: Some(BASE_URL.to_owned()),
            app_key: app.app_key,
            app_secret: Some(Secret::new(app.app_secret)),
            redirect_uri: Some("sellerdesk://oauth/callback".to_owned()),
            proxy: None,
        }
    }

    pub(crate) fn app_input_without_redirect(&self) -> AppInput {
        AppInput {
            redirect_uri: None,
            ..self.app_input()
        }
    }

    /// The token that the stand-in has for a shop, by its place in the list.
    pub(crate) fn token(&self, place: usize) -> TokenInput {
        let credentials = self.sandbox.credentials(BASE_URL);
        let app = match self.dialect {
            Dialect::Guide => credentials.guide,
            Dialect::OpenPlatform => credentials.open_platform,
        };
        let shop = &app.shops[place];
        TokenInput {
            access_token: Secret::new(shop.access_token.clone()),
            refresh_token: shop.refresh_token.clone().map(Secret::new),
            expires_at: None,
        }
    }

    pub(crate) async fn add_shop(&self, place: usize) -> Shop {
        self.engine
            .add_shop(&self.app_input(), self.token(place))
            .await
            .unwrap()
    }

    /// What a person does on the consent page; answers where the browser is sent.
    pub(crate) fn consent(&self, page: &url::Url, shop: &str, decision: &str) -> String {
        let form =
            url::form_urlencoded::Serializer::new(page.query().unwrap_or_default().to_owned())
                .append_pair("shop_id", shop)
                .append_pair("decision", decision)
                .finish();
        let answer = self
            .sandbox
            .handle(&Request::post(page.path(), form), self.clock.seconds());
        assert_eq!(
            answer.status,
            303,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        answer.header("location").unwrap().to_owned()
    }

    /// Lets something happen before each request; an error takes the answer's place.
    pub(crate) fn interfere(
        &self,
        interference: impl FnMut(&Sandbox, &VirtualClock) -> Option<TransportError> + Send + 'static,
    ) {
        *self.network.interference.lock().unwrap() = Some(Box::new(interference));
    }

    /// From now on requests get no answer, not even an error.
    pub(crate) fn stall(&self) {
        self.network.stalled.store(true, Ordering::SeqCst);
    }

    /// A second process on the same profile and vault, as the command line is beside the window.
    pub(crate) async fn second_process(&self) -> Engine {
        let second = engine_in(&self.folder, &self.network, &self.clock).await;
        second.set_vault(self.engine.vault());
        second
    }

    /// Lets something happen to the body of each answer.
    pub(crate) fn alter(&self, alteration: impl FnMut(&[u8], Vec<u8>) -> Vec<u8> + Send + 'static) {
        *self.network.alteration.lock().unwrap() = Some(Box::new(alteration));
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn leave_alone(&self) {
        *self.network.interference.lock().unwrap() = None;
        *self.network.alteration.lock().unwrap() = None;
    }

    /// All orders of a shop as the list shows them.
    pub(crate) async fn orders(&self, shop: &ShopId) -> Vec<Order> {
        let query = ListQuery {
            shops: vec![shop.clone()],
            ..ListQuery::all(Resource::Orders)
        };
        match self.engine.store().list(&query, None).await.unwrap() {
            Rows::Orders(rows) => rows,
            other => panic!("orders were asked for, not {other:?}"),
        }
    }

    /// Makes every API call fail, until another fault is set.
    pub(crate) fn fail_all(&self, kind: FaultKind) {
        self.sandbox.set_faults(vec![Fault {
            kind,
            times: u32::MAX,
            call: None,
        }]);
    }

    /// How many calls were made.
    pub(crate) fn all_calls(&self) -> u64 {
        self.sandbox.calls().iter().map(|(_, count)| count).sum()
    }

    /// How often a call was made.
    pub(crate) fn calls(&self, name: &str) -> u64 {
        self.sandbox
            .calls()
            .iter()
            .filter(|(call, _)| call == name)
            .map(|(_, count)| count)
            .sum()
    }
}

async fn engine_in(
    folder: &tempfile::TempDir,
    network: &Network,
    clock: &Arc<VirtualClock>,
) -> Engine {
    let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
    let network = network.clone();
    let connect: Connect = Arc::new(move |_| {
        let transport: Arc<dyn Transport> = Arc::new(network.clone());
        Ok(transport)
    });
    Engine::new(
        store,
        Arc::new(MemoryVault::new()),
        clock.clone(),
        connect,
        20,
    )
}
