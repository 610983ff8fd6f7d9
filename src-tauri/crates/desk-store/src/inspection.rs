//! Looks at a database file before anything is written to it.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use sea_orm_migration::MigratorTrait;

use crate::{Error, backups, migration::Migrator, reader};

/// Refuses a file that must not be written. Answers the first migration that an older database lacks: it is copied aside first.
pub(crate) fn check_writable(file: &Path) -> Result<Option<String>, Error> {
    // A log with content means that the last process to write did not close the database.
    let was_cut_off = len(&log_of(file, "-wal")) > 0;
    if len(file) == 0 {
        if was_cut_off {
            return Err(Error::Corrupt("there is a log without its database".into()));
        }
        if file.exists() && !backups::all(file)?.is_empty() {
            return Err(Error::Corrupt("the file is empty".into()));
        }
        return Ok(None);
    }
    check_header(file)?;
    // Only a log can mend a page that is not whole, and SQLite takes what is missing for zeros.
    if !was_cut_off && !len(file).is_multiple_of(PAGE_BYTES) {
        return Err(Error::Corrupt("the file is cut short".into()));
    }
    let connection = reader::open(file)?;
    let applied = known_migrations(&connection)?;
    let suspicion = suspicion_of(file);
    if was_cut_off || suspicion.exists() {
        quick_check(&connection)?;
    }
    if suspicion.exists() {
        fs::remove_file(suspicion)?;
    }
    let missing = Migrator::migrations()
        .into_iter()
        .nth(applied)
        .filter(|_| applied > 0);
    Ok(missing.map(|migration| migration.name().to_owned()))
}

/// The mark that damage was met while the database was open; it stays until the whole file was looked at.
pub(crate) fn suspicion_of(file: &Path) -> PathBuf {
    file.with_extension("suspect")
}

/// Refuses a backup that could not become the database.
pub(crate) fn check_backup(backup: &Path) -> Result<(), Error> {
    check_header(backup)?;
    let connection = reader::open(backup)?;
    if known_migrations(&connection)? == 0 {
        return Err(Error::Corrupt("the backup has no tables".into()));
    }
    quick_check(&connection)
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

/// Refuses a database whose structure is damaged.
pub(crate) fn quick_check(connection: &Connection) -> Result<(), Error> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(Error::Corrupt(verdict))
    }
}

/// Values of the header of our database (sqlite.org/fileformat2.html § 1.3): where they are, and which they may be; the last two are 0
/// until there is a table. SQLite has no clear word for all of them.
const HEADER: [(usize, &[&[u8]]); 6] = [
    (0, &[b"SQLite format 3\0"]),
    (16, &[&[0x10, 0]]),
    (18, &[&[1, 1], &[2, 2]]),
    (20, &[&[0, 64, 32, 32]]),
    (44, &[&[0, 0, 0, 4], &[0, 0, 0, 0]]),
    (56, &[&[0, 0, 0, 1], &[0, 0, 0, 0]]),
];

/// The size of a page, as the header has it.
const PAGE_BYTES: u64 = 4096;

fn check_header(file: &Path) -> Result<(), Error> {
    let mut header = [0; 100];
    let is_whole = File::open(file)?.read_exact(&mut header).is_ok();
    let is_ours = HEADER.iter().all(|(start, values)| {
        values
            .iter()
            .any(|value| header[*start..].starts_with(value))
    });
    if is_whole && is_ours {
        Ok(())
    } else {
        Err(Error::Corrupt(
            "the file has no header of a database".into(),
        ))
    }
}

/// The path of a database's log or of the log's index.
pub(crate) fn log_of(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The folder of the database.
pub(crate) fn folder_of(file: &Path) -> PathBuf {
    file.parent().map_or_else(PathBuf::new, Path::to_owned)
}

fn len(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len())
}
