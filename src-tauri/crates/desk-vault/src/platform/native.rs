//! macOS Keychain and Windows Credential Manager: open whenever the user is logged in, or they ask by themselves.

use std::sync::Arc;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use keyring_core::Entry;
use keyring_core::api::CredentialStoreApi;
#[cfg(target_os = "windows")]
use windows_native_keyring_store::Store;

use super::failure;
use crate::Error;

/// The system's store.
pub(crate) struct Session(Arc<Store>);

impl Session {
    /// Every user has one.
    pub(crate) fn open() -> Result<Self, Error> {
        Store::new().map(Self).map_err(|_| Error::Absent)
    }

    /// An item's handle. Neither system tells beforehand whether using it prompts.
    pub(crate) fn entry(&self, service: &str, user: &str) -> Result<Entry, Error> {
        self.0.build(service, user, None).map_err(failure)
    }

    /// Neither system needs to be told.
    pub(crate) fn unlock(&self) -> Result<(), Error> {
        Ok(())
    }
}
