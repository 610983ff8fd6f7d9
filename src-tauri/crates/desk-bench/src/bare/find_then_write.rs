//! What the integration guide shows: look each row up, then insert it or change it, one commit per page, SQLite as it comes. In Rust, with
//! prepared statements: an object mapper in Python does the same and takes longer.

use std::path::Path;

use rusqlite::{
    Connection, OptionalExtension, Row, ToSql, Transaction, params_from_iter, types::Value,
};
use zstd::bulk::Compressor;

use super::{
    layout::{Layout, Table, empty_database},
    rows::BareRow,
    writer::LEVEL,
};
use crate::error::Error;

/// A database that is written by finding first.
pub(crate) struct FindThenWrite {
    connection: Connection,
    layout: Layout,
}

impl FindThenWrite {
    pub(crate) async fn create(folder: &Path) -> Result<Self, Error> {
        let connection = empty_database(folder).await?;
        connection.pragma_update(None, "journal_mode", "delete")?;
        connection.set_prepared_statement_cache_capacity(64);
        let layout = Layout::read(&connection)?;
        Ok(Self { connection, layout })
    }

    /// Writes a page.
    pub(crate) fn write(&mut self, rows: &[BareRow]) -> Result<(), Error> {
        let layout = &self.layout;
        let transaction = self.connection.transaction()?;
        let mut compressor = Compressor::new(LEVEL)?;
        for row in rows {
            let id = write_order(&transaction, &layout.orders, &row.order)?;
            for values in &row.items {
                write_part(&transaction, &layout.items, &with_id(id, values), 2)?;
            }
            write_part(&transaction, &layout.statuses, &with_id(id, &row.status), 2)?;
            let payload = compressor.compress(row.payload.as_bytes())?;
            let payload = [Value::from("orders".to_owned()), id.into(), payload.into()];
            write_part(&transaction, &layout.payloads, &payload, 2)?;
            for url in &row.pictures {
                write_part(&transaction, &layout.pictures, &[url.clone().into()], 1)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

fn with_id(id: i64, values: &[Value]) -> Vec<Value> {
    std::iter::once(Value::from(id))
        .chain(values.iter().cloned())
        .collect()
}

/// Finds the order by its number and answers its row id.
fn write_order(
    transaction: &Transaction<'_>,
    table: &Table,
    values: &[Value],
) -> Result<i64, Error> {
    let value_of = |name: &str| {
        let place = table.columns.iter().position(|column| column == name);
        place.map_or(&Value::Null, |place| &values[place])
    };
    let sql = format!(
        "SELECT {} FROM orders WHERE order_sn = ?1 AND shop_id = ?2",
        table.list()
    );
    let found = find(
        transaction,
        &sql,
        &[value_of("order_sn"), value_of("shop_id")],
    )?;
    match found {
        None => {
            transaction
                .prepare_cached(&table.insert())?
                .execute(params_from_iter(values))?;
            Ok(transaction.last_insert_rowid())
        }
        Some(stored) => {
            let Value::Integer(id) = stored[0] else {
                return Err(Error::Wrong("an order without a row id".to_owned()));
            };
            if stored != values {
                update(transaction, table, values, "id = ?", &[&stored[0]])?;
            }
            Ok(id)
        }
    }
}

/// Finds a row by its key, which is the table's first columns.
fn write_part(
    transaction: &Transaction<'_>,
    table: &Table,
    values: &[Value],
    key_length: usize,
) -> Result<(), Error> {
    let condition = table.columns[..key_length]
        .iter()
        .map(|column| format!("{column} = ?"))
        .collect::<Vec<_>>()
        .join(" AND ");
    let key: Vec<&Value> = values[..key_length].iter().collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE {condition}",
        table.list(),
        table.name
    );
    match find(transaction, &sql, &key)? {
        None => {
            transaction
                .prepare_cached(&table.insert())?
                .execute(params_from_iter(values))?;
        }
        Some(stored) if stored != values => update(transaction, table, values, &condition, &key)?,
        Some(_) => {}
    }
    Ok(())
}

fn find(
    transaction: &Transaction<'_>,
    sql: &str,
    key: &[&Value],
) -> Result<Option<Vec<Value>>, Error> {
    let all = |row: &Row<'_>| -> rusqlite::Result<Vec<Value>> {
        (0..row.as_ref().column_count())
            .map(|column| row.get(column))
            .collect()
    };
    Ok(transaction
        .prepare_cached(sql)?
        .query_row(params_from_iter(key), all)
        .optional()?)
}

fn update(
    transaction: &Transaction<'_>,
    table: &Table,
    values: &[Value],
    condition: &str,
    key: &[&Value],
) -> Result<(), Error> {
    let changes = table
        .columns
        .iter()
        .map(|column| format!("{column} = ?"))
        .collect::<Vec<_>>()
        .join(", ");
    let sql = format!("UPDATE {} SET {changes} WHERE {condition}", table.name);
    let values = values.iter().chain(key.iter().copied());
    transaction
        .prepare_cached(&sql)?
        .execute(params_from_iter(values.map(|value| value as &dyn ToSql)))?;
    Ok(())
}
