//! Orders by update time, so that none is lost: closed windows, overlap, pages from the last to the first, then the tail.
//!
//! In a closed window rows can only leave; that moves later rows to lower positions, still ahead of a reader who comes from the end. So a
//! row may be read twice, never missed. One request is in flight per window.

use desk_model::{Order, Page, SyncTask, UnixSeconds};
use desk_store::{Checkpoint, OpenWindow, PageCommit};
use desk_temu::{OrdersQuery, PAGE_SIZE};

use crate::{error::Error, resource_run::ResourceRun};

/// A window ends this long before the server's now: later rows may not be visible yet.
const VISIBILITY_MARGIN: i64 = 180;
/// A window starts at least this long before the last one's end.
const LEAST_OVERLAP: i64 = 600;
/// How far back the first sync reads.
const FIRST_SYNC_DAYS: u32 = 30;
const DAY: i64 = 86_400;
/// A list longer than this may be cut by the platform, so the window is halved.
const LONGEST_LIST: u64 = 10_000;
/// How often a window may grow while it is read before the run stops.
const MOST_ROUNDS: u32 = 5;

/// A span of update time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    start: UnixSeconds,
    end: UnixSeconds,
}

/// Reads what is new since the cursor, then the tail up to the server's now.
pub(crate) async fn read(run: &ResourceRun) -> Result<(), Error> {
    let mut reader = Reader::open(run).await?;
    if let Some(open) = reader.checkpoint.window {
        // The last run was cut off inside this window: its committed pages count.
        let window = Window {
            start: open.start,
            end: open.end,
        };
        reader
            .read_window(window, open.next_page, open.total)
            .await?;
    }
    let (window, total) = reader.next_window().await?;
    reader.read_closed(window, total).await?;
    reader.read_tail(window.end + 1).await
}

struct Reader<'a> {
    run: &'a ResourceRun,
    checkpoint: Checkpoint,
}

impl<'a> Reader<'a> {
    /// Takes the cursor up, or starts a new stream where its identity has changed (I7).
    async fn open(run: &'a ResourceRun) -> Result<Self, Error> {
        let stream = run.stream();
        let stored = run
            .engine
            .store()
            .checkpoint(run.shop_id(), run.resource, SyncTask::Changes)
            .await?;
        let checkpoint = stored
            .filter(|checkpoint| checkpoint.stream == stream)
            .unwrap_or_else(|| Checkpoint::new(SyncTask::Changes, stream));
        Ok(Self { run, checkpoint })
    }

    /// From the cursor less the overlap to the server's now less the margin. The first call of a process may correct the clock by hours;
    /// the window is then made anew.
    async fn next_window(&self) -> Result<(Window, u64), Error> {
        for _ in 0..3 {
            let platform = &self.run.session.platform;
            let offset = platform.clock_offset_seconds();
            let window = self.window_at(platform.server_now());
            let total = self.total(window).await?;
            if (platform.clock_offset_seconds() - offset).abs() < VISIBILITY_MARGIN / 3 {
                let store = self.run.engine.store();
                store
                    .set_run_window(self.run.run_id, window.start, window.end)
                    .await?;
                return Ok((window, total));
            }
        }
        Err(Error::NoProgress(
            "the server's time keeps jumping".to_owned(),
        ))
    }

    fn window_at(&self, now: UnixSeconds) -> Window {
        let end = now - VISIBILITY_MARGIN;
        let overlap = LEAST_OVERLAP.max(self.checkpoint.last_run_seconds);
        let back = |days: u32| now - i64::from(days) * DAY;
        let behind = self.checkpoint.reached.map(|cursor| cursor - overlap);
        // A span that was asked for never begins after the cursor: between them orders would be lost.
        let start = match (self.run.since_days.map(back), behind) {
            (Some(asked), Some(behind)) => asked.min(behind),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => back(FIRST_SYNC_DAYS),
        };
        Window {
            start: start.min(end),
            end,
        }
    }

    async fn total(&self, window: Window) -> Result<u64, Error> {
        let query = OrdersQuery {
            start: window.start,
            end: window.end,
            page: 1,
            status: None,
        };
        let platform = &self.run.session.platform;
        self.run
            .or_canceled(self.run.session.call(|access| {
                let query = query.clone();
                async move { platform.orders_total(&access.caller(), &query).await }
            }))
            .await
    }

    /// Reads a closed window; one that is too long for the platform is halved until it is not. The older half comes first, so that the
    /// cursor always covers a span without gaps.
    async fn read_closed(&mut self, window: Window, total: u64) -> Result<(), Error> {
        let mut waiting = vec![(window, Some(total))];
        while let Some((window, known)) = waiting.pop() {
            let total = match known {
                Some(total) => total,
                None => self.total(window).await?,
            };
            if total <= LONGEST_LIST {
                self.read_window(window, pages_of(total), total).await?;
            } else if window.start == window.end {
                self.read_by_status(window, total).await?;
            } else {
                let middle = window.start + (window.end - window.start) / 2;
                waiting.push((
                    Window {
                        start: middle + 1,
                        end: window.end,
                    },
                    None,
                ));
                waiting.push((
                    Window {
                        start: window.start,
                        end: middle,
                    },
                    None,
                ));
            }
        }
        Ok(())
    }

    /// A single second that is too long for the platform: read status by status. Orders of a status that no filter names would be
    /// missed, so the sum is held against the total.
    async fn read_by_status(&mut self, second: Window, total: u64) -> Result<(), Error> {
        let mut reached = 0;
        for status in self.run.session.platform.order_statuses() {
            let first = self.page(second, 1, Some(status)).await?;
            if first.total > LONGEST_LIST {
                break;
            }
            for number in (1..=pages_of(first.total)).rev() {
                let page = self.page(second, number, Some(status)).await?;
                self.commit(&page, Step::Rows, number).await?;
            }
            reached += first.total;
        }
        if reached < total {
            let missed = total - reached;
            return Err(Error::NoProgress(format!(
                "{total} orders changed in the second {}, and {missed} of them are out of reach",
                second.start.0
            )));
        }
        // An empty page would do; page 1 is what there is to carry the cursor.
        let page = self.page(second, 1, None).await?;
        self.commit(&page, Step::Done(second), 0).await
    }

    /// Reads a window's pages from the last to the first. Page 1 tells the total again: if it grew, the window is read anew.
    async fn read_window(
        &mut self,
        window: Window,
        mut first_page: u64,
        mut total: u64,
    ) -> Result<(), Error> {
        for _ in 0..MOST_ROUNDS {
            let mut number = first_page.max(1);
            loop {
                let page = self.page(window, number, None).await?;
                let done = number == 1 && page.total <= total;
                if number == 1 && !done {
                    (first_page, total) = (pages_of(page.total), page.total);
                }
                let next = OpenWindow {
                    start: window.start,
                    end: window.end,
                    next_page: if number == 1 { first_page } else { number - 1 },
                    total,
                };
                self.commit(
                    &page,
                    if done {
                        Step::Done(window)
                    } else {
                        Step::Open(next)
                    },
                    number - 1,
                )
                .await?;
                if done {
                    return Ok(());
                }
                if number == 1 {
                    break;
                }
                number -= 1;
            }
        }
        Err(Error::NoProgress(
            "the list of a closed window keeps growing".to_owned(),
        ))
    }

    /// What happened since the window's end. Rows are kept, but the cursor stays: the tail is not closed yet.
    async fn read_tail(&mut self, start: UnixSeconds) -> Result<(), Error> {
        let end = self.run.session.platform.server_now();
        let window = Window {
            start: start.min(end),
            end,
        };
        let first = self.page(window, 1, None).await?;
        let pages = pages_of(first.total).min(LONGEST_LIST / PAGE_SIZE);
        if pages == 1 {
            return self.commit(&first, Step::Rows, 0).await;
        }
        for number in (1..=pages).rev() {
            let page = self.page(window, number, None).await?;
            self.commit(&page, Step::Rows, number - 1).await?;
        }
        Ok(())
    }

    async fn page(
        &self,
        window: Window,
        number: u64,
        status: Option<&str>,
    ) -> Result<Page<Order>, Error> {
        let status = status.map(str::to_owned);
        let query = OrdersQuery {
            start: window.start,
            end: window.end,
            page: number,
            status,
        };
        let platform = &self.run.session.platform;
        self.run
            .or_canceled(self.run.session.call(|access| {
                let query = query.clone();
                async move { platform.orders_page(&access.caller(), &query).await }
            }))
            .await
    }

    /// One transaction: rows, cursor, counters (I4). The cursor moves only forward (I5).
    async fn commit(
        &mut self,
        page: &Page<Order>,
        step: Step,
        pages_left: u64,
    ) -> Result<(), Error> {
        let mut checkpoint = self.checkpoint.clone();
        match step {
            Step::Rows => {}
            Step::Open(window) => checkpoint.window = Some(window),
            Step::Done(window) => {
                checkpoint.window = None;
                checkpoint.reached = checkpoint.reached.max(Some(window.end));
                checkpoint.completed_at = Some(page.server_time);
                checkpoint.last_run_seconds = page.server_time - self.run.started_at;
            }
        }
        let commit = PageCommit {
            shop_id: self.run.shop_id(),
            run_id: Some(self.run.run_id),
            rows: &page.rows,
            unreadable: &page.unreadable,
            fetched_at: page.server_time,
            checkpoint: Some(&checkpoint),
        };
        let committed = self.run.engine.store().commit_orders(&commit).await?;
        self.checkpoint = checkpoint;
        self.run.page_committed(pages_left, committed.counts);
        Ok(())
    }
}

/// What a page means for the cursor.
enum Step {
    /// More pages of the window follow.
    Open(OpenWindow),
    /// The window is complete.
    Done(Window),
    /// Rows outside of a window's own pages.
    Rows,
}

/// Pages that hold this many rows; at least one, so that an empty list is read once.
fn pages_of(total: u64) -> u64 {
    total.div_ceil(PAGE_SIZE).max(1)
}
