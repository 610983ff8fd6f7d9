//! What every vault can do.

use desk_model::Secret;
use serde::{Deserialize, Serialize};

use crate::Error;

/// The longest secret any vault takes, in bytes: what a Windows credential holds.
pub const MAX_SECRET_BYTES: usize = 2_560;

/// Keeps secrets under keys. Calls block: a keychain's for at most 3 s, or 120 s for `unlock`; a file's for as long as
/// reading and writing it takes, and for `unlock` the fraction of a second its key costs.
pub trait Vault: Send + Sync {
    /// Which of the three stores this is.
    fn kind(&self) -> VaultKind;

    /// Writes a made-up secret, reads it back and deletes it, so that *ready* means it will keep the next one.
    fn readiness(&self) -> Readiness {
        match self_test(self) {
            Ok(()) => Readiness::Ready,
            Err(error) => {
                tracing::warn!(vault = self.kind().as_str(), %error, "the vault is not ready");
                Readiness::from(&error)
            }
        }
    }

    /// The secret under `key`; none when there is none. Never asks the seller for anything.
    fn get(&self, key: &str) -> Result<Option<Secret>, Error>;

    /// Keeps `value` under `key`, in place of an earlier one.
    fn set(&self, key: &str, value: &Secret) -> Result<(), Error>;

    /// Forgets what is under `key`; fine when there is nothing.
    fn delete(&self, key: &str) -> Result<(), Error>;

    /// Opens the vault for this session. A passphrase file takes the passphrase and is created when absent; a keychain
    /// needs none and has the operating system ask.
    fn unlock(&self, passphrase: Option<&Secret>) -> Result<(), Error>;
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VaultKind {
    /// The operating system's keychain.
    Keychain,
    /// A file sealed with a passphrase.
    Passphrase,
    /// This process alone.
    Memory,
}

impl VaultKind {
    /// The word for it on the command line and in the profile.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keychain => "keychain",
            Self::Passphrase => "passphrase",
            Self::Memory => "memory",
        }
    }

    /// The kind behind a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Keychain, Self::Passphrase, Self::Memory]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// Whether a vault keeps secrets right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Readiness {
    /// It does.
    Ready,
    /// It will once it is unlocked.
    Locked,
    /// There is none, or it cannot be used.
    Absent,
    /// It does not answer in time.
    Slow,
}

impl From<&Error> for Readiness {
    fn from(error: &Error) -> Self {
        match error {
            Error::Locked
            | Error::PassphraseNeeded
            | Error::PassphraseWrong
            | Error::PassphraseTooShort => Self::Locked,
            Error::Slow => Self::Slow,
            Error::Absent | Error::TooLarge | Error::Damaged | Error::Io(_) | Error::Other(_) => {
                Self::Absent
            }
        }
    }
}

/// Refuses a secret that not every vault could keep, so that all vaults behave the same.
pub(crate) fn check_size(value: &Secret) -> Result<(), Error> {
    if value.expose().len() > MAX_SECRET_BYTES {
        Err(Error::TooLarge)
    } else {
        Ok(())
    }
}

/// `readiness` in full. The key is random, so that two processes testing at once do not meet.
fn self_test<V: Vault + ?Sized>(vault: &V) -> Result<(), Error> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| Error::Other(error.to_string()))?;
    let mark = hex::encode(random);
    let key = format!("self-test-{mark}");
    let value = Secret::new(mark);
    vault.set(&key, &value)?;
    let read_back = vault.get(&key);
    vault.delete(&key)?;
    if read_back? == Some(value) {
        Ok(())
    } else {
        Err(Error::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_keep_their_words() {
        for kind in [
            VaultKind::Keychain,
            VaultKind::Passphrase,
            VaultKind::Memory,
        ] {
            assert_eq!(VaultKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!(VaultKind::parse("Keychain"), None);
    }
}
