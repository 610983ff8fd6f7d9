//! One page of a list, as a dialect hands it over.

use crate::UnixSeconds;

/// A row that could be read, with the platform's own text of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched<T> {
    /// The row.
    pub value: T,
    /// The row's JSON as received, minus nothing.
    pub raw: String,
}

/// A row that could not be read. It is kept, so that a later version can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The row's JSON as received.
    pub raw: String,
    /// Why it could not be read; holds field names and kinds, no values.
    pub reason: String,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows that could be read, in the platform's order.
    pub rows: Vec<Fetched<T>>,
    /// The rows that could not.
    pub unreadable: Vec<Unreadable>,
    /// How many rows the whole list has, by the platform's word.
    pub total: u64,
    /// The server's time when it answered.
    pub server_time: UnixSeconds,
}

impl<T> Page<T> {
    /// Rows on this page, readable or not.
    pub fn len(&self) -> usize {
        self.rows.len() + self.unreadable.len()
    }

    /// Whether the page holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
