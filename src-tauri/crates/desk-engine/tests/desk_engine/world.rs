//! A small world: a stand-in platform, a clock that jumps instead of waiting, a network that can be interfered with, a real database.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use desk_engine::{AppInput, Connect, Engine, TokenInput};
use desk_model::{Dialect, Gateway, ListQuery, Order, Resource, Secret, Shop, ShopId, UnixSeconds};
use desk_sandbox::{Fault, FaultKind, Request, Sandbox, SandboxOptions, Size};
use desk_store::{Access, Rows, Store};
use desk_temu::{HttpRequest, HttpResponse, Transport, TransportError};
use desk_vault::MemoryVault;

use crate::virtual_clock::VirtualClock;

pub(crate) const START: i64 = 1_790_000_000;
pub(crate) const BASE_URL: &str = "http://127.0.0.1:9";
/// The remote id of the first shop in the guide's dialect.
pub(crate) const US_SHOP: &str = "US-1001";

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
    sent: Arc<Mutex<Sent>>,
    alteration: Arc<Mutex<Option<Alteration>>>,
}

/// The requests so far: how many, and a hash over all of them in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) requests: u64,
    pub(crate) hash: u64,
}

impl Sent {
    fn add(&mut self, request: &HttpRequest) {
        let mut hasher = DefaultHasher::new();
        (self.hash, request.url.as_str(), &request.body).hash(&mut hasher);
        self.hash = hasher.finish();
        self.requests += 1;
    }
}

#[async_trait]
impl Transport for Network {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        // Other tasks get a turn, as they do on a real network.
        tokio::task::yield_now().await;
        self.sent.lock().unwrap().add(request);
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
        let answer = self.sandbox.handle(&asked, self.clock.true_seconds());
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
    server_ahead: i64,
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
            sent: Arc::default(),
            alteration: Arc::default(),
        };
        let folder = folder();
        let engine = engine_in(&folder, &network, &clock).await;
        Self {
            sandbox,
            clock,
            network,
            engine,
            dialect,
            server_ahead: 0,
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
            server_ahead: other.server_ahead,
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

    /// The database's file.
    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.folder.path().join(desk_store::FILE_NAME)
    }

    /// A second process on the same profile and vault, as the command line is beside the window.
    pub(crate) async fn second_process(&self) -> Engine {
        let second = engine_in(&self.folder, &self.network, &self.clock).await;
        second.set_vault(self.engine.vault());
        second
    }

    /// Sets the platform's clock ahead of ours, from now on.
    pub(crate) fn set_server_ahead(&mut self, seconds: i64) {
        self.server_ahead = seconds;
        self.sandbox.set_clock_offset(seconds);
    }

    /// The platform's time.
    pub(crate) fn server_time(&self) -> i64 {
        self.clock.true_seconds() + self.server_ahead
    }

    /// The requests so far.
    pub(crate) fn sent(&self) -> Sent {
        *self.network.sent.lock().unwrap()
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
        match rows(self.engine.store(), shop, Resource::Orders).await {
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

/// All rows of a shop as the list shows them.
pub(crate) async fn rows(store: &Store, shop: &ShopId, resource: Resource) -> Rows {
    let query = ListQuery {
        shops: vec![shop.clone()],
        ..ListQuery::all(resource)
    };
    store
        .list(&query, UnixSeconds::default(), None)
        .await
        .unwrap()
}

/// A folder for a database, in memory where the system has such a place: it need not outlive a power cut.
pub(crate) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
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
