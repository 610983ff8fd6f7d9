//! The platform's own JSON of a row on its way into the database, and what a person searches for.

use desk_store::fuzzing::{clean, terms};
use serde_json::value::RawValue;

/// Cleans a payload; reads the same text as a search.
pub(crate) fn read(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    match clean(&text) {
        Some(cleaned) => {
            assert!(
                serde_json::from_str::<&RawValue>(&cleaned).is_ok(),
                "what is kept is JSON"
            );
            assert_eq!(
                clean(&cleaned).as_ref(),
                Some(&cleaned),
                "what is clean stays as it is"
            );
            for key in ["mobile", "receiptName", "addressLine1", "mail"] {
                assert!(!cleaned.contains(&format!("\"{key}\":")), "{key} is kept");
            }
        }
        None => assert!(
            serde_json::from_str::<&RawValue>(&text).is_err(),
            "what is JSON is kept"
        ),
    }
    let found = terms(&text);
    assert!(
        found
            .iter()
            .all(|term| !term.is_empty() && !term.contains(char::is_whitespace))
    );
    assert_eq!(
        terms(&found.join(" ")),
        found,
        "a search means the same when it is read again"
    );
}
