//! History before the first sync: week by week from the newest to the oldest, as far back as the seller wants it.
//!
//! The cursor moves backward: everything since it is stored. So a run goes on where the last one stopped, and a longer history is only
//! more of the same.

use std::sync::atomic::Ordering;

use desk_model::{Order, Page, Resource, Shop, SyncTask, UnixSeconds};
use desk_store::Checkpoint;

use crate::{
    engine::Engine,
    error::Error,
    list::{Position, Step},
    orders::DAY,
    resource_run::ResourceRun,
    window::{self, Direction, Pages, Window, WindowReader},
};

/// How much is read at a time.
const SLICE: i64 = 7 * DAY;

impl Engine {
    /// Whether history is missing.
    pub(crate) async fn is_backfill_due(
        &self,
        shop: &Shop,
        now: UnixSeconds,
    ) -> Result<bool, Error> {
        let checkpoint = self
            .store()
            .checkpoint(&shop.shop_id, Resource::Orders, SyncTask::Backfill)
            .await?;
        let reached = checkpoint.and_then(|checkpoint| checkpoint.reached);
        Ok(reached.is_some_and(|reached| reached > self.history_start(now)))
    }

    /// Where the history that the seller wants begins: with a whole day, so that it does not move with every look. Where older orders
    /// are deleted it begins with the first day that is kept whole: what is read is not deleted at once.
    pub(crate) fn history_start(&self, now: UnixSeconds) -> UnixSeconds {
        let days = self.history_days();
        let start = now.0 - i64::from(days) * DAY;
        let midnight = start - start.rem_euclid(DAY);
        let is_limited = days == self.parts.retention_days.load(Ordering::Relaxed);
        UnixSeconds(if is_limited { midnight + DAY } else { midnight })
    }
}

/// Reads slices until the history is as long as it should be.
pub(crate) async fn read(run: &ResourceRun) -> Result<(), Error> {
    let checkpoint = run.checkpoint(SyncTask::Backfill).await?;
    let Some(reached) = checkpoint.reached else {
        return Ok(());
    };
    let start = run.engine.history_start(run.started_at);
    if reached <= start {
        return Ok(());
    }
    let history = Window {
        start,
        end: reached,
    };
    run.set_window(history).await?;
    run.expect_rows(window::total(run, history).await?);
    let open = checkpoint.window;
    let pages = Backfill { run, checkpoint };
    let mut reader = WindowReader::new(run, Direction::Backward, pages);
    if let Some(open) = open {
        reader
            .resume(Window::from(open), Position::from(open))
            .await?;
    }
    while let Some(end) = reader.pages.checkpoint.reached {
        // The seller may want less by now.
        let start = run.engine.history_start(run.started_at);
        if end <= start {
            break;
        }
        let slice = Window {
            start: start.max(end - SLICE),
            end,
        };
        reader.read(slice).await?;
    }
    Ok(())
}

/// Notes that the first window begins at `from`, and history ends there. Until that window is read no history is.
pub(crate) async fn begin_before(run: &ResourceRun, from: UnixSeconds) -> Result<(), Error> {
    let mut checkpoint = run.checkpoint(SyncTask::Backfill).await?;
    checkpoint.reached = Some(from);
    checkpoint.window = None;
    run.write_checkpoint(&checkpoint).await
}

/// Notes that everything since `from` is stored.
pub(crate) async fn note_covered(
    run: &ResourceRun,
    from: Option<UnixSeconds>,
) -> Result<(), Error> {
    let mut checkpoint = run.checkpoint(SyncTask::Backfill).await?;
    if let Some(from) = from
        && checkpoint.reached.is_none_or(|reached| from < reached)
    {
        checkpoint.reached = Some(from);
        checkpoint.window = None;
        run.write_checkpoint(&checkpoint).await?;
    }
    Ok(())
}

/// Commits pages with the cursor that moves into the past.
struct Backfill<'a> {
    run: &'a ResourceRun,
    checkpoint: Checkpoint,
}

impl Pages for Backfill<'_> {
    async fn take(&mut self, page: &Page<Order>, window: Window, step: Step) -> Result<(), Error> {
        let mut checkpoint = self.checkpoint.clone();
        checkpoint.window = window.open_at(step);
        if step == Step::Done {
            checkpoint.reached = checkpoint.reached.min(Some(window.start));
            checkpoint.completed_at = Some(page.server_time);
        }
        self.run
            .commit_orders(page, step, Some(&checkpoint))
            .await?;
        self.checkpoint = checkpoint;
        Ok(())
    }
}
