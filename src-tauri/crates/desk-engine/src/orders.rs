//! What changed about a shop's orders since the last run, so that none is lost: a closed window that overlaps the last one, then the tail.

use desk_model::{Order, Page, SyncTask, UnixSeconds};
use desk_store::Checkpoint;
use desk_temu::PAGE_SIZE;
use fail::fail_point;

use crate::{
    backfill,
    error::Error,
    list::{Position, Step},
    maintenance,
    resource_run::ResourceRun,
    tally::pages_of,
    window::{self, Direction, Pages, Window, WindowReader},
};

/// A window ends at least this long before the server's now: later rows may not be visible yet.
const LEAST_MARGIN: i64 = 180;
const LONGEST_MARGIN: i64 = 3_600;
/// A window starts at least this long before the last one's end.
const LEAST_OVERLAP: i64 = 600;
/// How far back the first sync reads.
const FIRST_SYNC_DAYS: u32 = 30;
pub(crate) const DAY: i64 = 86_400;
/// The tail is not closed, so it proves nothing: no more of it is read than this.
const MOST_TAIL_PAGES: u64 = 100;

/// Reads what is new since the cursor, then the tail up to the server's now.
pub(crate) async fn read(run: &ResourceRun) -> Result<(), Error> {
    let checkpoint = run.checkpoint(SyncTask::Changes).await?;
    let (open, is_first) = (checkpoint.window, checkpoint.reached.is_none());
    let mut reader = WindowReader::new(run, Direction::Forward, Changes::new(run, checkpoint));
    if let Some(open) = open {
        // The last run was cut off inside this window: its committed pages count.
        let (window, position) = (Window::from(open), Position::from(open));
        reader.resume(window, position).await?;
    }
    let (window, made_at) = next_window(run, &reader.pages.checkpoint).await?;
    reader.pages.made_at = Some(made_at);
    if is_first && open.is_none() {
        // Ahead of its pages: a run that is cut off after the last of them leaves nothing to be read anew.
        backfill::begin_before(run, window.start).await?;
        maintenance::note_all_is_fresh(run).await?;
    }
    reader.read(window).await?;
    backfill::note_covered(run, reader.pages.covered_from).await?;
    read_tail(&mut reader.pages, window.end + 1).await
}

/// How long after its time of change a row may be invisible: what was observed, and half as much again.
pub(crate) fn margin(observed_lag: i64) -> i64 {
    fail_point!("end-now", |_| 0);
    (observed_lag + observed_lag / 2).clamp(LEAST_MARGIN, LONGEST_MARGIN)
}

/// From the cursor less the overlap to the server's now less the margin, and that now. The first call of a process may correct the clock by hours;
/// the window is then made anew.
async fn next_window(
    run: &ResourceRun,
    checkpoint: &Checkpoint,
) -> Result<(Window, UnixSeconds), Error> {
    let platform = &run.session.platform;
    for _ in 0..3 {
        let offset = platform.clock_offset_seconds();
        let now = platform.server_now();
        let window = window_at(run, checkpoint, now);
        let total = window::total(run, window).await?;
        if (platform.clock_offset_seconds() - offset).abs() < LEAST_MARGIN / 3 {
            run.expect_rows(total);
            run.set_window(window).await?;
            return Ok((window, now));
        }
    }
    Err(Error::InconsistentList(
        "the server's time keeps jumping".to_owned(),
    ))
}

/// How much of the last window is read once more (I6).
fn overlap(checkpoint: &Checkpoint) -> i64 {
    fail_point!("no-overlap", |_| 0);
    LEAST_OVERLAP
        .max(checkpoint.last_run_seconds)
        .max(checkpoint.observed_lag_seconds)
}

fn window_at(run: &ResourceRun, checkpoint: &Checkpoint, now: UnixSeconds) -> Window {
    let end = now - margin(checkpoint.observed_lag_seconds);
    let back = |days: u32| now - i64::from(days) * DAY;
    let behind = checkpoint
        .reached
        .map(|cursor| cursor - overlap(checkpoint));
    // A span that was asked for never begins after the cursor: between them orders would be lost.
    let start = match (run.since_days.map(back), behind) {
        (Some(asked), Some(behind)) => asked.min(behind),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => back(FIRST_SYNC_DAYS),
    };
    Window {
        start: start.min(end),
        end,
    }
}

/// What happened since the window's end. Rows are kept, but the cursor stays: the tail is not closed yet.
async fn read_tail(changes: &mut Changes<'_>, start: UnixSeconds) -> Result<(), Error> {
    let run = changes.run;
    let end = run.session.platform.server_now();
    let tail = Window {
        start: start.min(end),
        end,
    };
    let first = window::fetch(run, tail, None, 1).await?;
    if first.total <= PAGE_SIZE {
        return changes.take(&first, tail, Step::Rows).await;
    }
    for number in (1..=pages_of(first.total).min(MOST_TAIL_PAGES)).rev() {
        let page = window::fetch(run, tail, None, number).await?;
        changes.take(&page, tail, Step::Rows).await?;
    }
    Ok(())
}

/// What a page proves: only the last one that the window is read.
fn proven(step: Step) -> Step {
    fail_point!("cursor-first", matches!(step, Step::Open(_)), |_| {
        Step::Done
    });
    step
}

/// Commits pages with the cursor that moves towards now.
struct Changes<'a> {
    run: &'a ResourceRun,
    checkpoint: Checkpoint,
    /// The cursor before this run, and when its window was made: what had changed until then should have been in it.
    last_look: Option<(UnixSeconds, UnixSeconds)>,
    /// When the window that is read was made; unknown of one that another run began.
    made_at: Option<UnixSeconds>,
    /// Since when everything has been read in this run.
    covered_from: Option<UnixSeconds>,
}

impl<'a> Changes<'a> {
    fn new(run: &'a ResourceRun, checkpoint: Checkpoint) -> Self {
        // A span that was asked for reaches behind what was read before.
        let reached = checkpoint.reached.filter(|_| run.since_days.is_none());
        Self {
            run,
            last_look: reached.zip(checkpoint.completed_at),
            made_at: None,
            checkpoint,
            covered_from: None,
        }
    }

    /// A row that the last window should have held became visible only after it was read (I6).
    fn observe(&mut self, oldest_move: Option<UnixSeconds>) {
        let (Some(changed_at), Some((reached, made_at))) = (oldest_move, self.last_look) else {
            return;
        };
        if changed_at <= reached {
            let lag = (made_at - changed_at).min(LONGEST_MARGIN);
            let known = &mut self.checkpoint.observed_lag_seconds;
            *known = lag.max(*known);
        }
    }
}

impl Pages for Changes<'_> {
    /// One transaction: rows, cursor, counters (I4). The cursor moves only forward (I5).
    async fn take(&mut self, page: &Page<Order>, window: Window, step: Step) -> Result<(), Error> {
        let step = proven(step);
        let mut checkpoint = self.checkpoint.clone();
        checkpoint.window = window.open_at(step);
        if step == Step::Done {
            checkpoint.reached = checkpoint.reached.max(Some(window.end));
            checkpoint.last_run_seconds = page.server_time - self.run.started_at;
            checkpoint.completed_at = self.made_at.or(checkpoint.completed_at);
        }
        let committed = self
            .run
            .commit_orders(page, step, Some(&checkpoint))
            .await?;
        self.checkpoint = checkpoint;
        if step == Step::Done {
            let earlier = self
                .covered_from
                .map_or(window.start, |from| from.min(window.start));
            self.covered_from = Some(earlier);
        }
        self.observe(committed.oldest_move);
        Ok(())
    }
}
