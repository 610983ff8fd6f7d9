//! The engine against the stand-in platform, in one process: pure sandbox as the network, virtual clock, real SQLite file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod amounts;
mod authorize;
mod backfill;
mod canceling;
mod census;
mod check;
mod corpus;
mod cursor;
mod drift;
mod intervals;
mod kill;
mod lies;
mod mirror;
mod removal;
mod retention;
mod schedule;
mod secrets;
mod simulation;
mod sweeps;
mod sync;
mod token_faults;
mod tokens;
mod vault_faults;
mod virtual_clock;
mod world;
