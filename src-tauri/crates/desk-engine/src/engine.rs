//! The engine's parts and what they share. Cloning is cheap.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicU32, Ordering},
    },
};

use desk_model::{Change, Clock, GatewayApp, GatewayAppId, ShopId, Tag};
use desk_store::Store;
use desk_temu::{Platform, RateLimit, Transport};
use desk_vault::Vault;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

use crate::{
    authorize::StartedAuthorization,
    credentials::Credentials,
    error::Error,
    jobs::{Job, RunningJob},
    paste::CheckedPaste,
    plan::Plan,
    report::SyncEvent,
    retention::FOR_EVER,
};

/// Makes the transport to a gateway; a seam, so that a simulation can stand in for the network.
pub type Connect =
    Arc<dyn Fn(&GatewayApp) -> Result<Arc<dyn Transport>, desk_temu::Error> + Send + Sync>;

/// A year.
const DEFAULT_HISTORY_DAYS: u32 = 365;

/// All verbs. See the modules for each of them.
#[derive(Clone)]
pub struct Engine {
    pub(crate) parts: Arc<Parts>,
}

pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    vault: RwLock<Arc<dyn Vault>>,
    connect: Connect,
    requests_per_second: RwLock<u32>,
    rate_limits: Mutex<HashMap<AppAtHost, Arc<RateLimit>>>,
    platforms: Mutex<HashMap<GatewayAppId, Platform>>,
    pub(crate) started: Mutex<HashMap<String, StartedAuthorization>>,
    pub(crate) checked: Mutex<HashMap<String, CheckedPaste>>,
    /// Removed shops that can be brought back, and what settles that.
    pub(crate) undoable: Mutex<HashMap<ShopId, CancellationToken>>,
    pub(crate) credentials_gates: Mutex<HashMap<ShopId, Arc<tokio::sync::Mutex<()>>>>,
    pub(crate) jobs: Mutex<HashMap<(ShopId, Job), RunningJob>>,
    pub(crate) turns: Mutex<HashMap<ShopId, Arc<tokio::sync::Mutex<()>>>>,
    history_days: AtomicU32,
    pub(crate) retention_days: AtomicU32,
    pub(crate) plan: Mutex<Plan>,
    pub(crate) plan_changed: Notify,
    changes: broadcast::Sender<Change>,
    pub(crate) events: broadcast::Sender<SyncEvent>,
}

/// What a platform counts requests by: its address and the app_key.
type AppAtHost = (String, String);

/// Locks, also after a panic elsewhere: what these maps hold is valid at every step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 0 where the system has no randomness to give: it only keeps computers apart.
fn random_seed() -> u64 {
    getrandom::u64().unwrap_or_default()
}

impl Engine {
    /// Puts the parts together. Makes no call to network or keychain.
    pub fn new(
        store: Store,
        vault: Arc<dyn Vault>,
        clock: Arc<dyn Clock>,
        connect: Connect,
        requests_per_second: u32,
    ) -> Self {
        Self {
            parts: Arc::new(Parts {
                store,
                clock,
                vault: RwLock::new(vault),
                connect,
                requests_per_second: RwLock::new(requests_per_second),
                rate_limits: Mutex::default(),
                platforms: Mutex::default(),
                started: Mutex::default(),
                checked: Mutex::default(),
                undoable: Mutex::default(),
                credentials_gates: Mutex::default(),
                jobs: Mutex::default(),
                turns: Mutex::default(),
                history_days: AtomicU32::new(DEFAULT_HISTORY_DAYS),
                retention_days: AtomicU32::new(FOR_EVER),
                plan: Mutex::new(Plan::new(random_seed())),
                plan_changed: Notify::new(),
                changes: broadcast::Sender::new(256),
                events: broadcast::Sender::new(1024),
            }),
        }
    }

    /// The database, for reading.
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// The vault in use.
    pub fn vault(&self) -> Arc<dyn Vault> {
        self.parts
            .vault
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Uses another vault from now on; what the old one holds is not moved.
    pub fn set_vault(&self, vault: Arc<dyn Vault>) {
        *self
            .parts
            .vault
            .write()
            .unwrap_or_else(PoisonError::into_inner) = vault;
        lock(&self.parts.platforms).clear();
    }

    /// Sets the pace for each gateway app from now on.
    pub fn set_requests_per_second(&self, requests_per_second: u32) {
        *self
            .parts
            .requests_per_second
            .write()
            .unwrap_or_else(PoisonError::into_inner) = requests_per_second;
        for rate_limit in lock(&self.parts.rate_limits).values() {
            rate_limit.set_requests_per_second(requests_per_second);
        }
    }

    /// How many days of history a shop's orders are read back; 365 unless set, and none that would not be kept.
    pub fn history_days(&self) -> u32 {
        let kept = self.parts.retention_days.load(Ordering::Relaxed);
        self.parts.history_days.load(Ordering::Relaxed).min(kept)
    }

    /// Sets how many days of history are read from now on. More goes on from what is there; less stops where it is and deletes nothing.
    pub fn set_history_days(&self, days: u32) {
        self.parts.history_days.store(days, Ordering::Relaxed);
    }

    /// Every commit's news.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.parts.changes.subscribe()
    }

    /// Progress and ends of syncs.
    pub fn sync_events(&self) -> broadcast::Receiver<SyncEvent> {
        self.parts.events.subscribe()
    }

    pub(crate) fn announce(&self, shop_id: Option<&ShopId>, tags: &[Tag]) {
        // Nobody listening is fine: the truth is in the database.
        let _ = self.parts.changes.send(Change {
            shop_id: shop_id.cloned(),
            tags: tags.to_vec(),
        });
    }

    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::new(self.vault())
    }

    /// The client of a stored gateway app, made once and shared, so that its pace and server time are shared too.
    pub(crate) async fn platform(&self, app: &GatewayApp) -> Result<Platform, Error> {
        if let Some(platform) = lock(&self.parts.platforms).get(&app.id) {
            return Ok(platform.clone());
        }
        let secret =
            self.credentials()
                .app_secret(app)
                .await?
                .ok_or_else(|| Error::AppSecretMissing {
                    app_key: app.app_key.clone(),
                })?;
        let platform = self.provisional_platform(app, secret)?;
        Ok(lock(&self.parts.platforms)
            .entry(app.id)
            .or_insert(platform)
            .clone())
    }

    /// A client for credentials that are not stored yet.
    pub(crate) fn provisional_platform(
        &self,
        app: &GatewayApp,
        app_secret: desk_model::Secret,
    ) -> Result<Platform, Error> {
        let transport = (self.parts.connect)(app)?;
        Ok(Platform::within(
            app,
            app_secret,
            transport,
            self.parts.clock.clone(),
            self.rate_limit(app),
        ))
    }

    /// One per app and host, also for clients that are made anew: pace and pauses are the platform's, not a client's.
    fn rate_limit(&self, app: &GatewayApp) -> Arc<RateLimit> {
        let pace = *self
            .parts
            .requests_per_second
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        lock(&self.parts.rate_limits)
            .entry((app.base_url.clone(), app.app_key.clone()))
            .or_insert_with(|| Arc::new(RateLimit::new(pace)))
            .clone()
    }

    pub(crate) fn forget_platform(&self, app: GatewayAppId) {
        lock(&self.parts.platforms).remove(&app);
    }
}
