//! Products and activities: the platform has no dependable change time for them, so each run reads all of them.
//!
//! Only a census that came to its end tells what has vanished (I14). While it is read rows can come and go and push others from a page
//! that is still to be read to one that was: what one reading misses is looked for once more before it counts as vanished.

use std::collections::HashSet;

use desk_model::{DateRange, ListQuery, Page, SyncTask, UnixSeconds};
use desk_store::{Checkpoint, Rows, Unseen};
use desk_temu::Pass;

use crate::{
    census_row::CensusRow,
    error::Error,
    list::{self, List, Outcome, Step},
    orders::DAY,
    resource_run::ResourceRun,
    vanished::Vanished,
};

/// More rows than any shop has.
const LONGEST_LIST: u64 = 1_000_000;

/// Reads everything into the mirror and marks what has vanished.
pub(crate) async fn read<T: CensusRow>(run: &ResourceRun) -> Result<(), Error> {
    let mut mirror = Mirror {
        run,
        checkpoint: run.checkpoint(SyncTask::Changes).await?,
    };
    let missing = read_and_compare::<T, _>(run, &mut mirror).await?;
    let mut vanished = Vanished::default();
    vanished.add_stored(missing.unseen.stored);
    vanished
        .mark(run, &missing.unseen.vanished, missing.read_at)
        .await?;
    vanished.verdict(run.resource)
}

/// Where the pages of a census go: into the mirror, or to be compared with it.
pub(crate) trait CensusPages<T> {
    /// Takes a page; `is_end` with the last one of a census.
    async fn take(&mut self, page: &Page<T>, step: Step, is_end: bool) -> Result<(), Error>;
}

/// What is stored and was not listed.
pub(crate) struct Missing {
    pub(crate) unseen: Unseen,
    /// How many rows were listed.
    pub(crate) listed: u64,
    /// Server time of the last page.
    pub(crate) read_at: UnixSeconds,
}

/// Reads everything; where something stored was not listed, once more.
pub(crate) async fn read_and_compare<T: CensusRow, P: CensusPages<T>>(
    run: &ResourceRun,
    pages: &mut P,
) -> Result<Missing, Error> {
    let mut listed = Listed::default();
    read_all(run, pages, &mut listed).await?;
    let mut unseen = unseen::<T>(run, &listed).await?;
    if !unseen.vanished.is_empty() {
        read_all(run, pages, &mut listed).await?;
        unseen = self::unseen::<T>(run, &listed).await?;
    }
    Ok(Missing {
        unseen,
        listed: listed.seen.len() as u64,
        read_at: listed.read_at,
    })
}

/// What a census saw.
struct Listed {
    seen: HashSet<String>,
    /// A row that could not be read may be any.
    has_unreadable: bool,
    read_at: UnixSeconds,
}

impl Default for Listed {
    fn default() -> Self {
        Self {
            seen: HashSet::new(),
            has_unreadable: false,
            read_at: UnixSeconds(0),
        }
    }
}

async fn read_all<T: CensusRow, P: CensusPages<T>>(
    run: &ResourceRun,
    pages: &mut P,
    listed: &mut Listed,
) -> Result<(), Error> {
    let passes = T::passes(&run.session.platform);
    for (place, pass) in passes.iter().enumerate() {
        let mut rows = PassRows {
            run,
            pass: *pass,
            is_only: passes.len() == 1,
            is_last: place + 1 == passes.len(),
            pages: &mut *pages,
            listed: &mut *listed,
            row: std::marker::PhantomData,
        };
        if let Outcome::OutOfReach { reachable } = list::read(&mut rows, LONGEST_LIST, None).await?
        {
            return Err(Error::InconsistentList(format!(
                "the platform shows only {reachable} rows of a longer list"
            )));
        }
    }
    Ok(())
}

/// Stored rows that the platform should list and did not; none where a row could not be read.
async fn unseen<T: CensusRow>(run: &ResourceRun, listed: &Listed) -> Result<Unseen, Error> {
    let store = run.engine.store();
    let mut unseen = store
        .unseen(run.shop_id(), run.resource, None, &listed.seen)
        .await?;
    if listed.has_unreadable {
        unseen.vanished.clear();
    }
    if !unseen.vanished.is_empty()
        && let Some((start, end)) = T::listed_span(&run.session.platform)
    {
        // The span moves on at midnight, so its edges are left alone.
        let within = DateRange {
            from: Some(start + 2 * DAY),
            to: Some(end - 2 * DAY),
        };
        let listable = ids_within(run, within).await?;
        unseen.vanished.retain(|id| listable.contains(id));
    }
    Ok(unseen)
}

/// The stored rows whose time touches a span.
async fn ids_within(run: &ResourceRun, dates: DateRange) -> Result<HashSet<String>, Error> {
    let query = ListQuery {
        shops: vec![run.shop_id().clone()],
        dates,
        ..ListQuery::all(run.resource)
    };
    let now = run.engine.parts.clock.now();
    Ok(match run.engine.store().list(&query, now, None).await? {
        Rows::Activities(rows) => rows
            .into_iter()
            .map(|row| row.activity_id.as_str().to_owned())
            .collect(),
        Rows::Products(_) | Rows::Orders(_) => HashSet::new(),
    })
}

/// One of the lists that together hold every row.
struct PassRows<'a, T, P> {
    run: &'a ResourceRun,
    pass: Pass,
    is_only: bool,
    is_last: bool,
    pages: &'a mut P,
    listed: &'a mut Listed,
    row: std::marker::PhantomData<fn() -> T>,
}

impl<T: CensusRow, P: CensusPages<T>> List for PassRows<'_, T, P> {
    type Row = T;

    fn run(&self) -> &ResourceRun {
        self.run
    }

    fn id(row: &T) -> &str {
        row.id()
    }

    async fn fetch(&self, number: u64) -> Result<Page<T>, Error> {
        let (run, pass) = (self.run, self.pass);
        let platform = &run.session.platform;
        let page: Page<T> = run
            .or_canceled(run.session.call(|access| async move {
                T::fetch(platform, &access.caller(), pass, number).await
            }))
            .await?;
        if self.is_only {
            run.expect_rows(page.total);
        }
        Ok(page)
    }

    async fn take(&mut self, page: &Page<T>, step: Step) -> Result<(), Error> {
        let ids = page.rows.iter().map(|row| row.value.id().to_owned());
        self.listed.seen.extend(ids);
        self.listed.has_unreadable |= !page.unreadable.is_empty();
        self.listed.read_at = page.server_time;
        let is_end = self.is_last && step == Step::Done;
        self.pages.take(page, step, is_end).await
    }
}

/// Commits the pages; the last one says until when everything is here.
struct Mirror<'a> {
    run: &'a ResourceRun,
    checkpoint: Checkpoint,
}

impl<T: CensusRow> CensusPages<T> for Mirror<'_> {
    async fn take(&mut self, page: &Page<T>, step: Step, is_end: bool) -> Result<(), Error> {
        if is_end {
            self.checkpoint.reached = self.checkpoint.reached.max(Some(self.run.started_at));
            self.checkpoint.last_run_seconds = page.server_time - self.run.started_at;
            self.checkpoint.completed_at = Some(page.server_time);
        }
        let checkpoint = is_end.then_some(&self.checkpoint);
        let commit = self.run.page_commit(page, checkpoint);
        let committed = T::commit(self.run.engine.store(), &commit).await?;
        self.run
            .page_done(page.len() as u64, step, committed.counts);
        Ok(())
    }
}
