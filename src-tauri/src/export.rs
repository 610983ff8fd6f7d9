//! Exports: rows of the store into a file, for window and command line alike.

use std::{
    collections::HashMap,
    path::Path,
    time::{Duration, Instant},
};

use desk_engine::ErrorCode;
use desk_export::{
    ActivityColumn, Columns, Export, ExportFormat, IfTaken, OrderColumn, ProductColumn, Rows, Stop,
    Table, Target, Wording,
};
use desk_model::{Resource, ShopId, UnixSeconds};
use desk_store::{Listing, Store};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use ts_rs::TS;

mod exports;

pub(crate) use exports::Exports;

use crate::{desk::Desk, error::CommandError, settings::Language, words::Words};

/// Rows that are read and written at once.
const BATCH: usize = 1000;

/// How often progress is told.
const BETWEEN_TELLS: Duration = Duration::from_millis(250);

/// Exports an open list.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ExportView {
    /// From `ViewOpened`.
    pub handle: u32,
    /// How the file is written.
    #[serde(flatten)]
    pub style: ExportStyle,
}

/// How an export is written.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct ExportStyle {
    /// The kind of file.
    pub format: ExportFormat,
    /// Words of columns in their order; without any, the usual ones.
    #[ts(as = "Vec<ExportColumn>")]
    pub columns: Vec<String>,
    /// The zone of times, an IANA name.
    pub zone: String,
    /// The language of headers and states.
    pub language: Language,
    /// Orders: a row for each line instead of one for each order.
    pub by_line: bool,
}

/// A column of an export.
#[derive(TS)]
#[ts(untagged)]
#[expect(dead_code, reason = "a schema for TypeScript; columns come as words")]
pub(crate) enum ExportColumn {
    /// Of orders.
    Orders(OrderColumn),
    /// Of products.
    Products(ProductColumn),
    /// Of activities.
    Activities(ActivityColumn),
}

/// A file that was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct Exported {
    /// Where it is.
    pub path: String,
    /// Its rows, the header not among them.
    pub rows: u64,
}

/// Names an exported file.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct RevealExport {
    /// From `Exported`.
    pub path: String,
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct ExportProgress {
    /// Rows of the list that are written.
    pub rows: u64,
    /// Rows that the list has.
    pub total: u64,
}

/// What is exported.
pub(crate) struct Source {
    resource: Resource,
    /// The seller's names.
    shops: HashMap<ShopId, String>,
    /// `None` where there is no database yet.
    listed: Option<(Store, Listing)>,
}

/// Where an export goes.
pub(crate) enum Destination {
    /// A file.
    File(Target),
    /// Standard output, as CSV.
    StandardOutput,
}

impl Source {
    /// The rows of a listing.
    pub(crate) async fn of(desk: &Desk, listing: Listing) -> Result<Self, CommandError> {
        let store = desk.engine.store();
        let shops = store.shops().await?;
        Ok(Self {
            resource: listing.resource(),
            shops: shops
                .into_iter()
                .map(|shop| (shop.shop_id, shop.name))
                .collect(),
            listed: Some((store.clone(), listing)),
        })
    }

    /// No rows.
    pub(crate) fn nothing(resource: Resource) -> Self {
        Self {
            resource,
            shops: HashMap::new(),
            listed: None,
        }
    }

    fn count(&self) -> u64 {
        self.listed
            .as_ref()
            .map_or(0, |(_, listing)| listing.count())
    }

    /// Reads a batch and hands it to the export. Called on a thread that may wait.
    fn copy(&self, start: u64, export: &mut Export, runtime: &Handle) -> Result<(), CommandError> {
        let Some((store, listing)) = &self.listed else {
            return Ok(());
        };
        let rows = runtime.block_on(store.listed_rows(listing, start, BATCH))?;
        export.write(match &rows {
            desk_store::Rows::Orders(rows) => Rows::Orders(rows),
            desk_store::Rows::Products(rows) => Rows::Products(rows),
            desk_store::Rows::Activities(rows) => Rows::Activities(rows),
        })?;
        Ok(())
    }
}

/// Writes the rows. Whatever goes wrong, and when it is stopped, nothing is left of the file.
pub(crate) async fn export(
    source: Source,
    style: &ExportStyle,
    destination: Destination,
    stop: Stop,
    now: UnixSeconds,
    tell: impl FnMut(ExportProgress) + Send + 'static,
) -> Result<Exported, CommandError> {
    let mut source = source;
    let words = Words::of(style.language);
    let table = Table {
        columns: Columns::parse(source.resource, &style.columns)?,
        wording: Wording::new(
            move |key| words.find(key),
            &style.zone,
            std::mem::take(&mut source.shops),
        )?,
        by_line: style.by_line,
    };
    let (format, runtime) = (style.format, Handle::current());
    let work = move || {
        let mut export = match destination {
            Destination::File(target) => Export::to_file(target, format, table, stop, now)?,
            Destination::StandardOutput => Export::to_stream(std::io::stdout(), table, stop)?,
        };
        let total = source.count();
        let mut progress = Progress::new(total, tell);
        for start in (0..total).step_by(BATCH) {
            source.copy(start, &mut export, &runtime)?;
            progress.reached(start + BATCH as u64);
        }
        let rows = export.rows();
        let path = export.finish()?.unwrap_or_default();
        Ok(Exported {
            path: path.display().to_string(),
            rows,
        })
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))?
}

/// Tells how far an export has come: at once, at its end, and in between now and then.
struct Progress<T> {
    total: u64,
    tell: T,
    told: Instant,
}

impl<T: FnMut(ExportProgress)> Progress<T> {
    fn new(total: u64, mut tell: T) -> Self {
        tell(ExportProgress { rows: 0, total });
        Self {
            total,
            tell,
            told: Instant::now(),
        }
    }

    fn reached(&mut self, rows: u64) {
        let rows = rows.min(self.total);
        if rows < self.total && self.told.elapsed() < BETWEEN_TELLS {
            return;
        }
        self.told = Instant::now();
        (self.tell)(ExportProgress {
            rows,
            total: self.total,
        });
    }
}

/// A place in the folder that says what is exported and when, such as `Orders 2026-11-22 08-12.xlsx`.
pub(crate) fn place_in(
    folder: &Path,
    resource: Resource,
    style: &ExportStyle,
    now: UnixSeconds,
) -> Target {
    let name = Words::of(style.language).get(&format!("resource.{}", resource.as_str()), &[]);
    let zone = TimeZone::get(&style.zone).unwrap_or(TimeZone::UTC);
    let at = zone.to_datetime(Timestamp::from_second(now.0).unwrap_or_default());
    let name = format!(
        "{name} {}.{}",
        at.strftime("%Y-%m-%d %H-%M"),
        style.format.as_str()
    );
    Target {
        path: folder.join(name),
        if_taken: IfTaken::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(language: Language, zone: &str) -> ExportStyle {
        ExportStyle {
            format: ExportFormat::Xlsx,
            columns: Vec::new(),
            zone: zone.to_owned(),
            language,
            by_line: false,
        }
    }

    #[test]
    fn a_file_is_named_by_what_and_when_in_the_sellers_zone() {
        let now = UnixSeconds(1_795_305_600);
        let name = |language, zone| {
            let target = place_in(
                Path::new("/d"),
                Resource::Orders,
                &style(language, zone),
                now,
            );
            target.path.display().to_string()
        };
        assert_eq!(
            name(Language::English, "UTC"),
            "/d/Orders 2026-11-22 00-00.xlsx"
        );
        assert_eq!(
            name(Language::Chinese, "Asia/Shanghai"),
            "/d/订单 2026-11-22 08-00.xlsx"
        );
    }

    #[test]
    fn progress_is_told_at_most_four_times_a_second_and_at_both_ends() {
        let mut told = Vec::new();
        let mut progress = Progress::new(100_000, |progress| told.push(progress.rows));
        for rows in (1000..=100_000).step_by(1000) {
            progress.reached(rows);
        }
        assert_eq!(told.first(), Some(&0));
        assert_eq!(told.last(), Some(&100_000));
        assert!(told.len() < 20, "{told:?}");
    }
}
