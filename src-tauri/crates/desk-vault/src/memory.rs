//! Keeps secrets for as long as this process runs.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use desk_model::Secret;

use crate::vault::check_size;
use crate::{Error, Vault, VaultKind};

/// A map in this process: *this session only*.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<HashMap<String, Secret>>);

impl MemoryVault {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    fn secrets(&self) -> MutexGuard<'_, HashMap<String, Secret>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Memory
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, Error> {
        Ok(self.secrets().get(key).cloned())
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), Error> {
        check_size(value)?;
        self.secrets().insert(key.to_owned(), value.clone());
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), Error> {
        self.secrets().remove(key);
        Ok(())
    }

    fn unlock(&self, _passphrase: Option<&Secret>) -> Result<(), Error> {
        Ok(())
    }
}
