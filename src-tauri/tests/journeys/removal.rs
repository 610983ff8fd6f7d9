//! A shop is removed: as it was when that is undone in time, gone for good afterwards, whatever becomes of the app.

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

const OTHER_SHOP: usize = 1;

/// What the computer has of a shop.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    /// Orders, products, activities.
    rows: [i64; 3],
    has_token: bool,
}

const NOTHING: Kept = Kept {
    rows: [0; 3],
    has_token: false,
};

fn shop_id(platform: &Platform, shop: usize) -> String {
    format!("custom:{}", platform.shop_id(Dialect::Guide, shop))
}

fn rows(desktop: &Desktop, platform: &Platform, shop: usize) -> [i64; 3] {
    let id = shop_id(platform, shop);
    ["orders", "products", "activities"].map(|table| {
        desktop.select(&format!(
            "SELECT count(*) FROM {table} WHERE shop_id = '{id}'"
        ))
    })
}

fn kept(desktop: &Desktop, platform: &Platform, shop: usize) -> Kept {
    let token = platform.access_token(Dialect::Guide, shop);
    let secrets = desktop.secrets();
    Kept {
        rows: rows(desktop, platform, shop),
        has_token: secrets.iter().any(|secret| secret.contains(token)),
    }
}

/// Waits until nothing of a shop is kept.
fn is_gone(desktop: &Desktop, platform: &Platform, shop: usize) {
    until("the shop's rows to be gone", || {
        (rows(desktop, platform, shop) == NOTHING.rows).then_some(())
    });
    until("the shop's token to be gone", || {
        (kept(desktop, platform, shop) == NOTHING).then_some(())
    });
}

/// A desktop with two shops, and what it keeps of them.
fn desktop_with_two_shops(platform: &Platform) -> (Desktop, [Kept; 2]) {
    let desktop = Desktop::start();
    steps::sync_by_hand_only(&desktop);
    for shop in [SHOP, OTHER_SHOP] {
        steps::add_shop_number(&desktop, platform, Dialect::Guide, shop);
    }
    steps::sync(&desktop);
    let before = [SHOP, OTHER_SHOP].map(|shop| kept(&desktop, platform, shop));
    for shop in &before {
        assert!(
            shop.has_token && shop.rows.iter().all(|count| *count > 0),
            "{shop:?}"
        );
    }
    (desktop, before)
}

/// Removes a shop in the window; its data stays only where the box remains checked.
fn remove(window: &Window, shop_id: &str, keep_data: bool) {
    let card = format!("[data-testid=shop-card][data-shop={shop_id:?}]");
    window.click("nav-shops");
    window.click_on(&format!("{card} [data-testid=shop-menu]"));
    window.click("remove-shop");
    if !keep_data {
        window.click("keep-data");
    }
    window.click("remove-confirm");
    window.disappears("remove-confirm");
    until("the card to go", || (!window.finds(&card)).then_some(()));
}

fn shown_shops(desktop: &Desktop) -> Vec<String> {
    let shops = steps::shops(desktop);
    let id = |shop: &serde_json::Value| shop["shop_id"].as_str().unwrap().to_owned();
    shops.iter().map(id).collect()
}

#[test]
fn undo_brings_everything_back_and_without_it_all_is_gone_when_the_time_is_over() {
    let platform = Platform::start();
    let (desktop, before) = desktop_with_two_shops(&platform);
    let [shop, other] = [SHOP, OTHER_SHOP].map(|shop| shop_id(&platform, shop));
    let orders = steps::order_numbers(&desktop);
    let window = Window::open(&desktop);

    remove(&window, &shop, false);
    assert_eq!(shown_shops(&desktop), [other.as_str()]);
    assert_eq!(
        steps::order_numbers(&desktop).len(),
        usize::try_from(before[1].rows[0]).unwrap(),
        "the orders of a removed shop are listed"
    );
    window.click_words("Undo");
    window.see_words("shop-card", &shop);
    assert_eq!(kept(&desktop, &platform, SHOP), before[0]);
    assert_eq!(steps::order_numbers(&desktop), orders);

    // The time of the first removal is over before that of the second.
    remove(&window, &other, false);
    assert_eq!(kept(&desktop, &platform, OTHER_SHOP), before[1]);
    is_gone(&desktop, &platform, OTHER_SHOP);
    assert_eq!(shown_shops(&desktop), [shop.as_str()]);
    assert_eq!(kept(&desktop, &platform, SHOP), before[0]);
    assert!(
        !window.text().contains("Undo"),
        "what cannot be undone is offered"
    );

    let added = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &added, "To ship");
}

#[test]
fn a_closed_window_completes_a_removal_and_the_next_start_that_of_a_killed_app() {
    let platform = Platform::start();
    let (desktop, before) = desktop_with_two_shops(&platform);
    let [shop, other] = [SHOP, OTHER_SHOP].map(|shop| shop_id(&platform, shop));

    let window = Window::open(&desktop);
    remove(&window, &shop, false);
    steps::close(&desktop, window);
    assert_eq!(kept(&desktop, &platform, SHOP), NOTHING);
    assert_eq!(kept(&desktop, &platform, OTHER_SHOP), before[1]);

    let window = Window::open(&desktop);
    remove(&window, &other, false);
    desktop.kill_app();
    drop(window);
    assert_eq!(kept(&desktop, &platform, OTHER_SHOP), before[1]);

    let window = Window::open(&desktop);
    is_gone(&desktop, &platform, OTHER_SHOP);
    window.see("paste-token");
    assert!(shown_shops(&desktop).is_empty());
}

#[test]
fn data_that_is_kept_is_found_again_when_the_shop_is_authorized_again() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let before = kept(&desktop, &platform, SHOP);
    let orders = steps::order_numbers(&desktop);
    let window = Window::open(&desktop);
    remove(&window, &shop_id(&platform, SHOP), true);
    steps::close(&desktop, window);
    let without_token = Kept {
        has_token: false,
        ..before
    };
    assert_eq!(kept(&desktop, &platform, SHOP), without_token);
    assert!(steps::order_numbers(&desktop).is_empty());

    steps::add_shop(&desktop, &platform, Dialect::Guide);
    assert_eq!(steps::order_numbers(&desktop), orders);
}
