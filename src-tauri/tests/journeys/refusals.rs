//! What is refused: each in words of its own, with the data as it was.

use crate::harness::browser::{Decision, answer_consent};
use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::window::Window;
use crate::harness::words::{Language, Words};
use crate::steps::{self, SHOP};

/// Waits for the error of that code, with its words.
fn see_error(window: &Window, code: &str, words: &str) {
    window.see_words("error-box", words);
    assert_eq!(
        window.attribute("error-box", "data-code").as_deref(),
        Some(code)
    );
}

#[test]
fn a_denied_consent_changes_nothing() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");
    desktop.open_link(&answer_consent(&desktop, Decision::Cancel));
    see_error(&window, "consent_denied", "The authorization was canceled");
    assert!(steps::shops(&desktop).is_empty());
}

#[test]
fn a_link_that_nobody_waits_for_changes_nothing() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    let foreign = "sellerdesk://oauth/callback?code=made-up-code&state=made-up-state";
    desktop.open_link(foreign);
    see_error(
        &window,
        "state_unknown",
        "does not belong to an open authorization",
    );
    window.click_words("Close");

    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");
    let link = answer_consent(&desktop, Decision::Authorize);
    desktop.open_link(&link);
    window.see("shop-card");
    steps::wait_for_first_sync(&desktop);
    let before = (
        steps::shops(&desktop),
        steps::order_numbers(&desktop),
        platform.calls()["oauth/token"].clone(),
    );

    desktop.open_link(&link);
    see_error(
        &window,
        "state_unknown",
        "does not belong to an open authorization",
    );
    let after = (
        steps::shops(&desktop),
        steps::order_numbers(&desktop),
        platform.calls()["oauth/token"].clone(),
    );
    assert_eq!(
        before, after,
        "a replayed link exchanged its code again or changed data"
    );
}

#[test]
fn a_malformed_link_has_its_own_words() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    desktop.open_link("sellerdesk://somewhere/else?code=made-up");
    see_error(
        &window,
        "link_malformed",
        "not a token, code or redirect address",
    );
}

#[test]
fn what_is_entered_wrong_is_named() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    let dialect = Dialect::OpenPlatform;
    steps::fill_app(
        &window,
        "http://example.com",
        dialect,
        platform.app_key(dialect),
        "made-up-secret",
    );
    window.click("test-connection");
    see_error(&window, "insecure_base_url", "http");

    window.fill("base-url", platform.base_url());
    window.click("test-connection");
    see_error(&window, "signature_rejected", "refused the signature");

    window.fill("app-secret", platform.app_secret(dialect));
    window.click("test-connection");
    window.see("connected");
    window.click("wizard-next");

    platform.set_mall_type(SHOP, "full");
    window.fill("paste-text", platform.access_token(dialect, SHOP));
    window.click("paste-check");
    see_error(
        &window,
        "full_managed_shop",
        "Full-managed shops are not supported",
    );
    assert!(steps::shops(&desktop).is_empty());
}

#[test]
fn a_semi_managed_shop_says_why_it_has_orders_only() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    platform.set_mall_type(SHOP, "semi");
    let window = Window::open(&desktop);
    let dialect = Dialect::OpenPlatform;
    steps::enter_app(&window, &platform, dialect);
    steps::paste_token(
        &window,
        platform.access_token(dialect, SHOP),
        platform.shop_id(dialect, SHOP),
    );
    window.see_words("shop-card", "Semi-managed");
    window.click("nav-orders");
    window.see("grid-row");
    window.click("nav-products");
    window.see_words("empty", "Semi-managed shops give access to orders only");
}

#[test]
fn a_token_of_another_shop_does_not_take_a_shops_place() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let before = (steps::shops(&desktop), steps::order_numbers(&desktop));
    let window = Window::open(&desktop);
    window.click("nav-shops");
    window.click("authorize-again");
    window.fill(
        "paste-text",
        platform.access_token(Dialect::Guide, SHOP + 1),
    );
    window.click("paste-check");
    window.see_words("checked-shop", platform.shop_id(Dialect::Guide, SHOP + 1));
    window.click("paste-confirm");
    let words = Words::of(Language::English);
    see_error(
        &window,
        "shop_mismatch",
        words.get("error.shop_mismatch.title"),
    );
    let after = (steps::shops(&desktop), steps::order_numbers(&desktop));
    assert_eq!(before, after);
}
