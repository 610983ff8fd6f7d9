//! Cuts a page out of a list, honestly or under the lies that were ordered.

use std::cell::RefCell;
use std::ops::Range;

/// How a list misleads its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingLieKind {
    /// The total is off by so many rows, but never below 0.
    Total {
        /// Added to the truth.
        off_by: i64,
    },
    /// That page comes without rows.
    EmptyPage {
        /// From 1.
        page: i64,
    },
    /// That page brings the rows of the page before it.
    RepeatedPage {
        /// From 2.
        page: i64,
    },
    /// Pages beyond the end bring the last page's rows.
    EndlessLastPage,
    /// Later pages are empty, whatever the total says.
    PageCap {
        /// The last page with rows.
        pages: i64,
    },
    /// Rows at later positions never come, whatever the total says.
    RowCap {
        /// How many rows can be had.
        rows: i64,
    },
    /// Pages are cut for that size when a larger one is asked for.
    PageSizeCap {
        /// Most rows of a page.
        rows: i64,
    },
}

/// A lie that waits for its list calls. Lies that fit one call work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingLie {
    /// What is wrong.
    pub kind: PagingLieKind,
    /// In how many answers; `u32::MAX` is for ever. A lie about one page counts that page's answers only.
    pub times: u32,
    /// Only in this call: an endpoint of the guide (`order/list`) or a type of the open platform. None: any list.
    pub call: Option<String>,
}

/// The lies in force. Reads use them up, hence the cell.
#[derive(Default)]
pub(crate) struct PagingLies(RefCell<Vec<PagingLie>>);

impl PagingLies {
    /// Replaces all lies.
    pub(crate) fn set(&mut self, lies: Vec<PagingLie>) {
        *self.0.get_mut() = lies;
    }

    /// What applies to a page of a call, used up by one answer.
    fn take(&self, call: &str, number: i64) -> Vec<PagingLieKind> {
        let mut taken = Vec::new();
        for lie in self.0.borrow_mut().iter_mut() {
            let elsewhere = match lie.kind {
                PagingLieKind::EmptyPage { page } | PagingLieKind::RepeatedPage { page } => {
                    page != number
                }
                _ => false,
            };
            if lie.times == 0 || elsewhere || lie.call.as_deref().is_some_and(|only| only != call) {
                continue;
            }
            if lie.times != u32::MAX {
                lie.times -= 1;
            }
            taken.push(lie.kind.clone());
        }
        taken
    }
}

/// A page by number (from 1) and size.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) number: i64,
    pub(crate) size: i64,
}

impl Page {
    /// Positions of this page's rows in a list of `total`, and how many rows the list says it has.
    pub(crate) fn place(
        mut self,
        total: usize,
        call: &str,
        lies: &PagingLies,
    ) -> (Range<usize>, i64) {
        let total = total as i64;
        let (mut told, mut reachable) = (total, total);
        let lies = lies.take(call, self.number);
        for lie in &lies {
            if let PagingLieKind::PageSizeCap { rows } = lie {
                self.size = self.size.min(*rows).max(1);
            }
        }
        for lie in lies {
            match lie {
                PagingLieKind::Total { off_by } => told = (told + off_by).max(0),
                PagingLieKind::EmptyPage { .. } => reachable = 0,
                PagingLieKind::RepeatedPage { .. } => self.number = (self.number - 1).max(1),
                PagingLieKind::EndlessLastPage => {
                    let last = (total + self.size - 1) / self.size;
                    self.number = self.number.min(last.max(1));
                }
                PagingLieKind::PageCap { pages } => {
                    reachable = reachable.min(pages.saturating_mul(self.size));
                }
                PagingLieKind::RowCap { rows } => reachable = reachable.min(rows),
                PagingLieKind::PageSizeCap { .. } => {}
            }
        }
        let position = |row: i64| row.clamp(0, reachable.max(0)) as usize;
        let first = (self.number - 1).saturating_mul(self.size);
        (
            position(first)..position(first.saturating_add(self.size)),
            told,
        )
    }
}
