//! The keys that work everywhere.

use crate::harness::desktop::Desktop;
use crate::harness::platform::Platform;
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::harness::words::{Language, Words};
use crate::steps::{self, SHOP};

/// Ctrl and the key after it.
const CTRL: char = '\u{e009}';
/// The Enter key.
const ENTER: &str = "\u{e007}";

fn press_with_ctrl(window: &Window, key: char) {
    window.press(&String::from_iter([CTRL, key]));
}

fn see_page(window: &Window, page: &str) {
    let current = format!("[data-testid='nav-{page}'][aria-current=page]");
    until(&format!("the page {page}"), || {
        window.finds(&current).then_some(())
    });
}

#[test]
fn keys_reach_every_page_and_do_what_their_sheet_says() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let words = Words::of(Language::English);
    let window = Window::open(&desktop);
    window.see("shop-switcher");
    for (key, page) in [
        ('2', "orders"),
        ('3', "products"),
        ('4', "activities"),
        ('5', "shops"),
        ('6', "sync"),
        ('1', "overview"),
        (',', "settings"),
    ] {
        press_with_ctrl(&window, key);
        see_page(&window, page);
    }
    window.press("?");
    window.read(words.get("shortcuts.title"));
    window.press_escape();
    until("the sheet to go", || {
        (!window.text().contains(words.get("shortcuts.title"))).then_some(())
    });

    press_with_ctrl(&window, 'k');
    window.fill("palette-input", words.get("nav.orders"));
    window.see_words("palette-entry", words.get("nav.orders"));
    window.press_in("palette-input", ENTER);
    see_page(&window, "orders");
    window.see("grid-row");
    press_with_ctrl(&window, 'e');
    window.see("export-start");
    window.press_escape();
    window.disappears("export-start");

    let added = platform.add_order(SHOP, "UNSHIPPED");
    press_with_ctrl(&window, 'r');
    until("the new order", || {
        steps::order_numbers(&desktop)
            .contains(&added)
            .then_some(())
    });

    window.press("/");
    let focused = "return document.activeElement.dataset.testid ?? null";
    until("the cursor in the search", || {
        (window.run(focused, &[]) == "search").then_some(())
    });
    window.fill("search", &added);
    until("the new order alone", || {
        (window.count("grid-row") == 1).then_some(())
    });
    window.press_in("grid", ENTER);
    window.see_words("order-panel", &added);
    window.press_escape();
    window.disappears("order-panel");
}
