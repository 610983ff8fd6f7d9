//! The overview: its numbers are those of the database, and each opens the list behind it.

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

#[test]
fn a_number_opens_the_list_that_it_counts() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let to_ship = "SELECT count(*) FROM orders WHERE status IN ('unshipped', 'partially_shipped')";
    let overdue: i64 = desktop.select(&format!("{to_ship} AND ship_by < unixepoch()"));
    let due: i64 = desktop.select(&format!(
        "{to_ship} AND ship_by >= unixepoch() AND ship_by < unixepoch() + 86400"
    ));
    let window = Window::open(&desktop);
    for (name, count) in [("overdue", overdue), ("due_soon", due)] {
        assert!(count > 0, "no order is {name}");
        window.click("nav-overview");
        window.see_words(&format!("to-do-{name}"), &count.to_string());
        window.click(&format!("to-do-{name}"));
        window.see_words("row-count", &format!("{count} row"));
        window.see("grid-row");
    }
}

#[test]
fn a_shops_total_is_the_sum_of_the_orders_behind_it_in_each_currency() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let window = Window::open(&desktop);
    window.click("nav-overview");
    window.click("range-7");
    let shop = format!("custom:{}", platform.shop_id(Dialect::Guide, SHOP));
    // The desktop's days are those of UTC; the span ends with today.
    let span = "created_at >= unixepoch('now', 'start of day', '-6 days') AND gone_at IS NULL";
    let orders: i64 = desktop.select(&format!(
        "SELECT count(*) FROM orders WHERE shop_id = '{shop}' AND {span}"
    ));
    assert!(orders > 0);
    window.see_words("shop-total", &orders.to_string());
    window.click_on("[data-testid=shop-total] a");
    window.see_words("row-count", &format!("{orders} row"));
}
