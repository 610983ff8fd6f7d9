//! Every week: the last 90 days anew, slice by slice. Finds orders that changed without a new time of change, and orders that vanished.

use desk_model::{Order, Page, SyncTask};
use desk_store::OpenWindow;

use crate::{
    error::Error,
    list::Step,
    maintenance::SWEEP_EVERY,
    orders::DAY,
    resource_run::ResourceRun,
    vanished::{Suspects, Vanished, read_by_number},
    window::{self, Direction, Pages, Window, WindowReader},
};

const SWEPT_DAYS: i64 = 90;
/// How much is read at a time.
const SLICE: i64 = 7 * DAY;

/// Goes on with the sweep that was begun in the last week, or begins one.
pub(crate) async fn read(run: &ResourceRun) -> Result<(), Error> {
    let Some(newest) = run.checkpoint(SyncTask::Changes).await?.reached else {
        return Ok(());
    };
    let mut checkpoint = run.checkpoint(SyncTask::Sweep).await?;
    let span = match (checkpoint.window, checkpoint.reached) {
        // One that was begun too long ago says nothing of what changed since.
        (Some(begun), Some(reached)) if newest - begun.end < SWEEP_EVERY => Window {
            start: reached.min(begun.end),
            end: begun.end,
        },
        _ => Window {
            start: newest - SWEPT_DAYS * DAY,
            end: newest,
        },
    };
    run.set_window(span).await?;
    let total = window::total(run, span).await?;
    run.expect_rows(total);
    // The whole span, so that a sweep that is cut off goes on to the same end.
    checkpoint.window = Some(OpenWindow {
        start: span.start,
        end: span.end,
        next_page: 0,
        total,
    });
    let mut vanished = Vanished::default();
    let mut start = span.start;
    while start <= span.end {
        checkpoint.reached = Some(start);
        run.write_checkpoint(&checkpoint).await?;
        let slice = Window {
            start,
            end: span.end.min(start + SLICE),
        };
        sweep(run, slice, &mut vanished).await?;
        start = slice.end + 1;
    }
    checkpoint.reached = Some(span.end);
    checkpoint.window = None;
    checkpoint.completed_at = Some(run.session.platform.server_now());
    run.write_checkpoint(&checkpoint).await?;
    vanished.verdict(run.resource)
}

/// Reads a slice anew; what is stored of it and not listed is read by its number, and marked if the platform does not know it.
async fn sweep(run: &ResourceRun, slice: Window, vanished: &mut Vanished) -> Result<(), Error> {
    let pages = Swept {
        run,
        suspects: Suspects::new(run),
    };
    let mut reader = WindowReader::new(run, Direction::Forward, pages);
    reader.read(slice).await?;
    let suspects = reader.pages.suspects;
    vanished.add_stored(suspects.stored);
    let unknown = read_by_number(run, &suspects.order_sns, vanished.room()).await?;
    let now = run.session.platform.server_now();
    vanished.mark(run, &unknown, now).await
}

/// Commits the rows and remembers which there were.
struct Swept<'a> {
    run: &'a ResourceRun,
    suspects: Suspects<'a>,
}

impl Pages for Swept<'_> {
    async fn take(&mut self, page: &Page<Order>, window: Window, step: Step) -> Result<(), Error> {
        self.run.commit_orders(page, step, None).await?;
        self.suspects.add(page, window, step).await
    }
}
