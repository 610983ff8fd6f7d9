//! The connection that lists are read on, and what they have in common: for which rows a condition holds, for how many, and all rows in
//! an order.
//!
//! What looks at nothing but the orders themselves outlives commits: when it is asked for next, only the orders that changed since are
//! looked at. All else is kept until somebody commits. SQLite tells by a number that is another one in each later state of the database,
//! and that this connection alone can compare; hence all lists are read on the same one, one after the other.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    ops::Deref,
    path::Path,
    sync::Arc,
};

use rusqlite::Connection;

use crate::{Error, order_changes::OrdersState, reader, row_set::RowSet};

/// As many sets are kept: an eighth of a megabyte each, for a million rows.
const MAX_SETS: usize = 128;

/// As many orders are kept: four megabytes each, for a million rows.
const MAX_ORDERS: usize = 6;

/// A read-only connection with what is kept of the state of the database that it saw last.
pub(crate) struct ListReader {
    connection: Connection,
    data_version: Cell<i64>,
    state: Cell<OrdersState>,
    sets: RefCell<Shelf<RowSet>>,
    counts: RefCell<Shelf<u64>>,
    orders: RefCell<Shelf<Vec<u32>>>,
}

/// What something that is kept was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MadeOf {
    /// Each order by itself.
    EachOrder,
    /// More than that, or other rows.
    More,
}

impl ListReader {
    pub(crate) fn open(file: &Path) -> Result<Self, Error> {
        Ok(Self {
            connection: reader::open(file)?,
            data_version: Cell::default(),
            state: Cell::default(),
            sets: RefCell::new(Shelf::new(MAX_SETS)),
            counts: RefCell::new(Shelf::new(MAX_SETS)),
            orders: RefCell::new(Shelf::new(MAX_ORDERS)),
        })
    }

    /// Runs the work on one snapshot of the database, with what is kept of it.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Self) -> Result<T, Error>) -> Result<T, Error> {
        let snapshot = self.connection.unchecked_transaction()?;
        // Being its first read, this one begins the snapshot.
        let data_version = snapshot.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.data_version.get() != data_version {
            self.state.set(OrdersState::read(&snapshot)?);
            self.sets.borrow_mut().keep_what_can_follow();
            self.counts.borrow_mut().keep_what_can_follow();
            self.orders.borrow_mut().keep_what_can_follow();
            self.data_version.set(data_version);
        }
        work(self)
    }

    /// A set that is kept, made to follow where orders changed: from the set and their row ids.
    pub(crate) fn kept_set(
        &self,
        name: &str,
        follow: impl FnOnce(&RowSet, &[i64]) -> Result<RowSet, Error>,
    ) -> Result<Option<Arc<RowSet>>, Error> {
        self.kept(&self.sets, name, follow)
    }

    pub(crate) fn keep_set(&self, name: String, rows: RowSet, made_of: MadeOf) -> Arc<RowSet> {
        self.keep(&self.sets, name, rows, made_of)
    }

    /// An order that is kept, made to follow where orders changed: from the row ids in this order, and those that changed.
    pub(crate) fn kept_order(
        &self,
        name: &str,
        follow: impl FnOnce(&Vec<u32>, &[i64]) -> Result<Vec<u32>, Error>,
    ) -> Result<Option<Arc<Vec<u32>>>, Error> {
        self.kept(&self.orders, name, follow)
    }

    pub(crate) fn keep_order(
        &self,
        name: String,
        rows: Vec<u32>,
        made_of: MadeOf,
    ) -> Arc<Vec<u32>> {
        self.keep(&self.orders, name, rows, made_of)
    }

    /// A count that is kept, if nothing it is made of changed.
    pub(crate) fn kept_count(&self, name: &str) -> Option<u64> {
        let counts = self.counts.borrow();
        let kept = counts.find(name)?;
        let is_current = kept
            .follows_from
            .is_none_or(|from| from == self.state.get());
        is_current.then_some(*kept.value)
    }

    /// Whether a count was kept that does not hold any more.
    pub(crate) fn is_count_outdated(&self, name: &str) -> bool {
        self.counts.borrow().find(name).is_some() && self.kept_count(name).is_none()
    }

    pub(crate) fn keep_count(&self, name: String, count: u64, made_of: MadeOf) {
        self.keep(&self.counts, name, count, made_of);
    }

    fn kept<T>(
        &self,
        shelf: &RefCell<Shelf<T>>,
        name: &str,
        follow: impl FnOnce(&T, &[i64]) -> Result<T, Error>,
    ) -> Result<Option<Arc<T>>, Error> {
        let Some(mut kept) = shelf.borrow_mut().take(name) else {
            return Ok(None);
        };
        let now = self.state.get();
        if let Some(before) = kept.follows_from.filter(|before| *before != now) {
            let Some(changed) = before.changes_to(now, &self.connection)? else {
                return Ok(None);
            };
            kept.value = follow(&kept.value, &changed)?.into();
            kept.follows_from = Some(now);
        }
        let value = Arc::clone(&kept.value);
        shelf.borrow_mut().put(name.to_owned(), kept);
        Ok(Some(value))
    }

    fn keep<T>(
        &self,
        shelf: &RefCell<Shelf<T>>,
        name: String,
        value: T,
        made_of: MadeOf,
    ) -> Arc<T> {
        let value = Arc::new(value);
        let kept = Kept {
            value: Arc::clone(&value),
            follows_from: (made_of == MadeOf::EachOrder).then(|| self.state.get()),
        };
        shelf.borrow_mut().put(name, kept);
        value
    }
}

impl Deref for ListReader {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

struct Kept<T> {
    value: Arc<T>,
    /// The state of the orders from which it can follow to a later one; None where it cannot.
    follows_from: Option<OrdersState>,
}

/// What is kept, by name: what was asked for longest ago comes first, and goes first.
struct Shelf<T> {
    most: usize,
    kept: VecDeque<(String, Kept<T>)>,
}

impl<T> Shelf<T> {
    fn new(most: usize) -> Self {
        Self {
            most,
            kept: VecDeque::new(),
        }
    }

    fn find(&self, name: &str) -> Option<&Kept<T>> {
        let mut all = self.kept.iter();
        all.find_map(|(other, kept)| (other == name).then_some(kept))
    }

    fn take(&mut self, name: &str) -> Option<Kept<T>> {
        let place = self.kept.iter().position(|(other, _)| other == name)?;
        self.kept.remove(place).map(|(_, kept)| kept)
    }

    fn put(&mut self, name: String, kept: Kept<T>) {
        self.take(&name);
        if self.kept.len() >= self.most {
            self.kept.pop_front();
        }
        self.kept.push_back((name, kept));
    }

    fn keep_what_can_follow(&mut self) {
        self.kept.retain(|(_, kept)| kept.follows_from.is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Access, FILE_NAME, Store};

    const ORDERS: &str = "
        INSERT INTO orders (order_sn, shop_id, status, platform_status, amount_state, created_at, labels, content_hash, first_seen_at,
            fetched_at, fetch_seq, pieces)
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 9)
        SELECT 'PO-' || (SELECT count(*) FROM orders) || n, 'us:1', 'shipped', '4', 'known', 1, '[]', x'00', 0, 0, 1, 1 FROM n";

    /// A database with nine orders, somebody else's connection to it, and its list reader.
    async fn database() -> (tempfile::TempDir, Store, Connection, ListReader) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Access::ReadWrite).await.unwrap();
        let file = folder.path().join(FILE_NAME);
        let other = Connection::open(&file).unwrap();
        other.execute_batch(ORDERS).unwrap();
        let lists = ListReader::open(&file).unwrap();
        (folder, store, other, lists)
    }

    fn keep(lists: &ListReader, made_of: MadeOf) {
        let kept = lists.read(|lists| {
            lists.keep_set("odd".to_owned(), RowSet::default(), made_of);
            lists.keep_count("odd".to_owned(), 7, made_of);
            lists.keep_order("newest".to_owned(), vec![3, 1], made_of);
            Ok(())
        });
        kept.unwrap();
    }

    /// What is kept: whether the set is, the count, the order.
    fn kept(lists: &ListReader) -> (bool, Option<u64>, Option<Vec<u32>>) {
        let kept = lists.read(|lists| {
            let same = |rows: &RowSet, _: &[i64]| Ok(rows.clone());
            let order = lists.kept_order("newest", |rows, _| Ok(rows.clone()))?;
            Ok((
                lists.kept_set("odd", same)?.is_some(),
                lists.kept_count("odd"),
                order.map(|order| order.to_vec()),
            ))
        });
        kept.unwrap()
    }

    /// The orders by which the kept order follows, or None where nothing is kept any more. What it was is not asked for.
    fn followed(lists: &ListReader) -> Option<Vec<i64>> {
        let followed = lists.read(|lists| {
            let mut by = Vec::new();
            let kept = lists.kept_order("newest", |rows, changed| {
                by.extend_from_slice(changed);
                Ok(rows.clone())
            })?;
            Ok(kept.map(|_| by))
        });
        followed.unwrap()
    }

    #[tokio::test]
    async fn what_is_made_of_more_than_orders_is_given_until_another_connection_commits() {
        let (_folder, store, other, lists) = database().await;
        keep(&lists, MadeOf::More);
        assert_eq!(kept(&lists), (true, Some(7), Some(vec![3, 1])));

        // The store's own commit, and one of another process.
        store.set_setting("theme", "dark").await.unwrap();
        assert_eq!(kept(&lists), (false, None, None));
        keep(&lists, MadeOf::More);
        other.execute_batch("DELETE FROM settings").unwrap();
        assert_eq!(kept(&lists), (false, None, None));
    }

    #[tokio::test]
    async fn what_is_made_of_orders_follows_those_that_came_changed_and_went() {
        let (_folder, store, other, lists) = database().await;
        keep(&lists, MadeOf::EachOrder);
        store.set_setting("theme", "dark").await.unwrap();
        assert_eq!(kept(&lists), (true, Some(7), Some(vec![3, 1])));
        assert_eq!(followed(&lists), Some(vec![]), "no order changed");

        let change =
            "UPDATE orders SET pieces = 2 WHERE id IN (7, 5); DELETE FROM orders WHERE id = 2;
            UPDATE orders SET pieces = 3 WHERE id = 5;";
        other.execute_batch(change).unwrap();
        other.execute_batch(ORDERS).unwrap();
        assert_eq!(
            lists
                .read(|lists| Ok((lists.kept_count("odd"), lists.is_count_outdated("odd"))))
                .unwrap(),
            (None, true)
        );
        assert_eq!(
            followed(&lists),
            Some([2, 5, 7].into_iter().chain(10..=18).collect())
        );
        assert_eq!(followed(&lists), Some(vec![]), "it has followed");
    }

    #[tokio::test]
    async fn where_many_orders_changed_or_the_log_was_cut_nothing_is_kept() {
        let (_folder, _store, other, lists) = database().await;
        let change_often = |times: u32| {
            let change = "UPDATE orders SET pieces = pieces + 1 WHERE id = 1";
            let transaction = other.unchecked_transaction().unwrap();
            (0..times).for_each(|_| assert_eq!(other.execute(change, []).unwrap(), 1));
            transaction.commit().unwrap();
        };
        keep(&lists, MadeOf::EachOrder);
        change_often(3999);
        assert_eq!(followed(&lists), Some(vec![1]));
        change_often(4001);
        assert_eq!(followed(&lists), None);

        keep(&lists, MadeOf::EachOrder);
        change_often(10);
        other.execute_batch("DELETE FROM order_changes").unwrap();
        assert_eq!(followed(&lists), None);

        change_often(20_000);
        let logged = "SELECT count(*) FROM order_changes";
        let logged: u32 = other.query_row(logged, [], |row| row.get(0)).unwrap();
        assert!((4000..=6000).contains(&logged), "{logged}");
    }

    #[tokio::test]
    async fn a_commit_in_the_middle_of_a_read_is_not_seen_by_it_and_ends_what_it_kept() {
        let (_folder, _store, other, lists) = database().await;
        let count = |lists: &ListReader| {
            let sql = "SELECT count(*) FROM orders";
            Ok(lists.query_row(sql, [], |row| row.get::<_, u64>(0))?)
        };
        let seen = lists.read(|lists| {
            count(lists)?;
            other.execute_batch("DELETE FROM orders WHERE id = 1")?;
            let seen = count(lists)?;
            lists.keep_count("all".to_owned(), seen, MadeOf::EachOrder);
            Ok(seen)
        });
        assert_eq!(seen.unwrap(), 9);
        let kept = lists.read(|lists| Ok(lists.kept_count("all")));
        assert_eq!(kept.unwrap(), None);
        assert_eq!(lists.read(count).unwrap(), 8);
    }

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let mut shelf = Shelf::new(3);
        let kept = || Kept {
            value: Arc::new(()),
            follows_from: None,
        };
        for name in ["0", "1", "2"] {
            shelf.put(name.to_owned(), kept());
        }
        let asked_for = shelf.take("0").unwrap();
        shelf.put("0".to_owned(), asked_for);
        shelf.put("one more".to_owned(), kept());
        let names: Vec<&str> = shelf.kept.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["2", "0", "one more"]);
    }
}
