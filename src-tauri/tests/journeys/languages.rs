//! What people read, in both languages. On a desktop of that language nothing has to be chosen.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::harness::desktop::Desktop;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::harness::words::{Language, Words};
use crate::steps::{self, SHOP, in_both_languages};

/// The Escape key.
const ESCAPE: &str = "\u{e00c}";

in_both_languages!(
    the_first_run_and_the_wizard,
    an_error_says_why_and_its_buttons_cure_it,
    an_empty_list_says_why_and_its_button_fills_it,
    orders_are_listed_and_exported,
);

/// Waits for the error of that code, with all its words.
fn see_error(window: &Window, words: &Words, code: &str) {
    until(&format!("the error {code}"), || {
        (window.attribute("error-box", "data-code").as_deref() == Some(code)).then_some(())
    });
    for part in ["title", "cause", "cure"] {
        window.see_words("error-box", words.get(&format!("error.{code}.{part}")));
    }
}

fn the_first_run_and_the_wizard(language: Language) {
    let words = Words::of(language);
    let (desktop, platform) = (Desktop::speaking(language), Platform::start());
    let window = Window::open(&desktop);
    let read = |group: &str, keys: &[&str]| {
        for key in keys {
            window.read(words.get(&format!("{group}.{key}")));
        }
    };
    read(
        "first_run",
        &["title", "lead", "authorize", "paste", "demo"],
    );
    assert_eq!(
        window.run("return document.documentElement.lang", &[]),
        language.code()
    );

    let dialect = Dialect::OpenPlatform;
    let (base_url, key) = (platform.base_url(), platform.app_key(dialect));
    steps::fill_app(&window, base_url, dialect, key, "made-up-secret");
    read(
        "wizard",
        &[
            "title", "step_app", "step_how", "gateway", "base_url", "dialect", "app_hint",
            "redirect",
        ],
    );
    window.click("test-connection");
    see_error(&window, &words, "signature_rejected");

    window.fill("app-secret", platform.app_secret(dialect));
    window.click("test-connection");
    let connected = words.get("wizard.connected").split("{{").next().unwrap();
    window.see_words("connected", connected);
    window.click("wizard-next");
    read("wizard", &["browser", "or_paste", "paste", "paste_hint"]);
    let token = platform.access_token(dialect, SHOP);
    steps::paste_token(&window, token, platform.shop_id(dialect, SHOP));
    window.read(&words.count("wizard.added", 1));
    window.see_words("shop-card", words.get("mall_type.local"));
    window.see_words("shop-card", words.get("dialect.open-platform"));
}

fn an_error_says_why_and_its_buttons_cure_it(language: Language) {
    let words = Words::of(language);
    let (desktop, platform) = (Desktop::speaking(language), Platform::start());
    let dialect = Dialect::OpenPlatform;
    steps::sync_by_hand_only(&desktop);
    steps::add_shop(&desktop, &platform, dialect);
    steps::sync(&desktop);
    let window = Window::open(&desktop);
    platform.fail("ip_not_allowed");
    steps::sync_now(&window);
    see_error(&window, &words, "ip_not_allowed");

    window.click_words(words.get("action.set_proxy"));
    assert_eq!(window.value("app-key"), platform.app_key(dialect));
    window.read(words.get("wizard.proxy_open"));
    window.press_escape();
    window.disappears("app-key");

    platform.recover();
    let added = platform.add_order(SHOP, "UNSHIPPED");
    window.click_words(words.get("action.retry"));
    window.disappears("error-box");
    steps::see_order(&window, &added, words.get("order_status.unshipped"));
}

fn an_empty_list_says_why_and_its_button_fills_it(language: Language) {
    let words = Words::of(language);
    let (desktop, platform) = (Desktop::speaking(language), Platform::start());
    let dialect = Dialect::OpenPlatform;
    platform.drop_scopes(dialect, SHOP, &["bg.promotion.activity.query"]);
    steps::sync_by_hand_only(&desktop);
    steps::add_shop(&desktop, &platform, dialect);
    let window = Window::open(&desktop);
    window.click("nav-orders");
    window.see_words("empty", words.get("empty.never_synced"));
    window.click_words(words.get("action.sync_now"));
    window.see("grid-row");

    window.fill("search", "no such order");
    let nothing = words.get("empty.nothing_matches").split("{{").next();
    window.see_words("empty", nothing.unwrap());
    window.see_words("empty", "no such order");
    window.click_words(words.get("filter.clear"));
    window.see("grid-row");
    assert_eq!(window.value("search"), "");

    window.click("nav-activities");
    window.see_words("empty", words.get("empty.scope_missing"));
    window.click_words(words.get("action.authorize_again"));
    let shop = steps::shops(&desktop)[0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    window.read(&words.with("wizard.title_again", &[("shop", &shop)]));
}

/// The files that were exported from the window. The desktop names no folder for downloads.
fn exported(desktop: &Desktop) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(desktop.profile().join("exports")) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "xlsx"))
        .collect()
}

/// The headers that the file will have: the words of the chosen columns, times with their zone.
fn expected_headers(window: &Window, words: &Words) -> Vec<[String; 2]> {
    let script = "return [[...document.querySelectorAll('[data-export-column]:has(:checked)')].map(line => line.dataset.exportColumn),
        Intl.DateTimeFormat().resolvedOptions().timeZone]";
    let (columns, zone): (Vec<String>, String) =
        serde_json::from_value(window.run(script, &[])).unwrap();
    assert!(columns.len() > 3, "{columns:?}");
    let header = |column: &String| {
        let word = words.get(&format!("export.column.{column}"));
        let with_zone = words.with("file.in_zone", &[("column", word), ("zone", &zone)]);
        [word.to_owned(), with_zone]
    };
    columns.iter().map(header).collect()
}

fn orders_are_listed_and_exported(language: Language) {
    let words = Words::of(language);
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::speaking(language), &platform);
    let window = Window::open(&desktop);
    let orders = desktop.seller_desk(&["orders", "list"]).lines;
    let statuses: BTreeSet<&str> = orders
        .iter()
        .map(|order| order["status"].as_str().unwrap())
        .collect();
    assert!(statuses.len() > 3, "{statuses:?}");
    for status in statuses {
        let order = orders.iter().find(|order| order["status"] == status);
        let text = |name: &str| order.unwrap()[name].as_str().unwrap();
        let word = match status {
            // A status that this version does not know is shown by the platform's own code.
            "unknown" => text("platform_status"),
            known => words.get(&format!("order_status.{known}")),
        };
        steps::see_order(&window, text("order_sn"), word);
    }

    window.press_in("search", ESCAPE);
    window.click("kpi-canceled");
    let canceled: BTreeSet<String> = orders
        .iter()
        .filter(|order| order["status"] == "canceled")
        .map(|order| order["order_sn"].as_str().unwrap().to_owned())
        .collect();
    window.see_words("row-count", &words.count("list.count", canceled.len()));
    window.click("export");
    window.read(words.get("export.title.orders"));
    let headers = expected_headers(&window, &words);
    window.click("export-start");
    window.read(&words.count("export.done", canceled.len()));
    window.click_words(words.get("export.show"));
    // Without a file manager the desktop leaves folders to the browser.
    let folder = desktop.profile().join("exports").display().to_string();
    assert_eq!(desktop.visited(), folder);

    let [file] = &exported(&desktop)[..] else {
        panic!("{:?}", exported(&desktop));
    };
    let mut workbook: Xlsx<_> = open_workbook(file).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let mut rows = sheet.rows();
    let first: Vec<String> = rows.next().unwrap().iter().map(Data::to_string).collect();
    assert_eq!(first.len(), headers.len(), "{first:?} {headers:?}");
    for (header, expected) in first.iter().zip(&headers) {
        assert!(expected.contains(header), "{header}, not {expected:?}");
    }
    assert_eq!(sheet.height(), canceled.len() + 1);
    let column = |name: &str| {
        let word = words.get(&format!("export.column.{name}"));
        first.iter().position(|header| header == word).unwrap()
    };
    let (order, status) = (column("order"), column("status"));
    let written: BTreeSet<String> = rows
        .map(|row| {
            assert_eq!(row[status].to_string(), words.get("order_status.canceled"));
            row[order].to_string()
        })
        .collect();
    assert_eq!(written, canceled);
}
