//! Whether the pages of a list add up to what the platform says there is.

use std::{
    collections::HashSet,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
};

use desk_model::Page;
use desk_temu::PAGE_SIZE;

/// How a list contradicts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Rows came in while it was read: some may have moved behind the reader.
    Grew,
    /// It has more rows than the platform lets anybody read.
    TooLong { reachable: u64 },
    /// A page holds fewer rows than there should be at its place.
    Short { page: u64, reachable: u64 },
    /// There are more rows than the platform says.
    Long { page: u64 },
    /// A page brings only rows of other pages.
    Repeated { page: u64 },
    /// All pages together hold fewer rows than the platform says.
    Incomplete { seen: u64, told: u64 },
}

impl Fault {
    /// How many rows could be read if the platform cuts the list off here; a shorter list may then be read whole.
    pub(crate) fn reachable(self) -> Option<u64> {
        match self {
            Self::TooLong { reachable } | Self::Short { reachable, .. } => Some(reachable),
            Self::Repeated { page } => Some(page * PAGE_SIZE),
            Self::Grew | Self::Long { .. } | Self::Incomplete { .. } => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grew => write!(formatter, "it keeps growing while it is read"),
            Self::TooLong { reachable } => {
                write!(formatter, "only {reachable} of its rows can be reached")
            }
            Self::Short { page, .. } => write!(
                formatter,
                "page {page} holds fewer rows than the total promises"
            ),
            Self::Long { page } => write!(
                formatter,
                "page {page} holds rows beyond the total that was told"
            ),
            Self::Repeated { page } => write!(formatter, "page {page} repeats rows of other pages"),
            Self::Incomplete { seen, told } => {
                write!(formatter, "its pages hold {seen} rows, {told} were told")
            }
        }
    }
}

/// Counts the rows of a list that is read from its last page to its first. Rows may leave meanwhile; none may come.
pub(crate) struct Tally {
    /// Rows there are, by the newest word.
    total: u64,
    /// Rows on pages that an earlier run has read: those behind the page where this reading begins.
    read_before: Option<u64>,
    seen: HashSet<u64>,
}

impl Tally {
    /// Starts with the total that the list told.
    pub(crate) fn new(total: u64) -> Self {
        Self {
            total,
            read_before: None,
            seen: HashSet::new(),
        }
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Takes a page in; `identities` are its rows'.
    pub(crate) fn add<T>(
        &mut self,
        number: u64,
        page: &Page<T>,
        identities: &[u64],
    ) -> Result<(), Fault> {
        let rows = identities.len() as u64;
        let known = self.seen.len();
        self.seen.extend(identities);
        let new = self.seen.len() - known;
        if page.total > self.total {
            return Err(Fault::Grew);
        }
        let left = self.total - page.total;
        self.total = page.total;
        let before = (number - 1) * PAGE_SIZE;
        let expected = page.total.saturating_sub(before).min(PAGE_SIZE);
        if rows > expected {
            return Err(Fault::Long { page: number });
        }
        if rows < expected {
            let reachable = before + rows;
            return Err(Fault::Short {
                page: number,
                reachable,
            });
        }
        // Rows that leave pull known ones to this page, but no more than have left.
        if rows > left && new == 0 {
            return Err(Fault::Repeated { page: number });
        }
        let behind = page.total.saturating_sub(number * PAGE_SIZE);
        let read_before = *self.read_before.get_or_insert(behind);
        let seen = self.seen.len() as u64 + read_before;
        if number == 1 && seen < page.total {
            return Err(Fault::Incomplete {
                seen,
                told: page.total,
            });
        }
        Ok(())
    }

    /// Takes the page after the last one in: it may repeat rows, but bring none.
    pub(crate) fn add_beyond(&mut self, number: u64, identities: &[u64]) -> Result<(), Fault> {
        if identities
            .iter()
            .all(|identity| self.seen.contains(identity))
        {
            Ok(())
        } else {
            Err(Fault::Long { page: number })
        }
    }
}

/// What tells a page's rows apart: their ids, or their text where they could not be read.
pub(crate) fn identities<T>(page: &Page<T>, id: impl Fn(&T) -> &str) -> Vec<u64> {
    let readable = page.rows.iter().map(|row| id(&row.value));
    let unreadable = page.unreadable.iter().map(|row| row.raw.as_str());
    readable
        .chain(unreadable)
        .map(|text| {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

/// Pages that hold this many rows; at least one, so that an empty list is read once.
pub(crate) fn pages_of(total: u64) -> u64 {
    total.div_ceil(PAGE_SIZE).max(1)
}
