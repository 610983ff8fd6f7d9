//! The freedesktop Secret Service: GNOME Keyring, KWallet, KeePassXC.

use std::collections::HashMap;
use std::sync::Arc;

use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error as ServiceError};
use zbus_secret_service_keyring_store::Store;

use crate::Error;

/// What D-Bus calls the collection new items go to.
const DEFAULT: &str = "default";

/// The store that builds entries.
pub(crate) fn open() -> Result<Arc<Store>, Error> {
    Store::new().map_err(|_| Error::Absent)
}

/// `Locked` when the store would have to prompt: it unlocks by itself the items it finds and the collection it
/// writes to, so it must not be asked while either is locked.
pub(crate) fn ensure_unlocked(service: &str, user: &str) -> Result<(), Error> {
    let keychain = connect()?;
    if keychain
        .get_default_collection()
        .and_then(|collection| collection.is_locked())
        .map_err(failure)?
    {
        return Err(Error::Locked);
    }
    let items = HashMap::from([("service", service), ("username", user)]);
    if keychain
        .search_items(items)
        .map_err(failure)?
        .locked
        .is_empty()
    {
        Ok(())
    } else {
        Err(Error::Locked)
    }
}

/// Has the keychain ask the seller for its password, or for a new one when there is no collection yet.
pub(crate) fn unlock() -> Result<(), Error> {
    let keychain = connect()?;
    match keychain.get_default_collection() {
        Err(ServiceError::NoResult) => keychain.create_collection("Default", DEFAULT).map(drop),
        collection => collection.and_then(|collection| collection.unlock()),
    }
    .map_err(failure)
}

/// Without a bus or a keychain on it, connecting is what fails. Nothing secret crosses this connection.
fn connect() -> Result<SecretService<'static>, Error> {
    SecretService::connect(EncryptionType::Plain).map_err(|error| {
        tracing::debug!(%error, "no secret service");
        Error::Absent
    })
}

/// No default collection counts as locked: unlocking creates it.
fn failure(error: ServiceError) -> Error {
    match error {
        ServiceError::Locked | ServiceError::NoResult | ServiceError::Prompt => Error::Locked,
        other => Error::Other(other.to_string()),
    }
}
