//! One run: a task on one resource of one shop, with its line in the sync log and what it tells while it goes on.

use std::{future::Future, sync::Mutex, time::Duration};

use desk_model::{
    Order, Page, PageCounts, Resource, RunResult, ShopId, SyncTask, SyncTrigger, Tag, UnixSeconds,
};
use desk_store::{Checkpoint, CommittedPage, NewRun, PageCommit, RunEnd};
use tokio_util::sync::CancellationToken;

use crate::{
    engine::{Engine, lock},
    error::Error,
    failure::{ErrorCode, Failure},
    jobs::Job,
    list::Step,
    report::{SyncEvent, SyncProgress},
    session::Session,
    sync::offers,
    window::Window,
};

/// What a run is to do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunOrder {
    pub(crate) resource: Resource,
    pub(crate) task: SyncTask,
    pub(crate) trigger: SyncTrigger,
    /// How many days back to read changes, whatever the cursor says.
    pub(crate) since_days: Option<u32>,
}

/// What the reading of one resource needs.
pub(crate) struct ResourceRun {
    pub(crate) engine: Engine,
    pub(crate) session: Session,
    pub(crate) resource: Resource,
    pub(crate) task: SyncTask,
    pub(crate) run_id: i64,
    /// Server time.
    pub(crate) started_at: UnixSeconds,
    pub(crate) since_days: Option<u32>,
    cancel: CancellationToken,
    progress: Mutex<SyncProgress>,
    /// To measure how fast it goes.
    begun_at: Duration,
}

/// Errors behind which a scope may be missing, or the shop be of another type than it was: the guide has no code for the one, the open
/// platform none of its own for the other.
fn is_about_permission(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::ScopeMissing | ErrorCode::InvalidParameter | ErrorCode::OrderNotFound
    )
}

impl ResourceRun {
    /// Opens the run's line in the sync log.
    pub(crate) async fn begin(
        engine: &Engine,
        session: &Session,
        order: &RunOrder,
        cancel: &CancellationToken,
    ) -> Result<Self, Error> {
        let shop_id = &session.shop.shop_id;
        let started_at = session.platform.server_now();
        let line = NewRun {
            shop_id: shop_id.clone(),
            resource: order.resource,
            task: order.task,
            trigger: order.trigger,
            started_at,
            window_start: None,
            window_end: None,
        };
        let run = Self {
            engine: engine.clone(),
            session: session.clone(),
            resource: order.resource,
            task: order.task,
            run_id: engine.store().start_run(&line).await?,
            started_at,
            since_days: order.since_days,
            cancel: cancel.clone(),
            progress: Mutex::new(SyncProgress::none(shop_id, order.resource, order.task)),
            begun_at: engine.parts.clock.monotonic(),
        };
        run.tell();
        Ok(run)
    }

    /// Closes the run's line in the sync log.
    pub(crate) async fn end(self, outcome: Result<(), Error>) -> (PageCounts, Result<(), Error>) {
        let counts = lock(&self.progress).counts;
        let failure = outcome.as_ref().err().map(Failure::from);
        let result = match &failure {
            None if counts.quarantined > 0 => RunResult::Partial,
            None => RunResult::Complete,
            Some(failure) => match failure.code {
                ErrorCode::Canceled => RunResult::Canceled,
                // Everything was read; what looks vanished stays as it is.
                ErrorCode::TooManyVanished => RunResult::Partial,
                _ => RunResult::Failed,
            },
        };
        let end = RunEnd {
            finished_at: self.session.platform.server_now(),
            result,
            error_code: failure.as_ref().map(|failure| failure.code.as_str()),
            error_message: failure.as_ref().map(|failure| failure.message.clone()),
            clock_ahead_seconds: failure
                .as_ref()
                .and_then(|failure| failure.clock_ahead_seconds),
            request_id: failure.and_then(|failure| failure.request_id),
        };
        let logged = self.engine.store().finish_run(self.run_id, &end).await;
        self.engine.announce(Some(self.shop_id()), &[Tag::SyncRuns]);
        (counts, outcome.and(logged.map_err(Error::from)))
    }

    /// Does the run's work, if the token allows it; a refusal on the way is looked into.
    pub(crate) async fn permitted<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let scope = desk_temu::required_scope(self.session.platform.dialect(), self.resource);
        if !self.session.shop.allows(scope) {
            self.check_scope(scope).await?;
        }
        let outcome = work.await;
        if let Err(error) = &outcome
            && is_about_permission(error.code())
        {
            self.check_scope(scope).await?;
        }
        outcome
    }

    /// Asks what the token allows now: a scope can be given or taken away.
    async fn check_scope(&self, scope: &'static str) -> Result<(), Error> {
        let shop = self.or_canceled(self.session.update_permissions()).await?;
        if !offers(&shop, self.resource) {
            return Err(Error::SemiManaged);
        }
        if shop.allows(scope) {
            Ok(())
        } else {
            Err(Error::ScopeMissing(scope))
        }
    }

    pub(crate) fn shop_id(&self) -> &ShopId {
        &self.session.shop.shop_id
    }

    /// Waits for a page, or for the seller to stop the run: dropping a request loses nothing, since nothing of it is committed.
    pub(crate) async fn or_canceled<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Canceled),
            done = work => done,
        }
    }

    /// Waits for the shop's turn, which lasts for a page; a sync has it throughout (I9).
    pub(crate) async fn turn(&self) -> Result<Option<tokio::sync::OwnedMutexGuard<()>>, Error> {
        if self.task == SyncTask::Changes {
            return Ok(None);
        }
        let turn = self.engine.turn_of(self.shop_id());
        self.or_canceled(async { Ok(Some(turn.lock_owned().await)) })
            .await
    }

    /// Where a task stands; a stream of another identity is a new one (I7).
    pub(crate) async fn checkpoint(&self, task: SyncTask) -> Result<Checkpoint, Error> {
        let stored = self
            .engine
            .store()
            .checkpoint(self.shop_id(), self.resource, task)
            .await?;
        let stream = self.stream();
        Ok(stored
            .filter(|checkpoint| checkpoint.stream == stream)
            .unwrap_or_else(|| Checkpoint::new(task, stream)))
    }

    pub(crate) async fn write_checkpoint(&self, checkpoint: &Checkpoint) -> Result<(), Error> {
        let store = self.engine.store();
        Ok(store
            .write_checkpoint(self.shop_id(), self.resource, checkpoint)
            .await?)
    }

    /// Writes the span that is read into the sync log.
    pub(crate) async fn set_window(&self, window: Window) -> Result<(), Error> {
        let store = self.engine.store();
        Ok(store
            .set_run_window(self.run_id, window.start, window.end)
            .await?)
    }

    /// A page of the run, to be committed.
    pub(crate) fn page_commit<'a, T>(
        &'a self,
        page: &'a Page<T>,
        checkpoint: Option<&'a Checkpoint>,
    ) -> PageCommit<'a, T> {
        PageCommit {
            shop_id: self.shop_id(),
            run_id: Some(self.run_id),
            rows: &page.rows,
            unreadable: &page.unreadable,
            fetched_at: page.server_time,
            checkpoint,
        }
    }

    /// Commits a page of orders with its checkpoint, in one transaction (I4).
    pub(crate) async fn commit_orders(
        &self,
        page: &Page<Order>,
        step: Step,
        checkpoint: Option<&Checkpoint>,
    ) -> Result<CommittedPage, Error> {
        let commit = self.page_commit(page, checkpoint);
        let committed = self.engine.store().commit_orders(&commit).await?;
        self.page_done(page.len() as u64, step, committed.counts);
        Ok(committed)
    }

    /// Says how many rows the run will read.
    pub(crate) fn expect_rows(&self, rows: u64) {
        lock(&self.progress).rows_total = Some(rows);
    }

    /// Tells everybody that a page was committed or compared.
    pub(crate) fn page_done(&self, rows: u64, step: Step, counts: PageCounts) {
        let pages_left = match step {
            Step::Open(position) => position.next_page,
            Step::Rows | Step::Done => 0,
        };
        let passed = self
            .engine
            .parts
            .clock
            .monotonic()
            .saturating_sub(self.begun_at);
        lock(&self.progress).add_page(rows, pages_left, counts, passed);
        self.tell();
        if counts.is_news() {
            self.announce_rows();
        }
    }

    /// Tells that lists of the resource are stale.
    pub(crate) fn announce_rows(&self) {
        let tag = match self.resource {
            Resource::Orders => Tag::Orders,
            Resource::Products => Tag::Products,
            Resource::Activities => Tag::Activities,
        };
        self.engine.announce(Some(self.shop_id()), &[tag]);
    }

    fn tell(&self) {
        let progress = lock(&self.progress).clone();
        let key = (self.shop_id().clone(), Job::from(self.task));
        if let Some(running) = lock(&self.engine.parts.jobs).get_mut(&key) {
            running.progress = progress.clone();
        }
        // Without listeners the truth is still in the sync log.
        let _ = self.engine.parts.events.send(SyncEvent::Progress(progress));
    }

    /// Names this stream: another shop, host, endpoint or filter starts a new one instead of using this one's cursor (I7).
    pub(crate) fn stream(&self) -> String {
        use sha2::{Digest, Sha256};
        let identity = format!(
            "{}\n{}",
            self.shop_id(),
            self.session.platform.stream_identity(self.resource)
        );
        hex::encode(Sha256::digest(identity))
    }
}
