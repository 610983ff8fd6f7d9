//! Steps that several journeys take, and what they leave behind.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;

/// The shop that journeys authorize: the consent page offers it first.
pub(crate) const SHOP: usize = 0;

/// Enters the platform's app in the wizard, up to the choice between browser and pasting.
pub(crate) fn enter_app(window: &Window, platform: &Platform, dialect: Dialect) {
    fill_app(
        window,
        platform.base_url(),
        dialect,
        platform.app_key(dialect),
        platform.app_secret(dialect),
    );
    window.click("test-connection");
    window.see("connected");
    window.click("wizard-next");
    window.see("paste-text");
}

/// Opens the wizard and fills in an app of a custom gateway.
pub(crate) fn fill_app(
    window: &Window,
    base_url: &str,
    dialect: Dialect,
    app_key: &str,
    app_secret: &str,
) {
    window.click("add-shop");
    window.click("gateway-custom");
    window.fill("base-url", base_url);
    window.choose("dialect", dialect.name());
    window.fill("app-key", app_key);
    window.fill("app-secret", app_secret);
}

/// Pastes a token into the wizard, looks at the shop it opens, and takes it.
pub(crate) fn paste_token(window: &Window, token: &str, shop_id: &str) {
    window.fill("paste-text", token);
    window.click("paste-check");
    window.see_words("checked-shop", shop_id);
    window.click("paste-confirm");
}

/// Runs a journey once in each language, as a test of each.
macro_rules! in_both_languages {
    ($($journey:ident),+ $(,)?) => {
        mod in_english {
            $(#[test] fn $journey() { super::$journey($crate::harness::words::Language::English); })+
        }
        mod in_chinese {
            $(#[test] fn $journey() { super::$journey($crate::harness::words::Language::Chinese); })+
        }
    };
}
pub(crate) use in_both_languages;

/// Adds the shop on the command line, for journeys that begin with a shop.
pub(crate) fn add_shop(desktop: &Desktop, platform: &Platform, dialect: Dialect) {
    add_shop_number(desktop, platform, dialect, SHOP);
}

/// The same with another of the platform's shops.
pub(crate) fn add_shop_number(
    desktop: &Desktop,
    platform: &Platform,
    dialect: Dialect,
    shop: usize,
) {
    let credentials = json!({
        "app_secret": platform.app_secret(dialect),
        "access_token": platform.access_token(dialect, shop),
        "refresh_token": platform.refresh_token(dialect, shop),
    });
    let answer = desktop.seller_desk_reading(
        &[
            "shops",
            "add",
            "--gateway",
            "custom",
            "--base-url",
            platform.base_url(),
            "--dialect",
            dialect.name(),
            "--app-key",
            platform.app_key(dialect),
        ],
        &credentials.to_string(),
    );
    assert_eq!(answer.code, 0, "{}", answer.text);
}

/// Keeps the app from syncing unasked.
pub(crate) fn sync_by_hand_only(desktop: &Desktop) {
    fs::write(desktop.profile().join(".env"), "AUTO_SYNC_ENABLED=false\n").unwrap();
}

/// Adds the shop and fetches its data, on a desktop where nothing is synced unasked.
pub(crate) fn with_synced_shop(desktop: Desktop, platform: &Platform) -> Desktop {
    sync_by_hand_only(&desktop);
    add_shop(&desktop, platform, Dialect::Guide);
    sync(&desktop);
    desktop
}

/// Syncs on the command line.
pub(crate) fn sync(desktop: &Desktop) {
    let synced = desktop.seller_desk(&["sync"]);
    assert_eq!(synced.code, 0, "{}", synced.text);
}

/// The shops of the profile, as the command line lists them beside an open window.
pub(crate) fn shops(desktop: &Desktop) -> Vec<Value> {
    let answer = desktop.seller_desk(&["shops", "list"]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    answer.lines
}

/// The numbers of all orders in the database.
pub(crate) fn order_numbers(desktop: &Desktop) -> BTreeSet<String> {
    let answer = desktop.seller_desk(&["orders", "list"]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    answer
        .lines
        .iter()
        .map(|order| order["order_sn"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until a complete sync of everything is in the database, older orders included.
pub(crate) fn wait_for_first_sync(desktop: &Desktop) {
    until("the first sync to be complete", || {
        let shops = shops(desktop);
        let complete = |data: &Value| {
            let has_history = data["complete_from"].as_i64() <= data["history_from"].as_i64();
            let is_orders = data["resource"] == "orders";
            data["complete_through"].is_i64() && (has_history || !is_orders)
        };
        let done = !shops.is_empty()
            && shops
                .iter()
                .all(|shop| shop["data"].as_array().unwrap().iter().all(complete));
        done.then_some(())
    });
}

/// When the activities, which are synced last, were last complete.
pub(crate) fn last_complete(desktop: &Desktop) -> i64 {
    let data = shops(desktop)[0]["data"].clone();
    let activities = data
        .as_array()
        .unwrap()
        .iter()
        .find(|data| data["resource"] == "activities");
    activities.unwrap()["complete_through"].as_i64().unwrap()
}

/// Asserts that the shop arrived with its orders: in the database, and in the window.
pub(crate) fn expect_shop_with_orders(
    desktop: &Desktop,
    platform: &Platform,
    dialect: Dialect,
    window: &Window,
) {
    let shop_id = format!("custom:{}", platform.shop_id(dialect, SHOP));
    window.see_words("shop-card", &shop_id);
    assert_eq!(shops(desktop)[0]["shop_id"], shop_id.as_str());
    wait_for_first_sync(desktop);
    expect_orders(desktop, platform);
    window.click("nav-orders");
    window.see("grid-row");
    window.see("kpi-to_ship");
}

/// Asserts that every order the first sync reads is in the database.
pub(crate) fn expect_orders(desktop: &Desktop, platform: &Platform) {
    let mirrored = order_numbers(desktop);
    let expected = platform.orders_of_last_days(SHOP, 29);
    assert!(
        expected.len() > 100,
        "the platform has too few orders to show anything"
    );
    let lost: Vec<_> = expected.difference(&mirrored).collect();
    assert!(lost.is_empty(), "not in the database: {lost:?}");
}

/// Closes the window. Without a tray that ends the app.
pub(crate) fn close(desktop: &Desktop, window: Window) {
    desktop.close_window();
    desktop.app_ends();
    drop(window);
}

/// Lists one order and waits until its row shows these words.
pub(crate) fn see_order(window: &Window, order_sn: &str, words: &str) {
    window.click("nav-orders");
    window.fill("search", order_sn);
    until(&format!("{order_sn} alone in the list"), || {
        (window.count("grid-row") == 1).then_some(())
    });
    window.see_words("grid-row", order_sn);
    window.see_words("grid-row", words);
}

/// Presses *Sync now* for all shops. A sync of changes under way would only be joined, so its end is waited for.
pub(crate) fn sync_now(window: &Window) {
    until("no sync of changes to be running", || {
        (!window.finds("[data-testid=sync-running][data-task=changes]")).then_some(())
    });
    window.click("nav-shops");
    window.click("sync-all");
}
