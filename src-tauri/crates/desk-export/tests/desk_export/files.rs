//! The file: whole or not there, never over another, nothing left beside it.

use std::{
    fs::{self, File},
    time::{Duration, UNIX_EPOCH},
};

use desk_export::{Error, IfTaken, Rows, Stop};

use crate::builders::{NOW, ORDERS, names, order, read_csv};

const BOTH: [&str; 2] = ["csv", "xlsx"];

#[test]
fn until_it_is_whole_there_is_no_file_of_its_name() {
    for ending in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("a.{ending}"));
        let mut export = ORDERS
            .begin(&path, IfTaken::Refuse, Stop::default())
            .unwrap();
        export.write(Rows::Orders(&[order("A")])).unwrap();
        let before = names(folder.path());
        assert_eq!(before.len(), 1, "{before:?}");
        assert!(before[0].starts_with(".seller-desk-export-"), "{before:?}");
        export.finish().unwrap();
        assert_eq!(names(folder.path()), [format!("a.{ending}")]);
    }
}

#[test]
fn a_name_that_is_taken_gets_a_number_is_refused_or_replaced_as_asked() {
    for ending in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("a.b.{ending}"));
        fs::write(&path, "mine").unwrap();
        let finish = |if_taken| -> Result<_, Error> {
            let mut export = ORDERS.begin(&path, if_taken, Stop::default())?;
            export.write(Rows::Orders(&[order("A")]))?;
            export.finish()
        };
        for number in 2..=3 {
            let made = finish(IfTaken::Number).unwrap().unwrap();
            let name = format!("a.b ({number}).{ending}");
            assert_eq!(made, folder.path().join(name));
        }
        assert!(matches!(finish(IfTaken::Refuse), Err(Error::Taken(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        finish(IfTaken::Replace).unwrap();
        assert_ne!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(names(folder.path()).len(), 3, "nothing else is left");
    }
}

#[test]
fn what_is_no_file_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::create_dir(&path).unwrap();
    let refused = ORDERS.begin(&path, IfTaken::Replace, Stop::default());
    assert!(matches!(refused, Err(Error::Taken(_))));
    assert!(path.is_dir());
    assert_eq!(names(folder.path()), ["a.csv"]);
}

#[test]
fn a_name_that_is_taken_meanwhile_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let export = ORDERS
        .begin(&path, IfTaken::Refuse, Stop::default())
        .unwrap();
    fs::write(&path, "mine").unwrap();
    assert!(matches!(export.finish(), Err(Error::Taken(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(names(folder.path()), ["a.csv"]);
}

#[test]
fn stopped_it_leaves_nothing_wherever_it_was() {
    for ending in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("a.{ending}"));
        let stop = Stop::default();
        let mut export = ORDERS.begin(&path, IfTaken::Refuse, stop.clone()).unwrap();
        export.write(Rows::Orders(&[order("A")])).unwrap();
        stop.request();
        let refused = export.write(Rows::Orders(&[order("B")]));
        assert!(matches!(refused, Err(Error::Canceled)), "{refused:?}");
        // Also while the file is packed.
        let refused = export.finish();
        assert!(matches!(refused, Err(Error::Canceled)), "{refused:?}");
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn what_a_killed_export_left_is_removed_when_it_is_old_and_ours() {
    let folder = tempfile::tempdir().unwrap();
    let old = Duration::from_secs(NOW.0 as u64 - 90_000);
    let young = Duration::from_secs(NOW.0 as u64 - 3_600);
    for (name, written) in [
        (".seller-desk-export-AbCdEf.part", old),
        (".seller-desk-export-GhIjKl.part", young),
        (".seller-desk-export-notes.txt", old),
        ("orders.part", old),
    ] {
        let file = File::create(folder.path().join(name)).unwrap();
        file.set_modified(UNIX_EPOCH + written).unwrap();
    }
    ORDERS
        .export(&folder.path().join("a.csv"), Rows::Orders(&[]))
        .unwrap();
    assert_eq!(
        names(folder.path()),
        [
            ".seller-desk-export-GhIjKl.part",
            ".seller-desk-export-notes.txt",
            "a.csv",
            "orders.part"
        ]
    );
}

#[test]
fn without_rows_there_is_a_header() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    ORDERS.export(&path, Rows::Orders(&[])).unwrap();
    assert_eq!(read_csv(&path).len(), 1);
}

#[test]
fn a_folder_that_is_not_there_or_takes_nothing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for place in ["missing/a.csv", "file/a.xlsx"] {
        let refused = ORDERS.export(&folder.path().join(place), Rows::Orders(&[]));
        assert!(
            matches!(refused, Err(Error::FolderNotWritable(_))),
            "{place}: {refused:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn others_may_read_it_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let usual = folder.path().join("usual");
    fs::write(&usual, "").unwrap();
    let path = folder.path().join("a.csv");
    ORDERS.export(&path, Rows::Orders(&[])).unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&usual));
}
