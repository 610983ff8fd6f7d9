//! A small file system to fill up, for tests of several crates.

use std::{fs, io::Write, path::Path, process::Command};

use tempfile::TempDir;

/// A file system of a few kibibytes; gone when dropped.
pub(crate) struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None`, and a word about it, where none can be mounted.
    pub(crate) fn mount(kibibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={kibibytes}k"), "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("no small file system can be mounted here: {mounted:?}");
        None
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves room for so many bytes.
    pub(crate) fn fill(&self, room: u64) {
        self.make_room();
        let mut ballast = fs::File::create(self.path().join("ballast")).unwrap();
        while ballast.write_all(&[1; 4096]).is_ok() {}
        let size = ballast.metadata().unwrap().len();
        ballast.set_len(size.saturating_sub(room)).unwrap();
    }

    /// Leaves all the room there is.
    pub(crate) fn make_room(&self) {
        let _ = fs::remove_file(self.path().join("ballast"));
    }

    /// Takes no write at all from now on.
    pub(crate) fn protect(&self) {
        let remounted = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(self.path())
            .output();
        assert!(remounted.unwrap().status.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a connection may still be closing.
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .output();
    }
}
