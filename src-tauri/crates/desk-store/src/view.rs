//! Lists.

use desk_model::{Activity, Order, Product, StatusSeen, UnixSeconds};

/// A view that was opened: what is needed to draw the list before any row is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedView {
    /// Names the view in `view_rows` and `close_view`.
    pub handle: u32,
    /// Rows in the view.
    pub count: u64,
    /// Rows by status word under the same query without its status filter; for orders also `due_soon` and `overdue`.
    pub status_counts: Vec<(String, u64)>,
}

/// Rows of a list, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Orders with their lines.
    Orders(Vec<Order>),
    /// Products with their SKUs.
    Products(Vec<Product>),
    /// Activities with the shop's products in them.
    Activities(Vec<Activity>),
}

/// One order with what the lists leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRecord {
    /// The order.
    pub order: Order,
    /// Its statuses in the order in which they were first seen.
    pub status_history: Vec<StatusSeen>,
    /// The platform's own JSON, without what must not be kept.
    pub raw: Option<String>,
    /// Server time of the fetch that brought this version.
    pub fetched_at: UnixSeconds,
}
