//! A list as the seller arranges it, and gets it again.

use crate::harness::desktop::Desktop;
use crate::harness::platform::Platform;
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps;

/// The keys of the columns that the list shows.
fn columns(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelector('[data-testid=grid-row]').querySelectorAll('[data-column]')].map(cell => cell.dataset.column)";
    window.see("grid-row");
    serde_json::from_value(window.run(script, &[])).unwrap()
}

fn hide_column(window: &Window, column: &str) {
    window.click("columns");
    window.click(&format!("column-{column}"));
    until("the column to go", || {
        (!columns(window).iter().any(|shown| shown == column)).then_some(())
    });
    window.press_escape();
    window.disappears(&format!("column-{column}"));
}

/// Waits until the list's first row is that one.
fn begins_with(window: &Window, key: &str) {
    until(&format!("{key} at the top"), || {
        (window.attribute("grid-row", "data-key").as_deref() == Some(key)).then_some(())
    });
}

fn show_usual_columns(window: &Window) {
    window.click("columns");
    window.click("columns-usual");
    window.disappears("columns-usual");
}

#[test]
fn a_saved_view_brings_back_filters_order_and_columns_also_after_a_restart() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let canceled: i64 = desktop.select("SELECT count(*) FROM orders WHERE status = 'canceled'");
    let all: i64 = desktop.select("SELECT count(*) FROM orders");
    assert!(canceled > 0 && canceled < all);
    let window = Window::open(&desktop);
    window.click("nav-orders");
    let usual = columns(&window);
    window.click("kpi-canceled");
    window.see_words("row-count", &canceled.to_string());
    hide_column(&window, "quantity");
    let arranged = columns(&window);
    window.click_on("[data-header=order] button");
    let first: String = desktop
        .select("SELECT shop_id || '/' || min(order_sn) FROM orders WHERE status = 'canceled'");
    begins_with(&window, &first);

    window.click("views");
    window.click("save-view");
    window.fill("view-name", "Lost sales");
    window.click("view-save");
    window.see_words("view-tab", "Lost sales");
    window.click("kpi-all");
    window.see_words("row-count", &all.to_string());
    show_usual_columns(&window);
    until("the usual columns", || {
        (columns(&window) == usual).then_some(())
    });
    steps::close(&desktop, window);

    let window = Window::open(&desktop);
    window.click("nav-orders");
    window.see_words("row-count", &all.to_string());
    window.click("view-tab");
    window.see_words("row-count", &canceled.to_string());
    until("the columns of the view", || {
        (columns(&window) == arranged).then_some(())
    });
    begins_with(&window, &first);
}

#[test]
fn a_list_is_after_a_restart_as_it_was_left() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let shipped: i64 = desktop
        .select("SELECT count(*) FROM orders WHERE status IN ('shipped', 'partially_delivered')");
    let window = Window::open(&desktop);
    window.click("nav-orders");
    window.click("kpi-shipped");
    window.see_words("row-count", &shipped.to_string());
    hide_column(&window, "status");
    let (address, arranged) = (window.address(), columns(&window));
    steps::close(&desktop, window);

    let window = Window::open(&desktop);
    window.see_words("row-count", &shipped.to_string());
    assert_eq!(window.address(), address);
    assert_eq!(columns(&window), arranged);
}
