//! The crate from outside: a scripted network with a virtual clock, real sockets, and the stand-in platform over HTTP.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod answers;
mod authorization;
mod calls;
mod corpus;
mod drift;
mod guide_rows;
mod http;
mod open_platform_rows;
mod pacing;
mod sandbox;
mod scripted;
