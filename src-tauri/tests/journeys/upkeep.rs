//! Whether what is stored is true, and what happens when the database was damaged.

use std::fs;
use std::io::{Seek, SeekFrom, Write};

use serde_json::Value;

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
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
