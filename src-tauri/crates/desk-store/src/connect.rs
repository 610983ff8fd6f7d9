//! Opens and closes the database: what writes, and a few connections that read.

use std::{
    fs,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use desk_model::{Resource, ShopId};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement,
    sqlx::{
        self, Connection,
        pool::PoolConnectionMetadata,
        sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;

use crate::{
    Error, backups, inspection,
    list_reader::ListReader,
    migration::Migrator,
    open_views::OpenViews,
    reader::Readers,
    recovery,
    writer::{OrmTransaction, Writer},
};

/// The name of the database in the profile folder.
pub const FILE_NAME: &str = "seller-desk.sqlite3";

/// How long a connection waits for another process before it gives up.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages of the write-ahead log after which it is folded into the file.
pub(crate) const WAL_AUTOCHECKPOINT: u32 = 10_000;

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
    file: PathBuf,
    identity: Identity,
    writer: Option<Writer>,
    readers: Readers,
    views: OpenViews,
    backup: backups::Underway,
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
                let orm = open_writer(&file).await?;
                let opened = file.clone();
                Some(blocking(move || Writer::new(orm, &opened)).await?)
            }
            Access::ReadOnly => {
                let inspected = file.clone();
                blocking(move || inspection::check_readable(&inspected)).await?;
                None
            }
        };
        Ok(Self {
            shared: Arc::new(Shared {
                identity: Identity::of(&file)?,
                readers: Readers::new(file.clone()),
                file,
                writer,
                views: OpenViews::default(),
                backup: backups::Underway::default(),
            }),
        })
    }

    /// Closes every connection, the writing one last so that it can fold the write-ahead log into the file.
    pub async fn close(&self) {
        let store = self.clone();
        let stopped = blocking(move || {
            store.backup_underway().stop();
            Ok(())
        });
        if let Err(error) = stopped.await {
            tracing::warn!(%error, "the backup did not end cleanly");
        }
        self.shared.readers.close().await;
        if let Some(writer) = &self.shared.writer {
            writer.close().await;
        }
    }

    /// Begins a write through the ORM.
    pub(crate) async fn begin(&self) -> Result<OrmTransaction, Error> {
        self.writer()?.begin().await
    }

    /// Writes in plain SQL: the work is one transaction, away from the async threads.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.writer()?.write(work, |_| ()).await
    }

    /// The same; the open views learn which rows it changed, though nobody waits for it any more.
    pub(crate) async fn write_rows<T: Send + 'static>(
        &self,
        resource: Resource,
        shop: &ShopId,
        work: impl FnOnce(&rusqlite::Connection) -> Result<(T, Vec<i64>), Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (store, shop) = (self.clone(), shop.clone());
        let note = move |(_, changed): &(T, Vec<i64>)| {
            store.shared.views.note(resource, &shop, changed);
        };
        let (done, _) = self.writer()?.write(work, note).await?;
        Ok(done)
    }

    /// What writes, as long as the file is where it was.
    pub(crate) fn writer(&self) -> Result<&Writer, Error> {
        let writer = self.shared.writer.as_ref().ok_or(Error::ReadOnly)?;
        // SQLite goes on writing to a file that was deleted or moved, and nobody would ever see it again.
        if Identity::of(&self.shared.file).ok() != Some(self.shared.identity) {
            return Err(Error::ReadOnly);
        }
        Ok(writer)
    }

    /// Reads from one snapshot of the database, away from the async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let answer = self.shared.readers.read(work).await;
        self.heed_damage(answer)
    }

    /// Reads a list from one snapshot of the database, with what is known of it already, away from the async threads.
    pub(crate) async fn read_lists<T: Send + 'static>(
        &self,
        work: impl FnOnce(&ListReader) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let answer = self.shared.readers.read_lists(work).await;
        self.heed_damage(answer)
    }

    /// Damage that is met while the database is open has the whole file looked at when it is opened the next time.
    pub(crate) fn heed_damage<T>(&self, answer: Result<T, Error>) -> Result<T, Error> {
        if matches!(answer, Err(Error::Corrupt(_)))
            && let Err(error) = fs::write(inspection::suspicion_of(&self.shared.file), "")
        {
            tracing::warn!(%error, "damage in the database could not be noted");
        }
        answer
    }

    pub(crate) fn file(&self) -> &Path {
        &self.shared.file
    }

    pub(crate) fn backup_underway(&self) -> &backups::Underway {
        &self.shared.backup
    }

    pub(crate) fn views(&self) -> &OpenViews {
        &self.shared.views
    }
}

/// Tells whether a path still leads to the same file.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    number: u64,
}

impl Identity {
    #[cfg(unix)]
    fn of(file: &Path) -> std::io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        let found = fs::metadata(file)?;
        Ok(Self {
            device: found.dev(),
            number: found.ino(),
        })
    }

    /// Windows lets nobody move or delete a file that is open.
    #[cfg(not(unix))]
    fn of(file: &Path) -> std::io::Result<Self> {
        fs::metadata(file).map(|_| Self {
            device: 0,
            number: 0,
        })
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
    blocking(move || prepare(&inspected)).await?;
    let writer = Database::connect(writer_options(file)).await?;
    require_write_ahead_log(&writer).await?;
    Migrator::up(&writer, None).await?;
    Ok(writer)
}

/// Looks at the file before anything is written to it, and copies an older database aside.
fn prepare(file: &Path) -> Result<(), Error> {
    recovery::complete(file)?;
    if let Some(migration) = inspection::check_writable(file)? {
        backups::before_migration(file, &migration)?;
    }
    Ok(())
}

async fn require_write_ahead_log(writer: &DatabaseConnection) -> Result<(), Error> {
    let mode = writer
        .query_one_raw(Statement::from_string(
            writer.get_database_backend(),
            "PRAGMA journal_mode",
        ))
        .await?
        .map(|row| row.try_get_by_index::<String>(0))
        .transpose()?;
    match mode.as_deref() {
        Some("wal") => Ok(()),
        other => Err(Error::Database(format!(
            "the file system refuses write-ahead logging (journal mode {other:?})"
        ))),
    }
}

/// Keeps a connection only if its transaction has ended. SQLite ends one by itself at some errors (a full disk, an unreadable page); the
/// driver does not notice, and what was committed later would be inside a transaction that nobody ever commits.
fn close_unless_idle(
    connection: &mut SqliteConnection,
    _: PoolConnectionMetadata,
) -> Pin<Box<dyn Future<Output = Result<bool, sqlx::Error>> + Send + '_>> {
    Box::pin(async move {
        // A rollback may be waiting in line.
        connection.ping().await?;
        Ok(!connection.is_in_transaction())
    })
}

pub(crate) fn writer_options(file: &Path) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = ConnectOptions::new(format!("sqlite://{FILE_NAME}"));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_release(close_unless_idle))
        .map_sqlx_sqlite_opts(move |sqlite: SqliteConnectOptions| {
            sqlite
                .filename(&file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .foreign_keys(false)
                .busy_timeout(BUSY_TIMEOUT)
                .pragma("wal_autocheckpoint", WAL_AUTOCHECKPOINT.to_string())
        });
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(store: &Store, name: &str) -> i64 {
        let transaction = store.begin().await.unwrap();
        let sql =
            Statement::from_string(transaction.get_database_backend(), format!("PRAGMA {name}"));
        let row = transaction.query_one_raw(sql).await.unwrap().unwrap();
        let of_orm: i64 = row.try_get_by_index(0).unwrap();
        drop(transaction);
        let name = name.to_owned();
        let of_pages = store.write(move |connection| {
            Ok(connection.pragma_query_value(None, &name, |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(of_pages.await.unwrap(), of_orm, "both connections alike");
        of_orm
    }

    #[tokio::test]
    async fn the_writing_connections_are_set_up() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        assert_eq!(pragma(&store, "synchronous").await, 1, "NORMAL");
        assert_eq!(pragma(&store, "busy_timeout").await, 5000);
        assert_eq!(pragma(&store, "wal_autocheckpoint").await, 10_000);
        assert_eq!(pragma(&store, "foreign_keys").await, 0);
    }

    #[tokio::test]
    async fn f13_a_database_without_a_write_ahead_log_is_refused() {
        let in_memory = Database::connect("sqlite::memory:").await.unwrap();
        let refused = require_write_ahead_log(&in_memory).await.unwrap_err();
        assert!(
            refused.to_string().contains("refuses write-ahead logging"),
            "{refused}"
        );
    }
}
