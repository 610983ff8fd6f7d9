//! The fuzzing corpora, replayed: what was found once is never found again.

#[path = "../../../../fuzz/entries/links.rs"]
mod links;
#[path = "../../../../fuzz/entries/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn f17_links_of_the_corpus_do_no_harm() {
    replay("links", links::read);
}
