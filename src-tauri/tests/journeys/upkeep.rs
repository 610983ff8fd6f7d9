//! Whether what is stored is true, and what happens when the database was damaged.

use std::fs;
use std::io::{Seek, SeekFrom, Write};

use rusqlite::params;
use serde_json::Value;

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::harness::words::{Language, Words};
use crate::steps::{self, SHOP};

fn status_of(desktop: &Desktop, order_sn: &str) -> String {
    let shown = desktop.seller_desk(&["orders", "show", order_sn]);
    shown.lines[0]["status"].as_str().unwrap().to_owned()
}

/// An order that changed some days ago: no sync looks at it again, and the check's usual span holds it.
fn changed_some_days_ago(desktop: &Desktop) -> String {
    let delivered = desktop
        .seller_desk(&["orders", "list", "--status", "delivered"])
        .lines;
    let changed_at = |order: &Value| order["updated_at"].as_i64().unwrap();
    let newest = delivered.iter().map(changed_at).max().unwrap();
    let order = delivered
        .iter()
        .find(|order| (2..20).contains(&((newest - changed_at(order)) / 86_400)));
    order.unwrap()["order_sn"].as_str().unwrap().to_owned()
}

#[test]
fn check_data_finds_what_changed_in_silence_and_sets_it_right() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    let order = changed_some_days_ago(&desktop);
    steps::see_order(&window, &order, "Delivered");

    platform.change_order_silently(SHOP, &order, "CANCELED");
    steps::sync_now(&window);
    until("the sync to have passed it by", || {
        (window.count("sync-running") == 0).then_some(())
    });
    assert_eq!(status_of(&desktop, &order), "delivered");

    window.click("nav-sync");
    window.click("tab-check");
    window.click("check-start");
    window.see_words("check-report", &order);
    assert_eq!(
        window.attribute("check-report", "data-left").as_deref(),
        Some("1")
    );
    assert_eq!(
        status_of(&desktop, &order),
        "delivered",
        "looking changes nothing"
    );

    window.click("check-repair");
    until("nothing to differ any more", || {
        let left = window.attribute("check-report", "data-left");
        (left.as_deref() == Some("0")).then_some(())
    });
    assert_eq!(status_of(&desktop, &order), "canceled");
    steps::see_order(&window, &order, "Canceled");
}

#[test]
fn what_cannot_be_read_is_put_aside_and_taken_in_once_it_can() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let words = Words::of(Language::English);
    let order = steps::order_numbers(&desktop).pop_last().unwrap();
    let status = status_of(&desktop, &order);
    let window = Window::open(&desktop);
    let put_aside = || desktop.select::<i64>("SELECT count(*) FROM quarantine");

    platform.set_quantity(SHOP, &order, -3);
    steps::sync_now(&window);
    until("the row to be put aside", || {
        (put_aside() == 1).then_some(())
    });
    window.click("nav-sync");
    window.click("tab-aside");
    window.see_words("aside-row", &order);
    assert_eq!(status_of(&desktop, &order), status, "the order is lost");
    window.click("aside-reread");
    let result = [("readable", "0"), ("unreadable", "1")];
    window.read(&words.with("aside.reread_done", &result));
    assert_eq!(put_aside(), 1);

    platform.set_quantity(SHOP, &order, 3);
    steps::sync_now(&window);
    until("the row to be taken in", || {
        (put_aside() == 0).then_some(())
    });
    window.click("nav-sync");
    window.click("tab-aside");
    window.see_words("empty", words.get("aside.empty"));
    let quantity = format!(
        "SELECT max(quantity) FROM order_items JOIN orders ON orders.id = order_id WHERE order_sn = '{order}'"
    );
    assert_eq!(desktop.select::<i64>(&quantity), 3);
}

#[test]
fn only_finished_orders_that_are_older_than_the_seller_keeps_are_deleted() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let words = Words::of(Language::English);
    let age = "UPDATE orders SET created_at = created_at - 1000 * 86400, updated_at = updated_at - 1000 * 86400
        WHERE id IN (SELECT id FROM orders WHERE status = ?1 ORDER BY id LIMIT ?2)";
    for (status, count) in [("delivered", 3), ("unshipped", 1)] {
        let aged = desktop.database().execute(age, params![status, count]);
        assert_eq!(aged.unwrap(), count);
    }
    let aged = |status: &str| -> Vec<String> {
        let orders = desktop.seller_desk(&["orders", "list", "--status", status]);
        let is_old = |order: &&Value| {
            let created_at = order["created_at"].as_i64().unwrap();
            created_at < desktop.select::<i64>("SELECT unixepoch() - 900 * 86400")
        };
        let old = orders.lines.iter().filter(is_old);
        old.map(|order| order["order_sn"].as_str().unwrap().to_owned())
            .collect()
    };
    let [finished, open] = ["delivered", "unshipped"].map(&aged);
    assert_eq!((finished.len(), open.len()), (3, 1));
    let before = steps::order_numbers(&desktop);
    let window = Window::open(&desktop);
    window.click("nav-settings");
    window.click("setting-retention");
    window.see_words("retention-count", &words.count("retention.goes", 3));
    window.click("retention-confirm");
    window.see_words("setting-retention", &words.count("retention.days", 730));
    assert_eq!(
        steps::order_numbers(&desktop),
        before,
        "they go with the next sync"
    );

    steps::sync_now(&window);
    until("the old orders to go", || {
        aged("delivered").is_empty().then_some(())
    });
    let after = steps::order_numbers(&desktop);
    let gone: Vec<&String> = before.difference(&after).collect();
    assert_eq!(gone.len(), 3, "{gone:?}");
    assert!(finished.iter().all(|number| gone.contains(&number)));
}

#[test]
fn a_damaged_database_is_told_and_everything_comes_back() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    drop(window);
    desktop.quit_app();
    let orders = steps::order_numbers(&desktop);
    let backup = desktop.seller_desk(&["backup"]);
    assert_eq!(backup.code, 0, "{}", backup.text);

    let file = desktop.profile().join("seller-desk.sqlite3");
    let mut database = fs::OpenOptions::new().write(true).open(&file).unwrap();
    database.seek(SeekFrom::Start(0)).unwrap();
    database.write_all(&[0; 4096]).unwrap();
    drop(database);

    let window = Window::open(&desktop);
    window.see("recovered-banner");
    let moved_to = fs::read_dir(desktop.profile())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .find(|name| name.starts_with("set-aside-"))
        .expect("the damaged file is kept");
    window.see_words("recovered-banner", &moved_to);
    assert_eq!(steps::order_numbers(&desktop), orders);
}
