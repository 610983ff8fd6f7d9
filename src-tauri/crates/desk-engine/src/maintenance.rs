//! What is done about a shop besides its usual sync: history, open orders, sweeps, amounts, each a run of its own in the sync log; then
//! what keeps the database small and fast.

use desk_model::{Resource, Shop, ShopId, SyncTask, SyncTrigger, Tag, UnixSeconds};
use desk_temu::Priority;
use tokio_util::sync::CancellationToken;

use crate::{
    amounts, backfill,
    engine::Engine,
    error::Error,
    failure::ErrorCode,
    jobs::Job,
    open_orders,
    orders::DAY,
    resource_run::{ResourceRun, RunOrder},
    session::Session,
    sweep,
};

/// How often orders that are not finished are read anew.
const OPEN_ORDERS_EVERY: i64 = DAY;
/// How often the last 90 days are swept.
pub(crate) const SWEEP_EVERY: i64 = 7 * DAY;

impl Engine {
    /// Does what is due, one after the other: history back to the day that the seller chose, open orders every day, a sweep every week,
    /// amounts where they come apart from orders. Everything goes on where an earlier call stopped, and a sync of the shop gets its turn
    /// between two pages. Then what is older than the seller keeps goes, and the database is put in order. A shop that was never synced
    /// has nothing due. Who calls meanwhile waits for the call under way.
    ///
    /// Errors: that of the task that failed; what follows is done nevertheless, unless the error is about more than this task.
    pub async fn maintain_shop(&self, shop_id: &ShopId) -> Result<(), Error> {
        let job = match self.begin_job(shop_id, Job::Maintenance, CancellationToken::new()) {
            Ok(job) => job,
            Err(running) => {
                running.wait().await;
                return Ok(());
            }
        };
        let (engine, shop_id) = (self.clone(), shop_id.clone());
        let work = tokio::spawn(async move {
            let outcome = engine.maintain(&shop_id, &job.cancel).await;
            drop(job);
            engine.announce(Some(&shop_id), &[Tag::SyncRuns]);
            outcome
        });
        work.await.unwrap_or(Err(Error::Canceled))
    }

    async fn maintain(&self, shop_id: &ShopId, cancel: &CancellationToken) -> Result<(), Error> {
        let session = self
            .job_session(shop_id, Priority::Background, cancel)
            .await?;
        if !self.is_synced(shop_id).await? {
            return Ok(());
        }
        let mut first_error = Ok(());
        for task in [
            SyncTask::Backfill,
            SyncTask::OpenOrders,
            SyncTask::Sweep,
            SyncTask::Amounts,
        ] {
            if !self.is_due(&session, task).await? {
                continue;
            }
            let order = RunOrder {
                resource: Resource::Orders,
                task,
                trigger: SyncTrigger::Automatic,
                since_days: None,
            };
            let run = ResourceRun::begin(self, &session, &order, cancel).await?;
            let outcome = run.permitted(carry_out(&run)).await;
            let (_, Err(error)) = run.end(outcome).await else {
                continue;
            };
            if !concerns_task_alone(error.code()) {
                return Err(error);
            }
            first_error = first_error.and(Err(error));
        }
        self.delete_old_orders(shop_id, cancel).await?;
        self.store().optimize().await?;
        first_error
    }

    async fn is_synced(&self, shop_id: &ShopId) -> Result<bool, Error> {
        let changes = self
            .store()
            .checkpoint(shop_id, Resource::Orders, SyncTask::Changes)
            .await?;
        Ok(changes.is_some_and(|changes| changes.reached.is_some()))
    }

    async fn is_due(&self, session: &Session, task: SyncTask) -> Result<bool, Error> {
        let (shop, now) = (&*session.shop, session.platform.server_now());
        match task {
            SyncTask::Backfill => self.is_backfill_due(shop, now).await,
            SyncTask::OpenOrders => self.has_passed(shop, task, OPEN_ORDERS_EVERY, now).await,
            SyncTask::Sweep => self.has_passed(shop, task, SWEEP_EVERY, now).await,
            SyncTask::Amounts => self.are_amounts_due(session).await,
            SyncTask::Changes | SyncTask::Check => Ok(false),
        }
    }

    async fn has_passed(
        &self,
        shop: &Shop,
        task: SyncTask,
        seconds: i64,
        now: UnixSeconds,
    ) -> Result<bool, Error> {
        let checkpoint = self
            .store()
            .checkpoint(&shop.shop_id, Resource::Orders, task)
            .await?;
        let Some(checkpoint) = checkpoint else {
            return Ok(true);
        };
        // What was begun is finished. After the clock was set back the last time would lie in the future (I19).
        Ok(checkpoint.window.is_some()
            || checkpoint
                .completed_at
                .is_none_or(|at| now - at >= seconds || at > now))
    }
}

async fn carry_out(run: &ResourceRun) -> Result<(), Error> {
    match run.task {
        SyncTask::Backfill => backfill::read(run).await,
        SyncTask::OpenOrders => open_orders::read(run).await,
        SyncTask::Sweep => sweep::read(run).await,
        SyncTask::Amounts => amounts::read(run).await,
        SyncTask::Changes | SyncTask::Check => Ok(()),
    }
}

/// The others may still come to their end.
fn concerns_task_alone(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::InconsistentList | ErrorCode::TooManyVanished | ErrorCode::OrderNotFound
    )
}

/// Everything has just been read for the first time: there is nothing to read anew for a while.
pub(crate) async fn note_all_is_fresh(run: &ResourceRun) -> Result<(), Error> {
    for task in [SyncTask::OpenOrders, SyncTask::Sweep] {
        let mut checkpoint = run.checkpoint(task).await?;
        if checkpoint.completed_at.is_none() {
            checkpoint.completed_at = Some(run.started_at);
            run.write_checkpoint(&checkpoint).await?;
        }
    }
    Ok(())
}
