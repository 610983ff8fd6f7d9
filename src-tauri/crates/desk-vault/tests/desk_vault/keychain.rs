//! The keychain vault against a real gnome-keyring: ready, locked, absent, slow.

use std::env;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use desk_vault::{Error, KeychainVault, Readiness, Vault, VaultKind};

use crate::contract::{self, secret};
use crate::private_bus::{self, Keyring, Watch};

/// The limit of 3 s and some room for a busy machine.
const SLOW: Duration = Duration::from_secs(4);
const AT_ONCE: Duration = Duration::from_secs(1);

fn vault() -> KeychainVault {
    KeychainVault::new("seller-desk-test", "made-up-profile")
}

fn timed<T>(call: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    (call(), started.elapsed())
}

#[test]
fn keeps_the_contract() {
    private_bus::with_a_bus("keychain::keeps_the_contract", || {
        let _keyring = Keyring::start();
        let vault = vault();
        assert_eq!(vault.kind(), VaultKind::Keychain);
        vault.unlock(None).unwrap();
        contract::holds_for(&vault);
        contract::shared_by(&vault, &self::vault());

        vault.set("shop", &secret("made-up")).unwrap();
        assert_eq!(
            KeychainVault::new("seller-desk-test", "other-profile")
                .get("shop")
                .unwrap(),
            None
        );
    });
}

#[test]
fn no_bus_is_absent() {
    private_bus::without_a_bus("keychain::no_bus_is_absent", || {
        let vault = vault();
        assert_eq!(vault.readiness(), Readiness::Absent);
        assert!(matches!(vault.get("shop"), Err(Error::Absent)));
        assert!(matches!(
            vault.set("shop", &secret("made-up")),
            Err(Error::Absent)
        ));
        assert!(matches!(vault.unlock(None), Err(Error::Absent)));
    });
}

#[test]
fn a_keyring_may_come_and_go() {
    private_bus::with_a_bus("keychain::a_keyring_may_come_and_go", || {
        let vault = vault();
        assert_eq!(vault.readiness(), Readiness::Absent);
        assert!(matches!(vault.get("shop"), Err(Error::Absent)));

        let keyring = Keyring::start();
        assert_eq!(vault.readiness(), Readiness::Ready);
        vault.set("shop", &secret("made-up")).unwrap();

        drop(keyring);
        assert_eq!(vault.readiness(), Readiness::Absent);

        let _keyring = Keyring::start();
        assert_eq!(vault.get("shop").unwrap(), Some(secret("made-up")));
    });
}

#[test]
fn a_locked_keyring_prompts_only_when_told_to() {
    private_bus::with_a_bus(
        "keychain::a_locked_keyring_prompts_only_when_told_to",
        || {
            let keyring = Keyring::start();
            let vault = vault();
            vault.set("shop", &secret("made-up")).unwrap();
            let mut watch = Watch::locks_and_prompts();
            keyring.lock();

            assert_eq!(vault.readiness(), Readiness::Locked);
            assert!(matches!(vault.get("shop"), Err(Error::Locked)));
            assert!(matches!(vault.get("no-such-key"), Err(Error::Locked)));
            assert!(matches!(
                vault.set("shop", &secret("other")),
                Err(Error::Locked)
            ));
            assert!(matches!(vault.delete("shop"), Err(Error::Locked)));

            // This session has nobody to show a prompt, which counts as dismissed.
            keyring.lock();
            assert!(matches!(vault.unlock(None), Err(Error::Locked)));
            assert_eq!(
                [watch.next(), watch.next(), watch.next()],
                ["Lock", "Lock", "Prompt"]
            );

            drop(keyring);
            let _keyring = Keyring::start();
            assert_eq!(vault.get("shop").unwrap(), Some(secret("made-up")));
        },
    );
}

#[test]
fn a_hung_keyring_is_slow_until_it_answers() {
    private_bus::with_a_bus("keychain::a_hung_keyring_is_slow_until_it_answers", || {
        let keyring = Keyring::start();
        let vault = vault();
        vault.set("shop", &secret("made-up")).unwrap();
        keyring.stop();

        let (readiness, took) = timed(|| vault.readiness());
        assert_eq!(readiness, Readiness::Slow);
        assert!(took < SLOW, "{took:?}");

        // The first call still hangs: the others neither wait for it nor start threads of their own.
        let threads = threads_of_this_process();
        for _ in 0..20 {
            let (answer, took) = timed(|| vault.get("shop"));
            assert!(matches!(answer, Err(Error::Slow)));
            assert!(took < AT_ONCE, "{took:?}");
        }
        assert!(threads_of_this_process() <= threads);

        keyring.go_on();
        let (_, took) = timed(|| {
            while vault.readiness() != Readiness::Ready {
                thread::yield_now();
            }
        });
        assert!(took < SLOW, "{took:?}");
        assert_eq!(vault.get("shop").unwrap(), Some(secret("made-up")));
    });
}

#[test]
fn a_hung_keyring_does_not_hold_up_the_exit() {
    const TEST: &str = "keychain::a_hung_keyring_does_not_hold_up_the_exit";
    const ASK_AND_EXIT: &str = "SELLER_DESK_TEST_ASK_AND_EXIT";
    private_bus::with_a_bus(TEST, || {
        if env::var_os(ASK_AND_EXIT).is_some() {
            assert!(matches!(vault().get("shop"), Err(Error::Slow)));
            return;
        }
        let keyring = Keyring::start();
        keyring.stop();
        let (output, took) = timed(|| private_bus::once_more(TEST, ASK_AND_EXIT).output().unwrap());
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
        assert!(took < SLOW, "{took:?}");
    });
}

fn threads_of_this_process() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}
