//! The lists show what the database holds, no more and no less.

use crate::harness::desktop::Desktop;
use crate::harness::platform::Platform;
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps;

const END: &str = "\u{e010}";
/// Ctrl+A, Ctrl+C and Ctrl+V.
const SELECT_ALL: &str = "\u{e009}a";
const COPY: &str = "\u{e009}c";
const PASTE: &str = "\u{e009}v";

/// Presses a number above the list, and waits until number and list are what the database says.
fn see_count(window: &Window, desktop: &Desktop, kpi: &str, table: &str, condition: &str) {
    let count: i64 = desktop.select(&format!(
        "SELECT count(*) FROM {table} WHERE gone_at IS NULL AND {condition}"
    ));
    assert!(count > 0, "there are no {table} with {condition}");
    let part = format!("kpi-{kpi}");
    until(&format!("{count} at {kpi}"), || {
        let shown = window.see(&part);
        (shown.split_whitespace().last()? == count.to_string()).then_some(())
    });
    window.click(&part);
    window.see_words("row-count", &format!("{count} row"));
}

#[test]
fn products_and_activities_are_counted_and_filtered_as_they_are_stored() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let window = Window::open(&desktop);
    window.click("nav-products");
    see_count(&window, &desktop, "all", "products", "true");
    for status in ["active", "inactive"] {
        let condition = format!("status = '{status}'");
        see_count(&window, &desktop, status, "products", &condition);
    }
    window.click_on("[data-testid=grid-row] [data-testid=unfold]");
    window.see("grid-line");

    window.click("nav-activities");
    see_count(&window, &desktop, "all", "activities", "true");
    see_count(&window, &desktop, "joined", "activities", "joined");
    window.click("kpi-all");
    window.click("as-timeline");
    window.click("timeline-row");
    window.see("activity-panel");
}

const NO_PICTURE: &str = "[data-testid=grid-row] [data-testid=no-picture]";

/// Whether all rows in sight have pictures, and these are drawn.
fn shows_pictures(window: &Window) -> bool {
    let script = "const pictures = [...document.querySelectorAll('[data-testid=grid-row] img')];
        return pictures.length > 0 && pictures.every((picture) => picture.naturalWidth > 0)";
    window.run(script, &[]) == true && !window.finds(NO_PICTURE)
}

#[test]
fn pictures_are_shown_also_without_the_platform_and_none_where_none_was_fetched() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let window = Window::open(&desktop);
    window.click("nav-products");
    until("the pictures", || shows_pictures(&window).then_some(()));
    drop((window, platform));
    desktop.quit_app();

    let window = Window::open(&desktop);
    until("the pictures of the last time", || {
        shows_pictures(&window).then_some(())
    });
    window.press_in("grid", END);
    until("rows without a picture", || {
        window.finds(NO_PICTURE).then_some(())
    });
}

#[test]
fn pasted_order_numbers_are_looked_for_at_once() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let canceled: i64 = desktop.select("SELECT count(*) FROM orders WHERE status = 'canceled'");
    let window = Window::open(&desktop);
    window.click("nav-orders");
    see_count(
        &window,
        &desktop,
        "canceled",
        "orders",
        "status = 'canceled'",
    );
    window.press_in("grid", SELECT_ALL);
    window.press_in("grid", COPY);
    window.read(&format!("Copied {canceled} numbers"));
    see_count(&window, &desktop, "all", "orders", "true");
    window.press_in("search", PASTE);
    window.see_words("numbers", &format!("{canceled} order numbers"));
    window.see_words("row-count", &format!("{canceled} row"));
}
