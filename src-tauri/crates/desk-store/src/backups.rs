//! Backups: whole copies of the database, checked before they get their name, the newest few kept.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use desk_model::UnixSeconds;
use rusqlite::{Connection, InterruptHandle};

use crate::{Error, Store, connect::blocking, inspection::quick_check, reader};

/// The folder of the backups in the profile folder.
const FOLDER: &str = "backups";

/// As many backups as are kept of those made by themselves, and as many of those that were asked for.
const KEPT: usize = 3;

/// The end of a backup's name.
const ENDING: &str = ".sqlite3";

/// The start of the name of a backup that was made by itself; its time follows.
const DAILY: &str = "seller-desk.";

/// The start of the name of a backup that was asked for; its time follows.
const ASKED_FOR: &str = "seller-desk.asked-";

/// The start of the name of a backup that was made before the tables changed; the change's name follows.
const BEFORE: &str = "seller-desk.before-";

/// The end of the name of a backup that is not whole yet.
const PARTIAL: &str = ".partial";

impl Store {
    /// Makes the backup of the day beside the writing, and deletes all but the newest three of its kind. Closing the store stops it.
    pub async fn back_up(&self, now: UnixSeconds) -> Result<PathBuf, Error> {
        self.back_up_as(DAILY, now).await
    }

    /// Makes a backup that was asked for; it pushes out no other than the oldest of those, and does not count as the day's.
    pub async fn back_up_on_request(&self, now: UnixSeconds) -> Result<PathBuf, Error> {
        self.back_up_as(ASKED_FOR, now).await
    }

    async fn back_up_as(&self, kind: &'static str, now: UnixSeconds) -> Result<PathBuf, Error> {
        let store = self.clone();
        blocking(move || {
            let underway = store.backup_underway();
            let _turn = underway.turn();
            let folder = backups_folder(store.file());
            let target = folder.join(format!("{kind}{}{ENDING}", now.0));
            copy(store.file(), &target, underway)?;
            let others = timed(&folder, kind)?.into_iter().map(|(_, path)| path);
            for old in others.filter(|path| *path != target).skip(KEPT - 1) {
                fs::remove_file(old)?;
            }
            Ok(target)
        })
        .await
    }

    /// When the newest backup was made by itself; `None` if there is none.
    pub async fn last_backup_at(&self) -> Result<Option<UnixSeconds>, Error> {
        let folder = backups_folder(self.file());
        blocking(move || Ok(timed(&folder, DAILY)?.first().map(|(made_at, _)| *made_at))).await
    }
}

/// Copies a database aside whose tables are about to change.
pub(crate) fn before_migration(file: &Path, migration: &str) -> Result<(), Error> {
    let target = backups_folder(file).join(format!("{BEFORE}{migration}{ENDING}"));
    copy(file, &target, &Underway::default())
}

/// Every backup of the database, those first that are tried first: the newest, then those before a change of the tables.
pub(crate) fn all(file: &Path) -> Result<Vec<PathBuf>, Error> {
    let folder = backups_folder(file);
    let mut timed_ones = timed(&folder, DAILY)?;
    timed_ones.extend(timed(&folder, ASKED_FOR)?);
    timed_ones.sort_unstable_by(|one, other| other.cmp(one));
    let mut all: Vec<PathBuf> = timed_ones.into_iter().map(|(_, path)| path).collect();
    let mut before = named(&folder, BEFORE)?;
    before.retain(|(rest, _)| rest.ends_with(ENDING));
    before.sort_unstable_by(|one, other| other.cmp(one));
    all.extend(before.into_iter().map(|(_, path)| path));
    Ok(all)
}

/// Makes the file's content and then its name outlast a power cut.
pub(crate) fn sync_file(file: &Path) -> Result<(), Error> {
    Ok(fs::OpenOptions::new().write(true).open(file)?.sync_all()?)
}

/// Makes the names in a folder outlast a power cut. Windows needs no such thing, and has none.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A backup that is being made.
#[derive(Default)]
pub(crate) struct Underway {
    turn: Mutex<()>,
    work: Mutex<Work>,
}

#[derive(Default)]
struct Work {
    interrupt: Option<InterruptHandle>,
    is_stopped: bool,
}

impl Underway {
    /// Waits until no other backup is being made.
    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the connection's work be stopped from now on.
    fn register(&self, connection: &Connection) -> Result<(), Error> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if work.is_stopped {
            return Err(Error::Database("the store is closed".to_owned()));
        }
        work.interrupt = Some(connection.get_interrupt_handle());
        Ok(())
    }

    /// Stops the backup that is being made, and waits until it has let go of the database; later ones fail.
    pub(crate) fn stop(&self) {
        {
            let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
            work.is_stopped = true;
            if let Some(interrupt) = work.interrupt.take() {
                interrupt.interrupt();
            }
        }
        drop(self.turn());
    }
}

/// Copies the database. The copy gets its name only once it is whole.
fn copy(file: &Path, target: &Path, underway: &Underway) -> Result<(), Error> {
    let folder = backups_folder(file);
    fs::create_dir_all(&folder)?;
    for (_, cut_off) in named(&folder, "")? {
        if cut_off.to_string_lossy().ends_with(PARTIAL) {
            fs::remove_file(cut_off)?;
        }
    }
    let mut partial = target.as_os_str().to_owned();
    partial.push(PARTIAL);
    let partial = PathBuf::from(partial);
    let copied = copy_to(file, &partial, underway);
    if copied.is_err() && partial.exists() {
        fs::remove_file(&partial)?;
    }
    copied?;
    fs::rename(&partial, target)?;
    sync_folder(&folder)
}

fn copy_to(file: &Path, partial: &Path, underway: &Underway) -> Result<(), Error> {
    let name = partial
        .to_str()
        .ok_or_else(|| Error::Database("the folder's name is no text".to_owned()))?;
    // A connection of its own: it reads one snapshot, and the writing goes on.
    let source = reader::open(file)?;
    underway.register(&source)?;
    source.execute("VACUUM INTO ?1", [name])?;
    let copy = reader::open(partial)?;
    underway.register(&copy)?;
    quick_check(&copy)?;
    sync_file(partial)
}

/// When a backup was made, as its name says; `None` for one before a change of the tables, and any other file.
pub(crate) fn made_at(backup: &Path) -> Option<UnixSeconds> {
    time_in_name(backup, ASKED_FOR).or_else(|| time_in_name(backup, DAILY))
}

fn time_in_name(backup: &Path, kind: &str) -> Option<UnixSeconds> {
    let name = backup.file_name()?.to_str()?;
    let seconds = name.strip_prefix(kind)?.strip_suffix(ENDING)?;
    seconds.parse().ok().map(UnixSeconds)
}

/// The backups of a kind with their times, newest first.
fn timed(folder: &Path, kind: &str) -> Result<Vec<(UnixSeconds, PathBuf)>, Error> {
    let mut timed: Vec<_> = named(folder, kind)?
        .into_iter()
        .filter_map(|(_, path)| Some((time_in_name(&path, kind)?, path)))
        .collect();
    timed.sort_unstable_by(|one, other| other.cmp(one));
    Ok(timed)
}

/// Files in the folder whose names start like this, with the rest of their names. No folder has none.
fn named(folder: &Path, start: &str) -> Result<Vec<(String, PathBuf)>, Error> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if let Some(rest) = entry.file_name().to_string_lossy().strip_prefix(start) {
                found.push((rest.to_owned(), entry.path()));
            }
        }
    }
    Ok(found)
}

fn backups_folder(file: &Path) -> PathBuf {
    file.with_file_name(FOLDER)
}
