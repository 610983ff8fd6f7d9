//! The window comes up whatever the keychain does, and says what is the matter.

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::window::Window;
use crate::steps;

fn see_banner(window: &Window, readiness: &str, words: &str) {
    window.see_words("vault-banner", words);
    assert_eq!(
        window
            .attribute("vault-banner", "data-readiness")
            .as_deref(),
        Some(readiness)
    );
}

#[test]
fn a_locked_keychain_has_its_own_words() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    desktop.lock_keychain();
    let window = Window::open(&desktop);
    see_banner(&window, "locked", "keychain is locked");
}

#[test]
fn a_missing_keychain_offers_a_file_with_a_passphrase() {
    let desktop = Desktop::without_keychain();
    let window = Window::open(&desktop);
    see_banner(&window, "absent", "no keychain");
    window.click_words("Choose where to keep secrets");
    window.click("vault-passphrase");
    window.fill("passphrase", "made-up passphrase");
    window.fill("passphrase-again", "made-up passphrase");
    window.click("choose-vault");
    window.disappears("vault-banner");

    let platform = Platform::start();
    steps::enter_app(&window, &platform, Dialect::OpenPlatform);
    let token = platform.access_token(Dialect::OpenPlatform, steps::SHOP);
    steps::paste_token(
        &window,
        token,
        platform.shop_id(Dialect::OpenPlatform, steps::SHOP),
    );
    steps::expect_shop_with_orders(&desktop, &platform, Dialect::OpenPlatform, &window);
    drop(window);
    desktop.quit_app();

    let window = Window::open(&desktop);
    see_banner(&window, "locked", "locked with your passphrase");
}

#[test]
fn the_window_waits_for_neither_keychain_nor_network() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let synced = desktop.seller_desk(&["sync"]);
    assert_eq!(synced.code, 0, "{}", synced.text);
    desktop.hang_keychain();
    platform.hang();

    let window = Window::open(&desktop);
    window.click("nav-orders");
    window.see("grid-row");
    see_banner(&window, "slow", "is not responding");
}
