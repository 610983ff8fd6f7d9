//! An engine with a database of its own, and the shops of a stand-in.

use std::{path::Path, sync::Arc, time::Duration};

use desk_engine::{AppInput, Connect, Engine, ShopSummary, TokenInput};
use desk_model::{
    Dialect, Gateway, GatewayApp, Resource, RunResult, Secret, Shop, ShopId, SyncTrigger,
};
use desk_sandbox::{AppCredentials, Credentials};
use desk_store::{Access, Store};
use desk_temu::{Platform, SystemClock};
use desk_vault::MemoryVault;

use crate::{
    error::Error,
    stand_in::{self, NOWHERE, connect_in_process, sandbox},
};

/// No pace at all: what is measured is not the waiting.
pub(crate) const UNPACED: u32 = u32::MAX;
/// The pace that the app starts with.
pub(crate) const DEFAULT_PACE: u32 = 20;
/// The stand-in's history is a little shorter.
const ALL_DAYS: u32 = 410;

/// Everything that a sync needs but the window.
pub(crate) struct Desk {
    pub(crate) engine: Engine,
    pub(crate) shops: Vec<Shop>,
    pub(crate) app: GatewayApp,
    connect: Connect,
    app_secret: Secret,
}

impl Desk {
    /// A database in the folder with so many orders over 40 shops, by a sync.
    pub(crate) async fn with_orders(folder: &Path, orders: u64) -> Result<Self, Error> {
        let sandbox = sandbox(stand_in::SHOPS, orders);
        let credentials = sandbox.credentials(NOWHERE);
        let connect = connect_in_process(&sandbox, Duration::ZERO);
        let desk = Self::open(folder, Dialect::Guide, &credentials, connect, UNPACED).await?;
        desk.sync_all().await?;
        Ok(desk)
    }

    /// Opens a database in the folder and adds every shop of the stand-in.
    pub(crate) async fn open(
        folder: &Path,
        dialect: Dialect,
        credentials: &Credentials,
        connect: Connect,
        requests_per_second: u32,
    ) -> Result<Self, Error> {
        let store = Store::open(folder, Access::ReadWrite).await?;
        let engine = Engine::new(
            store,
            Arc::new(MemoryVault::new()),
            Arc::new(SystemClock),
            connect.clone(),
            requests_per_second,
        );
        let keys = match dialect {
            Dialect::Guide => &credentials.guide,
            Dialect::OpenPlatform => &credentials.open_platform,
        };
        let input = app_input(dialect, &credentials.base_url, keys);
        let mut shops = Vec::with_capacity(keys.shops.len());
        for shop in &keys.shops {
            let token = TokenInput {
                access_token: Secret::new(shop.access_token.clone()),
                refresh_token: None,
                expires_at: None,
            };
            shops.push(engine.add_shop(&input, token).await?);
        }
        let app = engine.store().gateway_apps().await?.pop();
        Ok(Self {
            engine,
            shops,
            app: app.ok_or_else(|| Error::Wrong("no gateway app was stored".to_owned()))?,
            connect,
            app_secret: Secret::new(keys.app_secret.clone()),
        })
    }

    /// A client of the stand-in, without the engine.
    pub(crate) fn platform(&self) -> Result<Platform, Error> {
        Ok(Platform::new(
            &self.app,
            self.app_secret.clone(),
            (self.connect)(&self.app)?,
            Arc::new(SystemClock),
            UNPACED,
        ))
    }

    /// Syncs every shop: all there is, side by side.
    pub(crate) async fn sync_all(&self) -> Result<Synced, Error> {
        self.sync(Some(ALL_DAYS)).await
    }

    /// Syncs every shop as the timer does.
    pub(crate) async fn sync_news(&self) -> Result<Synced, Error> {
        self.sync(None).await
    }

    async fn sync(&self, since_days: Option<u32>) -> Result<Synced, Error> {
        let shops: Vec<ShopId> = self.shops.iter().map(|shop| shop.shop_id.clone()).collect();
        let summaries = self
            .engine
            .sync_shops(&shops, SyncTrigger::Manual, since_days)
            .await;
        Synced::of(&summaries)
    }
}

/// What a sync of all shops did.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Synced {
    /// Rows of all kinds that came.
    pub(crate) rows: u64,
    /// Orders among them.
    pub(crate) orders: u64,
    /// Rows of all kinds that were written.
    pub(crate) written: u64,
}

impl Synced {
    fn of(summaries: &[ShopSummary]) -> Result<Self, Error> {
        let mut synced = Self::default();
        for summary in summaries {
            if summary.result != RunResult::Complete {
                return Err(Error::Wrong(format!(
                    "the sync of {} ended {:?}: {:?}",
                    summary.shop_id, summary.result, summary.error
                )));
            }
            for (resource, counts) in &summary.resources {
                let written = counts.new + counts.changed;
                let rows = written + counts.unchanged;
                synced.rows += rows;
                synced.written += written;
                if *resource == Resource::Orders {
                    synced.orders += rows;
                }
            }
        }
        Ok(synced)
    }
}

fn app_input(dialect: Dialect, base_url: &str, keys: &AppCredentials) -> AppInput {
    AppInput {
        gateway: Gateway::Custom,
        dialect: Some(dialect),
        base_url: Some(base_url.to_owned()),
        app_key: keys.app_key.clone(),
        app_secret: Some(Secret::new(keys.app_secret.clone())),
        redirect_uri: None,
        proxy: None,
    }
}
