//! Opens and closes the database: one connection that writes, a few that read.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;

use crate::{Error, inspection, migration::Migrator, reader::Readers, view::Views};

/// The name of the database in the profile folder.
pub const FILE_NAME: &str = "seller-desk.sqlite3";

/// How long a connection waits for another process before it gives up.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How the database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Creates the file and brings its tables up to date.
    ReadWrite,
    /// Changes nothing; works beside a process that writes.
    ReadOnly,
}

/// The database of one profile. Clones share their connections.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    writer: Option<DatabaseConnection>,
    readers: Readers,
    views: Views,
}

impl Store {
    /// Opens `seller-desk.sqlite3` in the folder.
    ///
    /// With `ReadWrite` the folder and the file are made where missing, and an older database is copied aside before its tables are
    /// brought up to date. With `ReadOnly` a missing database is [`Error::Missing`].
    pub async fn open(folder: &Path, access: Access) -> Result<Self, Error> {
        let file = folder.join(FILE_NAME);
        let writer = match access {
            Access::ReadWrite => {
                fs::create_dir_all(folder)?;
                Some(open_writer(&file).await?)
            }
            Access::ReadOnly => {
                let inspected = file.clone();
                blocking(move || inspection::check_readable(&inspected)).await?;
                None
            }
        };
        Ok(Self {
            shared: Arc::new(Shared {
                writer,
                readers: Readers::new(file),
                views: Views::default(),
            }),
        })
    }

    /// Closes every connection, the writing one last so that it can fold the write-ahead log into the file.
    pub async fn close(&self) {
        self.shared.readers.close().await;
        let Some(writer) = &self.shared.writer else {
            return;
        };
        if let Err(error) = writer.close_by_ref().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }

    /// Begins a write. It takes the write lock at once: a lock taken later fails without waiting.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, Error> {
        let writer = self.shared.writer.as_ref().ok_or(Error::ReadOnly)?;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(writer.begin_with_options(options).await?)
    }

    /// Reads from one snapshot of the database, away from the async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.shared.readers.read(work).await
    }

    pub(crate) fn views(&self) -> &Views {
        &self.shared.views
    }
}

/// Runs work that blocks on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::database)?
}

async fn open_writer(file: &Path) -> Result<DatabaseConnection, Error> {
    let inspected = file.to_owned();
    let is_older = blocking(move || inspection::check_writable(&inspected)).await?;
    let writer = Database::connect(writer_options(file)).await?;
    let mode = writer
        .query_one_raw(Statement::from_string(
            writer.get_database_backend(),
            "PRAGMA journal_mode",
        ))
        .await?
        .map(|row| row.try_get_by_index::<String>(0))
        .transpose()?;
    if mode.as_deref() != Some("wal") {
        return Err(Error::Database(format!(
            "the file system refuses write-ahead logging (journal mode {mode:?})"
        )));
    }
    if is_older {
        back_up(&writer, file).await?;
    }
    Migrator::up(&writer, None).await?;
    Ok(writer)
}

fn writer_options(file: &Path) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = ConnectOptions::new(format!("sqlite://{FILE_NAME}"));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite: SqliteConnectOptions| {
            sqlite
                .filename(&file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .foreign_keys(false)
                .busy_timeout(BUSY_TIMEOUT)
                .pragma("wal_autocheckpoint", "10000")
        });
    options
}

/// Copies an older database aside before its tables change. The copy gets its name only once it is whole.
async fn back_up(writer: &DatabaseConnection, file: &Path) -> Result<(), Error> {
    let pending = Migrator::get_pending_migrations(writer).await?;
    let Some(first) = pending.first() else {
        return Ok(());
    };
    let partial = file.with_extension("partial");
    if partial.exists() {
        fs::remove_file(&partial)?;
    }
    let target = partial.to_string_lossy().into_owned();
    let copy = Statement::from_sql_and_values(
        writer.get_database_backend(),
        "VACUUM INTO ?",
        [target.into()],
    );
    writer.execute_raw(copy).await?;
    fs::rename(&partial, backup_path(file, first.name()))?;
    Ok(())
}

/// `seller-desk.before-{migration}.sqlite3`, beside the database.
fn backup_path(file: &Path, migration: &str) -> PathBuf {
    file.with_extension(format!("before-{migration}.sqlite3"))
}

#[cfg(test)]
mod tests {
    use desk_model::{
        Activity, ActivityId, ActivityStatus, Fetched, ListQuery, Resource, ShopId, SyncTask,
        UnixSeconds,
    };

    use super::*;
    use crate::{Checkpoint, PageCommit};

    async fn pragma(store: &Store, name: &str) -> i64 {
        let transaction = store.begin().await.unwrap();
        let sql =
            Statement::from_string(transaction.get_database_backend(), format!("PRAGMA {name}"));
        transaction
            .query_one_raw(sql)
            .await
            .unwrap()
            .unwrap()
            .try_get_by_index(0)
            .unwrap()
    }

    #[tokio::test]
    async fn the_writing_connection_is_set_up() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        assert_eq!(pragma(&store, "synchronous").await, 1, "NORMAL");
        assert_eq!(pragma(&store, "busy_timeout").await, 5000);
        assert_eq!(pragma(&store, "wal_autocheckpoint").await, 10_000);
    }

    fn activity(number: usize) -> Fetched<Activity> {
        let value = Activity {
            activity_id: ActivityId::new(number.to_string()),
            shop_id: ShopId::new("us:1"),
            name: "x".repeat(4000),
            activity_type: "big_sale".to_owned(),
            status: ActivityStatus::Running,
            platform_status: "1".to_owned(),
            start_time: None,
            end_time: None,
            enroll_deadline: None,
            joined: false,
            updated_at: None,
            items: Vec::new(),
        };
        Fetched {
            value,
            raw: "{}".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_full_disk_rolls_the_page_back_and_the_page_goes_in_once_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        let rows: Vec<_> = (0..200).map(activity).collect();
        let checkpoint = Checkpoint::new(SyncTask::Changes, "made-up");
        let page = PageCommit {
            shop_id: &ShopId::new("us:1"),
            run_id: None,
            rows: &rows,
            unreadable: &[],
            fetched_at: UnixSeconds(1_750_000_000),
            checkpoint: Some(&checkpoint),
        };
        let writer = store.shared.writer.as_ref().unwrap();
        writer
            .execute_unprepared("PRAGMA max_page_count = 80")
            .await
            .unwrap();
        assert!(matches!(
            store.commit_activities(&page).await,
            Err(Error::DiskFull)
        ));
        let view = store
            .open_view(&ListQuery::all(Resource::Activities), page.fetched_at)
            .await
            .unwrap();
        assert_eq!(view.count, 0);
        assert_eq!(
            store
                .checkpoint(page.shop_id, Resource::Activities, SyncTask::Changes)
                .await
                .unwrap(),
            None
        );

        writer
            .execute_unprepared("PRAGMA max_page_count = 4294967294")
            .await
            .unwrap();
        assert_eq!(
            store.commit_activities(&page).await.unwrap().counts.new,
            200
        );
    }
}
