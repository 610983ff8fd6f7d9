//! A page of 100 orders in one transaction: the store's way, the bare way, and by finding first.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use desk_model::{Dialect, Order, Page, PageCounts, Resource, SyncTask, SyncTrigger};
use desk_store::{Checkpoint, NewRun, OpenWindow, PageCommit};
use desk_temu::PAGE_SIZE;

use crate::{
    bare::{BareWriter, FindThenWrite, Source, difference},
    desk::{Desk, UNPACED},
    error::Error,
    pages::{ShopPages, changed},
    report::{Report, Target, Times},
    stand_in::{NOWHERE, connect_in_process, sandbox},
};

const SHOPS: u32 = 3;

/// Every writer with its own database and its own measurements.
struct Contest {
    desk: Desk,
    run_id: i64,
    source: Source,
    bare: BareWriter,
    finding: FindThenWrite,
}

#[derive(Default)]
struct Measured {
    store: Times,
    bare: Times,
    finding: Times,
}

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let folders = [
        tempfile::tempdir()?,
        tempfile::tempdir()?,
        tempfile::tempdir()?,
    ];
    let [store, bare, finding] = [0, 1, 2].map(|place| folders[place].path());
    let sandbox = sandbox(SHOPS, report.rows);
    let credentials = sandbox.credentials(NOWHERE);
    let connect = connect_in_process(&sandbox, Duration::ZERO);
    let desk = Desk::open(store, Dialect::Guide, &credentials, connect, UNPACED).await?;
    let mut contest = Contest::open(desk, [store, bare, finding]).await?;

    let [mut new, mut changes, mut nothing] = [(); 3].map(|()| Measured::default());
    for place in 0..SHOPS as usize {
        let mut pages = Vec::new();
        let mut source = ShopPages::open(&contest.desk, &credentials, place)?;
        while let Some(page) = source.next().await? {
            pages.push(page);
        }
        for page in &pages {
            contest
                .write(
                    page,
                    PageCounts {
                        new: PAGE_SIZE,
                        ..PageCounts::default()
                    },
                    &mut new,
                )
                .await?;
        }
        let pages: Vec<_> = pages.iter().map(changed).collect();
        for page in &pages {
            contest
                .write(
                    page,
                    PageCounts {
                        changed: PAGE_SIZE,
                        ..PageCounts::default()
                    },
                    &mut changes,
                )
                .await?;
        }
        for page in &pages {
            contest
                .write(
                    page,
                    PageCounts {
                        unchanged: PAGE_SIZE,
                        ..PageCounts::default()
                    },
                    &mut nothing,
                )
                .await?;
        }
    }
    contest.desk.engine.store().close().await;
    if let Some(table) = difference(store, bare)? {
        return Err(Error::Wrong(format!(
            "the bare loop wrote other rows into {table}"
        )));
    }
    new.tell("new", report);
    changes.tell("changed", report);
    nothing.tell("unchanged", report);
    report.remark("the bare loop gets finished columns (no hashing, cleaning or folding of text) and compresses the payloads; both end with the same bytes");
    report.remark("find-then-write is Rust with prepared statements and SQLite as it comes; the target is for an object mapper in Python");
    Ok(())
}

impl Contest {
    async fn open(desk: Desk, [store, bare, finding]: [&Path; 3]) -> Result<Self, Error> {
        let run = NewRun {
            shop_id: desk.shops[0].shop_id.clone(),
            resource: Resource::Orders,
            task: SyncTask::Changes,
            trigger: SyncTrigger::Manual,
            started_at: desk.shops[0].authorized_at,
            window_start: None,
            window_end: None,
        };
        Ok(Self {
            run_id: desk.engine.store().start_run(&run).await?,
            desk,
            source: Source::open(store)?,
            bare: BareWriter::create(bare).await?,
            finding: FindThenWrite::create(finding).await?,
        })
    }

    /// Writes the page three times, each time into another database.
    async fn write(
        &mut self,
        page: &Page<Order>,
        expected: PageCounts,
        times: &mut Measured,
    ) -> Result<(), Error> {
        let Some(shop_id) = page.rows.first().map(|row| &row.value.shop_id) else {
            return Err(Error::Wrong("an empty page".to_owned()));
        };
        let checkpoint = checkpoint(page);
        let commit = PageCommit {
            shop_id,
            run_id: Some(self.run_id),
            rows: &page.rows,
            unreadable: &page.unreadable,
            fetched_at: page.server_time,
            checkpoint: Some(&checkpoint),
        };
        let start = Instant::now();
        let counts = self
            .desk
            .engine
            .store()
            .commit_orders(&commit)
            .await?
            .counts;
        times.store.since(start);
        if counts != expected {
            return Err(Error::Wrong(format!(
                "the store wrote {counts:?}, not {expected:?}"
            )));
        }

        let rows = self.source.rows(page)?;
        let end = self
            .source
            .page_end(page, [counts.new, counts.changed, counts.unchanged])?;
        self.bare.start_run(&end)?;
        let start = Instant::now();
        self.bare.write(&rows, Some(&end))?;
        times.bare.since(start);

        let start = Instant::now();
        self.finding.write(&rows)?;
        times.finding.since(start);
        Ok(())
    }
}

fn checkpoint(page: &Page<Order>) -> Checkpoint {
    let stream = "a made-up stream, as long as a real one is: sixty-four letters..";
    Checkpoint {
        reached: Some(page.server_time),
        window: Some(OpenWindow {
            start: page.server_time,
            end: page.server_time,
            next_page: 1,
            total: page.total,
        }),
        ..Checkpoint::new(SyncTask::Changes, stream)
    }
}

impl Measured {
    fn tell(&self, what: &str, report: &mut Report) {
        report.times(&format!("{what}: store"), &self.store);
        report.times(&format!("{what}: bare rusqlite"), &self.bare);
        report.times(&format!("{what}: find, then write"), &self.finding);
        let ratio = self.bare.median() / self.store.median();
        report
            .figure(&format!("{what}: speed of bare rusqlite"), ratio, "×")
            .target(Target::Least(0.6));
        let ratio = self.bare.total().as_secs_f64() / self.store.total().as_secs_f64();
        report.figure(
            &format!("{what}: the same over the sum of all pages"),
            ratio,
            "×",
        );
        let ratio = self.finding.median() / self.store.median();
        report.figure(&format!("{what}: speed of find, then write"), ratio, "×");
    }
}
