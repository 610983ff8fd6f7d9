//! The tables as sea-orm sees them. They serve writes only and never leave the crate.

pub(crate) mod activity;
pub(crate) mod activity_item;
pub(crate) mod gateway_app;
pub(crate) mod order;
pub(crate) mod order_item;
pub(crate) mod order_status_seen;
pub(crate) mod pending_authorization;
pub(crate) mod picture;
pub(crate) mod product;
pub(crate) mod quarantine;
pub(crate) mod raw_payload;
pub(crate) mod setting;
pub(crate) mod shop;
pub(crate) mod sku;
pub(crate) mod sync_checkpoint;
pub(crate) mod sync_run;
