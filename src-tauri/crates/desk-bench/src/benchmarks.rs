//! Each benchmark by its name. Whatever is compared is run alternately, and the figure is the ratio of medians: the machine may be busy.

mod export;
mod memory;
mod nothing_new;
mod paced;
mod sync;
mod upsert;
mod views;
mod window;

use clap::ValueEnum;

use crate::{error::Error, report::Report};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Benchmark {
    /// A page of orders into the database, against bare rusqlite and against find-then-write.
    Upsert,
    /// A whole sync without a network, against fetch, parse and insert alone.
    Sync,
    /// A whole sync at 200 ms latency and 20 requests a second, against what that pace allows.
    Paced,
    /// How much memory a whole sync over HTTP takes.
    Memory,
    /// All orders into CSV and XLSX, against rusqlite and csv alone.
    Export,
    /// Calls made and rows written by a sync when nothing has happened.
    NothingNew,
    /// Lists, searches and totals of a large database, against bare rusqlite.
    Views,
    /// The real window, against an empty one.
    Window,
}

impl Benchmark {
    pub(crate) const ALL: [Self; 8] = [
        Self::Upsert,
        Self::Sync,
        Self::Paced,
        Self::Memory,
        Self::Export,
        Self::NothingNew,
        Self::Views,
        Self::Window,
    ];

    /// The word on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Upsert => "upsert",
            Self::Sync => "sync",
            Self::Paced => "paced",
            Self::Memory => "memory",
            Self::Export => "export",
            Self::NothingNew => "nothing-new",
            Self::Views => "views",
            Self::Window => "window",
        }
    }

    /// How many orders it takes to say something.
    fn usual_rows(self) -> u64 {
        match self {
            Self::Upsert => 30_000,
            Self::Sync => 200_000,
            Self::Paced => 100_000,
            Self::Memory | Self::Export | Self::Views | Self::Window => 1_000_000,
            Self::NothingNew => 3_000,
        }
    }

    /// Runs it with so many orders.
    pub(crate) async fn run(self, rows: Option<u64>) -> Result<Report, Error> {
        let rows = rows.unwrap_or(self.usual_rows());
        let mut report = Report::new(self.name(), rows);
        match self {
            Self::Upsert => upsert::run(&mut report).await?,
            Self::Sync => sync::run(&mut report).await?,
            Self::Paced => paced::run(&mut report).await?,
            Self::Memory => memory::run(&mut report).await?,
            Self::Export => export::run(&mut report).await?,
            Self::NothingNew => nothing_new::run(&mut report).await?,
            Self::Views => views::run(&mut report).await?,
            Self::Window => window::run(&mut report).await?,
        }
        Ok(report)
    }
}
