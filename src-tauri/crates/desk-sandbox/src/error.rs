//! What can go wrong when a test or an admin route alters the world.

/// An alteration that makes no sense.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Neither dialect has a shop of that id.
    #[error("there is no shop {0}")]
    UnknownShop(String),
    /// The shop has no order of that number.
    #[error("there is no order {0}")]
    UnknownOrder(String),
    /// The shop has no product of that id.
    #[error("there is no product {0}")]
    UnknownProduct(String),
    /// The shop has no activity of that id.
    #[error("there is no activity {0}")]
    UnknownActivity(String),
    /// The open platform has no activity type of that code.
    #[error("there is no activity type {0}")]
    UnknownActivityType(i64),
    /// No dialect has such a status.
    #[error("there is no status {0}")]
    UnknownStatus(String),
}
