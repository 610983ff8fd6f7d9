//! Cuts a page out of a list.

/// A page by number (from 1) and size.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) number: i64,
    pub(crate) size: i64,
}

impl Page {
    /// The rows of this page, and how many there are on all pages.
    pub(crate) fn cut<T>(self, rows: impl Iterator<Item = T>) -> (Vec<T>, i64) {
        let first = (self.number - 1).saturating_mul(self.size);
        let end = first.saturating_add(self.size);
        let mut page = Vec::new();
        let mut total = 0;
        for row in rows {
            if (first..end).contains(&total) {
                page.push(row);
            }
            total += 1;
        }
        (page, total)
    }
}
