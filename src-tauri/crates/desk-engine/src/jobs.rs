//! What runs for a shop: one job of a kind at a time, each of which can be joined, followed and stopped.

use std::sync::Arc;

use desk_model::{Resource, ShopId, SyncTask};
use tokio::sync::{Mutex, watch};
use tokio_util::sync::CancellationToken;

use crate::{
    engine::{Engine, lock},
    report::{ShopSummary, SyncProgress},
};

/// A kind of job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Job {
    /// Everything that changed.
    Sync,
    /// What is done besides.
    Maintenance,
    /// The seller's comparison of what is stored with what the platform has.
    Check,
}

/// A job under way, as others see it.
pub(crate) struct RunningJob {
    cancel: CancellationToken,
    pub(crate) progress: SyncProgress,
    /// Ends with the job; a sync leaves its summary.
    done: watch::Receiver<Option<ShopSummary>>,
}

/// A job under way, as it sees itself. It is over when this is dropped, also by a panic.
pub(crate) struct Begun {
    engine: Engine,
    key: (ShopId, Job),
    pub(crate) cancel: CancellationToken,
    done: watch::Sender<Option<ShopSummary>>,
    is_listed: bool,
}

/// The end of a job, for those who wait for it.
pub(crate) struct Ending(watch::Receiver<Option<ShopSummary>>);

impl Ending {
    /// Waits for it; `None` where the job leaves no summary.
    pub(crate) async fn wait(mut self) -> Option<ShopSummary> {
        let summary = self.0.wait_for(Option::is_some).await.ok()?;
        summary.clone()
    }
}

impl Begun {
    pub(crate) fn ending(&self) -> Ending {
        Ending(self.done.subscribe())
    }

    /// Takes the job off the list: the next of its kind may begin.
    pub(crate) fn leave(&mut self) {
        if std::mem::take(&mut self.is_listed) {
            lock(&self.engine.parts.jobs).remove(&self.key);
        }
    }

    /// Ends the job and hands its summary to those who wait for it.
    pub(crate) fn end_with(mut self, summary: ShopSummary) {
        self.leave();
        self.done.send_replace(Some(summary));
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.leave();
    }
}

impl From<SyncTask> for Job {
    fn from(task: SyncTask) -> Self {
        match task {
            SyncTask::Changes => Self::Sync,
            SyncTask::Check => Self::Check,
            SyncTask::Backfill | SyncTask::OpenOrders | SyncTask::Sweep | SyncTask::Amounts => {
                Self::Maintenance
            }
        }
    }
}

impl Engine {
    /// Stops whatever runs for a shop at the next page boundary; committed pages stay.
    pub fn cancel_sync(&self, shop_id: &ShopId) {
        for ((shop, _), job) in lock(&self.parts.jobs).iter() {
            if shop == shop_id {
                job.cancel.cancel();
            }
        }
    }

    /// Stops every job and waits until the last page is committed or dropped.
    pub async fn stop(&self) {
        let shops: Vec<ShopId> = lock(&self.parts.jobs)
            .keys()
            .map(|(shop, _)| shop.clone())
            .collect();
        for shop in &shops {
            self.cancel_sync(shop);
        }
        for shop in &shops {
            self.cancel_and_wait(shop).await;
        }
        self.wait_for_renewals().await;
    }

    /// Stops whatever runs for a shop and waits for its end.
    pub(crate) async fn cancel_and_wait(&self, shop_id: &ShopId) {
        self.cancel_sync(shop_id);
        let endings: Vec<Ending> = lock(&self.parts.jobs)
            .iter()
            .filter(|((shop, _), _)| shop == shop_id)
            .map(|(_, job)| Ending(job.done.clone()))
            .collect();
        for ending in endings {
            ending.wait().await;
        }
    }

    /// What is running now; a shop's sync before its other jobs.
    pub fn running(&self) -> Vec<SyncProgress> {
        let jobs = lock(&self.parts.jobs);
        let mut keys: Vec<_> = jobs.keys().collect();
        keys.sort();
        keys.into_iter()
            .map(|key| jobs[key].progress.clone())
            .collect()
    }

    /// Puts a job on the list of running ones; if one of its kind is there already, answers how to wait for that.
    pub(crate) fn begin_job(
        &self,
        shop_id: &ShopId,
        job: Job,
        cancel: CancellationToken,
    ) -> Result<Begun, Ending> {
        let mut jobs = lock(&self.parts.jobs);
        let key = (shop_id.clone(), job);
        if let Some(running) = jobs.get(&key) {
            return Err(Ending(running.done.clone()));
        }
        let (sender, receiver) = watch::channel(None);
        let begun = Begun {
            engine: self.clone(),
            key: key.clone(),
            cancel,
            done: sender,
            is_listed: true,
        };
        let running = RunningJob {
            cancel: begun.cancel.clone(),
            progress: SyncProgress::none(shop_id, Resource::Orders, SyncTask::Changes),
            done: receiver,
        };
        jobs.insert(key, running);
        Ok(begun)
    }

    /// Whose turn it is to write a shop's rows (I9): a sync holds it throughout, everything else for a page at a time.
    pub(crate) fn turn_of(&self, shop_id: &ShopId) -> Arc<Mutex<()>> {
        lock(&self.parts.turns)
            .entry(shop_id.clone())
            .or_default()
            .clone()
    }
}
