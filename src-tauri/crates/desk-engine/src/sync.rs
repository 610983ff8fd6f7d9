//! Syncing a shop: one run at a time per shop, resource after resource, stoppable at every page.

use std::sync::Mutex;

use desk_model::{
    MallType, PageCounts, Resource, ResourceCounts, RunResult, Shop, ShopId, SyncTask, SyncTrigger,
    Tag,
};
use desk_store::{NewRun, RunEnd};
use desk_temu::Priority;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    engine::{Engine, lock},
    error::Error,
    failure::{ErrorCode, Failure},
    report::{DataState, ShopSummary, SyncEvent, SyncProgress},
    resource_run::ResourceRun,
    session::Session,
};

/// A sync under way; whoever wants the same joins it.
pub(crate) struct RunningSync {
    cancel: CancellationToken,
    pub(crate) progress: SyncProgress,
    done: watch::Receiver<Option<ShopSummary>>,
}

impl Engine {
    /// Syncs a shop, or joins the run that is under way (I9). Ends with its summary; an error is part of it.
    pub async fn sync_shop(
        &self,
        shop_id: &ShopId,
        trigger: SyncTrigger,
        since_days: Option<u32>,
    ) -> ShopSummary {
        let mut done = self.start_or_join(shop_id, trigger, since_days);
        let summary = match done.wait_for(Option::is_some).await {
            Ok(summary) => summary.clone(),
            Err(_) => None,
        };
        summary.unwrap_or_else(|| ShopSummary::failed(shop_id, &Error::Canceled))
    }

    /// Syncs shops side by side; one shop's failure does not touch the others.
    pub async fn sync_shops(
        &self,
        shops: &[ShopId],
        trigger: SyncTrigger,
        since_days: Option<u32>,
    ) -> Vec<ShopSummary> {
        let runs = shops
            .iter()
            .map(|shop| self.sync_shop(shop, trigger, since_days));
        futures_util::future::join_all(runs).await
    }

    /// Stops a shop's sync at the next page boundary, if one is under way; committed pages stay.
    pub fn cancel_sync(&self, shop_id: &ShopId) {
        if let Some(running) = lock(&self.parts.running).get(shop_id) {
            running.cancel.cancel();
        }
    }

    /// Stops every sync and waits until the last page is committed or dropped.
    pub async fn stop(&self) {
        let shops: Vec<ShopId> = lock(&self.parts.running).keys().cloned().collect();
        for shop in &shops {
            self.cancel_sync(shop);
        }
        for shop in &shops {
            self.cancel_and_wait(shop).await;
        }
        self.wait_for_renewals().await;
    }

    /// Stops a shop's sync and waits for its end.
    pub(crate) async fn cancel_and_wait(&self, shop_id: &ShopId) {
        let done = lock(&self.parts.running).get(shop_id).map(|running| {
            running.cancel.cancel();
            running.done.clone()
        });
        if let Some(mut done) = done {
            // A run that is gone has ended.
            let _ = done.wait_for(Option::is_some).await;
        }
    }

    /// What is being synced now.
    pub fn running(&self) -> Vec<SyncProgress> {
        lock(&self.parts.running)
            .values()
            .map(|running| running.progress.clone())
            .collect()
    }

    /// How fresh each kind of a shop's data is.
    pub async fn data_states(&self, shop: &Shop) -> Result<Vec<DataState>, Error> {
        let app = self.stored_app(shop.app).await?;
        let runs = self.parts.store.latest_runs(&shop.shop_id).await?;
        let mut states = Vec::with_capacity(Resource::ALL.len());
        for resource in Resource::ALL {
            let checkpoint = self
                .parts
                .store
                .checkpoint(&shop.shop_id, resource, SyncTask::Changes)
                .await?;
            let run = runs
                .iter()
                .find(|run| run.resource == resource && run.task == SyncTask::Changes);
            states.push(DataState {
                resource,
                allowed: offers(shop, resource)
                    && shop.allows(desk_temu::required_scope(app.dialect, resource)),
                complete_through: checkpoint.and_then(|checkpoint| checkpoint.reached),
                last_result: run.map(|run| run.result),
                last_error: run.and_then(Failure::from_log),
            });
        }
        Ok(states)
    }

    fn start_or_join(
        &self,
        shop_id: &ShopId,
        trigger: SyncTrigger,
        since_days: Option<u32>,
    ) -> watch::Receiver<Option<ShopSummary>> {
        let mut running = lock(&self.parts.running);
        if let Some(run) = running.get(shop_id) {
            return run.done.clone();
        }
        let (finished, done) = watch::channel(None);
        let cancel = CancellationToken::new();
        let progress = SyncProgress {
            shop_id: shop_id.clone(),
            resource: Resource::Orders,
            pages_done: 0,
            pages_total: 0,
            counts: PageCounts::default(),
        };
        running.insert(
            shop_id.clone(),
            RunningSync {
                cancel: cancel.clone(),
                progress,
                done: done.clone(),
            },
        );
        let (engine, shop_id) = (self.clone(), shop_id.clone());
        tokio::spawn(async move {
            let registered = Registered {
                engine: &engine,
                shop_id: &shop_id,
            };
            let summary = engine.run_shop(&shop_id, trigger, since_days, cancel).await;
            drop(registered);
            engine.announce(Some(&shop_id), &[Tag::SyncRuns, Tag::Shops]);
            // Without listeners the truth is still in the sync log.
            let _ = engine
                .parts
                .events
                .send(SyncEvent::Finished(summary.clone()));
            let _ = finished.send(Some(summary));
        });
        done
    }

    async fn run_shop(
        &self,
        shop_id: &ShopId,
        trigger: SyncTrigger,
        since_days: Option<u32>,
        cancel: CancellationToken,
    ) -> ShopSummary {
        let priority = match trigger {
            SyncTrigger::Manual | SyncTrigger::CommandLine => Priority::Foreground,
            SyncTrigger::Automatic | SyncTrigger::FirstAuthorization => Priority::Background,
        };
        let session = match self.session(shop_id, priority).await {
            Ok(session) => session,
            Err(error) => return ShopSummary::failed(shop_id, &error),
        };
        let mut summary = ShopSummary {
            shop_id: shop_id.clone(),
            result: RunResult::Complete,
            resources: ResourceCounts::new(),
            error: None,
        };
        let mut something_read = false;
        for resource in Resource::ALL
            .into_iter()
            .filter(|resource| offers(&session.shop, *resource))
        {
            let (counts, outcome) = self
                .run_resource(&session, resource, trigger, since_days, &cancel)
                .await;
            summary.resources.insert(resource, counts);
            if counts.quarantined > 0 {
                summary.worsen(RunResult::Partial, None);
            }
            let Err(error) = outcome else {
                something_read = true;
                continue;
            };
            match error.code() {
                // The other resources may still be read.
                ErrorCode::ScopeMissing | ErrorCode::SemiManagedShop => {
                    summary.worsen(RunResult::Partial, Some(&error))
                }
                ErrorCode::Canceled => summary.worsen(RunResult::Canceled, Some(&error)),
                _ => summary.worsen(RunResult::Failed, Some(&error)),
            }
            if !matches!(summary.result, RunResult::Complete | RunResult::Partial) {
                break;
            }
        }
        if summary.result == RunResult::Partial && !something_read {
            summary.result = RunResult::Failed;
        }
        summary
    }

    /// Reads one resource and writes its line in the sync log, however it ends.
    async fn run_resource(
        &self,
        session: &Session,
        resource: Resource,
        trigger: SyncTrigger,
        since_days: Option<u32>,
        cancel: &CancellationToken,
    ) -> (PageCounts, Result<(), Error>) {
        let started_at = session.platform.server_now();
        let shop_id = &session.shop.shop_id;
        let run = NewRun {
            shop_id: shop_id.clone(),
            resource,
            task: SyncTask::Changes,
            trigger,
            started_at,
            window_start: None,
            window_end: None,
        };
        let run_id = match self.parts.store.start_run(&run).await {
            Ok(run_id) => run_id,
            Err(error) => return (PageCounts::default(), Err(error.into())),
        };
        let run = ResourceRun {
            engine: self.clone(),
            session: session.clone(),
            resource,
            run_id,
            started_at,
            since_days,
            cancel: cancel.clone(),
            progress: Mutex::new(SyncProgress {
                shop_id: shop_id.clone(),
                resource,
                pages_done: 0,
                pages_total: 0,
                counts: PageCounts::default(),
            }),
        };
        run.report(0, 0, PageCounts::default());
        let outcome = run.read().await;
        let counts = lock(&run.progress).counts;
        let outcome = self.log_end(&run, counts, outcome).await;
        (counts, outcome)
    }

    async fn log_end(
        &self,
        run: &ResourceRun,
        counts: PageCounts,
        outcome: Result<(), Error>,
    ) -> Result<(), Error> {
        let failure = outcome.as_ref().err().map(Failure::from);
        let result = match &failure {
            None if counts.quarantined > 0 => RunResult::Partial,
            None => RunResult::Complete,
            Some(failure) if failure.code == ErrorCode::Canceled => RunResult::Canceled,
            Some(_) => RunResult::Failed,
        };
        let end = RunEnd {
            finished_at: run.session.platform.server_now(),
            result,
            error_code: failure.as_ref().map(|failure| failure.code.as_str()),
            error_message: failure.as_ref().map(|failure| failure.message.clone()),
            request_id: failure.and_then(|failure| failure.request_id),
        };
        let logged = self.parts.store.finish_run(run.run_id, &end).await;
        self.announce(Some(&run.session.shop.shop_id), &[Tag::SyncRuns]);
        outcome.and(logged.map_err(Error::from))
    }
}

/// Takes a run off the list of running ones, also when it ends by a panic.
struct Registered<'a> {
    engine: &'a Engine,
    shop_id: &'a ShopId,
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        lock(&self.engine.parts.running).remove(self.shop_id);
    }
}

/// Semi-managed shops have orders only.
pub(crate) fn offers(shop: &Shop, resource: Resource) -> bool {
    shop.mall_type != MallType::SemiManaged || resource == Resource::Orders
}

impl ShopSummary {
    fn failed(shop_id: &ShopId, error: &Error) -> Self {
        let mut summary = Self {
            shop_id: shop_id.clone(),
            result: RunResult::Complete,
            resources: ResourceCounts::new(),
            error: None,
        };
        summary.worsen(RunResult::Failed, Some(error));
        summary
    }

    /// Keeps the first error and the worst result.
    fn worsen(&mut self, result: RunResult, error: Option<&Error>) {
        if self.result == RunResult::Complete || result != RunResult::Partial {
            self.result = result;
        }
        if self.error.is_none() || result != RunResult::Partial {
            self.error = error.map(Failure::from).or(self.error.take());
        }
    }
}
