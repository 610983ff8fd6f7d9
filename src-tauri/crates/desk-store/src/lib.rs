//! Remembers: SQLite behind plain Rust types.
