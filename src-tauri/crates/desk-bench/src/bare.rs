//! The loops that the app is held against: rusqlite, prepared statements, the store's own tables and indexes, and nothing else.

mod export;
mod find_then_write;
mod layout;
mod mapper;
mod rows;
mod sync;
mod writer;

pub(crate) use export::export_orders;
pub(crate) use find_then_write::FindThenWrite;
pub(crate) use mapper::Mapper;
pub(crate) use rows::{BareRow, Source, difference};
pub(crate) use sync::BareSync;
pub(crate) use writer::BareWriter;
