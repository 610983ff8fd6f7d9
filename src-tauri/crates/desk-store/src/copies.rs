//! Copies of the database that can take its place: backups, and what a restored backup replaced.

use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use desk_model::UnixSeconds;

use crate::{
    Error, backups,
    connect::{FILE_NAME, blocking},
    inspection, recovery,
};

/// Why a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyOrigin {
    /// It is a backup, made once a day or on request.
    Backup,
    /// A newer version of the app was about to change the tables.
    BeforeUpdate,
    /// Another copy took its place.
    Replaced,
}

/// A copy of the database. Whether it is sound is looked at when it is restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseCopy {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made.
    pub made_at: UnixSeconds,
    /// Its size.
    pub bytes: u64,
    /// Why it was made.
    pub origin: CopyOrigin,
}

/// The copies in a profile folder, newest first.
pub async fn copies(folder: &Path) -> Result<Vec<DatabaseCopy>, Error> {
    let file = folder.join(FILE_NAME);
    blocking(move || {
        let mut copies = Vec::new();
        for path in backups::all(&file)? {
            let daily = backups::made_at(&path);
            let origin = match daily {
                Some(_) => CopyOrigin::Backup,
                None => CopyOrigin::BeforeUpdate,
            };
            copies.push(copy(path, daily, origin)?);
        }
        for (set_aside_at, path) in recovery::set_aside(&file)? {
            // What waits in a log would be missing in a copy.
            if path.exists() && !inspection::log_of(&path, "-wal").exists() {
                copies.push(copy(path, Some(set_aside_at), CopyOrigin::Replaced)?);
            }
        }
        copies.sort_by_key(|copy| std::cmp::Reverse(copy.made_at));
        Ok(copies)
    })
    .await
}

fn copy(
    path: PathBuf,
    made_at: Option<UnixSeconds>,
    origin: CopyOrigin,
) -> Result<DatabaseCopy, Error> {
    let found = fs::metadata(&path)?;
    let written_at = || {
        let age = found.modified()?.duration_since(UNIX_EPOCH);
        let seconds = age.map_or(0, |age| age.as_secs());
        Ok::<_, Error>(UnixSeconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
    };
    Ok(DatabaseCopy {
        made_at: made_at.map_or_else(written_at, Ok)?,
        bytes: found.len(),
        path,
        origin,
    })
}
