//! Every page in both languages and themes, under a content security policy that nothing breaks.

use std::fs;

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

/// Opens every page, every panel, the wizard and the drawer, and stops at each.
fn visit_everything(window: &Window, stop_at: impl Fn(&str)) {
    for page in PAGES {
        window.click(&format!("nav-{page}"));
        let current = format!("[data-testid='nav-{page}'][aria-current=page]");
        until(&format!("the page {page}"), || {
            window.finds(&current).then_some(())
        });
        stop_at(page);
    }
    for (page, panel) in [
        ("orders", "order-panel"),
        ("products", "product-panel"),
        ("activities", "activity-panel"),
    ] {
        window.click(&format!("nav-{page}"));
        window.click("grid-row");
        window.see(panel);
        stop_at(panel);
    }
    window.click("nav-shops");
    window.click("add-shop");
    window.see("wizard-next");
    stop_at("wizard");
    window.press_escape();
    window.disappears("wizard-next");
    window.click("status-pill");
    window.see("sync-now");
    stop_at("sync drawer");
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
    visit_everything(&window, |_| ());
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
    visit_everything(&window, |_| ());
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

/// What axe finds wrong in what is shown: rules, places and reasons.
fn violations(window: &Window) -> String {
    window.settle();
    window.run(
        "window.__violations = null;
        axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => {
            const place = ({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`;
            const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(place).join('; ')}`);
            window.__violations = found.join('\\n');
        })",
        &[],
    );
    until("axe to end", || {
        let found = window.run("return window.__violations", &[]);
        found.as_str().map(str::to_owned)
    })
}

#[test]
fn axe_finds_nothing_wrong_on_any_page_in_both_languages_and_themes() {
    let axe = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/ui/node_modules/axe-core/axe.min.js"
    );
    let axe = fs::read_to_string(axe).unwrap();
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    window.run(&axe, &[]);
    for (language, theme) in [
        ("en", "light"),
        ("en", "dark"),
        ("zh-CN", "light"),
        ("zh-CN", "dark"),
    ] {
        window.click("nav-settings");
        window.choose("setting-language", language);
        window.choose("setting-theme", theme);
        until("language and theme", || {
            let script =
                "const { lang, dataset } = document.documentElement; return lang + dataset.theme";
            (window.run(script, &[]) == format!("{language}{theme}")).then_some(())
        });
        visit_everything(&window, |stop| {
            let found = violations(&window);
            assert!(found.is_empty(), "{stop} in {language}, {theme}: {found}");
        });
    }

    // It would have found something.
    let pale = "const words = document.createElement('p'); words.textContent = 'pale';
        words.style.color = 'rgb(200 200 200 / 20%)'; document.querySelector('main').append(words)";
    window.run(pale, &[]);
    assert!(violations(&window).contains("color-contrast"));
}
