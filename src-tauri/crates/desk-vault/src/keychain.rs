//! Keeps secrets in the operating system's keychain, and never waits for it longer than a limit.

use std::sync::Arc;
use std::time::Duration;

use desk_model::Secret;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error as KeyringError};
use zeroize::Zeroizing;

use crate::platform;
use crate::turn::Turns;
use crate::vault::check_size;
use crate::{Error, Readiness, Vault, VaultKind};

/// How long a call may take that asks the seller nothing.
const LIMIT: Duration = Duration::from_secs(3);
/// How long the seller has to answer the operating system's prompt.
const PROMPT_LIMIT: Duration = Duration::from_secs(120);

/// The keychain of the logged-in user. Each call runs on a thread of its own: a locked or hung keychain holds up
/// neither the caller nor the end of the process.
pub struct KeychainVault {
    keychain: Arc<Keychain>,
    turns: Turns,
}

impl KeychainVault {
    /// Items are filed under `service` and the user `{profile}/{key}`. Talks to no keychain yet.
    pub fn new(service: &str, profile: &str) -> Self {
        let keychain = Keychain {
            service: service.to_owned(),
            profile: profile.to_owned(),
        };
        Self {
            keychain: Arc::new(keychain),
            turns: Turns::default(),
        }
    }

    fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Keychain) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let keychain = Arc::clone(&self.keychain);
        self.turns.run(LIMIT, limit, move || work(&keychain))
    }
}

impl Vault for KeychainVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Keychain
    }

    fn readiness(&self) -> Readiness {
        self.run(LIMIT, |keychain| Ok(keychain.readiness()))
            .unwrap_or_else(|error| Readiness::from(&error))
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        let key = key.to_owned();
        self.run(LIMIT, move |keychain| keychain.get(&key))
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        let (key, value) = (key.to_owned(), value.clone());
        self.run(LIMIT, move |keychain| keychain.set(&key, &value))
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        let key = key.to_owned();
        self.run(LIMIT, move |keychain| keychain.delete(&key))
    }

    fn unlock(&self, _passphrase: Option<&Secret>) -> Result<(), Error> {
        self.run(PROMPT_LIMIT, |keychain| keychain.unlock(None))
    }
}

/// The same without limits. It opens the platform's store anew for each call, so nothing of a failed start or of a
/// keychain that restarted is remembered.
struct Keychain {
    service: String,
    profile: String,
}

impl Keychain {
    fn entry(&self, key: &str) -> Result<Entry, Error> {
        let user = format!("{}/{key}", self.profile);
        platform::ensure_unlocked(&self.service, &user)?;
        platform::open()?
            .build(&self.service, &user, None)
            .map_err(failure)
    }
}

impl Vault for Keychain {
    fn kind(&self) -> VaultKind {
        VaultKind::Keychain
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        match self.entry(key)?.get_secret() {
            Ok(bytes) => secret(bytes).map(Some),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(failure(error)),
        }
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        check_size(value)?;
        self.entry(key)?
            .set_secret(value.expose().as_bytes())
            .map_err(failure)
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        match self.entry(key)?.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }

    fn unlock(&self, _passphrase: Option<&Secret>) -> Result<(), Error> {
        platform::unlock()
    }
}

fn secret(bytes: Vec<u8>) -> Result<Secret, Error> {
    let bytes = Zeroizing::new(bytes);
    std::str::from_utf8(&bytes)
        .map(Secret::new)
        .map_err(|_| Error::Damaged)
}

/// A keyring error's `Display` names no secret; its `Debug` may.
fn failure(error: KeyringError) -> Error {
    match error {
        KeyringError::NoStorageAccess(_) => Error::Locked,
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => Error::Damaged,
        other => Error::Other(other.to_string()),
    }
}
