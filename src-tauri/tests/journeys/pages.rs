//! Every page in both languages and themes, under a content security policy that nothing breaks.

use serde_json::json;

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps;

const PAGES: [&str; 7] = [
    "overview",
    "orders",
    "products",
    "activities",
    "shops",
    "sync",
    "settings",
];

fn visit_everything(window: &Window) {
    for page in PAGES {
        window.click(&format!("nav-{page}"));
        let current = format!("[data-testid='nav-{page}'][aria-current=page]");
        until(&format!("the page {page}"), || {
            window.finds(&current).then_some(())
        });
    }
    for (page, panel) in [
        ("orders", "order-panel"),
        ("products", "product-panel"),
        ("activities", "activity-panel"),
    ] {
        window.click(&format!("nav-{page}"));
        window.click("grid-row");
        window.see(panel);
    }
    window.click("nav-shops");
    window.click("add-shop");
    window.see("wizard-next");
    window.press_escape();
    window.disappears("wizard-next");
    window.click("status-pill");
    window.see("sync-now");
    window.press_escape();
}

fn csp_violations(window: &Window) -> u64 {
    window
        .run("return window.__cspViolations", &[])
        .as_u64()
        .expect("the page counts violations")
}

#[test]
fn no_page_violates_the_content_security_policy() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    visit_everything(&window);
    assert_eq!(csp_violations(&window), 0);

    // The count would have shown one.
    let inline = "const script = document.createElement('script'); script.textContent = arguments[0]; document.body.append(script)";
    window.run(inline, &[json!("window.broken = true")]);
    until("the violation to be counted", || {
        (csp_violations(&window) == 1).then_some(())
    });
    assert!(
        window.run("return window.broken ?? null", &[]).is_null(),
        "the policy lets inline scripts run"
    );
}

#[test]
fn both_languages_and_themes_stay_chosen() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    window.click("nav-settings");
    window.choose("setting-language", "en");
    window.see_words("nav-orders", "Orders");
    window.choose("setting-language", "zh-CN");
    window.see_words("nav-orders", "订单");
    assert_eq!(
        window.run("return document.documentElement.lang", &[]),
        "zh-CN"
    );
    window.choose("setting-theme", "dark");
    until("the dark theme", || {
        (window.run("return document.documentElement.dataset.theme ?? null", &[]) == "dark")
            .then_some(())
    });
    visit_everything(&window);
    assert_eq!(csp_violations(&window), 0);
    drop(window);
    desktop.quit_app();

    let window = Window::open(&desktop);
    window.see_words("nav-settings", "设置");
    assert_eq!(
        window.run("return document.documentElement.dataset.theme", &[]),
        "dark"
    );
}
