//! The sync log: a line per run, opened before its first page and closed at its end.

use desk_model::{
    PageCounts, Resource, RunResult, ShopId, SyncRun, SyncTask, SyncTrigger, UnixSeconds,
};
use rusqlite::{Connection, Params, Row};
use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::{
    Error, Store,
    columns::{seconds, word},
    entity::sync_run,
    write::execute,
};

/// The first half of a line in the sync log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// The shop.
    pub shop_id: ShopId,
    /// What is synced.
    pub resource: Resource,
    /// What the run does.
    pub task: SyncTask,
    /// Why it was started.
    pub trigger: SyncTrigger,
    /// Server time at its start.
    pub started_at: UnixSeconds,
    /// The closed window's first second (orders only).
    pub window_start: Option<UnixSeconds>,
    /// The closed window's last second (orders only).
    pub window_end: Option<UnixSeconds>,
}

/// The second half of a line in the sync log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnd {
    /// Server time at its end.
    pub finished_at: UnixSeconds,
    /// How it ended.
    pub result: RunResult,
    /// The error's code where it failed.
    pub error_code: Option<String>,
    /// What the platform said, without secrets.
    pub error_message: Option<String>,
    /// The platform's id of the failed request.
    pub request_id: Option<String>,
    /// How many seconds this computer's clock was ahead of the platform's, where that was refused.
    pub clock_ahead_seconds: Option<i64>,
}

impl Store {
    /// Opens a line in the sync log and gives its id.
    pub async fn start_run(&self, run: &NewRun) -> Result<i64, Error> {
        let transaction = self.begin().await?;
        let model = sync_run::ActiveModel {
            id: ActiveValue::NotSet,
            ..run_model(run).into_active_model()
        };
        let id = sync_run::Entity::insert(model)
            .exec(&*transaction)
            .await?
            .last_insert_id;
        transaction.commit().await?;
        Ok(id)
    }

    /// Writes the run's closed window into the sync log, once it is known.
    pub async fn set_run_window(
        &self,
        run_id: i64,
        start: UnixSeconds,
        end: UnixSeconds,
    ) -> Result<(), Error> {
        let transaction = self.begin().await?;
        execute(
            &transaction,
            "UPDATE sync_runs SET window_start = ?, window_end = ? WHERE id = ?",
            [start.0.into(), end.0.into(), run_id.into()],
        )
        .await?;
        transaction.commit().await
    }

    /// Closes a line in the sync log.
    pub async fn finish_run(&self, run_id: i64, end: &RunEnd) -> Result<(), Error> {
        let transaction = self.begin().await?;
        let changes = sync_run::ActiveModel {
            finished_at: ActiveValue::Set(Some(end.finished_at.0)),
            result: ActiveValue::Set(end.result.as_str().to_owned()),
            error_code: ActiveValue::Set(end.error_code.clone()),
            error_message: ActiveValue::Set(end.error_message.clone()),
            request_id: ActiveValue::Set(end.request_id.clone()),
            clock_ahead_seconds: ActiveValue::Set(end.clock_ahead_seconds),
            ..Default::default()
        };
        sync_run::Entity::update_many()
            .set(changes)
            .filter(sync_run::Column::Id.eq(run_id))
            .exec(&*transaction)
            .await?;
        transaction.commit().await
    }

    /// The sync log, newest first; of one shop or of all that are not removed.
    pub async fn sync_runs(
        &self,
        shop: Option<&ShopId>,
        limit: u32,
    ) -> Result<Vec<SyncRun>, Error> {
        self.sync_runs_before(shop, None, false, limit).await
    }

    /// The same, of what was begun before a run; all of it, or what failed as a whole or in part.
    pub async fn sync_runs_before(
        &self,
        shop: Option<&ShopId>,
        before: Option<i64>,
        problems_only: bool,
        limit: u32,
    ) -> Result<Vec<SyncRun>, Error> {
        let shop = shop.map(|shop| shop.as_str().to_owned());
        self.read(move |connection| {
            let rest = "WHERE (?1 IS NULL OR shop_id = ?1) AND (?2 IS NULL OR id < ?2)
                AND (NOT ?3 OR result IN ('failed', 'partial'))
                AND shop_id NOT IN (SELECT shop_id FROM shops WHERE is_removed) ORDER BY id DESC LIMIT ?4";
            select_runs(connection, rest, (shop, before, problems_only, limit))
        })
        .await
    }

    /// The newest run of each task of each resource of a shop.
    pub async fn latest_runs(&self, shop: &ShopId) -> Result<Vec<SyncRun>, Error> {
        let shop = shop.as_str().to_owned();
        self.read(move |connection| {
            let rest = "WHERE id IN (SELECT max(id) FROM sync_runs WHERE shop_id = ?1 GROUP BY resource, task) ORDER BY id DESC";
            select_runs(connection, rest, [shop])
        })
        .await
    }

    /// Closes the lines that a crash left open, and tells how many.
    pub async fn abandon_runs(&self, now: UnixSeconds) -> Result<u64, Error> {
        let transaction = self.begin().await?;
        let changes = sync_run::ActiveModel {
            finished_at: ActiveValue::Set(Some(now.0)),
            result: ActiveValue::Set(RunResult::Failed.as_str().to_owned()),
            error_code: ActiveValue::Set(Some("internal".to_owned())),
            error_message: ActiveValue::Set(Some("cut off".to_owned())),
            ..Default::default()
        };
        let abandoned = sync_run::Entity::update_many()
            .set(changes)
            .filter(sync_run::Column::Result.eq(RunResult::Running.as_str()))
            .exec(&*transaction)
            .await?;
        transaction.commit().await?;
        Ok(abandoned.rows_affected)
    }
}

/// Adds a page to its run's counters.
pub(crate) fn count_page(
    connection: &Connection,
    run_id: i64,
    counts: PageCounts,
) -> Result<(), Error> {
    let sql = "UPDATE sync_runs SET pages = pages + 1, new_rows = new_rows + ?2, changed_rows = changed_rows + ?3,
        unchanged_rows = unchanged_rows + ?4, quarantined_rows = quarantined_rows + ?5 WHERE id = ?1";
    let PageCounts {
        new,
        changed,
        unchanged,
        quarantined,
    } = counts;
    let values = (run_id, new, changed, unchanged, quarantined);
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn run_model(run: &NewRun) -> sync_run::Model {
    sync_run::Model {
        id: 0,
        shop_id: run.shop_id.as_str().to_owned(),
        resource: run.resource.as_str().to_owned(),
        task: run.task.as_str().to_owned(),
        trigger: run.trigger.as_str().to_owned(),
        started_at: run.started_at.0,
        finished_at: None,
        window_start: run.window_start.map(|time| time.0),
        window_end: run.window_end.map(|time| time.0),
        pages: 0,
        new_rows: 0,
        changed_rows: 0,
        unchanged_rows: 0,
        quarantined_rows: 0,
        result: RunResult::Running.as_str().to_owned(),
        error_code: None,
        error_message: None,
        request_id: None,
        clock_ahead_seconds: None,
    }
}

fn select_runs(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Vec<SyncRun>, Error> {
    let mut statement = connection.prepare_cached(&format!("SELECT * FROM sync_runs {rest}"))?;
    Ok(statement
        .query_map(params, read_run)?
        .collect::<Result<_, _>>()?)
}

fn read_run(row: &Row<'_>) -> rusqlite::Result<SyncRun> {
    Ok(SyncRun {
        id: row.get("id")?,
        shop_id: ShopId::new(row.get::<_, String>("shop_id")?),
        resource: word(row, "resource", Resource::parse)?,
        task: word(row, "task", SyncTask::parse)?,
        trigger: SyncTrigger::parse(row.get_ref("trigger")?.as_str()?),
        started_at: UnixSeconds(row.get("started_at")?),
        finished_at: seconds(row, "finished_at")?,
        window_start: seconds(row, "window_start")?,
        window_end: seconds(row, "window_end")?,
        pages: row.get("pages")?,
        counts: PageCounts {
            new: row.get("new_rows")?,
            changed: row.get("changed_rows")?,
            unchanged: row.get("unchanged_rows")?,
            quarantined: row.get("quarantined_rows")?,
        },
        result: RunResult::parse(row.get_ref("result")?.as_str()?),
        error_code: row.get("error_code")?,
        error_message: row.get("error_message")?,
        request_id: row.get("request_id")?,
        clock_ahead_seconds: row.get("clock_ahead_seconds")?,
    })
}
