//! Which vault a profile uses: chosen once, recorded in the database.

use std::sync::Arc;

use desk_store::Store;
use desk_vault::{KeychainVault, MemoryVault, PassphraseVault, Vault, VaultKind};

use crate::profile::Profile;

/// The passphrase file's name in the profile.
pub(crate) const PASSPHRASE_FILE: &str = "secrets.vault";

const KEY: &str = "vault";

/// The kind that the profile has chosen, if it has.
pub(crate) async fn recorded(store: &Store) -> Result<Option<VaultKind>, desk_store::Error> {
    Ok(store
        .setting(KEY)
        .await?
        .and_then(|word| VaultKind::parse(&word)))
}

/// Records the kind; the choice is the profile's from now on.
pub(crate) async fn record(store: &Store, kind: VaultKind) -> Result<(), desk_store::Error> {
    store.set_setting(KEY, kind.as_str()).await
}

/// Opens a profile's vault of this kind. Makes no call to it yet.
pub(crate) fn open(profile: &Profile, kind: VaultKind) -> Arc<dyn Vault> {
    match kind {
        VaultKind::Keychain => Arc::new(KeychainVault::new("seller-desk", &profile.hash())),
        VaultKind::Passphrase => {
            Arc::new(PassphraseVault::new(profile.folder().join(PASSPHRASE_FILE)))
        }
        VaultKind::Memory => Arc::new(MemoryVault::new()),
    }
}
