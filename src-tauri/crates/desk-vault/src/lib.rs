//! Keeps secrets: OS keychain, passphrase file or memory.

mod error;
mod keychain;
mod memory;
mod passphrase;
mod platform;
mod sealed;
mod turn;
mod vault;

pub use error::Error;
pub use keychain::KeychainVault;
pub use memory::MemoryVault;
pub use passphrase::PassphraseVault;
pub use vault::{MAX_SECRET_BYTES, Readiness, Vault, VaultKind};
