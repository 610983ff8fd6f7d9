//! The keychain of this operating system.

#[cfg(target_os = "linux")]
mod secret_service;
#[cfg(target_os = "linux")]
pub(crate) use secret_service::{ensure_unlocked, open, unlock};

#[cfg(any(target_os = "macos", target_os = "windows"))]
mod native;
#[cfg(any(target_os = "macos", target_os = "windows"))]
pub(crate) use native::{ensure_unlocked, open, unlock};
