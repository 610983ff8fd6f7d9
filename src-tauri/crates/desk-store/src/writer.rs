//! What writes: the ORM's connection, and one in plain SQL for pages, which the ORM would take several times as long for. They take turns:
//! a transaction of either begins when the one before it has ended, in the order in which they were asked for.

use std::{
    ops::Deref,
    path::Path,
    sync::{Arc, PoisonError},
};

use fail::fail_point;
use rusqlite::{Connection, TransactionBehavior};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{
    Error,
    connect::{BUSY_TIMEOUT, WAL_AUTOCHECKPOINT, blocking},
};

/// Prepared statements that are kept: more than a page needs.
const STATEMENTS: usize = 64;

/// Both connections.
pub(crate) struct Writer {
    orm: DatabaseConnection,
    /// None once it is closed. Locked by whose turn it is, hence never waited for.
    pages: Arc<std::sync::Mutex<Option<Connection>>>,
    turn: Arc<Mutex<()>>,
}

/// A transaction of the ORM. Dropped without a commit it rolls back.
pub(crate) struct OrmTransaction {
    transaction: DatabaseTransaction,
    turn: OwnedMutexGuard<()>,
}

impl Deref for OrmTransaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl OrmTransaction {
    pub(crate) async fn commit(self) -> Result<(), Error> {
        fail_point!("before-commit");
        self.transaction.commit().await?;
        fail_point!("after-commit");
        drop(self.turn);
        Ok(())
    }
}

impl Writer {
    /// Beside the ORM's connection, opens one to the same file.
    pub(crate) fn new(orm: DatabaseConnection, file: &Path) -> Result<Self, Error> {
        let pages = Connection::open(file)?;
        pages.busy_timeout(BUSY_TIMEOUT)?;
        pages.pragma_update(None, "synchronous", "normal")?;
        pages.pragma_update(None, "foreign_keys", false)?;
        pages.pragma_update(None, "wal_autocheckpoint", WAL_AUTOCHECKPOINT)?;
        pages.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self {
            orm,
            pages: Arc::new(std::sync::Mutex::new(Some(pages))),
            turn: Arc::default(),
        })
    }

    /// Begins a transaction of the ORM. It takes the write lock at once: a lock taken later fails without waiting.
    pub(crate) async fn begin(&self) -> Result<OrmTransaction, Error> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.orm.begin_with_options(options).await?;
        Ok(OrmTransaction { transaction, turn })
    }

    /// Does the work in one transaction, away from the async threads, and commits it unless it fails; then, before anybody else writes,
    /// tells what it did. Once begun it ends, whoever stops waiting.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
        committed: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, Error> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let pages = Arc::clone(&self.pages);
        blocking(move || {
            let mut pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = pages.as_mut().ok_or_else(closed)?;
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            fail_point!("before-commit");
            transaction.commit()?;
            fail_point!("after-commit");
            committed(&done);
            drop(turn);
            Ok(done)
        })
        .await
    }

    /// Does what cannot be part of a transaction, when no other is under way.
    pub(crate) async fn between_transactions(
        &self,
        work: impl FnOnce(&Connection) -> Result<(), Error> + Send + 'static,
    ) -> Result<(), Error> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let pages = Arc::clone(&self.pages);
        blocking(move || {
            let pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
            let done = work(pages.as_ref().ok_or_else(closed)?);
            drop(turn);
            done
        })
        .await
    }

    /// Lets the file grow to so many pages.
    #[cfg(test)]
    pub(crate) async fn limit_pages(&self, pages: u32) -> Result<(), Error> {
        use sea_orm::ConnectionTrait;
        let pragma = format!("PRAGMA max_page_count = {pages}");
        self.orm.execute_unprepared(&pragma).await?;
        self.write(
            move |connection| Ok(connection.pragma_update(None, "max_page_count", pages)?),
            |()| (),
        )
        .await
    }

    /// Waits for the transaction under way and closes both connections; later writes fail.
    pub(crate) async fn close(&self) {
        let turn = self.turn.lock().await;
        *self.pages.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Err(error) = self.orm.close_by_ref().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        drop(turn);
    }
}

fn closed() -> Error {
    Error::Database("the store is closed".to_owned())
}
