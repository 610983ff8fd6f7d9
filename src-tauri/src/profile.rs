//! A profile: the folder with everything of one user. One process writes to it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use directories::ProjectDirs;
use sha2::{Digest, Sha256};

/// The folder, and the lock while this process may write. Clones share the lock.
#[derive(Clone)]
pub(crate) struct Profile {
    folder: PathBuf,
    demo: bool,
    lock: Option<Arc<File>>,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProfileError {
    /// Another process writes to it.
    #[error("another process uses the profile {0}")]
    Locked(PathBuf),
    /// The folder cannot be made or written.
    #[error("the profile folder {0} cannot be written: {1}")]
    NotWritable(PathBuf, io::Error),
    /// The system names no folder for data; `--profile` does.
    #[error("the system names no folder for application data")]
    NoFolder,
}

impl Profile {
    /// Names the profile's folder without touching it: `given`, or the platform's data folder; the demo has a folder of its own below.
    pub(crate) fn locate(given: Option<&Path>, demo: bool) -> Result<Self, ProfileError> {
        let folder = match given {
            Some(folder) => folder.to_owned(),
            None => ProjectDirs::from("app", "", "seller-desk")
                .map(|directories| directories.data_dir().to_owned())
                .ok_or(ProfileError::NoFolder)?,
        };
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        let folder = if demo { folder.join("demo") } else { folder };
        Ok(Self {
            folder,
            demo,
            lock: None,
        })
    }

    /// Makes the folder and takes the lock, unless it is ours already; it is held until the last clone is dropped.
    pub(crate) fn lock(&mut self) -> Result<(), ProfileError> {
        if self.is_locked_by_us() {
            return Ok(());
        }
        let not_writable = |error| ProfileError::NotWritable(self.folder.clone(), error);
        std::fs::create_dir_all(&self.folder).map_err(not_writable)?;
        let path = self.folder.join("profile.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(not_writable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ProfileError::Locked(self.folder.clone())),
            Err(TryLockError::Error(error)) => return Err(not_writable(error)),
        }
        self.lock = Some(Arc::new(file));
        Ok(())
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it holds made-up data.
    pub(crate) fn is_demo(&self) -> bool {
        self.demo
    }

    /// Whether this process may write.
    pub(crate) fn is_locked_by_us(&self) -> bool {
        self.lock.is_some()
    }

    /// A short name for the folder, for what must be unique per profile: the bus name, the desktop entry, keychain items.
    pub(crate) fn hash(&self) -> String {
        let path = std::fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        hex::encode(Sha256::digest(path.as_os_str().as_encoded_bytes()))[..12].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_writes() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Profile::locate(Some(folder.path()), false).unwrap();
        let mut second = Profile::locate(Some(folder.path()), false).unwrap();
        first.lock().unwrap();
        assert!(matches!(second.lock(), Err(ProfileError::Locked(_))));
        let again = first.clone();
        drop(first);
        assert!(matches!(second.lock(), Err(ProfileError::Locked(_))));
        drop(again);
        second.lock().unwrap();
    }

    #[test]
    fn the_demo_has_a_profile_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let real = Profile::locate(Some(folder.path()), false).unwrap();
        let demo = Profile::locate(Some(folder.path()), true).unwrap();
        assert_ne!(real.folder(), demo.folder());
        assert_ne!(real.hash(), demo.hash());
    }
}
