//! The fuzzing corpora, replayed: what was found once is never found again.

#[path = "../../../../fuzz/entries/answers.rs"]
mod answers;
#[path = "../../../../fuzz/entries/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn f4_answers_of_the_corpus_do_no_harm() {
    replay("answers", answers::read_answer);
}

#[test]
fn f3_headers_of_the_corpus_do_no_harm() {
    replay("headers", answers::read_headers);
}
