//! One order: found by its number, opened as a page, copied, read anew from the platform.

use serde_json::{Value, json};

use crate::harness::browser::pasted;
use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

/// The Enter key.
const ENTER: &str = "\u{e007}";
/// Ctrl+A and Ctrl+C.
const SELECT_ALL: &str = "\u{e009}a";
const COPY: &str = "\u{e009}c";

/// The numbers of the orders with a status, as the database has them.
fn numbers(desktop: &Desktop, status: &str) -> Vec<String> {
    let listed = desktop.seller_desk(&["orders", "list", "--status", status]);
    assert_eq!(listed.code, 0, "{}", listed.text);
    let number = |order: &Value| order["order_sn"].as_str().unwrap().to_owned();
    let numbers: Vec<String> = listed.lines.iter().map(number).collect();
    assert!(!numbers.is_empty(), "no order is {status}");
    numbers
}

/// Lists the orders of a status by the strip above the list, and waits for the first of them.
fn list(window: &Window, kpi: &str, count: usize) {
    window.click("nav-orders");
    window.click(&format!("kpi-{kpi}"));
    window.see_words("row-count", &count.to_string());
    window.see("grid-row");
}

/// Checks the box of a row that the grid shows, the first being the 0th.
fn select_row(window: &Window, row: usize) {
    let place = row + 2;
    window.click_on(&format!(
        "[data-testid=grid-row][aria-rowindex='{place}'] input"
    ));
}

#[test]
fn the_palette_opens_an_order_by_its_number_and_back_leads_to_the_list_as_it_was() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let delivered = numbers(&desktop, "delivered");
    let canceled = numbers(&desktop, "canceled").remove(0);
    let window = Window::open(&desktop);
    list(&window, "delivered", delivered.len());
    window.click("grid-row");
    let opened = until("an opened order", || {
        let number = window.attribute("grid-row", "data-key")?;
        Some(number.rsplit('/').next()?.to_owned())
    });
    window.see_words("order-panel", &opened);
    select_row(&window, 1);
    select_row(&window, 2);
    let selected = window.see("selection-bar");
    let address = window.address();

    window.click("open-palette");
    window.fill("palette-input", &canceled);
    window.see_words("palette-entry", &canceled);
    window.press_in("palette-input", ENTER);
    window.see_words("order-page", &canceled);
    window.see_words("order-page", "Canceled");
    let path = format!(
        "#/orders/custom:{}/{canceled}",
        platform.shop_id(Dialect::Guide, SHOP)
    );
    assert_eq!(window.address().replace("%3A", ":"), path);
    assert!(!window.shows("grid"), "the page stands alone");

    window.back();
    window.see_words("order-panel", &opened);
    assert_eq!(window.address(), address);
    window.see_words("row-count", &delivered.len().to_string());
    assert_eq!(
        window.attribute("kpi-delivered", "aria-pressed").as_deref(),
        Some("true")
    );
    assert_eq!(window.see("selection-bar"), selected);
    let checked = "return [...document.querySelectorAll('[data-testid=grid-row][aria-selected=true]')].map(row => row.ariaRowIndex).sort()";
    assert_eq!(window.run(checked, &[]), json!(["3", "4"]));

    // The same from the panel, as a page.
    window.click("open-order-page");
    window.see_words("order-page", &opened);
    window.see_words("order-page", "Delivered");
    window.back();
    window.see_words("order-panel", &opened);
    assert_eq!(window.address(), address);
}

#[test]
fn numbers_are_copied_for_other_programs() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let canceled = numbers(&desktop, "canceled");
    let window = Window::open(&desktop);
    list(&window, "canceled", canceled.len());
    window.click("grid-row");
    let heading = "[data-testid=order-panel] h2";
    let opened = until("the opened order", || {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null";
        let text = window.run(script, &[json!(heading)]);
        text.as_str().map(str::to_owned)
    });
    assert!(canceled.contains(&opened), "{opened}");
    window.click_on(&format!("{heading} + button"));
    window.read(&format!("Copied {opened}"));
    assert_eq!(pasted(&desktop), opened);

    window.press_in("grid", SELECT_ALL);
    window.see("selection-bar");
    window.press_in("grid", COPY);
    window.read(&format!("Copied {} numbers", canceled.len()));
    let mut copied: Vec<String> = pasted(&desktop).lines().map(str::to_owned).collect();
    let mut expected = canceled;
    copied.sort();
    expected.sort();
    assert_eq!(copied, expected);
}

#[test]
fn an_order_is_read_anew_and_shows_what_the_platform_sent() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let order = numbers(&desktop, "unshipped").remove(0);
    let window = Window::open(&desktop);
    steps::see_order(&window, &order, "To ship");
    window.click("grid-row");
    window.see_words("order-panel", "To ship");
    window.click_on("[data-testid=order-panel] summary");
    let sent = || {
        let pre = "return document.querySelector('[data-testid=order-panel] pre')?.innerText ?? ''";
        window.run(pre, &[]).as_str().unwrap().to_owned()
    };
    let before = sent();
    let raw: Value = serde_json::from_str(&before).unwrap();
    assert!(raw.to_string().contains(&order), "{raw}");

    platform.change_order_silently(SHOP, &order, "CANCELED");
    window.click("refresh-order");
    window.read("The order is up to date.");
    window.see_words("order-panel", "Canceled");
    window.see_words("grid-row", "Canceled");
    assert_ne!(sent(), before);
    let of_order = |sql: &str| format!("{sql} WHERE order_sn = '{order}'");
    assert_eq!(
        desktop.select::<String>(&of_order("SELECT status FROM orders")),
        "canceled"
    );
    let seen = "SELECT group_concat(status) FROM (SELECT seen.status FROM order_status_seen AS seen
        JOIN orders ON orders.id = seen.order_id";
    assert_eq!(
        desktop.select::<String>(&format!("{} ORDER BY seen.status)", of_order(seen))),
        "canceled,unshipped"
    );
}
