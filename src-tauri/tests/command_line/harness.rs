//! What every test stands on: a platform, and the program with a profile.

mod desk;
mod outcome;
mod platform;

pub(crate) use desk::{Desk, PASSPHRASE, credentials, files_below, interrupt, start_with};
pub(crate) use outcome::explained;
pub(crate) use platform::{BOTH, Platform, US, dialect_word};
