//! The passphrase file: what opens it, what it refuses, and what it looks like from outside.

use std::fs;
use std::path::PathBuf;
use std::thread;

use desk_vault::{Error, PassphraseVault, Readiness, Vault, VaultKind};
use tempfile::TempDir;

use crate::contract::{self, secret};

const PASSPHRASE: &str = "made-up passphrase";

/// A folder for the file, removed at the end of the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("secrets.vault")
    }

    fn vault(&self) -> PassphraseVault {
        PassphraseVault::new(self.file())
    }

    fn open(&self) -> PassphraseVault {
        let vault = self.vault();
        vault.unlock(Some(&secret(PASSPHRASE))).unwrap();
        vault
    }

    fn change(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(self.file()).unwrap();
        change(&mut bytes);
        fs::write(self.file(), bytes).unwrap();
    }
}

#[test]
fn keeps_the_contract() {
    let folder = Folder::new();
    let vault = folder.open();
    assert_eq!(vault.kind(), VaultKind::Passphrase);
    contract::holds_for(&vault);
    contract::shared_by(&vault, &folder.open());
}

#[test]
fn is_closed_until_the_passphrase_is_given() {
    let folder = Folder::new();
    folder.open().set("shop", &secret("made-up")).unwrap();

    let vault = folder.vault();
    assert_eq!(vault.readiness(), Readiness::Locked);
    assert!(matches!(vault.get("shop"), Err(Error::PassphraseNeeded)));
    assert!(matches!(
        vault.set("shop", &secret("other")),
        Err(Error::PassphraseNeeded)
    ));
    assert!(matches!(vault.delete("shop"), Err(Error::PassphraseNeeded)));
    assert!(matches!(vault.unlock(None), Err(Error::PassphraseNeeded)));
    assert!(matches!(
        vault.unlock(Some(&secret("another passphrase"))),
        Err(Error::PassphraseWrong)
    ));
    assert_eq!(vault.readiness(), Readiness::Locked);

    vault.unlock(Some(&secret(PASSPHRASE))).unwrap();
    assert_eq!(vault.get("shop").unwrap(), Some(secret("made-up")));
}

#[test]
fn a_new_passphrase_has_at_least_eight_characters() {
    let folder = Folder::new();
    assert!(matches!(
        folder.vault().unlock(Some(&secret("一二三四五六七"))),
        Err(Error::PassphraseTooShort)
    ));
    assert!(!folder.file().exists());
    folder
        .vault()
        .unlock(Some(&secret("一二三四五六七八")))
        .unwrap();
    assert!(folder.file().exists());
}

#[test]
fn a_damaged_file_is_not_mistaken_for_a_wrong_passphrase() {
    let damages: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.clear(),
        |bytes| bytes[0] ^= 1,
        |bytes| bytes.truncate(70),
        // A header that asks for more memory than any machine has.
        |bytes| bytes[8..12].fill(0xff),
    ];
    for damage in damages {
        let folder = Folder::new();
        folder.open();
        folder.change(damage);
        assert!(matches!(
            folder.vault().unlock(Some(&secret(PASSPHRASE))),
            Err(Error::Damaged)
        ));
    }
}

#[test]
fn an_open_vault_notices_what_happens_to_its_file() {
    let folder = Folder::new();
    let vault = folder.open();
    vault.set("shop", &secret("made-up")).unwrap();

    folder.change(|bytes| *bytes.last_mut().unwrap() ^= 1);
    assert!(matches!(vault.get("shop"), Err(Error::Damaged)));
    assert!(matches!(
        vault.set("shop", &secret("other")),
        Err(Error::Damaged)
    ));

    fs::remove_file(folder.file()).unwrap();
    assert!(matches!(vault.get("shop"), Err(Error::Absent)));
    assert_eq!(vault.readiness(), Readiness::Absent);

    folder.open();
    assert!(matches!(vault.get("shop"), Err(Error::PassphraseNeeded)));
}

#[test]
fn the_file_gives_nothing_away() {
    let folder = Folder::new();
    let vault = folder.open();
    vault.set("canary-key", &secret("made-up-canary")).unwrap();
    let first = fs::read(folder.file()).unwrap();
    for word in ["canary", "made-up", PASSPHRASE] {
        assert!(
            !first
                .windows(word.len())
                .any(|bytes| bytes == word.as_bytes()),
            "{word}"
        );
    }

    vault.set("canary-key", &secret("made-up-canary")).unwrap();
    let second = fs::read(folder.file()).unwrap();
    assert_eq!(first[..36], second[..36], "the header stays");
    assert_ne!(
        first[36..60],
        second[36..60],
        "the nonce is new with each write"
    );
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let vault = folder.open();
    for value in ["made-up-1", "made-up-2"] {
        vault.set("shop", &secret(value)).unwrap();
        assert_eq!(
            fs::metadata(folder.file()).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn two_processes_lose_none_of_each_others_writes() {
    let folder = Folder::new();
    let (one, other) = (folder.open(), folder.open());
    thread::scope(|scope| {
        for (vault, name) in [(&one, "one"), (&other, "other")] {
            scope.spawn(move || {
                (0..20).for_each(|n| {
                    vault
                        .set(&format!("{name}-{n}"), &secret("made-up"))
                        .unwrap()
                })
            });
        }
    });
    for n in 0..20 {
        assert!(one.get(&format!("other-{n}")).unwrap().is_some());
        assert!(other.get(&format!("one-{n}")).unwrap().is_some());
    }
}
