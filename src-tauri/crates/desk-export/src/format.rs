//! The kinds of file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A workbook: numbers, times and text keep their types.
    Xlsx,
    /// Lines of text, in UTF-8 with a byte order mark.
    Csv,
}

impl ExportFormat {
    /// The word used in JSON and on the command line, which is the ending of the file's name too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Reads `as_str` back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Xlsx, Self::Csv]
            .into_iter()
            .find(|format| format.as_str() == word)
    }
}
