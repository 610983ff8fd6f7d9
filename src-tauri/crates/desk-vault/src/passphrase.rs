//! Keeps secrets in a file sealed with a passphrase, for machines without a keychain.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use desk_model::Secret;
use zeroize::Zeroizing;

use crate::sealed::{self, Secrets, SessionKey};
use crate::vault::check_size;
use crate::{Error, Vault, VaultKind};

/// How short a new passphrase may be, in characters.
const SHORTEST_PASSPHRASE: usize = 8;

/// One file holding all secrets. `unlock` derives its key and keeps it for this session; every call reads the file
/// anew and holds its lock, so that two processes see each other's writes and lose none.
pub struct PassphraseVault {
    file: PathBuf,
    key: Mutex<Option<SessionKey>>,
}

impl PassphraseVault {
    /// Over `file`, in a folder that exists; the file itself need not.
    pub fn new(file: PathBuf) -> Self {
        Self {
            file,
            key: Mutex::new(None),
        }
    }

    fn key(&self) -> MutexGuard<'_, Option<SessionKey>> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the secrets under the file's lock; `change` says whether there is anything to write.
    fn update(&self, change: impl FnOnce(&mut Secrets) -> bool) -> Result<(), Error> {
        let key = self.key();
        let key = key.as_ref().ok_or(Error::PassphraseNeeded)?;
        let _locked = lock(&self.file)?;
        let mut secrets = key.read(&self.file)?;
        if change(&mut secrets) {
            key.write(&self.file, &secrets)
        } else {
            Ok(())
        }
    }
}

impl Vault for PassphraseVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Passphrase
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        let session = self.key();
        let secrets = session
            .as_ref()
            .ok_or(Error::PassphraseNeeded)?
            .read(&self.file)?;
        Ok(secrets.get(key).map(|value| Secret::new(value.as_str())))
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        check_size(value)?;
        self.update(|secrets| {
            secrets.insert(key.to_owned(), Zeroizing::new(value.expose().to_owned()));
            true
        })
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        self.update(|secrets| secrets.remove(key).is_some())
    }

    fn unlock(&self, passphrase: Option<&Secret>) -> Result<(), Error> {
        let passphrase = passphrase.ok_or(Error::PassphraseNeeded)?;
        let _locked = lock(&self.file)?;
        let key = if self.file.try_exists()? {
            sealed::open(&self.file, passphrase)?
        } else {
            if passphrase.expose().chars().count() < SHORTEST_PASSPHRASE {
                return Err(Error::PassphraseTooShort);
            }
            sealed::create(&self.file, passphrase)?
        };
        *self.key() = Some(key);
        Ok(())
    }
}

/// Keeps other processes from writing until dropped. The lock is a file beside the vault's, which is replaced whole.
fn lock(file: &Path) -> Result<File, Error> {
    let lock = File::options()
        .create(true)
        .append(true)
        .open(file.with_added_extension("lock"))?;
    lock.lock()?;
    Ok(lock)
}
