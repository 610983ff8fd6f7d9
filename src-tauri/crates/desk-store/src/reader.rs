//! Read-only connections. Lists, counts and single rows are read here, with plain SQL: the ORM is too slow for a million ids.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Error, connect::BUSY_TIMEOUT, connect::blocking, list_reader::ListReader};

/// As many reads as may run at once.
const CONNECTIONS: usize = 4;

/// Kilobytes of pages that each keeps: the inner ones of a million orders' tables, so that a row takes one page from the file.
const CACHE: i64 = 8_000;

/// Prepared statements that each keeps: more than a list needs.
const STATEMENTS: usize = 64;

/// Opens a connection that cannot write.
pub(crate) fn open(file: &Path) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // A negative number is one of kilobytes.
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// A small pool of read-only connections, opened when first needed.
pub(crate) struct Readers {
    file: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    /// Opened when first needed.
    lists: Arc<tokio::sync::Mutex<Option<ListReader>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self {
            file,
            idle: Arc::default(),
            lists: Arc::default(),
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
        }
    }

    /// Runs the work on one snapshot of the database.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit = self.permit().await?;
        let (file, idle) = (self.file.clone(), Arc::clone(&self.idle));
        blocking(move || {
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = taken.map_or_else(|| open(&file), Ok)?;
            let snapshot = connection.unchecked_transaction()?;
            let answer = work(&snapshot);
            drop(snapshot);
            idle.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
            drop(permit);
            answer
        })
        .await
    }

    /// Runs the work on one snapshot of the database, with what is known of it already; one at a time.
    pub(crate) async fn read_lists<T: Send + 'static>(
        &self,
        work: impl FnOnce(&ListReader) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let mut lists = Arc::clone(&self.lists).lock_owned().await;
        let permit = self.permit().await?;
        let file = self.file.clone();
        blocking(move || {
            let reader = match lists.take() {
                Some(reader) => reader,
                None => ListReader::open(&file)?,
            };
            let answer = lists.insert(reader).read(work);
            drop((lists, permit));
            answer
        })
        .await
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        permit.map_err(|_| Error::Database("the store is closed".into()))
    }

    /// Waits for the reads under way and closes the connections; later reads fail.
    pub(crate) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(CONNECTIONS as u32).await {
            self.permits.close();
            drop(all);
        }
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        *self.lists.lock().await = None;
    }
}
