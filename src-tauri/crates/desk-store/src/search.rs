//! One spelling of text for comparing: NFKC and case-folded, in a stored column and in what is searched for.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Brings text to the spelling in which it is compared.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().default_case_fold().nfkc().collect()
    }
}

/// What a search looks through: the row's texts, a line each, so that no term matches across two of them.
pub(crate) fn search_text<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for text in texts {
        if !text.is_empty() && !lines.contains(&text) {
            lines.push(text);
        }
    }
    fold(&lines.join("\n"))
}

/// The terms of a search: each must be contained somewhere.
pub(crate) fn terms(search: &str) -> Vec<String> {
    let mut terms: Vec<String> = fold(search).split_whitespace().map(str::to_owned).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}
