//! What can go wrong with a vault.

use std::io;

/// Why a vault did not do as asked. No variant carries a secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The keychain is locked, or the seller dismissed its prompt.
    #[error("the keychain is locked")]
    Locked,
    /// There is no keychain to talk to, or the passphrase file is gone.
    #[error("there is no vault to keep secrets in")]
    Absent,
    /// The keychain did not answer in time. A write or deletion may still happen later.
    #[error("the keychain does not answer")]
    Slow,
    /// The passphrase file is not open in this session.
    #[error("a passphrase is needed")]
    PassphraseNeeded,
    /// The passphrase does not open the file.
    #[error("the passphrase is wrong")]
    PassphraseWrong,
    /// A new passphrase has fewer than 8 characters.
    #[error("the passphrase is too short: it needs at least 8 characters")]
    PassphraseTooShort,
    /// The secret is longer than [`MAX_SECRET_BYTES`](crate::MAX_SECRET_BYTES).
    #[error("the secret is too large for a keychain item")]
    TooLarge,
    /// What is stored is not what a vault writes.
    #[error("the stored secrets are damaged")]
    Damaged,
    /// The passphrase file could not be read or written.
    #[error("cannot read or write the vault: {0}")]
    Io(#[from] io::Error),
    /// Anything else the store reports, in its own words.
    #[error("the vault failed: {0}")]
    Other(String),
}
