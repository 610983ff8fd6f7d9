//! What is done with a shop on its card: another name, its Seller Center.

use crate::harness::desktop::Desktop;
use crate::harness::platform::Platform;
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

#[test]
fn a_new_name_is_shown_everywhere_and_outlives_sync_and_restart() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let window = Window::open(&desktop);
    let name = "Blue Harbour";
    window.click("nav-shops");
    window.click("shop-menu");
    window.click("rename-shop");
    window.fill("shop-name", name);
    window.click_words("Save");
    window.see_words("shop-card", name);
    let stored = || desktop.select::<String>("SELECT name FROM shops");
    assert_eq!(stored(), name);

    let added = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &added, "To ship");
    window.click("grid-row");
    window.see_words("order-panel", name);
    assert_eq!(stored(), name);
    drop(window);
    desktop.quit_app();

    let window = Window::open(&desktop);
    window.click("nav-shops");
    window.see_words("shop-card", name);
    assert_eq!(steps::shops(&desktop)[0]["name"], name);
}

#[test]
fn the_seller_center_of_the_shops_region_is_opened_in_the_browser() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let in_menu = "[role=menu] [data-testid=seller-center]";
    for (gateway, address) in [
        ("custom", None),
        ("us", Some("https://seller.temu.com/")),
        ("eu", Some("https://seller-eu.temu.com/")),
        ("global", Some("https://agentseller.temu.com/")),
    ] {
        desktop
            .database()
            .execute("UPDATE gateway_apps SET gateway = ?1", [gateway])
            .unwrap();
        let window = Window::open(&desktop);
        window.click("nav-shops");
        window.click("shop-menu");
        window.see("rename-shop");
        assert_eq!(window.finds(in_menu), address.is_some(), "{gateway}");
        if let Some(address) = address {
            window.click_on(in_menu);
            assert_eq!(desktop.visited(), address);
            window.click("nav-orders");
            window.click("grid-row");
            window.see("order-panel");
            window.click_on("[data-testid=order-panel] [data-testid=seller-center]");
            assert_eq!(desktop.visited(), address);
        }
        drop(window);
        desktop.quit_app();
    }
}
