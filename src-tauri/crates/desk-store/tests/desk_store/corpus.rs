//! The fuzzing corpora, replayed: what was found once is never found again.

#[path = "../../../../fuzz/entries/payloads.rs"]
mod payloads;
#[path = "../../../../fuzz/entries/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn f18_payloads_of_the_corpus_do_no_harm() {
    replay("payloads", payloads::read);
}
