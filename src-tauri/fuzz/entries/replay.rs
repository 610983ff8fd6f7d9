//! Replays a corpus in a test: what was found once is never found again.

use std::{fs, path::Path};

/// Gives every input of a target to its way in.
pub(crate) fn replay(target: &str, read: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let inputs: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(!inputs.is_empty(), "{} is empty", folder.display());
    for input in inputs {
        eprintln!("{}", input.display());
        read(&fs::read(&input).unwrap());
    }
}
