//! The file: written beside its place under a name of ours, and put there when it is whole.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use desk_model::UnixSeconds;
use tempfile::{Builder, NamedTempFile};

use crate::Error;

/// How the name of a file that is being written begins and ends.
const BEGINNING: &str = ".seller-desk-export-";
const END: &str = ".part";

/// A file that was not written to for so long belongs to an export that was killed.
const LEFT_OVER: Duration = Duration::from_hours(24);

/// Nobody has so many files of one name.
const MOST_NUMBERS: u32 = 10_000;

/// What becomes of a file that has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfTaken {
    /// It stays, and the new one gets a number: `Orders (2).xlsx`.
    Number,
    /// It stays, and nothing is exported.
    Refuse,
    /// The new one takes its place; what is no file stays, and nothing is exported.
    Replace,
}

/// Where an export goes.
#[derive(Clone, Debug)]
pub struct Target {
    /// The file.
    pub path: PathBuf,
    /// What becomes of one that is there.
    pub if_taken: IfTaken,
}

/// A file that is being written. Dropped, it leaves nothing.
pub(crate) struct Draft {
    file: NamedTempFile,
    target: Target,
}

impl Target {
    /// The folder of the file.
    pub(crate) fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        }
    }

    pub(crate) fn begin(self, now: UnixSeconds) -> Result<Draft, Error> {
        let is_refused = match (self.if_taken, fs::metadata(&self.path)) {
            (IfTaken::Refuse, Ok(_)) => true,
            // A device or a folder is nothing to put a file in the place of.
            (IfTaken::Replace, Ok(there)) => !there.is_file(),
            _ => false,
        };
        if is_refused {
            return Err(Error::Taken(self.path));
        }
        sweep(self.folder(), now);
        let mut builder = Builder::new();
        builder.prefix(BEGINNING).suffix(END);
        as_others_are_made(&mut builder);
        Ok(Draft {
            file: builder.tempfile_in(self.folder())?,
            target: self,
        })
    }
}

impl Draft {
    pub(crate) fn writer(&self) -> Result<File, Error> {
        Ok(self.file.as_file().try_clone()?)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.target.folder()
    }

    /// Puts the whole file in its place. Nothing is lost when the power fails right after.
    pub(crate) fn finish(self) -> Result<PathBuf, Error> {
        let Self { file, target } = self;
        file.as_file().sync_all()?;
        let path = match target.if_taken {
            IfTaken::Replace => {
                let path = target.path.clone();
                file.persist(&path).map_err(|error| error.error)?;
                path
            }
            IfTaken::Refuse => put_unless_taken(file, &target.path)?,
            IfTaken::Number => put_with_number(file, &target.path)?,
        };
        // Not every system can sync a folder; the file itself is safe.
        let _ = File::open(target.folder()).and_then(|folder| folder.sync_all());
        Ok(path)
    }
}

fn put_unless_taken(file: NamedTempFile, path: &Path) -> Result<PathBuf, Error> {
    match file.persist_noclobber(path) {
        Ok(_) => Ok(path.to_owned()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            Err(Error::Taken(path.to_owned()))
        }
        Err(error) => Err(error.error.into()),
    }
}

fn put_with_number(mut file: NamedTempFile, path: &Path) -> Result<PathBuf, Error> {
    for number in 1..=MOST_NUMBERS {
        let path = numbered(path, number);
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                file = error.file;
            }
            Err(error) => return Err(error.error.into()),
        }
    }
    Err(Error::Taken(path.to_owned()))
}

/// `Orders.xlsx`, `Orders (2).xlsx`, …
fn numbered(path: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let mut name = OsString::from(path.file_stem().unwrap_or_default());
    name.push(format!(" ({number})"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// Removes what killed exports left in the folder: only by our name, and only what nobody writes any more.
fn sweep(folder: &Path, now: UnixSeconds) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let now = Duration::from_secs(u64::try_from(now.0).unwrap_or_default());
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(BEGINNING) && name.ends_with(END));
        let written = entry.metadata().and_then(|about| about.modified());
        let age = written
            .ok()
            .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
            .and_then(|at| now.checked_sub(at));
        if is_ours && age.is_some_and(|age| age > LEFT_OVER) {
            // Another export may have been quicker.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file is the owner's alone; an export is a file like any other.
#[cfg(unix)]
fn as_others_are_made(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn as_others_are_made(_: &mut Builder<'_, '_>) {}
