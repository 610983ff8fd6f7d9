//! The automatic sync while the app is open: looks every few seconds at what the plan has to do, and does it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use desk_model::{Resource, RunResult, ShopId, SyncTask, SyncTrigger, TokenState, UnixSeconds};
use tokio::task::JoinSet;

use crate::{
    engine::{Engine, lock},
    error::Error,
    failure::Failure,
    pause::Cause,
    plan::{AutomaticState, Plan, Step},
    report::ShopSummary,
    sync::offered,
};

/// How often the clock is looked at; short, so that a computer that slept catches up soon.
const LOOK: Duration = Duration::from_secs(5);
/// Written to find out whether the database can be.
const PROBE_SETTING: &str = "storage_probed_at";

/// When the automatic sync runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Whether it runs at all.
    pub enabled: bool,
    /// How often.
    pub intervals: Intervals,
}

/// Minutes between two runs of each resource, to which up to a tenth is added; at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervals {
    /// Of orders.
    pub orders: u32,
    /// Of products.
    pub products: u32,
    /// Of activities.
    pub activities: u32,
}

impl Intervals {
    /// The same for all.
    pub const fn all(minutes: u32) -> Self {
        Self {
            orders: minutes,
            products: minutes,
            activities: minutes,
        }
    }

    pub(crate) fn seconds(self, resource: Resource) -> i64 {
        let minutes = match resource {
            Resource::Orders => self.orders,
            Resource::Products => self.products,
            Resource::Activities => self.activities,
        };
        i64::from(minutes.max(1)) * 60
    }
}

/// Runs the automatic sync until it is dropped.
pub struct Scheduler {
    engine: Engine,
    task: tokio::task::JoinHandle<()>,
}

impl Scheduler {
    /// Starts it. Each resource of a shop is synced at once when its last reading is longer ago than its interval, or its last run failed or was cut off.
    pub fn start(engine: Engine, schedule: Schedule) -> Self {
        lock(&engine.parts.plan).set_schedule(schedule);
        let task = tokio::spawn(run(engine.clone()));
        Self { engine, task }
    }

    /// Sets when it runs from now on.
    pub fn set(&self, schedule: Schedule) {
        lock(&self.engine.parts.plan).set_schedule(schedule);
        self.engine.parts.plan_changed.notify_one();
    }

    /// When it is next; `None` = off, or no shop to sync.
    pub fn next_at(&self) -> Option<UnixSeconds> {
        self.engine.automatic_state().next_at
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Engine {
    /// What the automatic sync will do next, and what it waits for.
    pub fn automatic_state(&self) -> AutomaticState {
        lock(&self.parts.plan).state(self.parts.clock.now())
    }

    /// Tells the plan how a sync of these resources has ended, whoever started it.
    pub(crate) fn note_end(&self, summary: &ShopSummary, resources: &BTreeSet<Resource>) {
        self.change_plan(|plan, now| plan.ended(summary, resources, now));
        self.parts.plan_changed.notify_one();
    }

    /// Tells the plan that the platform wants to be left alone for so long.
    pub(crate) fn note_wait(&self, shop: &ShopId, asked: Duration) {
        // Rather a second late than early.
        let seconds = i64::try_from(asked.as_secs())
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        self.change_plan(|plan, now| plan.asked_to_wait(shop, now + seconds));
    }

    fn change_plan(&self, change: impl FnOnce(&mut Plan, UnixSeconds)) {
        let now = self.parts.clock.now();
        change(&mut lock(&self.parts.plan), now);
    }
}

async fn run(engine: Engine) {
    let last_backup = engine.store().last_backup_at().await.ok().flatten();
    lock(&engine.parts.plan).set_last_backup(last_backup);
    log_failure(engine.finish_removals().await);
    let mut under_way = JoinSet::new();
    loop {
        for step in steps(&engine).await {
            under_way.spawn(take(engine.clone(), step));
        }
        while under_way.try_join_next().is_some() {}
        tokio::select! {
            biased;
            () = engine.parts.plan_changed.notified() => {}
            () = engine.parts.clock.sleep(LOOK) => {}
        }
    }
}

/// What the plan wants done now. Nothing is begun without its secrets: a locked vault is one reason to wait, not a failure of each shop.
async fn steps(engine: &Engine) -> Vec<Step> {
    if let Err(error) = update_shops(engine).await {
        tracing::warn!(code = ?error.code(), %error, "automatic sync");
    }
    let now = engine.parts.clock.now();
    let steps = {
        let mut plan = lock(&engine.parts.plan);
        plan.look(now);
        plan.next(now)
    };
    let is_run = |step: &Step| matches!(step, Step::Sync(..) | Step::Maintain(_));
    let locked = match steps.iter().any(is_run) {
        true => engine.credentials().probe().await.err(),
        false => None,
    };
    let mut plan = lock(&engine.parts.plan);
    if let Some(error) = locked {
        plan.pause(Cause::Vault, &error.into(), now);
        return Vec::new();
    }
    for step in &steps {
        plan.begin(step, now);
    }
    steps
}

/// Shops come and go; one that has to be authorized again is not asked.
async fn update_shops(engine: &Engine) -> Result<(), Error> {
    let shops = engine.store().shops().await?;
    let valid: BTreeMap<ShopId, BTreeSet<Resource>> = shops
        .into_iter()
        .filter(|shop| shop.token_state == TokenState::Valid)
        .map(|shop| (shop.shop_id.clone(), offered(&shop)))
        .collect();
    for shop in valid.keys() {
        if !lock(&engine.parts.plan).knows(shop) {
            let ends = last_ends(engine, shop).await?;
            lock(&engine.parts.plan).add(shop.clone(), ends);
        }
    }
    lock(&engine.parts.plan).keep(&valid);
    Ok(())
}

/// When the log says that each resource was last read; not where its last run failed or was cut off, which is tried at once, nor in the
/// future.
async fn last_ends(
    engine: &Engine,
    shop: &ShopId,
) -> Result<BTreeMap<Resource, UnixSeconds>, Error> {
    let now = engine.parts.clock.now();
    let mut syncs = engine.store().latest_runs(shop).await?;
    syncs.retain(|run| {
        let was_read = matches!(run.result, RunResult::Complete | RunResult::Partial);
        run.task == SyncTask::Changes && was_read
    });
    let ends = syncs
        .into_iter()
        .filter_map(|run| Some((run.resource, run.finished_at.filter(|at| *at <= now)?)));
    Ok(ends.collect())
}

/// Takes a step to its end; the plan hears of it also when the app stops waiting.
async fn take(engine: Engine, step: Step) {
    let done = Done {
        engine: &engine,
        step: &step,
    };
    match &step {
        Step::Sync(shop, resources) => {
            let summary = engine
                .sync_resources(shop, resources, SyncTrigger::Automatic, None)
                .await;
            // Noted where every sync ends, and here again in case it broke off.
            engine.note_end(&summary, resources);
        }
        Step::Probe(cause, shop) => {
            let result = probe(&engine, *cause, shop.as_ref()).await;
            let result = result.map_err(Failure::from);
            engine.change_plan(|plan, now| plan.probed(shop.as_ref(), result, now));
        }
        Step::Maintain(shop) => maintain(&engine, shop).await,
        Step::BackUp => {
            let now = engine.parts.clock.now();
            log_failure(engine.store().back_up(now).await.map_err(Error::from));
        }
        Step::RefreshTokens => log_failure(engine.refresh_due_tokens().await),
    }
    drop(done);
    engine.parts.plan_changed.notify_one();
}

struct Done<'a> {
    engine: &'a Engine,
    step: &'a Step,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        lock(&self.engine.parts.plan).done(self.step);
    }
}

async fn maintain(engine: &Engine, shop: &ShopId) {
    if let Err(error) = engine.maintain_shop(shop).await {
        tracing::warn!(%shop, code = ?error.code(), "not everything that is due was read");
        engine.change_plan(|plan, now| plan.failed(shop, &error.into(), now));
    }
}

/// Whether what was away is back.
async fn probe(engine: &Engine, cause: Cause, shop: Option<&ShopId>) -> Result<(), Error> {
    match (cause, shop) {
        (Cause::Network, Some(shop)) => engine.test_shop(shop).await.map(drop),
        (Cause::Network, None) => Ok(()),
        (Cause::Vault, _) => engine.credentials().probe().await,
        (Cause::Storage, _) => {
            let now = engine.parts.clock.now().0.to_string();
            Ok(engine.store().set_setting(PROBE_SETTING, &now).await?)
        }
    }
}

fn log_failure<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        tracing::warn!(code = ?error.code(), %error, "automatic sync");
    }
}
