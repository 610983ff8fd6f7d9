//! The freedesktop Secret Service: GNOME Keyring, KWallet, KeePassXC.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use keyring_core::Entry;
use keyring_core::api::CredentialStoreApi;
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error as ServiceError};
use zbus_secret_service_keyring_store::Store;

use super::failure;
use crate::Error;

/// What D-Bus calls the collection new items go to.
const DEFAULT: &str = "default";

/// Connections to the keychain: one to see whether it is locked, which carries no secret, and the store's.
pub(crate) struct Session {
    service: SecretService<'static>,
    store: Arc<Store>,
}

impl Session {
    /// Without a bus, or a keychain on it, connecting is what fails.
    pub(crate) fn open() -> Result<Self, Error> {
        let service = SecretService::connect(EncryptionType::Plain).map_err(absent)?;
        let store = Store::new().map_err(absent)?;
        Ok(Self { service, store })
    }

    /// An item's handle; `Locked` when using it would prompt. The store unlocks by itself the items it finds and the
    /// collection it writes to, so it must not be asked while either is locked.
    pub(crate) fn entry(&self, service: &str, user: &str) -> Result<Entry, Error> {
        let collection = self.service.get_default_collection().map_err(refusal)?;
        let items = HashMap::from([("service", service), ("username", user)]);
        let found = self.service.search_items(items).map_err(refusal)?;
        if collection.is_locked().map_err(refusal)? || !found.locked.is_empty() {
            return Err(Error::Locked);
        }
        self.store.build(service, user, None).map_err(failure)
    }

    /// Has the keychain ask the seller for its password, or for a new one when there is no collection yet.
    pub(crate) fn unlock(&self) -> Result<(), Error> {
        match self.service.get_default_collection() {
            Err(ServiceError::NoResult) => {
                self.service.create_collection("Default", DEFAULT).map(drop)
            }
            collection => collection.and_then(|collection| collection.unlock()),
        }
        .map_err(refusal)
    }
}

fn absent(error: impl Display) -> Error {
    tracing::debug!(%error, "no keychain");
    Error::Absent
}

/// No default collection counts as locked: unlocking creates it.
fn refusal(error: ServiceError) -> Error {
    match error {
        ServiceError::Locked | ServiceError::NoResult | ServiceError::Prompt => Error::Locked,
        other => Error::Other(other.to_string()),
    }
}
