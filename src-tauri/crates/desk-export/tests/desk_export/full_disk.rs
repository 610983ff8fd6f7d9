//! F12: a disk that is full at any moment of an export: a typed error, and nothing of the file is left.

use std::{fs, io::Write, path::Path, process::Command};

use desk_export::{Error, IfTaken, Rows, Stop};
use tempfile::TempDir;

use crate::builders::{ORDERS, names, order};

/// A file system of half a megabyte; gone when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None`, and a word about it, where none can be mounted.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k", "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("no small file system can be mounted here: {mounted:?}");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .output();
    }
}

fn orders(count: usize) -> Vec<desk_model::Order> {
    (0..count).map(|n| order(&format!("PO-{n}"))).collect()
}

#[test]
fn f12_a_full_disk_at_any_moment_of_an_export_leaves_nothing() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    for ending in ["csv", "xlsx"] {
        let path = disk.path().join(format!("a.{ending}"));
        let rows = orders(300);
        let (mut full, mut whole) = (0, 0);
        // From no room at all, over room for the rows but not for the packed file, to enough.
        for room in (0..480).step_by(16) {
            leave_room(&disk, room * 1024);
            let export = || -> Result<(), Error> {
                let mut export = ORDERS.begin(&path, IfTaken::Refuse, Stop::default())?;
                export.write(Rows::Orders(&rows))?;
                export.finish().map(drop)
            };
            match export() {
                Ok(()) => {
                    whole += 1;
                    fs::remove_file(&path).unwrap();
                }
                Err(Error::DiskFull) => full += 1,
                Err(other) => panic!("{ending} with {room} KiB: {other:?}"),
            }
            assert_eq!(names(disk.path()), ["ballast"], "{ending}, {room} KiB");
        }
        assert!(full > 0 && whole > 0, "{ending}: {full}, {whole}");
    }
}

/// Fills the disk up to so many bytes.
fn leave_room(disk: &SmallDisk, room: u64) {
    let mut ballast = fs::File::create(disk.path().join("ballast")).unwrap();
    while ballast.write_all(&[1; 4096]).is_ok() {}
    let size = ballast.metadata().unwrap().len();
    ballast.set_len(size.saturating_sub(room)).unwrap();
}

#[test]
fn f12_a_folder_that_cannot_be_written_is_named_as_such() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let remounted = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(disk.path())
        .output();
    assert!(remounted.unwrap().status.success());
    for ending in ["csv", "xlsx"] {
        let path = disk.path().join(format!("a.{ending}"));
        let refused = ORDERS.export(&path, Rows::Orders(&orders(1)));
        assert!(
            matches!(refused, Err(Error::FolderNotWritable(_))),
            "{refused:?}"
        );
    }
}
