//! The fuzzing corpora, replayed: what was found once is never found again.

#[path = "../../../../fuzz/entries/links.rs"]
mod links;

use std::{fs, path::Path};

#[test]
fn f17_links_of_the_corpus_do_no_harm() {
    replay("links", links::read);
}

/// Gives every input of a target to its way in.
fn replay(target: &str, read: impl Fn(&[u8])) {
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
