//! Reads the orders of a closed span of update time, however many there are.
//!
//! In a closed window rows can only leave. What differs from task to task is where the pages go: see [`Pages`].

use desk_model::{Order, Page, UnixSeconds};
use desk_store::OpenWindow;
use desk_temu::OrdersQuery;

use crate::{
    error::Error,
    list::{self, List, Outcome, Position, Step},
    resource_run::ResourceRun,
};

/// A list longer than this may be cut by the platform, so the window is halved.
const LONGEST_LIST: u64 = 10_000;

/// A span of update time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: UnixSeconds,
    pub(crate) end: UnixSeconds,
}

impl Window {
    /// What a checkpoint keeps of a window after a step.
    pub(crate) fn open_at(self, step: Step) -> Option<OpenWindow> {
        let Step::Open(position) = step else {
            return None;
        };
        Some(OpenWindow {
            start: self.start,
            end: self.end,
            next_page: position.next_page,
            total: position.total,
        })
    }

    /// The older and the newer half; `None` of a single second.
    fn halves(self) -> Option<(Self, Self)> {
        if self.start >= self.end {
            return None;
        }
        let middle = self.start + (self.end - self.start) / 2;
        let older = Self {
            start: self.start,
            end: middle,
        };
        let newer = Self {
            start: middle + 1,
            end: self.end,
        };
        Some((older, newer))
    }
}

impl From<OpenWindow> for Window {
    fn from(open: OpenWindow) -> Self {
        Self {
            start: open.start,
            end: open.end,
        }
    }
}

impl From<OpenWindow> for Position {
    fn from(open: OpenWindow) -> Self {
        Self {
            next_page: open.next_page,
            total: open.total,
        }
    }
}

/// Where the pages of a window go: into the mirror with a cursor, or to be compared with it.
pub(crate) trait Pages {
    /// Takes a page. [`Step::Done`] means that the whole of `window` is read, which may be a part of what was asked for.
    async fn take(&mut self, page: &Page<Order>, window: Window, step: Step) -> Result<(), Error>;
}

/// Which part of a window that is too long comes first: the one beside what the cursor already covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Towards now.
    Forward,
    /// Into the past.
    Backward,
}

/// Reads windows.
pub(crate) struct WindowReader<'a, P> {
    run: &'a ResourceRun,
    direction: Direction,
    status: Option<&'static str>,
    longest: u64,
    pub(crate) pages: P,
}

impl<'a, P: Pages> WindowReader<'a, P> {
    pub(crate) fn new(run: &'a ResourceRun, direction: Direction, pages: P) -> Self {
        Self {
            run,
            direction,
            status: None,
            longest: LONGEST_LIST,
            pages,
        }
    }

    /// Reads only orders in this status from now on.
    pub(crate) fn only(&mut self, status: &'static str) {
        self.status = Some(status);
    }

    /// Goes on where an earlier run stopped inside a window.
    pub(crate) async fn resume(&mut self, window: Window, position: Position) -> Result<(), Error> {
        match self.read_list(window, self.status, Some(position)).await? {
            Outcome::Complete { .. } => Ok(()),
            Outcome::OutOfReach { .. } => self.read(window).await,
        }
    }

    /// Reads a window. One that is too long for the platform is halved until it is not, so that what is read never has gaps.
    pub(crate) async fn read(&mut self, window: Window) -> Result<(), Error> {
        let mut waiting = vec![window];
        while let Some(window) = waiting.pop() {
            let Outcome::OutOfReach { reachable } =
                self.read_list(window, self.status, None).await?
            else {
                continue;
            };
            // Longer lists need not be tried.
            self.longest = self.longest.min(reachable);
            match (window.halves(), self.direction) {
                (None, _) => self.read_by_status(window).await?,
                (Some((older, newer)), Direction::Forward) => waiting.extend([newer, older]),
                (Some((older, newer)), Direction::Backward) => waiting.extend([older, newer]),
            }
        }
        Ok(())
    }

    /// A single second that is too long for the platform: read status by status. Orders of a status that no filter names would be
    /// missed, so the sum is held against the total.
    async fn read_by_status(&mut self, second: Window) -> Result<(), Error> {
        let mut reached = 0;
        if self.status.is_none() {
            for status in self.run.session.platform.order_statuses() {
                match self.read_list(second, Some(status), None).await? {
                    Outcome::Complete { total } => reached += total,
                    Outcome::OutOfReach { .. } => break,
                }
            }
        }
        let _turn = self.run.turn().await?;
        let page = fetch(self.run, second, self.status, 1).await?;
        if reached < page.total {
            let missed = page.total - reached;
            return Err(Error::InconsistentList(format!(
                "{} orders changed in the second {}, and {missed} of them are out of reach",
                page.total, second.start.0
            )));
        }
        self.pages.take(&page, second, Step::Done).await
    }

    async fn read_list(
        &mut self,
        window: Window,
        status: Option<&'static str>,
        resumed: Option<Position>,
    ) -> Result<Outcome, Error> {
        let mut orders = WindowList {
            run: self.run,
            window,
            status,
            is_part: status != self.status,
            pages: &mut self.pages,
        };
        list::read(&mut orders, self.longest, resumed).await
    }
}

/// The list of a window's orders.
struct WindowList<'a, P> {
    run: &'a ResourceRun,
    window: Window,
    status: Option<&'static str>,
    /// Whether the window has orders besides the list's.
    is_part: bool,
    pages: &'a mut P,
}

impl<P: Pages> List for WindowList<'_, P> {
    type Row = Order;

    fn run(&self) -> &ResourceRun {
        self.run
    }

    fn id(order: &Order) -> &str {
        order.order_sn.as_str()
    }

    async fn fetch(&self, number: u64) -> Result<Page<Order>, Error> {
        fetch(self.run, self.window, self.status, number).await
    }

    async fn take(&mut self, page: &Page<Order>, step: Step) -> Result<(), Error> {
        let step = if self.is_part { Step::Rows } else { step };
        self.pages.take(page, self.window, step).await
    }
}

/// Asks for a page of a window's orders.
pub(crate) async fn fetch(
    run: &ResourceRun,
    window: Window,
    status: Option<&str>,
    number: u64,
) -> Result<Page<Order>, Error> {
    let query = OrdersQuery {
        start: window.start,
        end: window.end,
        page: number,
        status: status.map(str::to_owned),
    };
    let platform = &run.session.platform;
    run.or_canceled(run.session.call(|access| {
        let query = query.clone();
        async move { platform.orders_page(&access.caller(), &query).await }
    }))
    .await
}

/// How many orders a window holds now.
pub(crate) async fn total(run: &ResourceRun, window: Window) -> Result<u64, Error> {
    let query = OrdersQuery {
        start: window.start,
        end: window.end,
        page: 1,
        status: None,
    };
    let platform = &run.session.platform;
    run.or_canceled(run.session.call(|access| {
        let query = query.clone();
        async move { platform.orders_total(&access.caller(), &query).await }
    }))
    .await
}
