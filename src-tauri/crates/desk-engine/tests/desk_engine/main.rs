//! The engine against the stand-in platform, in one process: pure sandbox as the network, virtual clock, real SQLite file.

mod authorize;
mod schedule;
mod simulation;
mod sync;
mod tokens;
mod world;
