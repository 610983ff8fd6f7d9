//! Rows that the platform no longer has: they are kept, marked and left out of lists, and come back by being fetched again.

use std::collections::HashSet;

use desk_model::{Resource, ShopId, UnixSeconds};
use rusqlite::Connection;

use crate::{Error, Store, mirror::remote_id_column, write::json_list};

/// Stored rows, held against what the platform has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    /// Remote ids of the rows that the platform did not show.
    pub vanished: Vec<String>,
    /// How many rows there are in all, these included.
    pub stored: u64,
}

impl Store {
    /// The rows of a shop that are not gone and whose remote ids are not among the `seen` ones; within a span of times of change (both
    /// ends included), or all.
    pub async fn unseen(
        &self,
        shop: &ShopId,
        resource: Resource,
        span: Option<(UnixSeconds, UnixSeconds)>,
        seen: &HashSet<String>,
    ) -> Result<Unseen, Error> {
        let shop = shop.as_str().to_owned();
        let mut vanished = self
            .read(move |connection| {
                let (id, table) = (remote_id_column(resource), resource.as_str());
                let all =
                    format!("SELECT {id} FROM {table} WHERE shop_id = ?1 AND gone_at IS NULL");
                let read = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
                let ids: Result<Vec<String>, _> = match span {
                    Some((from, to)) => connection
                        .prepare_cached(&format!("{all} AND updated_at BETWEEN ?2 AND ?3"))?
                        .query_map((shop, from.0, to.0), read)?
                        .collect(),
                    None => connection
                        .prepare_cached(&all)?
                        .query_map([shop], read)?
                        .collect(),
                };
                Ok(ids?)
            })
            .await?;
        let stored = vanished.len() as u64;
        vanished.retain(|id| !seen.contains(id));
        Ok(Unseen { vanished, stored })
    }

    /// Marks rows as gone since `at`, the server's time, and tells how many. A row that was fetched later stays.
    pub async fn mark_gone(
        &self,
        shop: &ShopId,
        resource: Resource,
        remote_ids: &[String],
        at: UnixSeconds,
    ) -> Result<u64, Error> {
        let shop_id = shop.as_str().to_owned();
        let ids = json_list(remote_ids)?;
        self.write_rows(resource, shop, move |connection| {
                let sql = format!(
                    "UPDATE {table} SET gone_at = ?1 WHERE shop_id = ?2 AND fetched_at <= ?1 AND gone_at IS NULL
                        AND {id} IN (SELECT value FROM json_each(?3)) RETURNING id",
                    table = resource.as_str(),
                    id = remote_id_column(resource),
                );
                let mut statement = connection.prepare(&sql)?;
                let gone = statement.query_map((at.0, shop_id, ids), |row| row.get(0))?;
                let gone: Vec<i64> = gone.collect::<Result<_, _>>()?;
                Ok((gone.len() as u64, gone))
            })
            .await
    }
}

/// Takes the mark off rows that were fetched again, though nothing else is new.
pub(crate) fn bring_back(
    connection: &Connection,
    resource: Resource,
    row_ids: &[i64],
) -> Result<(), Error> {
    if !row_ids.is_empty() {
        let table = resource.as_str();
        let sql = format!(
            "UPDATE {table} SET gone_at = NULL WHERE id IN (SELECT value FROM json_each(?1))"
        );
        connection.execute(&sql, [json_list(row_ids)?])?;
    }
    Ok(())
}
