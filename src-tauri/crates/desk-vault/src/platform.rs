//! The keychain of this operating system.

#[cfg(any(target_os = "macos", target_os = "windows"))]
mod native;
#[cfg(target_os = "linux")]
mod secret_service;

#[cfg(any(target_os = "macos", target_os = "windows"))]
pub(crate) use native::Session;
#[cfg(target_os = "linux")]
pub(crate) use secret_service::Session;

use keyring_core::Error as KeyringError;

use crate::Error;

/// A keyring error's `Display` names no secret; its `Debug` may.
pub(crate) fn failure(error: KeyringError) -> Error {
    match error {
        KeyringError::NoStorageAccess(_) => Error::Locked,
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => Error::Damaged,
        other => Error::Other(other.to_string()),
    }
}
