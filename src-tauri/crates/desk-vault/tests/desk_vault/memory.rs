//! The vault that keeps secrets for this session only.

use desk_vault::{MemoryVault, Vault, VaultKind};

use crate::contract::{self, secret};

#[test]
fn keeps_the_contract() {
    let vault = MemoryVault::new();
    assert_eq!(vault.kind(), VaultKind::Memory);
    vault.unlock(None).unwrap();
    contract::holds_for(&vault);
}

#[test]
fn debug_hides_secrets() {
    let vault = MemoryVault::new();
    vault.set("shop", &secret("made-up-canary")).unwrap();
    let shown = format!("{vault:?}");
    assert!(
        shown.contains("shop") && !shown.contains("canary"),
        "{shown}"
    );
}
