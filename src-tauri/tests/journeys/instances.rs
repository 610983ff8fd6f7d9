//! One window per profile.

use crate::harness::desktop::{Desktop, SELLER_DESK};
use crate::harness::platform::{Dialect, Platform};
use crate::harness::processes::run;
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps;

#[test]
fn a_second_instance_brings_the_first_to_the_front() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    let first = desktop.running_apps();
    window.minimize();
    until("the window to be hidden", || {
        (!desktop.shows_window()).then_some(())
    });

    run(desktop
        .command(SELLER_DESK)
        .arg("--profile")
        .arg(desktop.profile()));
    until("the window to come back", || {
        desktop.shows_window().then_some(())
    });
    assert_eq!(desktop.running_apps(), first);
}

#[test]
fn the_command_line_reads_beside_the_window_and_does_not_write() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    steps::add_shop(&desktop, &platform, Dialect::Guide);
    let _window = Window::open(&desktop);
    steps::wait_for_first_sync(&desktop);
    let refused = desktop.seller_desk(&["sync"]);
    assert_eq!(refused.code, 6, "{}", refused.text);
    assert_eq!(
        refused.lines[0]["error"]["code"], "profile_locked",
        "{}",
        refused.text
    );
    assert!(!steps::order_numbers(&desktop).is_empty());
}

#[test]
fn the_window_is_as_large_and_where_it_was_left() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    let usual = desktop.window_geometry();
    window.resize(1000, 700);
    let left = until("the window to be smaller", || {
        let geometry = desktop.window_geometry();
        (geometry != usual).then_some(geometry)
    });
    steps::close(&desktop, window);
    let _window = Window::open(&desktop);
    until("the window to be as it was left", || {
        (desktop.window_geometry() == left).then_some(())
    });
}

#[test]
fn the_demo_has_a_window_and_a_profile_of_its_own() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    window.click("open-demo");
    until("the demo's window", || {
        let titles = desktop.app_titles();
        titles
            .contains(&"Seller Desk · Demo data".to_owned())
            .then_some(())
    });
    assert_eq!(desktop.app_titles().len(), 2);
    assert_eq!(steps::shops(&desktop), Vec::<serde_json::Value>::new());
}
