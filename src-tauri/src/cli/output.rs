//! Where output goes: lines of JSON, or lines for people.

use std::io::{self, Write};

use desk_engine::Failure;
use desk_model::UnixSeconds;
use serde::Serialize;

use crate::words::Words;

/// Standard output and error in the chosen form. A reader that hangs up early is no error.
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// One object on a line of its own.
    pub(super) fn object(&self, object: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(object) {
            self.text(&text);
        }
    }

    /// An object, or its line for people.
    pub(super) fn either(&self, object: &impl Serialize, text: impl FnOnce() -> String) {
        if self.json {
            self.object(object)
        } else {
            self.text(&text())
        }
    }

    /// A line of the answer for people.
    pub(super) fn text(&self, text: &str) {
        let _ = writeln!(io::stdout().lock(), "{text}");
    }

    /// Something for people only.
    pub(super) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// What went wrong: on standard output as JSON, else on standard error.
    pub(super) fn failure(&self, failure: &Failure, words: Words) {
        let explained = words.explain(failure);
        if self.json {
            self.object(&serde_json::json!({ "error": explained }));
            return;
        }
        self.note(&explained.message);
        self.note(&explained.cause);
        self.note(&explained.cure);
        let request = explained
            .request_id
            .map(|id| format!(" ({id})"))
            .unwrap_or_default();
        self.note(&format!(
            "[{}] {}{request}",
            failure.code.as_str(),
            explained.details
        ));
    }
}

/// A time in the system's zone with its offset.
pub(super) fn time(at: Option<UnixSeconds>) -> String {
    let stamp = at.and_then(|at| jiff::Timestamp::from_second(at.0).ok());
    match stamp {
        Some(stamp) => stamp
            .to_zoned(jiff::tz::TimeZone::system())
            .strftime("%Y-%m-%d %H:%M %:z")
            .to_string(),
        None => "–".to_owned(),
    }
}

/// Text from a platform, safe to print: control and direction characters become visible.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_control()
                || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            {
                '\u{fffd}'
            } else {
                letter
            }
        })
        .collect()
}
