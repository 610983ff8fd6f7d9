//! A page of 100 orders in one transaction: the store's way, the bare way, and by finding first.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use desk_model::{Dialect, Order, Page, PageCounts, Resource, SyncTask, SyncTrigger};
use desk_store::{Checkpoint, NewRun, OpenWindow, PageCommit};
use desk_temu::PAGE_SIZE;

use crate::{
    bare::{BareWriter, FindThenWrite, Mapper, Source, difference},
    desk::{Desk, UNPACED},
    error::Error,
    pages::{ShopPages, changed},
    report::{Report, Target, Times, processor_time},
    stand_in::{NOWHERE, connect_in_process, sandbox},
};

const SHOPS: u32 = 3;

/// What a page is to the database.
#[derive(Clone, Copy)]
enum Kind {
    New,
    Changed,
    Unchanged,
}

impl Kind {
    const ALL: [Self; 3] = [Self::New, Self::Changed, Self::Unchanged];

    fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
        }
    }

    fn counts(self) -> PageCounts {
        let mut counts = PageCounts::default();
        match self {
            Self::New => counts.new = PAGE_SIZE,
            Self::Changed => counts.changed = PAGE_SIZE,
            Self::Unchanged => counts.unchanged = PAGE_SIZE,
        }
        counts
    }
}

/// Every writer with its own database.
struct Contest {
    desk: Desk,
    run_id: i64,
    source: Source,
    bare: BareWriter,
    finding: FindThenWrite,
    mapper: Option<Mapper>,
}

/// One writer's times and processor time.
#[derive(Default)]
struct Measured {
    times: Times,
    busy: Option<Duration>,
}

impl Measured {
    fn note(&mut self, start: Instant, busy: Option<Duration>) {
        self.times.since(start);
        let busy = busy.zip(processor_time());
        self.busy = busy.map(|(before, now)| self.busy.unwrap_or_default() + (now - before));
    }
}

#[derive(Default)]
struct Round {
    store: Measured,
    bare: Measured,
    finding: Measured,
}

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    let folders = tempfile::tempdir()?;
    let folder = |name: &str| folders.path().join(name);
    let sandbox = sandbox(SHOPS, report.rows);
    let credentials = sandbox.credentials(NOWHERE);
    let connect = connect_in_process(&sandbox, Duration::ZERO);
    let desk = Desk::open(
        &folder("store"),
        Dialect::Guide,
        &credentials,
        connect,
        UNPACED,
    )
    .await?;
    let mut contest = Contest::open(desk, folders.path()).await?;

    let mut pages = Vec::new();
    for place in 0..SHOPS as usize {
        let mut of_shop = ShopPages::open(&contest.desk, &credentials, place)?;
        while let Some(page) = of_shop.next().await? {
            pages.push(page);
        }
    }
    for kind in Kind::ALL {
        if matches!(kind, Kind::Changed) {
            pages = pages.iter().map(changed).collect();
        }
        let mut round = Round::default();
        for page in &pages {
            contest.write(page, kind, &mut round).await?;
        }
        round.tell(kind, report);
    }
    contest.desk.engine.store().close().await;
    if let Some(table) = difference(&folder("store"), &folder("bare"))? {
        return Err(Error::Wrong(format!(
            "the bare loop wrote other rows into {table}"
        )));
    }
    match &contest.mapper {
        Some(mapper) => tell_mapper(&mapper.run()?, pages.len(), report),
        None => report.remark("not held against SQLAlchemy: Python here has none (SELLER_DESK_BENCH_PYTHON names another)"),
    }
    report.remark("the bare loop gets finished columns (no hashing, cleaning or folding of text) and compresses the payloads; both end with the same rows");
    report.remark("find-then-write is Rust with prepared statements, SQLite as it comes");
    Ok(())
}

impl Contest {
    async fn open(desk: Desk, folder: &Path) -> Result<Self, Error> {
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
            source: Source::open(&folder.join("store"))?,
            bare: BareWriter::create(&folder.join("bare")).await?,
            finding: FindThenWrite::create(&folder.join("finding")).await?,
            mapper: Mapper::create(&folder.join("mapper")).await?,
        })
    }

    /// Writes the page each time into another database.
    async fn write(
        &mut self,
        page: &Page<Order>,
        kind: Kind,
        round: &mut Round,
    ) -> Result<(), Error> {
        self.write_by_store(page, kind, &mut round.store).await?;
        let rows = self.source.rows(page)?;
        let PageCounts {
            new,
            changed,
            unchanged,
            ..
        } = kind.counts();
        let end = self.source.page_end(page, [new, changed, unchanged])?;
        self.bare.start_run(&end)?;
        let (busy, start) = (processor_time(), Instant::now());
        self.bare.write(&rows, Some(&end))?;
        round.bare.note(start, busy);

        let (busy, start) = (processor_time(), Instant::now());
        self.finding.write(&rows)?;
        round.finding.note(start, busy);
        if let Some(mapper) = &mut self.mapper {
            mapper.add(&rows)?;
        }
        Ok(())
    }

    async fn write_by_store(
        &self,
        page: &Page<Order>,
        kind: Kind,
        measured: &mut Measured,
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
        let (busy, start) = (processor_time(), Instant::now());
        let committed = self.desk.engine.store().commit_orders(&commit).await?;
        measured.note(start, busy);
        if committed.counts == kind.counts() {
            return Ok(());
        }
        Err(Error::Wrong(format!(
            "the store wrote {:?}, and every row was {}",
            committed.counts,
            kind.name()
        )))
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

impl Round {
    fn tell(&self, kind: Kind, report: &mut Report) {
        let kind = kind.name();
        for (writer, measured) in [
            ("store", &self.store),
            ("bare rusqlite", &self.bare),
            ("find, then write", &self.finding),
        ] {
            report.times(&format!("{kind}: {writer}"), &measured.times);
        }
        let against = |other: &Measured| other.times.median() / self.store.times.median();
        report
            .figure(
                &format!("{kind}: speed of bare rusqlite"),
                against(&self.bare),
                "×",
            )
            .target(Target::Least(0.6));
        if let Some((bare, store)) = self.bare.busy.zip(self.store.busy) {
            let ratio = bare.as_secs_f64() / store.as_secs_f64();
            report.figure(&format!("{kind}: the same by processor time"), ratio, "×");
        }
        report.figure(
            &format!("{kind}: speed of find, then write"),
            against(&self.finding),
            "×",
        );
    }
}

/// The mapper's pages come in the order of the rounds.
fn tell_mapper(times: &Times, pages: usize, report: &mut Report) {
    for (kind, times) in Kind::ALL.iter().zip(times.0.chunks(pages)) {
        let name = format!("{}: SQLAlchemy, orders alone", kind.name());
        let times = Times(times.to_vec());
        report.times(&name, &times);
        let store = format!("{}: store", kind.name());
        let of_store = report.figures.iter().find(|figure| figure.name == store);
        let ratio = times.median() / of_store.map_or(f64::NAN, |figure| figure.value);
        report
            .figure(&format!("{}: speed of SQLAlchemy", kind.name()), ratio, "×")
            .target(Target::Least(8.0));
    }
}
