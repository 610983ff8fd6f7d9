//! The verbs: authorize, refresh, sync, disconnect. Decides the order of effects; knows no window and no wire format.
//!
//! Writes go through here; reads go straight to `desk-store`.

mod apps;
mod authorize;
mod callback;
mod census;
mod credentials;
mod engine;
mod error;
mod failure;
mod grants;
mod loopback;
mod orders;
mod paste;
mod renewal;
mod report;
mod resource_run;
mod schedule;
mod session;
mod shops;
mod sync;

pub use apps::AppInput;
pub use authorize::{Completion, Landing, StartedAuthorization};
pub use callback::{CALLBACK_URL, Callback, CallbackAnswer, parse_callback};
pub use engine::{Connect, Engine};
pub use error::Error;
pub use failure::{ErrorCode, Failure};
pub use paste::PastedShops;
pub use report::{DataState, ShopSummary, SyncEvent, SyncProgress};
pub use schedule::{Schedule, Scheduler};
pub use shops::{Connection, TokenInput};
