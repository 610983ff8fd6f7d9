//! Products and activities: the platform has no dependable change time for them, so each run reads all of them.

use desk_model::{Activity, Page, PageCounts, Product, SyncTask, UnixSeconds};
use desk_store::{Checkpoint, PageCommit};
use desk_temu::{PAGE_SIZE, Pass};

use crate::{error::Error, resource_run::ResourceRun};

/// How often a list may grow while it is read before the run stops.
const MOST_ROUNDS: u32 = 5;

pub(crate) async fn read_products(run: &ResourceRun) -> Result<(), Error> {
    let platform = &run.session.platform;
    let mut census = Census::new(run, platform.product_passes());
    while let Some((pass, number)) = census.next_page()? {
        let page: Page<Product> = run
            .or_canceled(run.session.call(|access| async move {
                platform.products_page(&access.caller(), pass, number).await
            }))
            .await?;
        let checkpoint = census.advance(number, &page);
        let committed = run
            .engine
            .store()
            .commit_products(&census.commit(&page, checkpoint.as_ref()))
            .await?;
        census.report(committed.counts);
    }
    Ok(())
}

pub(crate) async fn read_activities(run: &ResourceRun) -> Result<(), Error> {
    let platform = &run.session.platform;
    let mut census = Census::new(run, platform.activity_passes());
    while let Some((pass, number)) = census.next_page()? {
        let page: Page<Activity> = run
            .or_canceled(run.session.call(|access| async move {
                platform
                    .activities_page(&access.caller(), pass, number)
                    .await
            }))
            .await?;
        let checkpoint = census.advance(number, &page);
        let committed = run
            .engine
            .store()
            .commit_activities(&census.commit(&page, checkpoint.as_ref()))
            .await?;
        census.report(committed.counts);
    }
    Ok(())
}

/// Walks all pages of all passes. Within a pass: page 1 for the total, then from the last page to the first; if the total grew, again.
struct Census<'a> {
    run: &'a ResourceRun,
    passes: &'static [Pass],
    pass: usize,
    position: Position,
    started_at: Option<UnixSeconds>,
}

#[derive(Clone, Copy)]
enum Position {
    /// The total is not known yet.
    Start,
    /// Reading backwards.
    At {
        number: u64,
        total: u64,
        rounds: u32,
    },
}

impl<'a> Census<'a> {
    fn new(run: &'a ResourceRun, passes: &'static [Pass]) -> Self {
        Self {
            run,
            passes,
            pass: 0,
            position: Position::Start,
            started_at: None,
        }
    }

    fn next_page(&self) -> Result<Option<(Pass, u64)>, Error> {
        let Some(pass) = self.passes.get(self.pass) else {
            return Ok(None);
        };
        match self.position {
            Position::At { rounds, .. } if rounds > MOST_ROUNDS => {
                Err(Error::NoProgress("the list keeps growing".to_owned()))
            }
            Position::At { number, .. } => Ok(Some((*pass, number))),
            Position::Start => Ok(Some((*pass, 1))),
        }
    }

    /// Takes note of a page that was read; answers the checkpoint when the page is the census' last.
    fn advance<T>(&mut self, number: u64, page: &Page<T>) -> Option<Checkpoint> {
        let started_at = *self.started_at.get_or_insert(page.server_time);
        let last = page.total.div_ceil(PAGE_SIZE).max(1);
        self.position = match self.position {
            Position::Start if last > 1 => Position::At {
                number: last,
                total: page.total,
                rounds: 1,
            },
            Position::At {
                number,
                total,
                rounds,
            } if number > 1 => Position::At {
                number: number - 1,
                total,
                rounds,
            },
            Position::At { total, rounds, .. } if page.total > total => Position::At {
                number: last,
                total: page.total,
                rounds: rounds + 1,
            },
            Position::Start | Position::At { .. } => {
                self.pass += 1;
                Position::Start
            }
        };
        (number == 1 && self.pass == self.passes.len()).then(|| Checkpoint {
            reached: Some(started_at),
            last_run_seconds: page.server_time - self.run.started_at,
            completed_at: Some(page.server_time),
            ..Checkpoint::new(SyncTask::Changes, self.run.stream())
        })
    }

    fn commit<'page, T>(
        &self,
        page: &'page Page<T>,
        checkpoint: Option<&'page Checkpoint>,
    ) -> PageCommit<'page, T>
    where
        'a: 'page,
    {
        PageCommit {
            shop_id: self.run.shop_id(),
            run_id: Some(self.run.run_id),
            rows: &page.rows,
            unreadable: &page.unreadable,
            fetched_at: page.server_time,
            checkpoint,
        }
    }

    fn report(&self, counts: PageCounts) {
        let left = match self.position {
            Position::Start => 0,
            Position::At { number, .. } => number,
        };
        let passes_left = self.passes.len() - self.pass;
        self.run.page_committed(left + passes_left as u64, counts);
    }
}
