//! Keeps secrets: OS keychain, passphrase file or memory.
