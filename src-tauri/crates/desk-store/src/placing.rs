//! Keeps an order of all orders up to date: takes out the rows that changed and puts them where they belong now, instead of putting a
//! million in order again.

use std::{
    cmp::{Ordering, Reverse},
    collections::HashMap,
};

use rusqlite::{CachedStatement, Connection, types::ValueRef};

use crate::{Error, row_set::RowSet};

/// The ids of all orders by columns of theirs, after some changed: all that came, changed or went, and those of them that are there, in
/// this order. What is not among them is as it was.
pub(crate) fn place_anew(
    connection: &Connection,
    columns: &[&str],
    descending: bool,
    before: &[u32],
    changed: &[i64],
    changed_in_order: &[u32],
) -> Result<Vec<u32>, Error> {
    let mut places = Places {
        keys: Keys::new(connection, columns)?,
        descending,
        others: Vec::with_capacity(before.len()),
    };
    let former = places.take_others(before, changed);
    let mut now = Vec::with_capacity(before.len() + changed_in_order.len());
    let mut next = 0;
    for id in changed_in_order {
        let former = former.get(id).map_or(next, |place| next.max(*place));
        let place = places.find(*id, next, former)?;
        now.extend_from_slice(&places.others[next..place]);
        now.push(*id);
        next = place;
    }
    now.extend_from_slice(&places.others[next..]);
    Ok(now)
}

/// The rows that did not change, in their order, and where others belong among them.
struct Places<'a> {
    keys: Keys<'a>,
    descending: bool,
    others: Vec<u32>,
}

impl Places<'_> {
    /// Takes the rows that did not change, and tells where among them the others were.
    fn take_others(&mut self, before: &[u32], changed: &[i64]) -> HashMap<u32, usize> {
        let mut is_changed = RowSet::default();
        changed.iter().for_each(|id| is_changed.insert(*id));
        let mut former = HashMap::new();
        for id in before {
            if is_changed.contains(i64::from(*id)) {
                former.insert(*id, self.others.len());
            } else {
                self.others.push(*id);
            }
        }
        former
    }

    /// The first place, from one on, whose row does not come before this one. It is looked for around the place where the row was, ever
    /// further away: most rows stay there.
    fn find(&mut self, id: u32, first: usize, former: usize) -> Result<usize, Error> {
        let (mut low, mut high) = (first, self.others.len());
        let mut step = 1;
        if former < high && self.comes_before(former, id)? {
            low = former + 1;
            while low + step <= high && self.comes_before(low + step - 1, id)? {
                low += step;
                step *= 2;
            }
            high = high.min(low + step - 1);
        } else {
            high = former;
            while low + step <= high {
                if self.comes_before(high - step, id)? {
                    low = high - step + 1;
                    break;
                }
                high -= step;
                step *= 2;
            }
        }
        while low < high {
            let middle = low.midpoint(high);
            if self.comes_before(middle, id)? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    fn comes_before(&mut self, place: usize, id: u32) -> Result<bool, Error> {
        let other = self.others[place];
        let (one, other) = (self.keys.of(other)?, self.keys.of(id)?);
        Ok(one.compare(&other, self.descending) == Ordering::Less)
    }
}

/// By what the place of a row is told.
#[derive(Clone)]
struct Key {
    values: Vec<Value>,
    id: u32,
}

/// A value of a column, in SQLite's order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Unknown,
    Number(i64),
    Text(Vec<u8>),
}

impl Key {
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let is_unknown = |key: &Self| key.values.first() == Some(&Value::Unknown);
        // What is not known comes last either way.
        is_unknown(self).cmp(&is_unknown(other)).then_with(|| {
            let (one, other) = ((&self.values, self.id), (&other.values, other.id));
            if descending {
                Reverse(one).cmp(&Reverse(other))
            } else {
                one.cmp(&other)
            }
        })
    }
}

/// The keys of rows, each read once.
struct Keys<'a> {
    statement: CachedStatement<'a>,
    columns: usize,
    known: HashMap<u32, Key>,
}

impl<'a> Keys<'a> {
    fn new(connection: &'a Connection, columns: &[&str]) -> Result<Self, Error> {
        let sql = format!(
            "SELECT {} FROM orders AS t WHERE t.id = ?1",
            columns.join(", ")
        );
        Ok(Self {
            statement: connection.prepare_cached(&sql)?,
            columns: columns.len(),
            known: HashMap::new(),
        })
    }

    fn of(&mut self, id: u32) -> Result<Key, Error> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let columns = self.columns;
        let values = self.statement.query_row([id], |row| {
            (0..columns)
                .map(|column| Ok(value(row.get_ref(column)?)))
                .collect()
        })?;
        let key = Key { values, id };
        self.known.insert(id, key.clone());
        Ok(key)
    }
}

/// The tables are strict: orders are put in order by whole numbers and by text, byte by byte.
fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Number(number),
        ValueRef::Text(text) => Value::Text(text.to_vec()),
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Unknown,
    }
}
