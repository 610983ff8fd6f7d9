//! The app outside its window: notifications, the tray, closing, the start at login.

use std::fs;
use std::time::Duration;

use crate::harness::desktop::{Desktop, SELLER_DESK};
use crate::harness::notifications::Notifications;
use crate::harness::platform::{Dialect, Platform};
use crate::harness::processes::Process;
use crate::harness::tray_host::TrayHost;
use crate::harness::wait::{until, within};
use crate::harness::window::Window;
use crate::harness::words::{Language, Words};
use crate::steps::{self, SHOP, in_both_languages};

/// What a failing sync takes.
const SOON: Duration = Duration::from_secs(3);

fn see_window(desktop: &Desktop) {
    until("the window to be on the screen", || {
        desktop.shows_window().then_some(())
    });
}

fn see_no_window(desktop: &Desktop) {
    until("the window to be off the screen", || {
        (!desktop.shows_window()).then_some(())
    });
}

fn see_the_end(desktop: &Desktop) {
    until("the app to end", || {
        desktop.running_apps().is_empty().then_some(())
    });
}

/// Starts the app as a login does.
fn start_hidden(desktop: &Desktop) -> Process {
    Process::start(
        desktop
            .command(SELLER_DESK)
            .arg("--profile")
            .arg(desktop.profile())
            .arg("--hidden")
            .stdout(desktop.log())
            .stderr(desktop.log()),
    )
}

in_both_languages!(
    new_orders_are_told_once_and_a_click_shows_them,
    a_shop_that_keeps_failing_is_told_once_and_a_click_shows_why,
);

fn new_orders_are_told_once_and_a_click_shows_them(language: Language) {
    let words = Words::of(language);
    let (desktop, platform) = (Desktop::speaking(language), Platform::start());
    let notifications = Notifications::start(&desktop);
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let shop_name = steps::shops(&desktop)[0]["name"].clone();
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);

    let order = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    let shown = notifications.titled(&words.count("notice.new_orders", 1));
    assert_eq!(shop_name, shown.body.as_str());
    assert_eq!(shown.actions, ["default", words.get("notice.open")]);

    window.minimize();
    see_no_window(&desktop);
    notifications.click(&shown);
    see_window(&desktop);
    window.see_words("grid-row", &order);

    platform.add_order(SHOP, "UNSHIPPED");
    platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    notifications.titled(&words.count("notice.new_orders", 2));
    let of_new_orders: Vec<String> = notifications
        .shown()
        .into_iter()
        .map(|shown| shown.title)
        .filter(|title| (1..100).any(|count| *title == words.count("notice.new_orders", count)))
        .collect();
    assert_eq!(
        of_new_orders,
        [1, 2].map(|count| words.count("notice.new_orders", count)),
        "the first sync tells of no orders"
    );
}

fn a_shop_that_keeps_failing_is_told_once_and_a_click_shows_why(language: Language) {
    let words = Words::of(language);
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::speaking(language), &platform);
    let notifications = Notifications::start(&desktop);
    let window = Window::open(&desktop);
    platform.fail("ip_not_allowed");
    let failures = || {
        let failed =
            "SELECT count(*) FROM sync_runs WHERE resource = 'orders' AND result = 'failed'";
        desktop.select::<i64>(failed)
    };
    let title = words.count("notice.sync_failing", 1);
    let told = || {
        let shown = notifications.shown();
        shown.iter().filter(|shown| shown.title == title).count()
    };
    // A press while the one before is still ending only joins it.
    let fail_again = || {
        let before = failures();
        until("another failure", || {
            steps::sync_now(&window);
            within(SOON, || (failures() > before).then_some(()))
        });
    };
    while failures() < 3 {
        let so_far = told();
        assert!(so_far == 0 || failures() >= 3, "told before the third");
        fail_again();
    }
    let shown = notifications.titled(&title);
    fail_again();
    window.minimize();
    see_no_window(&desktop);
    notifications.click(&shown);
    see_window(&desktop);
    window.see("sync-run");
    window.read(words.get("error.ip_not_allowed.title"));
    window.read(words.get("run_result.failed"));
    assert_eq!(told(), 1);
}

#[test]
fn what_was_told_is_not_told_again_after_a_restart() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let notifications = Notifications::start(&desktop);
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    let overdue = notifications.titled("overdue");
    notifications.click(&overdue);
    window.see("grid-row");
    let address = window.run("return location.hash", &[]).to_string();
    assert!(address.contains("overdue"), "{address}");
    drop(window);
    desktop.quit_app();

    // Otherwise the sync at the start may read the list just before the order comes.
    steps::sync_by_hand_only(&desktop);
    let window = Window::open(&desktop);
    platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    notifications.titled("1 new order");
    let overdue = |titles: Vec<String>| {
        titles
            .iter()
            .filter(|title| title.contains("overdue"))
            .count()
    };
    let titles = notifications.shown().into_iter().map(|shown| shown.title);
    assert_eq!(overdue(titles.collect()), 1);
}

/// How many new orders were told of.
fn new_orders_told(notifications: &Notifications) -> usize {
    let counted = |title: &str| {
        let (count, words) = title.split_once(' ')?;
        words
            .starts_with("new order")
            .then(|| count.parse::<usize>().ok())?
    };
    let shown = notifications.shown();
    shown.iter().filter_map(|shown| counted(&shown.title)).sum()
}

#[test]
fn the_quiet_hours_put_off_what_a_switch_keeps_back_for_good() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let notifications = Notifications::start(&desktop);
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    let is_kept = |stored: &str| {
        until("the setting to be kept", || {
            let settings: String = desktop
                .select("SELECT ifnull(max(value), '') FROM settings WHERE key = 'settings'");
            settings.contains(stored).then_some(())
        });
    };
    let press = |switch: &str| {
        window.click("nav-settings");
        window.click(switch);
    };
    let overdue = || {
        let shown = notifications.shown();
        shown
            .iter()
            .filter(|shown| shown.title.contains("overdue"))
            .count()
    };
    notifications.titled("overdue");

    press("setting-notice-new_orders");
    is_kept(r#""new_orders":false"#);
    let told = overdue();
    platform.add_overdue_order(SHOP);
    steps::sync_now(&window);
    until("the other notification of the same order", || {
        (overdue() > told).then_some(())
    });
    assert_eq!(new_orders_told(&notifications), 0);

    press("setting-notice-new_orders");
    is_kept(r#""new_orders":true"#);
    press("setting-quiet-hours");
    // From a time to the same time is the whole day.
    window.choose("setting-quiet-from", "0");
    window.choose("setting-quiet-to", "0");
    is_kept(r#""enabled":true,"from":0,"to":0"#);
    let bring_an_order = || {
        let order = platform.add_order(SHOP, "UNSHIPPED");
        steps::sync_now(&window);
        until("the order to come", || {
            steps::order_numbers(&desktop)
                .contains(&order)
                .then_some(())
        });
    };
    bring_an_order();
    bring_an_order();
    assert_eq!(new_orders_told(&notifications), 0);

    press("setting-quiet-hours");
    is_kept(r#""enabled":false,"from":0"#);
    bring_an_order();
    until("all three to be told", || {
        (new_orders_told(&notifications) == 3).then_some(())
    });
}

#[test]
fn a_closed_window_leaves_the_app_in_the_tray_and_comes_back_from_there() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let host = TrayHost::start(&desktop);
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    let app = desktop.running_apps();
    host.see("Open Seller Desk");

    desktop.close_window();
    window.see("close-question");
    window.press_escape();
    window.disappears("close-question");
    assert!(desktop.shows_window());

    desktop.close_window();
    window.click("close-keep-syncing");
    see_no_window(&desktop);
    let order = platform.add_order(SHOP, "UNSHIPPED");
    host.choose("Sync now");
    until("the order to come while the window is closed", || {
        steps::order_numbers(&desktop)
            .contains(&order)
            .then_some(())
    });
    host.choose("Open Seller Desk");
    see_window(&desktop);
    window.click("nav-orders");
    window.click("views");
    window.click("view-new_since_visit");
    window.see_words("grid-row", &order);
    until("it alone to be new", || {
        (window.count("grid-row") == 1).then_some(())
    });

    // The answer was remembered.
    desktop.close_window();
    see_no_window(&desktop);
    assert_eq!(desktop.running_apps(), app);
    host.click();
    see_window(&desktop);
    window.click("nav-settings");
    assert_eq!(window.value("setting-on-close"), "keep_syncing");
    host.choose("Quit");
    see_the_end(&desktop);
}

#[test]
fn the_tray_pauses_the_automatic_sync_in_the_sellers_language() {
    let desktop = Desktop::start();
    let host = TrayHost::start(&desktop);
    let window = Window::open(&desktop);
    window.click("nav-settings");
    let is_on = || window.attribute("setting-auto-sync", "aria-checked");
    window.see("setting-auto-sync");
    assert_eq!(is_on().as_deref(), Some("true"));
    host.choose("Pause automatic sync");
    host.see("Resume automatic sync");
    until("the switch to follow", || {
        (is_on().as_deref() == Some("false")).then_some(())
    });
    window.choose("setting-language", "zh-CN");
    host.see("恢复自动同步");
    until("the frame to speak Chinese", || {
        (desktop.app_titles() == ["卖家工作台"]).then_some(())
    });
    assert_eq!(
        host.menu(),
        ["打开卖家工作台", "立即同步", "恢复自动同步", "退出"]
    );
}

#[test]
fn without_a_tray_closing_quits_also_during_a_sync_and_the_next_start_goes_on() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let window = Window::open(&desktop);
    until("the first sync to be under way", || {
        (!steps::order_numbers(&desktop).is_empty()).then_some(())
    });
    desktop.close_window();
    see_the_end(&desktop);
    drop(window);
    let doctor = desktop.seller_desk(&["doctor"]);
    assert_eq!(doctor.code, 0, "{}", doctor.text);

    let _window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    steps::expect_orders(&desktop, &platform);
}

#[test]
fn the_start_at_login_is_an_entry_that_comes_and_goes() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    window.click("nav-settings");
    window.see("setting-autostart");
    let entries = desktop.path("config/autostart");
    let entry = || Some(fs::read_dir(&entries).ok()?.next()?.unwrap().path());
    assert_eq!(entry(), None);
    window.click("setting-autostart");
    let command = format!(
        "Exec={SELLER_DESK} --profile {} --hidden",
        desktop.profile().display()
    );
    until(&format!("an entry with {command}"), || {
        let text = fs::read_to_string(entry()?).ok()?;
        text.contains(&command).then_some(())
    });
    window.click("setting-autostart");
    until("the entry to go", || entry().is_none().then_some(()));
}

#[test]
fn at_login_it_starts_in_the_tray_and_where_there_is_none_in_its_window() {
    let desktop = Desktop::start();
    let host = TrayHost::start(&desktop);
    let app = start_hidden(&desktop);
    host.see("Open Seller Desk");
    assert!(!desktop.shows_window());
    host.choose("Open Seller Desk");
    see_window(&desktop);
    desktop.quit_app();
    drop((app, host));

    let _app = start_hidden(&desktop);
    see_window(&desktop);
}
