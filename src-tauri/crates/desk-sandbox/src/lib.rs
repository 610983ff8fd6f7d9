//! A strict stand-in for both platforms: the guide dialect (HMAC, refresh tokens) and the open platform (MD5, router).
//!
//! [`Sandbox`] is a pure core: the same seed and the same calls give the same bytes. It has no clock and no I/O; a
//! client talks to [`Sandbox::handle`] directly, or over HTTP through the `server` module (feature `server`). It shares
//! no code with the client, so that neither can hide a mistake of the other.
//!
//! Where the documents leave a choice, this is how the stand-in decides:
//! - Guide, missing scope: 1003 with `access_token lacks scope {endpoint}`; the code table has no code of its own.
//! - Guide, 1002: the message tells `access_token expired`, `revoked` and `unknown` apart.
//! - Guide, partially received orders are `SHIPPED`; an unlisted status is `STATUS_{code}`. An activity's `type` is a
//!   word: `LIGHTNING_DEAL`, `ADVANCED_BIG_SALE`, `CLEARANCE_DEAL`, `OFFICIAL_BIG_SALE`.
//! - Open platform, a revoked token is 3000031, an expired or superseded one 3000034.
//! - Open platform, goods calls of a semi- or full-managed shop answer 150010105, promotion calls 220010001.
//! - Open platform, the route prefixes `/us`, `/eu` and `/global` answer 3000033 to a token of another region.
//! - `fulfillmentTypeList` left out means seller-fulfilled only in the list; the detail call then finds any order.
//! - An activity filter by time finds what overlaps the window.

mod admin;
mod alter;
mod body;
mod consent;
mod credentials;
mod error;
mod fault;
mod guide;
mod http;
mod log;
mod open_platform;
mod paging;
mod picture;
mod random;
mod reveal;
mod sandbox;
#[cfg(feature = "server")]
pub mod server;
mod signature;
mod state;
mod tokens;
mod view;
mod world;

pub use alter::{OrderChange, ProductChange};
pub use credentials::{AppCredentials, Credentials, ShopCredentials};
pub use error::Error;
pub use fault::{Fault, FaultKind, WireFault};
pub use http::{Request, Response};
pub use log::ApiCall;
pub use paging::{PagingLie, PagingLieKind};
pub use reveal::{OrderDigest, Truth};
pub use sandbox::{Dialect, Sandbox, SandboxOptions};
pub use signature::sign;
pub use world::{MallType, Size};
