//! Syncing a shop: what changed, resource after resource, stoppable at every page.

use std::collections::BTreeSet;

use desk_model::{
    Activity, MallType, PageCounts, Product, Resource, ResourceCounts, RunResult, Shop, ShopId,
    SyncTask, SyncTrigger, Tag,
};
use desk_temu::Priority;
use tokio_util::sync::CancellationToken;

use crate::{
    census,
    engine::Engine,
    error::Error,
    failure::{ErrorCode, Failure},
    jobs::{Begun, Ending, Job},
    orders,
    pause::is_of_one_list,
    report::{ShopSummary, SyncEvent},
    resource_run::{ResourceRun, RunOrder},
    session::Session,
};

impl Engine {
    /// Syncs a shop, or joins the run that is under way (I9). Ends with its summary; an error is part of it.
    pub async fn sync_shop(
        &self,
        shop_id: &ShopId,
        trigger: SyncTrigger,
        since_days: Option<u32>,
    ) -> ShopSummary {
        let everything = BTreeSet::from(Resource::ALL);
        self.sync_resources(shop_id, &everything, trigger, since_days)
            .await
    }

    /// Syncs some of a shop's resources. A run that is under way is joined; what it leaves out is read after it.
    pub(crate) async fn sync_resources(
        &self,
        shop_id: &ShopId,
        resources: &BTreeSet<Resource>,
        trigger: SyncTrigger,
        since_days: Option<u32>,
    ) -> ShopSummary {
        let mut left = resources.clone();
        let mut joined = None;
        loop {
            let (ending, is_own) =
                match self.begin_job(shop_id, Job::Sync, CancellationToken::new()) {
                    Ok(job) => {
                        let ending =
                            self.start_sync(job, shop_id, left.clone(), trigger, since_days);
                        (ending, true)
                    }
                    Err(running) => (running, false),
                };
            let summary = ending
                .wait()
                .await
                .unwrap_or_else(|| ShopSummary::failed(shop_id, &Error::Canceled))
                .after(joined);
            left.retain(|resource| !summary.resources.contains_key(resource));
            if let Ok(shop) = self.known_shop(shop_id).await {
                left.retain(|resource| offers(&shop, *resource));
            }
            // One wrong list holds up no other.
            let error = summary.error.as_ref();
            let goes_on = match summary.result {
                RunResult::Complete | RunResult::Partial => true,
                RunResult::Failed => error.is_some_and(|error| is_of_one_list(error.code)),
                RunResult::Running | RunResult::Canceled => false,
            };
            if is_own || !goes_on || left.is_empty() {
                return summary;
            }
            joined = Some(summary);
        }
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

    /// The sync goes on, whoever stops waiting for it.
    fn start_sync(
        &self,
        mut job: Begun,
        shop_id: &ShopId,
        resources: BTreeSet<Resource>,
        trigger: SyncTrigger,
        since_days: Option<u32>,
    ) -> Ending {
        let ending = job.ending();
        let (engine, shop_id) = (self.clone(), shop_id.clone());
        tokio::spawn(async move {
            let summary = engine
                .run_shop(&shop_id, &resources, trigger, since_days, &job.cancel)
                .await;
            job.leave();
            engine.note_end(&summary, &resources);
            engine.announce(Some(&shop_id), &[Tag::SyncRuns, Tag::Shops]);
            // Without listeners the truth is still in the sync log.
            let _ = engine
                .parts
                .events
                .send(SyncEvent::Finished(summary.clone()));
            job.end_with(summary);
        });
        ending
    }

    async fn run_shop(
        &self,
        shop_id: &ShopId,
        resources: &BTreeSet<Resource>,
        trigger: SyncTrigger,
        since_days: Option<u32>,
        cancel: &CancellationToken,
    ) -> ShopSummary {
        let priority = match trigger {
            SyncTrigger::Manual | SyncTrigger::CommandLine => Priority::Foreground,
            SyncTrigger::Automatic | SyncTrigger::FirstAuthorization => Priority::Background,
        };
        let turn = self.turn_of(shop_id);
        let _turn = tokio::select! {
            biased;
            () = cancel.cancelled() => return ShopSummary::failed(shop_id, &Error::Canceled),
            turn = turn.lock() => turn,
        };
        let session = match self.job_session(shop_id, priority, cancel).await {
            Ok(session) => session,
            Err(error) => return ShopSummary::failed(shop_id, &error),
        };
        let offered = offered(&session.shop);
        let mut summary = ShopSummary {
            shop_id: shop_id.clone(),
            result: RunResult::Complete,
            resources: ResourceCounts::new(),
            error: None,
            settled: resources.difference(&offered).copied().collect(),
        };
        let mut something_read = false;
        for &resource in offered.intersection(resources) {
            let order = RunOrder {
                resource,
                task: SyncTask::Changes,
                trigger,
                since_days,
            };
            let (counts, outcome) = self.sync_resource(&session, &order, cancel).await;
            summary.resources.insert(resource, counts);
            if counts.quarantined > 0 {
                summary.worsen(RunResult::Partial, None);
            }
            let Err(error) = outcome else {
                something_read = true;
                summary.settled.insert(resource);
                continue;
            };
            match error.code() {
                ErrorCode::TooManyVanished => {
                    something_read = true;
                    summary.settled.insert(resource);
                    summary.worsen(RunResult::Partial, Some(&error));
                }
                ErrorCode::ScopeMissing | ErrorCode::SemiManagedShop => {
                    summary.settled.insert(resource);
                    summary.worsen(RunResult::Partial, Some(&error));
                }
                code if is_of_one_list(code) => summary.worsen(RunResult::Failed, Some(&error)),
                ErrorCode::Canceled => {
                    summary.worsen(RunResult::Canceled, Some(&error));
                    break;
                }
                _ => {
                    summary.worsen(RunResult::Failed, Some(&error));
                    break;
                }
            }
        }
        // What is not allowed makes the shop fail only where nothing else is.
        let is_everything = offered.is_subset(resources);
        if summary.result == RunResult::Partial && !something_read && is_everything {
            summary.result = RunResult::Failed;
        }
        summary
    }

    /// Reads what changed of one resource.
    async fn sync_resource(
        &self,
        session: &Session,
        order: &RunOrder,
        cancel: &CancellationToken,
    ) -> (PageCounts, Result<(), Error>) {
        let run = match ResourceRun::begin(self, session, order, cancel).await {
            Ok(run) => run,
            Err(error) => return (PageCounts::default(), Err(error)),
        };
        let outcome = match order.resource {
            Resource::Orders => run.permitted(orders::read(&run)).await,
            Resource::Products => run.permitted(census::read::<Product>(&run)).await,
            Resource::Activities => run.permitted(census::read::<Activity>(&run)).await,
        };
        run.end(outcome).await
    }
}

/// What a shop has, in the order in which it is synced.
pub(crate) fn offered(shop: &Shop) -> BTreeSet<Resource> {
    let mut resources = BTreeSet::from(Resource::ALL);
    resources.retain(|resource| offers(shop, *resource));
    resources
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
            settled: BTreeSet::new(),
        };
        let result = match error {
            Error::Canceled => RunResult::Canceled,
            _ => RunResult::Failed,
        };
        summary.worsen(result, Some(error));
        summary
    }

    /// With what a run brought that was joined before; the worse result counts.
    fn after(mut self, joined: Option<Self>) -> Self {
        if let Some(joined) = joined {
            self.resources.extend(joined.resources);
            self.settled.extend(joined.settled);
            self.error = self.error.or(joined.error);
            if self.result == RunResult::Complete || joined.result == RunResult::Failed {
                self.result = joined.result;
            }
        }
        self
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
