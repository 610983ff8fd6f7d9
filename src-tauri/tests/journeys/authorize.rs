//! A shop is authorized: by deep link, warm and cold, by loopback, by pasting.

use crate::harness::browser::{Decision, answer_consent};
use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

#[test]
fn by_deep_link_while_the_app_runs() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");

    let link = answer_consent(&desktop, Decision::Authorize);
    assert!(link.starts_with("sellerdesk://oauth/callback?"), "{link}");
    desktop.open_link(&link);

    steps::expect_shop_with_orders(&desktop, &platform, Dialect::Guide, &window);
    assert_eq!(
        desktop.running_apps().len(),
        1,
        "the link was handed over, not opened in a second window"
    );
}

#[test]
fn by_deep_link_from_a_cold_start() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");
    let link = answer_consent(&desktop, Decision::Authorize);
    drop(window);
    desktop.quit_app();

    desktop.open_link(&link);
    until("the link to start the app", || {
        desktop
            .window_titles()
            .contains("\"Seller Desk\"")
            .then_some(())
    });
    until("the shop", || {
        (!steps::shops(&desktop).is_empty()).then_some(())
    });
    steps::wait_for_first_sync(&desktop);
    desktop.quit_app();

    let window = Window::open(&desktop);
    window.click("nav-shops");
    steps::expect_shop_with_orders(&desktop, &platform, Dialect::Guide, &window);
}

#[test]
fn by_loopback() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");
    // As if the system could not open the first link.
    desktop.visited();
    window.click("use-loopback");

    let address = answer_consent(&desktop, Decision::Authorize);
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    steps::expect_shop_with_orders(&desktop, &platform, Dialect::Guide, &window);
}

#[test]
fn by_deep_link_on_the_open_platform() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    let dialect = Dialect::OpenPlatform;
    steps::fill_app(
        &window,
        platform.base_url(),
        dialect,
        platform.app_key(dialect),
        platform.app_secret(dialect),
    );
    window.choose("redirect", "scheme");
    window.click("wizard-next");
    window.click("authorize-browser");

    desktop.open_link(&answer_consent(&desktop, Decision::Authorize));
    steps::expect_shop_with_orders(&desktop, &platform, dialect, &window);
}

#[test]
fn by_pasted_token() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    let dialect = Dialect::OpenPlatform;
    steps::enter_app(&window, &platform, dialect);
    steps::paste_token(
        &window,
        platform.access_token(dialect, SHOP),
        platform.shop_id(dialect, SHOP),
    );
    steps::expect_shop_with_orders(&desktop, &platform, dialect, &window);
}

#[test]
fn by_pasted_address() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let window = Window::open(&desktop);
    steps::enter_app(&window, &platform, Dialect::Guide);
    window.click("authorize-browser");
    let link = answer_consent(&desktop, Decision::Authorize);
    window.click("paste-instead");
    steps::paste_token(&window, &link, platform.shop_id(Dialect::Guide, SHOP));
    steps::expect_shop_with_orders(&desktop, &platform, Dialect::Guide, &window);
}
