//! What outlives the killed process: the platform, the profile folder, and the test that looks at both.

use std::{fs, path::PathBuf, sync::Arc};

use desk_engine::{AppInput, Connect, Engine, TokenInput};
use desk_model::{
    Clock, Dialect, Gateway, Resource, RunResult, Secret, Shop, ShopId, SyncTrigger, TokenState,
};
use desk_sandbox::{OrderChange, Sandbox, SandboxOptions, Size, server};
use desk_store::Store;
use desk_temu::{HttpTransport, SystemClock, Transport};
use desk_vault::{PassphraseVault, Vault};
use serde::{Deserialize, Serialize};

use crate::{
    simulation::{
        oracle::{Mirror, Span},
        seeds::block_on,
        trouble::wire,
        truth::Expected,
    },
    world::folder,
};

/// Enough that a month of orders fills several pages.
const ORDERS: u32 = 900;
/// So that the history is read, but not for long.
const HISTORY_DAYS: u32 = 60;
const PASSPHRASE: &str = "made-up passphrase";

/// What a process needs to get at a shop; the child is told it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Access {
    folder: PathBuf,
    base_url: String,
    dialect: String,
    app_key: String,
    app_secret: String,
    remote_id: String,
    access_token: String,
    refresh_token: Option<String>,
}

impl Access {
    pub(crate) fn shop_id(&self) -> ShopId {
        ShopId::from_parts(Gateway::Custom, &self.remote_id)
    }

    pub(crate) fn vault(&self) -> PassphraseVault {
        let vault = PassphraseVault::new(self.folder.join("vault"));
        vault.unlock(Some(&Secret::new(PASSPHRASE))).unwrap();
        vault
    }

    pub(crate) async fn engine<T: Transport + 'static>(
        &self,
        vault: Arc<dyn Vault>,
        connect: impl Fn() -> Arc<T> + Send + Sync + 'static,
    ) -> Engine {
        let store = Store::open(&self.folder, desk_store::Access::ReadWrite)
            .await
            .unwrap();
        let connect: Connect = Arc::new(move |_| Ok(connect()));
        let engine = Engine::new(store, vault, Arc::new(SystemClock), connect, 5_000);
        engine.set_history_days(HISTORY_DAYS);
        engine
    }

    /// What a person does who has the token.
    pub(crate) async fn add_shop(&self, engine: &Engine) -> Shop {
        let app = AppInput {
            gateway: Gateway::Custom,
            dialect: Some(Dialect::parse(&self.dialect).unwrap()),
            base_url: Some(self.base_url.clone()),
            app_key: self.app_key.clone(),
            app_secret: Some(Secret::new(self.app_secret.clone())),
            redirect_uri: None,
            proxy: None,
        };
        let token = TokenInput {
            access_token: Secret::new(self.access_token.clone()),
            refresh_token: self.refresh_token.clone().map(Secret::new),
            expires_at: None,
        };
        engine.add_shop(&app, token).await.unwrap()
    }
}

/// The platform and a profile folder.
pub(crate) struct Ground {
    sandbox: Arc<Sandbox>,
    base_url: String,
    dialect: Dialect,
    folder: tempfile::TempDir,
    /// Pages of orders that were read when this ground was made.
    read_before: u64,
}

impl Ground {
    /// A platform that answers on this computer, and an empty profile.
    pub(crate) fn new(dialect: Dialect) -> Self {
        let size = Size {
            shops: 1,
            orders: ORDERS,
        };
        let sandbox = Arc::new(Sandbox::new(SandboxOptions {
            size,
            ..SandboxOptions::new(7, server::wall_clock())
        }));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let served = sandbox.clone();
        std::thread::spawn(move || {
            block_on(async {
                listener.set_nonblocking(true).unwrap();
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                server::serve(served, listener, server::wall_clock)
                    .await
                    .unwrap();
            });
        });
        Self {
            sandbox,
            base_url,
            dialect,
            folder: folder(),
            read_before: 0,
        }
    }

    /// The same platform with a copy of the folder, for one try.
    pub(crate) fn on_a_copy(&self, work: &mut dyn FnMut(&Self)) {
        let copy = Self {
            sandbox: self.sandbox.clone(),
            base_url: self.base_url.clone(),
            dialect: self.dialect,
            folder: folder(),
            read_before: self.all_pages_read(),
        };
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.folder.path().join(entry.file_name())).unwrap();
        }
        work(&copy);
    }

    pub(crate) fn access(&self) -> Access {
        let credentials = self.sandbox.credentials(&self.base_url);
        let app = match self.dialect {
            Dialect::Guide => credentials.guide,
            Dialect::OpenPlatform => credentials.open_platform,
        };
        let shop = &app.shops[0];
        Access {
            folder: self.folder.path().to_owned(),
            base_url: self.base_url.clone(),
            dialect: self.dialect.as_str().to_owned(),
            app_key: app.app_key,
            app_secret: app.app_secret,
            remote_id: shop.shop_id.clone(),
            access_token: shop.access_token.clone(),
            refresh_token: shop.refresh_token.clone(),
        }
    }

    /// Authorizes the shop, with nobody killed.
    pub(crate) fn add_shop(&self) {
        block_on(async {
            let access = self.access();
            let engine = open(&access).await;
            access.add_shop(&engine).await;
            engine.store().close().await;
        });
    }

    /// Lets the shop's access token end.
    pub(crate) fn end_token(&self) {
        let (shop, now) = (self.access().remote_id, server::wall_clock());
        self.sandbox
            .expire_token(wire(self.dialect), &shop, now)
            .unwrap();
    }

    /// Lets orders come and move.
    pub(crate) fn live(&self, salt: u64) {
        let (shop, now) = (self.access().remote_id, server::wall_clock());
        let change = OrderChange {
            status: Some("SHIPPED".to_owned()),
            ..OrderChange::default()
        };
        let orders = self.sandbox.order_digests(&shop).unwrap();
        for place in 0..150 {
            let place = usize::try_from((salt * 131 + place * 5) % orders.len() as u64).unwrap();
            let order_sn = &orders[place].order_sn;
            self.sandbox
                .change_order(&shop, order_sn, &change, now)
                .unwrap();
        }
        self.sandbox.add_orders(&shop, 120, &change, now).unwrap();
    }

    /// Pages of orders that were read since this ground was made.
    pub(crate) fn pages_read(&self) -> u64 {
        self.all_pages_read() - self.read_before
    }

    fn all_pages_read(&self) -> u64 {
        let lists = ["order/list", "bg.order.list.v2.get"];
        let calls = self.sandbox.calls().into_iter();
        calls
            .filter(|(name, _)| lists.contains(&name.as_str()))
            .map(|(_, count)| count)
            .sum()
    }

    /// What a start after a death finds and does: the database opens and is sound, the shop is authorized or plainly not, and one sync
    /// brings everything.
    pub(crate) fn recover(&self, what: &str) {
        block_on(async {
            let access = self.access();
            let engine = open(&access).await;
            // As every start does.
            engine
                .store()
                .abandon_runs(SystemClock.now())
                .await
                .unwrap();
            self.authorize_if_needed(&engine, &access, what).await;
            let shop = access.shop_id();
            let summary = engine.sync_shop(&shop, SyncTrigger::Manual, None).await;
            assert_eq!(summary.result, RunResult::Complete, "{what}: {summary:?}");
            engine.maintain_shop(&shop).await.unwrap();
            self.compare(&engine, &shop, what).await;
            engine.store().close().await;
        });
    }

    /// A death in an authorization may leave no shop, one in a renewal a shop that says that it must be authorized again.
    async fn authorize_if_needed(&self, engine: &Engine, access: &Access, what: &str) {
        let stored = engine.store().shop(&access.shop_id()).await.unwrap();
        if stored.is_none() {
            access.add_shop(engine).await;
            return;
        }
        let tested = engine.test_shop(&access.shop_id()).await;
        let Err(error) = tested else { return };
        let stored = engine.store().shop(&access.shop_id()).await.unwrap();
        assert_ne!(
            stored.unwrap().token_state,
            TokenState::Valid,
            "{what}: {error} is not seen in the shop"
        );
        let now = server::wall_clock();
        self.sandbox
            .renew_token(wire(self.dialect), &access.remote_id, now)
            .unwrap();
        self.access().add_shop(engine).await;
    }

    async fn compare(&self, engine: &Engine, shop: &ShopId, what: &str) {
        let now = server::wall_clock();
        let truth = Expected::read(&self.sandbox, self.dialect, shop, now);
        let mirror = Mirror::read(engine.store(), shop).await;
        let from = now - i64::from(HISTORY_DAYS - 1) * 86_400;
        let complete = mirror
            .check_orders(&truth, Span { from, to: i64::MAX })
            .and_then(|()| mirror.check_shelves(&truth, &truth));
        assert_eq!(complete, Ok(()), "{what}");
        let runs = engine.store().sync_runs(Some(shop), 100).await.unwrap();
        let open = runs.iter().find(|run| run.result == RunResult::Running);
        assert_eq!(
            open.map(|run| run.resource),
            None::<Resource>,
            "{what}: an open line in the log"
        );
    }
}

async fn open(access: &Access) -> Engine {
    let vault = Arc::new(access.vault());
    access
        .engine(vault, || Arc::new(HttpTransport::new(None).unwrap()))
        .await
}
