//! What changes on the platform reaches the window: by hand, by itself, and after a token ran out.

use std::fs;
use std::time::Duration;

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::{until, within};
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

/// WebDriver's code of the Enter key.
const ENTER: &str = "\u{e007}";
/// A minute between two automatic syncs, and what a busy machine adds.
const AUTOMATIC: Duration = Duration::from_secs(120);

fn desk_with_a_shop(dialect: Dialect) -> (Desktop, Platform, Window) {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, dialect);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    (desktop, platform, window)
}

#[test]
fn sync_now_brings_what_changed() {
    let (desktop, platform, window) = desk_with_a_shop(Dialect::Guide);
    steps::expect_orders(&desktop, &platform);

    let order = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &order, "To ship");

    platform.change_order(SHOP, &order, "CANCELED");
    steps::sync_now(&window);
    steps::see_order(&window, &order, "Canceled");

    window.click("grid-row");
    window.see_words("order-panel", &order);
    let seen = desktop.seller_desk(&["orders", "show", &order]);
    assert_eq!(seen.lines[0]["status"], "canceled", "{}", seen.text);
}

#[test]
fn automatic_sync_needs_no_hand() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    fs::write(
        desktop.profile().join(".env"),
        "AUTO_SYNC_ENABLED=True\nSYNC_INTERVAL_MINUTES=1\n",
    )
    .unwrap();
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);

    window.click("nav-settings");
    for resource in ["orders", "products", "activities"] {
        assert_eq!(window.value(&format!("setting-interval-{resource}")), "1");
    }
    window.read("Set by an environment variable");

    let order = platform.add_order(SHOP, "UNSHIPPED");
    window.click("nav-orders");
    window.fill("search", &order);
    let came = within(AUTOMATIC, || (window.count("grid-row") == 1).then_some(()));
    assert!(came.is_some(), "no automatic sync within {AUTOMATIC:?}");
    window.see_words("grid-row", &order);
}

#[test]
fn a_shorter_interval_of_the_orders_brings_orders_alone() {
    let (desktop, platform, window) = desk_with_a_shop(Dialect::Guide);
    let before = steps::last_complete(&desktop);
    window.click("nav-settings");
    window.fill("setting-interval-orders", "1");
    window.press_in("setting-interval-orders", ENTER);

    let order = platform.add_order(SHOP, "UNSHIPPED");
    window.click("nav-orders");
    window.fill("search", &order);
    let came = within(AUTOMATIC, || (window.count("grid-row") == 1).then_some(()));
    assert!(came.is_some(), "no automatic sync within {AUTOMATIC:?}");
    assert_eq!(steps::last_complete(&desktop), before, "activities wait");
    window.click("nav-settings");
    assert_eq!(window.value("setting-interval-orders"), "1");
    assert_eq!(window.value("setting-interval-activities"), "30");
}

#[test]
fn an_expired_token_is_refreshed_on_the_guide() {
    let (desktop, platform, window) = desk_with_a_shop(Dialect::Guide);
    platform.tokens(Dialect::Guide, SHOP, "expire");
    let order = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &order, "To ship");

    assert_eq!(steps::shops(&desktop)[0]["token_state"], "valid");
    assert_eq!(platform.calls()["oauth/token"], 1, "{}", platform.calls());
}

#[test]
fn an_expired_token_asks_for_authorization_on_the_open_platform_and_keeps_the_data() {
    let dialect = Dialect::OpenPlatform;
    let (desktop, platform, window) = desk_with_a_shop(dialect);
    let before = steps::order_numbers(&desktop);
    platform.tokens(dialect, SHOP, "expire");
    steps::sync_now(&window);
    until("the shop to need authorization", || {
        (steps::shops(&desktop)[0]["token_state"] == "expired").then_some(())
    });
    window.see_words("shop-card", "Expired");
    assert_eq!(steps::order_numbers(&desktop), before);
    window.click("nav-orders");
    window.see("grid-row");

    let token = platform.tokens(dialect, SHOP, "renew")["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let before_authorization = steps::last_complete(&desktop);
    window.click("nav-shops");
    window.click("authorize-again");
    steps::paste_token(&window, &token, platform.shop_id(dialect, SHOP));
    until("the shop to be authorized", || {
        (steps::shops(&desktop)[0]["token_state"] == "valid").then_some(())
    });
    until("the sync that follows an authorization", || {
        (steps::last_complete(&desktop) > before_authorization).then_some(())
    });
    let order = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &order, "To ship");
    assert!(steps::order_numbers(&desktop).is_superset(&before));
}

#[test]
fn a_stopped_sync_keeps_what_it_brought_and_the_next_one_brings_the_rest() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::sync_by_hand_only(&desktop);
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    let orders = || desktop.select::<i64>("SELECT count(*) FROM orders");
    platform.slow_down(500);
    steps::sync_now(&window);
    until("the first orders", || (orders() > 0).then_some(()));
    window.click("status-pill");
    window.click_on("[data-testid=shop-sync] [data-testid=cancel-sync]");
    until("the sync to stop", || {
        (!window.shows("sync-running")).then_some(())
    });
    let brought = steps::order_numbers(&desktop);
    let expected = platform.orders_of_last_days(SHOP, 29);
    assert!(
        !brought.is_empty() && !brought.is_superset(&expected),
        "{} orders came before the sync was stopped",
        brought.len()
    );
    assert_eq!(
        desktop.select::<String>("SELECT result FROM sync_runs ORDER BY id LIMIT 1"),
        "canceled"
    );

    platform.recover();
    window.click("sync-shop");
    until("the other orders", || {
        steps::order_numbers(&desktop)
            .is_superset(&expected)
            .then_some(())
    });
    assert!(steps::order_numbers(&desktop).is_superset(&brought));
}
