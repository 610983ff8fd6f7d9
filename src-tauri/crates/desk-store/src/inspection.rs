//! Looks at a database file before anything is written to it.

use std::{fs, path::Path};

use rusqlite::Connection;
use sea_orm_migration::MigratorTrait;

use crate::{Error, migration::Migrator, reader};

/// Refuses a file that must not be written. Tells whether it is an older database, to be copied aside first.
pub(crate) fn check_writable(file: &Path) -> Result<bool, Error> {
    if !file.exists() {
        return Ok(false);
    }
    // A log with content means that the last process to write did not close the database.
    let was_cut_off = write_ahead_log_len(file) > 0;
    let connection = reader::open(file)?;
    let applied = known_migrations(&connection)?;
    if was_cut_off {
        quick_check(&connection)?;
    }
    Ok(applied > 0 && applied < Migrator::migrations().len())
}

/// Refuses a file that cannot be read as it is.
pub(crate) fn check_readable(file: &Path) -> Result<(), Error> {
    if !file.exists() {
        return Err(Error::Missing);
    }
    let applied = known_migrations(&reader::open(file)?)?;
    match applied {
        0 => Err(Error::Missing),
        _ if applied < Migrator::migrations().len() => Err(Error::Database(
            "the database is of an older version; open the app once to bring it up to date".into(),
        )),
        _ => Ok(()),
    }
}

/// How many migrations were applied; [`Error::Newer`] if one of them is unknown.
fn known_migrations(connection: &Connection) -> Result<usize, Error> {
    let has_table = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations')";
    if !connection.query_row(has_table, [], |row| row.get(0))? {
        return Ok(0);
    }
    let mut statement =
        connection.prepare("SELECT version FROM seaql_migrations ORDER BY version")?;
    let applied = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    match applied.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(Error::Newer {
            found: name.clone(),
        }),
        None => Ok(applied.len()),
    }
}

fn quick_check(connection: &Connection) -> Result<(), Error> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(Error::Corrupt(verdict))
    }
}

fn write_ahead_log_len(file: &Path) -> u64 {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    fs::metadata(name).map_or(0, |log| log.len())
}
