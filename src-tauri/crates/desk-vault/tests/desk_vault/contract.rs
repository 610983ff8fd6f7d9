//! What every vault does, whatever it keeps secrets in.

use desk_model::Secret;
use desk_vault::{Error, MAX_SECRET_BYTES, Readiness, Vault};

pub(crate) fn secret(value: &str) -> Secret {
    Secret::new(value)
}

/// Holds an open, empty vault to the contract.
pub(crate) fn holds_for(vault: &dyn Vault) {
    assert_eq!(vault.readiness(), Readiness::Ready);
    keeps_what_it_is_given(vault);
    forgets_what_it_is_told_to(vault);
    refuses_what_a_keychain_item_cannot_hold(vault);
    assert_eq!(vault.readiness(), Readiness::Ready);
}

/// Holds two handles to the same secrets to seeing each other's writes.
pub(crate) fn shared_by(one: &dyn Vault, other: &dyn Vault) {
    one.set("shared", &secret("made-up-1")).unwrap();
    assert_eq!(other.get("shared").unwrap(), Some(secret("made-up-1")));
    other.set("shared", &secret("made-up-2")).unwrap();
    assert_eq!(one.get("shared").unwrap(), Some(secret("made-up-2")));
    one.delete("shared").unwrap();
    assert_eq!(other.get("shared").unwrap(), None);
}

fn keeps_what_it_is_given(vault: &dyn Vault) {
    assert_eq!(vault.get("shop/1/1").unwrap(), None);
    vault.set("shop/1/1", &secret("made-up-token")).unwrap();
    vault
        .set(
            "shop/1/2",
            &secret(r#"{"name":"小店 \"A\"","token":"made-up"}"#),
        )
        .unwrap();
    assert_eq!(
        vault.get("shop/1/1").unwrap(),
        Some(secret("made-up-token"))
    );
    assert_eq!(
        vault.get("shop/1/2").unwrap(),
        Some(secret(r#"{"name":"小店 \"A\"","token":"made-up"}"#))
    );
    assert_eq!(vault.get("shop/1").unwrap(), None);

    vault.set("shop/1/1", &secret("made-up-successor")).unwrap();
    assert_eq!(
        vault.get("shop/1/1").unwrap(),
        Some(secret("made-up-successor"))
    );
}

fn forgets_what_it_is_told_to(vault: &dyn Vault) {
    vault.set("short-lived", &secret("made-up")).unwrap();
    vault.set("long-lived", &secret("made-up")).unwrap();
    vault.delete("short-lived").unwrap();
    vault.delete("short-lived").unwrap();
    assert_eq!(vault.get("short-lived").unwrap(), None);
    assert_eq!(vault.get("long-lived").unwrap(), Some(secret("made-up")));
}

fn refuses_what_a_keychain_item_cannot_hold(vault: &dyn Vault) {
    let largest = secret(&"x".repeat(MAX_SECRET_BYTES));
    vault.set("large", &largest).unwrap();
    let too_large = secret(&"é".repeat(MAX_SECRET_BYTES / 2 + 1));
    assert!(matches!(
        vault.set("large", &too_large),
        Err(Error::TooLarge)
    ));
    assert_eq!(vault.get("large").unwrap(), Some(largest));
}
