//! What queries have in common: which rows a condition holds for, and all rows in an order. It is kept until something is committed.
//!
//! An answer is only given to who reads the very state of the database that it was read from: `version` is odd while a transaction is
//! being committed, and another one after it. A snapshot before and after which it is the same even number is of that version.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use desk_model::{Resource, SortColumn};
use rusqlite::Connection;

use crate::{Error, row_set::RowSet};

/// As many sets are kept: an eighth of a megabyte each, for a million rows.
const MAX_SETS: usize = 64;

/// As many orders are kept: four megabytes each, for a million rows.
const MAX_ORDERS: usize = 4;

/// In which order all rows of a resource are.
pub(crate) type OrderKey = (Resource, SortColumn, bool);

/// The answers of a store that is the only one to write.
#[derive(Default)]
pub(crate) struct Answers {
    version: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    version: u64,
    sets: HashMap<String, Arc<RowSet>>,
    /// The oldest first.
    orders: VecDeque<(OrderKey, Arc<Vec<u32>>)>,
}

/// A commit under way. The version is the next one when it is dropped, also where nothing was committed.
pub(crate) struct Committing<'a>(&'a AtomicU64);

impl Drop for Committing<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Answers {
    /// To be called right before a transaction is committed, and dropped when it is; by one at a time.
    pub(crate) fn committing(&self) -> Committing<'_> {
        self.version.fetch_add(1, Ordering::SeqCst);
        Committing(&self.version)
    }

    /// Pins the connection's transaction to a snapshot and answers what is kept of the same version.
    pub(crate) fn at(&self, connection: &Connection) -> Result<KeptAnswers<'_>, Error> {
        let before = self.version.load(Ordering::SeqCst);
        // A transaction has its snapshot from the first read on.
        connection
            .prepare_cached("SELECT 1 FROM sqlite_schema LIMIT 1")?
            .query([])?
            .next()?;
        let after = self.version.load(Ordering::SeqCst);
        let is_settled = before == after && before.is_multiple_of(2);
        Ok(KeptAnswers(is_settled.then_some((self, before))))
    }
}

/// What is kept of one snapshot; nothing where it cannot be told of which version it is.
#[derive(Clone, Copy)]
pub(crate) struct KeptAnswers<'a>(Option<(&'a Answers, u64)>);

impl KeptAnswers<'_> {
    /// Keeps nothing.
    pub(crate) const NONE: KeptAnswers<'static> = KeptAnswers(None);

    /// The rows that a condition holds for, read unless they are kept.
    pub(crate) fn set(
        &self,
        condition: &str,
        read: impl FnOnce() -> Result<RowSet, Error>,
    ) -> Result<Arc<RowSet>, Error> {
        let kept = self.lock().and_then(|kept| kept.sets.get(condition).cloned());
        if let Some(rows) = kept {
            return Ok(rows);
        }
        let rows = Arc::new(read()?);
        if let Some(mut kept) = self.lock() {
            if kept.sets.len() >= MAX_SETS {
                kept.sets.clear();
            }
            kept.sets.insert(condition.to_owned(), Arc::clone(&rows));
        }
        Ok(rows)
    }

    /// All rows in an order, read unless they are kept.
    pub(crate) fn order(
        &self,
        key: OrderKey,
        read: impl FnOnce() -> Result<Vec<u32>, Error>,
    ) -> Result<Arc<Vec<u32>>, Error> {
        let find = |kept: MutexGuard<'_, Kept>| {
            let mut orders = kept.orders.iter();
            orders.find(|(other, _)| *other == key).map(|(_, rows)| Arc::clone(rows))
        };
        if let Some(rows) = self.lock().and_then(find) {
            return Ok(rows);
        }
        let rows = Arc::new(read()?);
        if let Some(mut kept) = self.lock() {
            if kept.orders.len() >= MAX_ORDERS {
                kept.orders.pop_front();
            }
            kept.orders.push_back((key, Arc::clone(&rows)));
        }
        Ok(rows)
    }

    /// What is kept of this version; what is kept of an earlier one goes.
    fn lock(&self) -> Option<MutexGuard<'_, Kept>> {
        let (answers, version) = self.0?;
        let mut kept = answers.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version < version {
            *kept = Kept {
                version,
                ..Kept::default()
            };
        }
        Some(kept).filter(|kept| kept.version == version)
    }
}
