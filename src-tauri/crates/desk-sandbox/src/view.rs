//! A shop with its records at a moment; each dialect turns it into JSON of its own.

use crate::paging::{Page, PagingLies};
use crate::world::{Order, Records, Shop, Window};

/// A shop, opened by [`crate::state::State::open`].
pub(crate) struct View<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) records: &'a mut Records,
    /// Where pictures are.
    pub(crate) base_url: &'a str,
    /// The API call that is answered: endpoint of the guide or type of the open platform; else empty.
    pub(crate) call: &'a str,
    pub(crate) lies: &'a PagingLies,
    /// Server time, unix seconds.
    pub(crate) now: i64,
    /// The newest update time that lists show.
    pub(crate) horizon: i64,
}

impl View<'_> {
    /// Address of a product's picture.
    pub(crate) fn picture(&self, product_id: i64) -> String {
        format!("{}/images/{product_id}.png", self.base_url)
    }

    /// The page of the call's list, and how many rows the list says it has.
    pub(crate) fn cut<T: Clone>(&self, page: Page, rows: impl Iterator<Item = T>) -> (Vec<T>, i64) {
        let rows: Vec<T> = rows.collect();
        let (range, total) = page.place(rows.len(), self.call, self.lies);
        (rows[range].to_vec(), total)
    }

    /// The page of a list that is a whole window of orders: nobody looks at the other pages' rows.
    pub(crate) fn cut_window<'a>(&self, page: Page, window: Window<'a>) -> (Vec<&'a Order>, i64) {
        let (range, total) = page.place(window.len(), self.call, self.lies);
        (window.skip(range.start).take(range.len()).collect(), total)
    }
}
