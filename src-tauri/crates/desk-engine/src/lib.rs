//! The verbs: authorize, refresh, sync, disconnect. Decides the order of effects; knows no window and no wire format.
//!
//! Writes go through here; reads go straight to `desk-store`.

mod amounts;
mod apps;
mod authorize;
mod backfill;
mod breaker;
mod callback;
mod census;
mod census_row;
mod check;
mod check_report;
mod credentials;
mod engine;
mod error;
mod failure;
mod grants;
mod jobs;
mod list;
mod loopback;
mod maintenance;
mod open_orders;
mod orders;
mod paste;
mod pause;
mod plan;
mod quarantine;
mod random;
mod removal;
mod renewal;
mod report;
mod resource_run;
mod retention;
mod schedule;
mod session;
mod shops;
mod sweep;
mod sync;
mod tally;
mod vanished;
mod window;

pub use apps::AppInput;
pub use authorize::{Completion, Landing, StartedAuthorization};
pub use callback::{CALLBACK_URL, Callback, CallbackAnswer, parse_callback};
pub use check_report::{CheckReport, FoundRows, ResourceCheck};
pub use engine::{Connect, Engine};
pub use error::Error;
pub use failure::{ErrorCode, Failure};
pub use paste::{Pasted, PastedShops, parse_pasted};
pub use plan::{AutomaticState, WaitingShop};
pub use quarantine::Reread;
pub use report::{DataState, ShopSummary, SyncEvent, SyncProgress};
pub use schedule::{Intervals, Schedule, Scheduler};
pub use shops::{Connection, TokenInput};
pub use tokio_util::sync::CancellationToken;
