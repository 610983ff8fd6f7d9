//! A sync when nothing has happened: how often the platform is called, and what is written. Triggers count each row that is written, also
//! one that is written as it was.

use std::{collections::BTreeMap, path::Path, time::Duration};

use desk_model::Dialect;
use desk_sandbox::Sandbox;
use desk_store::FILE_NAME;
use rusqlite::Connection;

use crate::{
    desk::{Desk, UNPACED},
    error::Error,
    report::{Report, Target},
    stand_in::{NOWHERE, connect_in_process, sandbox},
};

const SHOPS: u32 = 3;

/// What the sync itself leaves behind: its place and its line in the log.
const BOOK_KEEPING: [&str; 2] = ["sync_checkpoints", "sync_runs"];

/// Names of the calls, and how often they may be made for each shop.
const GUIDE: [(&str, f64); 3] = [
    ("order/list", 3.0),
    ("product/list", 2.0),
    ("activity/list", 1.0),
];
/// Products in three shelves, activities in four types.
const OPEN_PLATFORM: [(&str, f64); 3] = [
    ("bg.order.list.v2.get", 3.0),
    ("bg.local.goods.list.query", 6.0),
    ("bg.promotion.activity.query", 4.0),
];

pub(crate) async fn run(report: &mut Report) -> Result<(), Error> {
    for (dialect, calls) in [
        (Dialect::Guide, GUIDE),
        (Dialect::OpenPlatform, OPEN_PLATFORM),
    ] {
        let measured = measure(dialect, report.rows).await?;
        let dialect = dialect.as_str();
        for (name, most) in calls {
            let per_shop = measured.calls_of(name) / f64::from(SHOPS);
            report
                .figure(&format!("{dialect}: {name}, per shop"), per_shop, "calls")
                .target(Target::Most(most));
        }
        report
            .figure(
                &format!("{dialect}: rows written"),
                measured.rows_written(),
                "rows",
            )
            .target(Target::Most(0.0));
        report.figure(
            &format!("{dialect}: lines of checkpoints and log, all shops"),
            measured.lines_written(),
            "writes",
        );
        report.remark(format!(
            "{dialect}, all calls of {SHOPS} shops: {:?}",
            measured.calls
        ));
    }
    Ok(())
}

/// What the second sync did.
struct Measured {
    calls: BTreeMap<String, u64>,
    /// By table.
    written: BTreeMap<String, u64>,
}

impl Measured {
    fn calls_of(&self, name: &str) -> f64 {
        self.calls.get(name).copied().unwrap_or_default() as f64
    }

    fn rows_written(&self) -> f64 {
        let rows = self
            .written
            .iter()
            .filter(|(table, _)| !BOOK_KEEPING.contains(&table.as_str()));
        rows.map(|(_, count)| count).sum::<u64>() as f64
    }

    fn lines_written(&self) -> f64 {
        let lines = BOOK_KEEPING
            .iter()
            .filter_map(|table| self.written.get(*table));
        lines.sum::<u64>() as f64
    }
}

async fn measure(dialect: Dialect, rows: u64) -> Result<Measured, Error> {
    let folder = tempfile::tempdir()?;
    let sandbox = sandbox(SHOPS, rows);
    let credentials = sandbox.credentials(NOWHERE);
    let connect = connect_in_process(&sandbox, Duration::ZERO);
    let desk = Desk::open(folder.path(), dialect, &credentials, connect, UNPACED).await?;
    desk.sync_all().await?;
    desk.sync_news().await?;

    let triggers = Triggers::set(folder.path())?;
    let before = calls(&sandbox);
    let synced = desk.sync_news().await?;
    if synced.rows == 0 {
        return Err(Error::Wrong("the sync read nothing at all".to_owned()));
    }
    let made = calls(&sandbox)
        .into_iter()
        .map(|(name, count)| {
            let earlier = before.get(&name).copied().unwrap_or_default();
            (name, count - earlier)
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    let written = triggers.counted()?;
    desk.engine.store().close().await;
    Ok(Measured {
        calls: made,
        written,
    })
}

fn calls(sandbox: &Sandbox) -> BTreeMap<String, u64> {
    sandbox.calls().into_iter().collect()
}

/// Counts what is written, table by table.
struct Triggers(Connection);

impl Triggers {
    fn set(folder: &Path) -> Result<Self, Error> {
        let connection = Connection::open(folder.join(FILE_NAME))?;
        connection.execute_batch(
            "CREATE TABLE written (name TEXT PRIMARY KEY, count INTEGER NOT NULL)",
        )?;
        let tables: Vec<String> = connection
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'written'")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for table in tables {
            for event in ["INSERT", "UPDATE", "DELETE"] {
                connection.execute_batch(&format!(
                    "CREATE TRIGGER count_{table}_{event} AFTER {event} ON {table} BEGIN
                        INSERT INTO written VALUES ('{table}', 1) ON CONFLICT DO UPDATE SET count = count + 1; END"
                ))?;
            }
        }
        Ok(Self(connection))
    }

    fn counted(&self) -> Result<BTreeMap<String, u64>, Error> {
        let mut statement = self.0.prepare("SELECT name, count FROM written")?;
        let counts = statement.query_map([], |row| row.try_into())?;
        Ok(counts
            .collect::<Result<Vec<(String, i64)>, _>>()?
            .into_iter()
            .map(|(name, count)| (name, count as u64))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sync_without_news_calls_seldom_and_writes_no_row() {
        let mut report = Report::new("nothing-new", 300);
        run(&mut report).await.unwrap();
        for figure in &report.figures {
            assert!(!figure.has_failed(), "{}", report.table());
        }
    }

    #[tokio::test]
    async fn triggers_count_rows_that_are_written_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join(FILE_NAME)).unwrap();
        connection
            .execute_batch("CREATE TABLE row (a); INSERT INTO row VALUES (1)")
            .unwrap();
        let triggers = Triggers::set(folder.path()).unwrap();
        connection
            .execute_batch("UPDATE row SET a = a; DELETE FROM row")
            .unwrap();
        assert_eq!(triggers.counted().unwrap()["row"], 2);
    }
}
