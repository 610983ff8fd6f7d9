//! Exports as those see them who open the files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod builders;
mod cells;
mod csv_files;
mod files;
mod full_disk;
mod xlsx_files;
