//! A shop with its records at a moment; each dialect turns it into JSON of its own.

use crate::world::{Records, Shop};

/// A shop, opened by [`crate::state::State::open`].
pub(crate) struct View<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) records: &'a mut Records,
    /// Where pictures are.
    pub(crate) base_url: &'a str,
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
}
