//! The nouns of Seller Desk, shared by every other crate: no I/O, no async, no platform's wire format.
//!
//! Rows (`Order`, `Product`, `Activity`) serialise to the JSON that the command line prints and the window reads.

mod activity;
mod change;
mod clock;
mod gateway;
mod ids;
mod money;
mod order;
mod page;
mod product;
mod quarantined;
mod query;
mod secret;
mod shop;
mod sync;
mod totals;

pub use activity::{Activity, ActivityItem, ActivityStatus};
pub use change::{Change, Tag};
pub use clock::{Clock, UnixSeconds};
pub use gateway::{BaseUrlError, Dialect, Gateway, GatewayApp, GatewayAppId, normalize_base_url};
pub use ids::{ActivityId, OrderSn, ProductId, ShopId, SkuId};
pub use money::{Currency, Money, ParseMoneyError};
pub use order::{AmountState, Order, OrderItem, OrderStatus, StatusSeen};
pub use page::{Fetched, Page, Unreadable};
pub use product::{Product, ProductStatus, Sku};
pub use quarantined::Quarantined;
pub use query::{AmountRange, CountRange, DateRange, ListQuery, Resource, ShipRisk, SortColumn};
pub use secret::Secret;
pub use shop::{Authorization, MallType, Shop, TokenState};
pub use sync::{PageCounts, ResourceCounts, RunResult, SyncRun, SyncTask, SyncTrigger};
pub use totals::{DayTotal, ReadOrderTotals, ReadTopSkus, SkuTotal};
