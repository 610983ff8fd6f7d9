//! Checkpoints: where each task of a shop's resource stands, written with the page that it covers.

use desk_model::{Resource, ShopId, SyncTask, UnixSeconds};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{
    Error, Store,
    columns::{seconds, word},
    write::{OnConflict, RowWriter},
};

/// Where a task's stream stands; written whole, with each page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The task; each has a checkpoint of its own.
    pub task: SyncTask,
    /// Identity of the stream: a hash of shop, host, endpoint and filters. Another identity starts another stream.
    pub stream: String,
    /// The cursor. Changes and sweeps move it forward: everything up to here is stored. A backfill moves it backward: everything since
    /// is stored.
    pub reached: Option<UnixSeconds>,
    /// How long the last run took.
    pub last_run_seconds: i64,
    /// How long after its time of change a row became visible, at most.
    pub observed_lag_seconds: i64,
    /// The window that was begun and not ended.
    pub window: Option<OpenWindow>,
    /// When the task last came to its end.
    pub completed_at: Option<UnixSeconds>,
}

impl Checkpoint {
    /// A stream of which nothing has been read.
    pub fn new(task: SyncTask, stream: impl Into<String>) -> Self {
        Self {
            task,
            stream: stream.into(),
            reached: None,
            last_run_seconds: 0,
            observed_lag_seconds: 0,
            window: None,
            completed_at: None,
        }
    }
}

/// A window that is being read, last page first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenWindow {
    /// First second.
    pub start: UnixSeconds,
    /// Last second.
    pub end: UnixSeconds,
    /// The page to be read next.
    pub next_page: u64,
    /// Rows in the window by the platform's word.
    pub total: u64,
}

impl Store {
    /// Where a task of a shop's resource stands; `None` before its first page.
    pub async fn checkpoint(
        &self,
        shop: &ShopId,
        resource: Resource,
        task: SyncTask,
    ) -> Result<Option<Checkpoint>, Error> {
        let shop = shop.as_str().to_owned();
        self.read(move |connection| {
            let sql =
                "SELECT * FROM sync_checkpoints WHERE shop_id = ?1 AND resource = ?2 AND task = ?3";
            let key = (shop, resource.as_str(), task.as_str());
            Ok(connection
                .prepare_cached(sql)?
                .query_row(key, read)
                .optional()?)
        })
        .await
    }

    /// Writes a checkpoint by itself, for a step that has no page.
    pub async fn write_checkpoint(
        &self,
        shop: &ShopId,
        resource: Resource,
        checkpoint: &Checkpoint,
    ) -> Result<(), Error> {
        let (shop, checkpoint) = (shop.clone(), checkpoint.clone());
        self.write(move |connection| write(connection, &shop, resource, &checkpoint))
            .await
    }
}

/// Writes a checkpoint, as part of the page that it covers.
pub(crate) fn write(
    connection: &Connection,
    shop_id: &ShopId,
    resource: Resource,
    checkpoint: &Checkpoint,
) -> Result<(), Error> {
    let replace = OnConflict::Replace {
        key: &["shop_id", "resource", "task"],
        kept: &[],
    };
    let window = checkpoint.window;
    RowWriter::new(connection, "sync_checkpoints", replace).write(&[
        ("shop_id", &shop_id.as_str()),
        ("resource", &resource.as_str()),
        ("task", &checkpoint.task.as_str()),
        ("stream", &checkpoint.stream),
        ("reached", &checkpoint.reached.map(|time| time.0)),
        ("last_run_seconds", &checkpoint.last_run_seconds),
        ("observed_lag_seconds", &checkpoint.observed_lag_seconds),
        ("window_start", &window.map(|window| window.start.0)),
        ("window_end", &window.map(|window| window.end.0)),
        ("next_page", &window.map(|window| window.next_page)),
        ("total", &window.map(|window| window.total)),
        ("completed_at", &checkpoint.completed_at.map(|time| time.0)),
    ])
}

fn read(row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    let window = match (seconds(row, "window_start")?, seconds(row, "window_end")?) {
        (Some(start), Some(end)) => Some(OpenWindow {
            start,
            end,
            next_page: row.get("next_page")?,
            total: row.get("total")?,
        }),
        _ => None,
    };
    Ok(Checkpoint {
        task: word(row, "task", SyncTask::parse)?,
        stream: row.get("stream")?,
        reached: seconds(row, "reached")?,
        last_run_seconds: row.get("last_run_seconds")?,
        observed_lag_seconds: row.get("observed_lag_seconds")?,
        window,
        completed_at: seconds(row, "completed_at")?,
    })
}
