//! Ways in for fuzzing: what reads other people's text is reached without a database.

use crate::{personal_data::Cleaner, search};

/// The JSON without the members that must not be kept; `None` if it is no JSON.
pub fn clean(json: &str) -> Option<String> {
    Cleaner::default().clean(json)
}

/// The terms of a search.
pub fn terms(search: &str) -> Vec<String> {
    search::terms(search)
}
