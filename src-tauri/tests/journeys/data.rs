//! What is stored: backed up and had back in the window, and reachable where the profile does not open.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;

use zip::ZipArchive;

use crate::harness::desktop::{Desktop, SELLER_DESK};
use crate::harness::platform::{Dialect, Platform};
use crate::harness::wait::until;
use crate::harness::window::Window;
use crate::steps::{self, SHOP};

/// Opens the settings. The rail stands still once the shops are there.
fn open_settings(window: &Window) {
    window.see("shop-switcher");
    window.click("nav-settings");
}

/// Backs up on the settings page, to the end.
fn back_up(window: &Window) {
    window.click("back-up");
    window.read("The database was backed up.");
}

/// Restores the copy whose name begins like this, and waits until the window shows what it did.
fn restore(window: &Window, copy: &str) {
    window.click("open-restore");
    window.click_on(&format!("[data-testid=copy][data-name^={copy:?}]"));
    window.click("restore-confirm");
    window.disappears("restore-confirm");
    window.see_words("recovered-banner", "set-aside-");
}

#[test]
fn a_backup_is_made_and_restored_in_the_window_and_both_can_be_had_back() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let before = steps::order_numbers(&desktop);
    let window = Window::open(&desktop);
    open_settings(&window);
    window.see_words("data-size", "B");
    back_up(&window);
    assert!(window.attribute("newest-backup", "data-made-at").is_some());

    let added = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &added, "To ship");
    // Older orders may come behind the sync, so there may be more when the backup takes the place.
    let with_added = steps::order_numbers(&desktop);
    assert!(with_added.contains(&added));

    open_settings(&window);
    restore(&window, "backups");
    assert!(!steps::order_numbers(&desktop).contains(&added));
    assert!(steps::order_numbers(&desktop).is_superset(&before));

    // What was replaced is a copy like any other.
    open_settings(&window);
    restore(&window, "set-aside-");
    assert!(steps::order_numbers(&desktop).is_superset(&with_added));

    // The shop works on: its token is where it was, and the page follows the new database.
    let another = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &another, "To ship");
}

#[test]
fn secrets_of_this_session_outlive_a_restore() {
    let (desktop, platform) = (Desktop::start(), Platform::start());
    let profile = desktop.profile();
    let window = Window::open_with(
        &desktop,
        SELLER_DESK,
        &["--profile", profile.to_str().unwrap(), "--vault", "memory"],
    );
    let dialect = Dialect::OpenPlatform;
    steps::enter_app(&window, &platform, dialect);
    steps::paste_token(
        &window,
        platform.access_token(dialect, SHOP),
        platform.shop_id(dialect, SHOP),
    );
    steps::expect_shop_with_orders(&desktop, &platform, dialect, &window);
    open_settings(&window);
    back_up(&window);
    restore(&window, "backups");

    let added = platform.add_order(SHOP, "UNSHIPPED");
    steps::sync_now(&window);
    steps::see_order(&window, &added, "To ship");
}

#[test]
fn a_database_of_a_newer_version_gives_way_to_a_backup_of_this_one() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let orders = steps::order_numbers(&desktop);
    let backup = desktop.seller_desk(&["backup"]);
    assert_eq!(backup.code, 0, "{}", backup.text);
    write_as_newer_version(&desktop);

    let window = Window::start(&desktop);
    window.see("error-box");
    assert_eq!(
        window.attribute("error-box", "data-code").as_deref(),
        Some("database_newer")
    );
    window.click_words("Open data folder");
    // Without a file manager the desktop leaves folders to the browser.
    assert_eq!(desktop.visited(), desktop.profile().display().to_string());

    window.click_words("Restore a backup");
    window.click("restore-confirm");
    window.see("nav-orders");
    window.see_words("recovered-banner", "set-aside-");
    assert_eq!(steps::order_numbers(&desktop), orders);
}

#[test]
fn a_profile_that_is_free_again_opens_without_a_new_start() {
    let desktop = Desktop::start();
    let lock = File::create(desktop.profile().join("profile.lock")).unwrap();
    lock.lock().unwrap();
    let window = Window::start(&desktop);
    window.see("error-box");
    assert_eq!(
        window.attribute("error-box", "data-code").as_deref(),
        Some("profile_locked")
    );
    drop(lock);
    window.click_words("Try again");
    window.see("nav-orders");
}

#[test]
fn the_diagnostics_are_saved_as_they_were_shown() {
    let platform = Platform::start();
    let desktop = steps::with_synced_shop(Desktop::start(), &platform);
    let window = Window::open(&desktop);
    open_settings(&window);
    window.click("open-diagnostics");
    window.see("diagnostics-file");
    let shown = window.run(
        "return [...document.querySelectorAll('[data-testid=diagnostics-file]')]
            .map(file => [file.querySelector('summary span').textContent, file.querySelector('pre').textContent])",
        &[],
    );
    let shown: BTreeMap<String, String> = serde_json::from_value(shown)
        .map(|files: Vec<(String, String)>| files.into_iter().collect())
        .unwrap();
    assert!(shown["shops.json"].contains("\"shop\": 1"), "{shown:?}");

    window.click("save-diagnostics");
    // This desktop names no folder for downloads.
    let folder = desktop.profile().join("exports");
    let file = until("the bundle", || {
        let names = fs::read_dir(&folder).ok()?;
        names
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.extension().is_some_and(|ending| ending == "zip"))
    });
    window.read(&file.display().to_string());
    let mut archive = ZipArchive::new(File::open(file).unwrap()).unwrap();
    let saved: BTreeMap<String, String> = (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect();
    assert_eq!(saved, shown);
}

/// Renames a change of the tables to one that this version does not know.
fn write_as_newer_version(desktop: &Desktop) {
    let file = desktop.profile().join("seller-desk.sqlite3");
    let mut bytes = fs::read(&file).unwrap();
    let (known, unknown) = (b"m20261122_000001", b"m20991122_000001");
    let found: Vec<usize> = (0..bytes.len() - known.len())
        .filter(|at| bytes[*at..].starts_with(known))
        .collect();
    assert!(
        !found.is_empty(),
        "the first change of the tables has another name"
    );
    for at in found {
        bytes[at..at + unknown.len()].copy_from_slice(unknown);
    }
    fs::write(&file, bytes).unwrap();
}
