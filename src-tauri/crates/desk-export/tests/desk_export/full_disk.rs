//! F12: a disk that is full at any moment of an export: a typed error, and nothing of the file is left.

use std::fs;

use desk_export::{Error, IfTaken, Rows, Stop};
use small_disk::SmallDisk;

use crate::builders::{ORDERS, names, order};

#[path = "../../../../tests/small_disk.rs"]
mod small_disk;

fn mount() -> Option<SmallDisk> {
    SmallDisk::mount(512)
}

fn orders(count: usize) -> Vec<desk_model::Order> {
    (0..count).map(|n| order(&format!("PO-{n}"))).collect()
}

#[test]
fn f12_a_full_disk_at_any_moment_of_an_export_leaves_nothing() {
    let Some(disk) = mount() else {
        return;
    };
    for ending in ["csv", "xlsx"] {
        let path = disk.path().join(format!("a.{ending}"));
        let rows = orders(300);
        let (mut full, mut whole) = (0, 0);
        // From no room at all, over room for the rows but not for the packed file, to enough.
        for room in (0..480).step_by(16) {
            disk.fill(room * 1024);
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

#[test]
fn f12_a_folder_that_cannot_be_written_is_named_as_such() {
    let Some(disk) = mount() else {
        return;
    };
    disk.protect();
    for ending in ["csv", "xlsx"] {
        let path = disk.path().join(format!("a.{ending}"));
        let refused = ORDERS.export(&path, Rows::Orders(&orders(1)));
        assert!(
            matches!(refused, Err(Error::FolderNotWritable(_))),
            "{refused:?}"
        );
    }
}
