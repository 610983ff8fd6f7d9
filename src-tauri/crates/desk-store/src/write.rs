//! How rows are written: a table's rows one after the other with one prepared statement, or a statement by itself through the ORM.

use rusqlite::{CachedStatement, Connection, ToSql, params_from_iter};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};

use crate::Error;

/// What happens to a row that is there already.
#[derive(Clone, Copy)]
pub(crate) enum OnConflict {
    /// It cannot be there.
    Fail,
    /// It stays as it is.
    Keep,
    /// It is replaced but for its key and the columns that are kept.
    Replace {
        key: &'static [&'static str],
        kept: &'static [&'static str],
    },
}

/// On a mirrored row that is there: everything but when it was first seen.
pub(crate) const REPLACE_ROW: OnConflict = OnConflict::Replace {
    key: &["id"],
    kept: &["first_seen_at"],
};

/// A column's name and value.
pub(crate) type Column<'a> = (&'static str, &'a dyn ToSql);

/// Writes rows into one table.
pub(crate) struct RowWriter<'a> {
    connection: &'a Connection,
    table: &'static str,
    on_conflict: OnConflict,
    /// Made for the columns of the first row; all others have the same.
    statement: Option<CachedStatement<'a>>,
}

impl<'a> RowWriter<'a> {
    pub(crate) fn new(
        connection: &'a Connection,
        table: &'static str,
        on_conflict: OnConflict,
    ) -> Self {
        Self {
            connection,
            table,
            on_conflict,
            statement: None,
        }
    }

    /// Writes a row.
    pub(crate) fn write(&mut self, row: &[Column<'_>]) -> Result<(), Error> {
        let statement = match &mut self.statement {
            Some(statement) => statement,
            none => none.insert(self.connection.prepare_cached(&insert_sql(
                self.table,
                row,
                self.on_conflict,
            ))?),
        };
        statement.execute(params_from_iter(row.iter().map(|(_, value)| value)))?;
        Ok(())
    }
}

fn insert_sql(table: &str, row: &[Column<'_>], on_conflict: OnConflict) -> String {
    let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
    let on_conflict = match on_conflict {
        OnConflict::Fail => String::new(),
        OnConflict::Keep => "ON CONFLICT DO NOTHING".to_owned(),
        OnConflict::Replace { key, kept } => {
            let replaced = names
                .iter()
                .filter(|name| !key.contains(name) && !kept.contains(name))
                .map(|name| format!("{name} = excluded.{name}"));
            format!(
                "ON CONFLICT ({}) DO UPDATE SET {}",
                key.join(", "),
                replaced.collect::<Vec<_>>().join(", ")
            )
        }
    };
    format!(
        "INSERT INTO {table} ({}) VALUES ({}) {on_conflict}",
        names.join(", "),
        vec!["?"; names.len()].join(", ")
    )
}

/// Runs one statement and tells how many rows it changed.
pub(crate) async fn execute(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, Error> {
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    Ok(transaction.execute_raw(statement).await?.rows_affected())
}

/// Many values as one parameter, for `IN (SELECT value FROM json_each(?))`.
pub(crate) fn json_list<T: serde::Serialize>(values: &[T]) -> Result<String, Error> {
    serde_json::to_string(values).map_err(Error::database)
}
