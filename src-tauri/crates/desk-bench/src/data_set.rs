//! Large databases to measure with: made once, by a sync, and kept in the build folder for as long as a new database has the same tables.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use desk_model::{Clock, ListQuery, Resource};
use desk_store::{Access, FILE_NAME, Store};
use desk_temu::SystemClock;
use rusqlite::{Connection, OpenFlags};

use crate::{desk::Desk, error::Error};

/// The folder of a database with so many orders over 40 shops, to be read only.
pub(crate) async fn kept(rows: u64) -> Result<PathBuf, Error> {
    let program = std::env::current_exe()?;
    let build_folder = program.ancestors().nth(2).unwrap_or(Path::new("."));
    let all = build_folder.join("data-sets");
    let folder = all.join(rows.to_string());
    if is_current(&folder).await? {
        return Ok(folder);
    }
    let unfinished = all.join(format!("{rows}.unfinished"));
    for old in [&folder, &unfinished] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    // In a process of its own: what a sync leaves in memory must not count for what is measured.
    let made = Command::new(&program)
        .arg("data-set")
        .arg(&unfinished)
        .args(["--rows", &rows.to_string()])
        .stdout(Stdio::null())
        .status()?;
    if !made.success() {
        return Err(Error::Wrong("the data set could not be made".to_owned()));
    }
    fs::rename(&unfinished, &folder)?;
    Ok(folder)
}

/// The same to be written to: a copy in another folder.
pub(crate) async fn copied(rows: u64, into: &Path) -> Result<(), Error> {
    fs::copy(kept(rows).await?.join(FILE_NAME), into.join(FILE_NAME))?;
    Ok(())
}

/// Makes a database in the folder; answers its orders.
pub(crate) async fn make(folder: &Path, rows: u64) -> Result<u64, Error> {
    let file = folder.join(FILE_NAME);
    if file.exists() {
        return Err(Error::Wrong(format!("{} is there already", file.display())));
    }
    let desk = Desk::with_orders(folder, rows).await?;
    let store = desk.engine.store();
    let all = ListQuery::all(Resource::Orders);
    let view = store.open_view(&all, SystemClock.now()).await;
    store.close().await;
    Ok(view?.count)
}

async fn is_current(folder: &Path) -> Result<bool, Error> {
    if !folder.join(FILE_NAME).exists() {
        return Ok(false);
    }
    let empty = tempfile::tempdir()?;
    let store = Store::open(empty.path(), Access::ReadWrite).await?;
    store.close().await;
    Ok(tables(folder)? == tables(empty.path())?)
}

fn tables(folder: &Path) -> Result<Vec<(String, Option<String>)>, Error> {
    let connection =
        Connection::open_with_flags(folder.join(FILE_NAME), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // What SQLite knows about the distribution of values is no matter of layout.
    let all =
        "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name";
    let mut statement = connection.prepare(all)?;
    let tables = statement.query_map([], |row| row.try_into())?;
    Ok(tables.collect::<Result<_, _>>()?)
}
