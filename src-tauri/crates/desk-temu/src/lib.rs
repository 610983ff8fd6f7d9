//! Speaks to a platform: sign, call, retry, pace, parse, classify. No database, no keychain, no window.

mod call;
mod client;
mod clock;
mod connection;
mod credentials;
mod dialect;
mod error;
mod http_transport;
mod json;
mod rate_limit;
mod retry;
mod row;
mod signature;
mod transport;

pub use client::Platform;
pub use clock::SystemClock;
pub use credentials::{Caller, Grant, Priority};
pub use dialect::{
    OrdersQuery, PAGE_SIZE, Pass, amount_scope, read_activity, read_order, read_product,
    required_scope,
};
pub use error::{Error, ErrorKind};
pub use http_transport::{HttpTransport, Picture, TimeLimits};
pub use rate_limit::RateLimit;
pub use transport::{HttpRequest, HttpResponse, Transport, TransportError};
