//! Which orders came, changed or went between two states of the database: by the log that triggers write, whoever it was that changed
//! them, and by their row ids, which are never given twice.

use desk_model::Resource;
use rusqlite::{Connection, OptionalExtension};

use crate::{Error, mirror::last_row_id};

/// Where more changed, what was read before is rather read anew.
const MOST: usize = 4000;

/// How far the orders had come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OrdersState {
    last_change: i64,
    last_id: i64,
}

impl OrdersState {
    /// The present one.
    pub(crate) fn read(connection: &Connection) -> Result<Self, Error> {
        let last_change = connection
            .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'order_changes'")?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(Self {
            last_change: last_change.unwrap_or_default(),
            last_id: last_row_id(connection, Resource::Orders)?,
        })
    }

    /// The row ids of the orders that came, changed or went since, lowest first; None where they are many, or the log does not reach
    /// back so far.
    pub(crate) fn changes_to(
        self,
        now: Self,
        connection: &Connection,
    ) -> Result<Option<Vec<i64>>, Error> {
        let (changed, came) = (
            now.last_change - self.last_change,
            now.last_id - self.last_id,
        );
        if changed < 0 || came < 0 || changed + came > MOST as i64 {
            return Ok(None);
        }
        let mut ids = connection
            .prepare_cached("SELECT order_id FROM order_changes WHERE number > ?1")?
            .query_map([self.last_change], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        if ids.len() as i64 != changed {
            return Ok(None);
        }
        ids.extend(self.last_id + 1..=now.last_id);
        ids.sort_unstable();
        ids.dedup();
        Ok(Some(ids))
    }
}
