//! The tables that are written through sea-orm: what is written seldom. They never leave the crate.

pub(crate) mod gateway_app;
pub(crate) mod pending_authorization;
pub(crate) mod setting;
pub(crate) mod shop;
pub(crate) mod sync_run;
