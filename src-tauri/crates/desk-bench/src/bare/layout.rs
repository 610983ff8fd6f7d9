//! The columns that the store's tables have, so that the bare loops follow every change of them.

use std::path::Path;

use desk_store::{Access, FILE_NAME, Store};
use rusqlite::Connection;

use crate::error::Error;

/// A table's name and columns.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<String>,
}

impl Table {
    fn read(connection: &Connection, name: &'static str) -> Result<Self, Error> {
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let columns = statement
            .query_map([name], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Self { name, columns })
    }

    /// `a, b, c`
    pub(crate) fn list(&self) -> String {
        self.columns.join(", ")
    }

    /// `INSERT INTO t (a, b) VALUES (?, ?)`
    pub(crate) fn insert(&self) -> String {
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.list(),
            vec!["?"; self.columns.len()].join(", ")
        )
    }

    /// `a = excluded.a, b = excluded.b`, without the columns that stay.
    pub(crate) fn replace(&self, kept: &[&str]) -> String {
        let replaced = self
            .columns
            .iter()
            .filter(|column| !kept.contains(&column.as_str()));
        replaced
            .map(|column| format!("{column} = excluded.{column}"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// The tables that a page of orders is written into.
#[derive(Clone)]
pub(crate) struct Layout {
    pub(crate) orders: Table,
    pub(crate) items: Table,
    pub(crate) goods: Table,
    pub(crate) numbers: Table,
    pub(crate) statuses: Table,
    pub(crate) payloads: Table,
    pub(crate) pictures: Table,
    pub(crate) checkpoints: Table,
    pub(crate) runs: Table,
}

impl Layout {
    pub(crate) fn read(connection: &Connection) -> Result<Self, Error> {
        Ok(Self {
            orders: Table::read(connection, "orders")?,
            items: Table::read(connection, "order_items")?,
            goods: Table::read(connection, "goods")?,
            numbers: Table::read(connection, "order_numbers")?,
            statuses: Table::read(connection, "order_status_seen")?,
            payloads: Table::read(connection, "raw_payloads")?,
            pictures: Table::read(connection, "pictures")?,
            checkpoints: Table::read(connection, "sync_checkpoints")?,
            runs: Table::read(connection, "sync_runs")?,
        })
    }
}

/// An empty database with the store's own tables, without the store.
pub(crate) async fn empty_database(folder: &Path) -> Result<Connection, Error> {
    Store::open(folder, Access::ReadWrite).await?.close().await;
    Ok(Connection::open(folder.join(FILE_NAME))?)
}

/// As the store sets its writing connection up.
pub(crate) fn set_up_writer(connection: &Connection) -> Result<(), Error> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "wal_autocheckpoint", 10_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
