//! Puts a backup in the place of a database that is damaged, or that the seller wants to be rid of. Nothing is deleted: what was there is
//! moved aside, and the next sync reads what the backup lacks.

use std::{
    fs,
    path::{Path, PathBuf},
};

use desk_model::UnixSeconds;

use crate::{
    Error, backups,
    connect::{FILE_NAME, blocking},
    inspection,
};

/// A backup that is about to become the database. It is whole when it has this name.
const RESTORING: &str = "seller-desk.restoring";

/// The start of the name of a folder that a database was moved to; when follows, in seconds.
const SET_ASIDE: &str = "set-aside-";

/// What became of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The folder that the former database was moved to.
    pub moved_to: PathBuf,
    /// The backup that took its place; `None` where no good one was found, so that a fresh database will be made.
    pub restored_from: Option<PathBuf>,
}

/// Moves a damaged database aside and puts the newest good backup in its place. Nobody may have the database open.
pub async fn recover(folder: &Path, now: UnixSeconds) -> Result<Recovery, Error> {
    let file = folder.join(FILE_NAME);
    blocking(move || {
        let backup = backups::all(&file)?.into_iter().find(|backup| {
            let judged = inspection::check_backup(backup);
            if let Err(error) = &judged {
                tracing::warn!(backup = %backup.display(), %error, "backup passed over");
            }
            judged.is_ok()
        });
        replace(&file, backup, now)
    })
    .await
}

/// Puts a backup in the place of the database. Nobody may have the database open. A backup that is damaged or of a newer version is
/// refused, and nothing is changed.
pub async fn restore(folder: &Path, backup: &Path, now: UnixSeconds) -> Result<Recovery, Error> {
    let (file, backup) = (folder.join(FILE_NAME), backup.to_owned());
    blocking(move || {
        inspection::check_backup(&backup)?;
        replace(&file, Some(backup), now)
    })
    .await
}

fn replace(file: &Path, backup: Option<PathBuf>, now: UnixSeconds) -> Result<Recovery, Error> {
    // The backup is copied before anything is moved, so that a full disk changes nothing.
    if let Some(backup) = &backup {
        let restoring = file.with_file_name(RESTORING);
        let partial = restoring.with_extension("partial");
        fs::copy(backup, &partial)?;
        backups::sync_file(&partial)?;
        fs::rename(&partial, &restoring)?;
    }
    let moved_to = move_aside(file, now)?;
    complete(file)?;
    Ok(Recovery {
        moved_to,
        restored_from: backup,
    })
}

/// Gives a backup that is about to become the database its name, where there is no database. Done again when the app starts, in case it
/// was cut off in between.
pub(crate) fn complete(file: &Path) -> Result<(), Error> {
    let restoring = file.with_file_name(RESTORING);
    let has_no_log = !inspection::log_of(file, "-wal").exists();
    if restoring.exists() && !file.exists() && has_no_log {
        fs::rename(&restoring, file)?;
        backups::sync_folder(&inspection::folder_of(file))?;
    }
    Ok(())
}

/// Moves the database with its log into a folder of its own.
fn move_aside(file: &Path, now: UnixSeconds) -> Result<PathBuf, Error> {
    let folder = new_folder(file, now)?;
    for name in [
        file.to_owned(),
        inspection::log_of(file, "-wal"),
        inspection::log_of(file, "-shm"),
        inspection::suspicion_of(file),
    ] {
        if let Some(part) = name.file_name().filter(|_| name.exists()) {
            fs::rename(&name, folder.join(part))?;
        }
    }
    backups::sync_folder(&inspection::folder_of(file))?;
    Ok(folder)
}

/// The databases that were moved aside, with the times of that.
pub(crate) fn set_aside(file: &Path) -> Result<Vec<(UnixSeconds, PathBuf)>, Error> {
    let folder = inspection::folder_of(file);
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let seconds = name.to_str().and_then(|name| name.strip_prefix(SET_ASIDE));
        if let Some(seconds) = seconds.and_then(|seconds| seconds.parse().ok()) {
            found.push((UnixSeconds(seconds), entry.path().join(FILE_NAME)));
        }
    }
    Ok(found)
}

/// `set-aside-{seconds}`, and where that is taken the next second's.
fn new_folder(file: &Path, now: UnixSeconds) -> Result<PathBuf, Error> {
    let mut seconds = now.0;
    loop {
        let folder = file.with_file_name(format!("{SET_ASIDE}{seconds}"));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => seconds += 1,
            made => return Ok(made.map(|()| folder)?),
        }
    }
}
