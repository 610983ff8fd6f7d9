//! Writes orders, products and activities into files that spreadsheets open: XLSX and CSV.
//!
//! It reads no database: whoever exports hands rows over in batches, and the words of headers and cells with them. Memory stays the same
//! however many rows come. A file appears under its name only when it is whole.

mod activities;
mod cell;
mod column;
mod csv_sheet;
mod error;
mod export;
mod format;
mod orders;
mod output;
mod products;
mod target;
mod wording;
mod xlsx_sheet;

pub use activities::ActivityColumn;
pub use column::Columns;
pub use error::Error;
pub use export::{Export, Rows, Table};
pub use format::ExportFormat;
pub use orders::OrderColumn;
pub use output::Stop;
pub use products::ProductColumn;
pub use target::{IfTaken, Target};
pub use wording::Wording;
