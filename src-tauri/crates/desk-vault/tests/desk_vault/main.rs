//! One contract, kept by all three vaults, and what each promises besides.
#![allow(clippy::unwrap_used)]

mod contract;
#[cfg(target_os = "linux")]
mod keychain;
mod memory;
mod passphrase;
#[cfg(target_os = "linux")]
mod private_bus;
