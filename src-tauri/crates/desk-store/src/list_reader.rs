//! The connection that lists are read on, and what they have in common: for which rows a condition holds, for how many, and all rows in
//! an order.
//!
//! It is kept until somebody commits. SQLite tells by a number that is another one in each later state of the database, and that this
//! connection alone can compare; hence all lists are read on the same one, one after the other.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    ops::Deref,
    path::Path,
    sync::Arc,
};

use rusqlite::Connection;

use crate::{Error, reader, row_set::RowSet};

/// As many sets are kept: an eighth of a megabyte each, for a million rows.
const MAX_SETS: usize = 128;

/// As many orders are kept: four megabytes each, for a million rows.
const MAX_ORDERS: usize = 6;

/// A read-only connection with what is kept of the state of the database that it saw last.
pub(crate) struct ListReader {
    connection: Connection,
    kept: RefCell<Kept>,
}

#[derive(Default)]
struct Kept {
    data_version: i64,
    sets: HashMap<String, Arc<RowSet>>,
    counts: HashMap<String, u64>,
    /// The one that was asked for last comes last.
    orders: VecDeque<(String, Arc<Vec<u32>>)>,
}

impl ListReader {
    pub(crate) fn open(file: &Path) -> Result<Self, Error> {
        Ok(Self {
            connection: reader::open(file)?,
            kept: RefCell::default(),
        })
    }

    /// Runs the work on one snapshot of the database, with what is kept of it.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Self) -> Result<T, Error>) -> Result<T, Error> {
        let snapshot = self.connection.unchecked_transaction()?;
        // Being its first read, this one begins the snapshot.
        let data_version = snapshot.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.kept.borrow().data_version != data_version {
            self.kept.replace(Kept {
                data_version,
                ..Kept::default()
            });
        }
        work(self)
    }

    pub(crate) fn kept_set(&self, condition: &str) -> Option<Arc<RowSet>> {
        self.kept.borrow().sets.get(condition).cloned()
    }

    pub(crate) fn keep_set(&self, condition: String, rows: RowSet) -> Arc<RowSet> {
        let rows = Arc::new(rows);
        let sets = &mut self.kept.borrow_mut().sets;
        if sets.len() >= MAX_SETS {
            sets.clear();
        }
        sets.insert(condition, Arc::clone(&rows));
        rows
    }

    pub(crate) fn kept_count(&self, condition: &str) -> Option<u64> {
        self.kept.borrow().counts.get(condition).copied()
    }

    pub(crate) fn keep_count(&self, condition: String, count: u64) {
        let counts = &mut self.kept.borrow_mut().counts;
        if counts.len() >= MAX_SETS {
            counts.clear();
        }
        counts.insert(condition, count);
    }

    pub(crate) fn kept_order(&self, name: &str) -> Option<Arc<Vec<u32>>> {
        let orders = &mut self.kept.borrow_mut().orders;
        let place = orders.iter().position(|(other, _)| other == name)?;
        let (name, rows) = orders.remove(place)?;
        orders.push_back((name, Arc::clone(&rows)));
        Some(rows)
    }

    pub(crate) fn keep_order(&self, name: String, rows: Vec<u32>) -> Arc<Vec<u32>> {
        let rows = Arc::new(rows);
        let orders = &mut self.kept.borrow_mut().orders;
        if orders.len() >= MAX_ORDERS {
            orders.pop_front();
        }
        orders.push_back((name, Arc::clone(&rows)));
        rows
    }
}

impl Deref for ListReader {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Access, FILE_NAME, Store};

    #[tokio::test]
    async fn what_is_kept_is_given_until_another_connection_commits() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        let file = folder.path().join(FILE_NAME);
        let lists = ListReader::open(&file).unwrap();
        let keep = |lists: &ListReader| {
            lists.keep_set("odd".to_owned(), RowSet::default());
            lists.keep_count("odd".to_owned(), 7);
            lists.keep_order("newest".to_owned(), vec![3, 1]);
            Ok(())
        };
        let kept = |lists: &ListReader| {
            let order = lists.kept_order("newest").map(|order| order.to_vec());
            Ok((
                lists.kept_set("odd").is_some(),
                lists.kept_count("odd"),
                order,
            ))
        };
        lists.read(keep).unwrap();
        assert_eq!(lists.read(kept).unwrap(), (true, Some(7), Some(vec![3, 1])));

        // The store's own commit, and one of another process.
        store.set_setting("theme", "dark").await.unwrap();
        assert_eq!(lists.read(kept).unwrap(), (false, None, None));
        lists.read(keep).unwrap();
        let other = Connection::open(&file).unwrap();
        other.execute_batch("DELETE FROM settings").unwrap();
        assert_eq!(lists.read(kept).unwrap(), (false, None, None));
    }

    #[tokio::test]
    async fn a_commit_in_the_middle_of_a_read_is_not_seen_by_it_and_ends_what_it_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        store.set_setting("theme", "dark").await.unwrap();
        let file = folder.path().join(FILE_NAME);
        let lists = ListReader::open(&file).unwrap();
        let count = |lists: &ListReader| {
            let sql = "SELECT count(*) FROM settings";
            Ok(lists.query_row(sql, [], |row| row.get::<_, u64>(0))?)
        };
        let seen = lists.read(|lists| {
            let other = Connection::open(&file)?;
            other.execute_batch("DELETE FROM settings")?;
            let seen = count(lists)?;
            lists.keep_count("all".to_owned(), seen);
            Ok(seen)
        });
        assert_eq!(seen.unwrap(), 1);
        let kept = lists.read(|lists| Ok(lists.kept_count("all")));
        assert_eq!(kept.unwrap(), None);
        assert_eq!(lists.read(count).unwrap(), 0);
    }

    #[test]
    fn the_order_that_was_not_asked_for_longest_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("any.sqlite3");
        Connection::open(&file)
            .unwrap()
            .execute_batch("CREATE TABLE t (a)")
            .unwrap();
        let lists = ListReader::open(&file).unwrap();
        for name in 0..MAX_ORDERS {
            lists.keep_order(name.to_string(), Vec::new());
        }
        assert!(lists.kept_order("0").is_some());
        lists.keep_order("one more".to_owned(), Vec::new());
        assert!(lists.kept_order("0").is_some());
        assert!(lists.kept_order("1").is_none());
    }
}
