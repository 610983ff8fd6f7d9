//! What keeps the mirror whole besides `sync`: `maintain`, `check`, `backup`, `restore`, `doctor`, and a damaged database.

use std::{collections::BTreeSet, fs, path::PathBuf};

use desk_sandbox::{Dialect, OrderChange};
use serde_json::Value;

use crate::harness::{BOTH, Desk, Platform, US, files_below};

fn numbers(desk: &Desk) -> BTreeSet<String> {
    desk.list("orders")
        .iter()
        .map(|order| order["order_sn"].as_str().unwrap().to_owned())
        .collect()
}

fn quantity(value: i64) -> OrderChange {
    OrderChange {
        quantity: Some(value),
        ..OrderChange::default()
    }
}

/// The report of a check: its last line, whatever it found.
fn report(desk: &Desk, arguments: &[&str]) -> Value {
    desk.run(arguments).objects().pop().unwrap()
}

/// The part of a report that is about orders.
fn about_orders(report: &Value) -> &Value {
    report["resources"]
        .as_array()
        .unwrap()
        .iter()
        .find(|part| part["resource"] == "orders")
        .unwrap()
}

#[test]
fn maintain_fetches_the_history_and_then_has_nothing_to_do() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        let shop_id = platform.shop(dialect, US).shop_id;
        desk.sync(&[]).complete();
        let recent = numbers(&desk);
        desk.run(&["maintain"]).done();
        let all = platform.orders_of_last_days(&shop_id, 365, 0);
        assert!(all.len() > recent.len(), "there is history to fetch");
        // History begins with a whole day.
        let at_most = platform.orders_of_last_days(&shop_id, 366, 0);
        let stored = numbers(&desk);
        assert!(
            stored.is_superset(&all) && stored.is_subset(&at_most),
            "{dialect:?}"
        );

        let calls = platform.all_calls();
        desk.run(&["maintain"]).done();
        // Amounts that were refused are asked for once more.
        let again = platform.all_calls() - calls;
        assert!(
            again <= 2,
            "{dialect:?}: {again} calls, but nothing was due"
        );
    }
}

#[test]
fn check_finds_what_no_sync_can_see_and_repairs_it() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        let shop_id = platform.shop(dialect, US).shop_id;
        desk.sync(&[]).complete();
        let clean = report(&desk, &["check", "--shop", &shop_id]);
        let orders = about_orders(&clean);
        // More than was synced may be listed: the check looks 90 days back.
        assert_eq!(orders["changed"]["count"], 0, "{dialect:?} {clean}");
        assert_eq!(orders["vanished"]["count"], 0, "{dialect:?} {clean}");
        desk.run(&["check", "--shop", &shop_id, "--repair"]).done();

        let order_sn = numbers(&desk).pop_last().unwrap();
        platform
            .sandbox
            .change_order_silently(&shop_id, &order_sn, &quantity(77))
            .unwrap();
        let found = desk.run(&["check", "--shop", &shop_id]);
        assert_eq!(found.exit, 5, "{found:?}");
        let found = found.objects().pop().unwrap();
        assert_eq!(
            about_orders(&found)["changed"]["first"],
            serde_json::json!([order_sn]),
            "{dialect:?}"
        );
        let shown =
            || desk.run(&["orders", "show", &order_sn]).one()["items"][0]["quantity"].clone();
        assert_ne!(shown(), 77, "a check alone writes nothing");
        let repaired = report(&desk, &["check", "--shop", &shop_id, "--repair"]);
        assert_eq!(about_orders(&repaired)["repaired"], 1);
        assert_eq!(shown(), 77, "{dialect:?}");
        let clean = report(&desk, &["check", "--shop", &shop_id]);
        assert_eq!(about_orders(&clean)["changed"]["count"], 0);
    }
}

#[test]
fn check_refuses_days_that_make_no_sense() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    for days in [["--from", "2026-02-30"], ["--to", "yesterday"]] {
        let refused = desk.run(&["check", "--shop", &shop_id, days[0], days[1]]);
        assert_eq!(refused.exit, 2, "{refused:?}");
    }
    desk.run(&[
        "check",
        "--shop",
        &shop_id,
        "--from",
        "2026-03-01",
        "--to",
        "2026-02-01",
    ])
    .refused(2, "invalid_input");
    desk.run(&["check", "--shop", "nobody"])
        .refused(2, "unknown_shop");
}

#[test]
fn a_backup_takes_the_database_back_and_the_next_sync_fetches_the_rest() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    desk.sync(&[]).complete();
    let before = numbers(&desk);
    let backup = desk.run(&["backup"]).one()["backup"]
        .as_str()
        .unwrap()
        .to_owned();
    let added = platform
        .sandbox
        .add_order(&shop_id, &OrderChange::default(), platform.now())
        .unwrap();
    desk.sync(&[]).complete();
    assert!(numbers(&desk).contains(&added));

    let kept = desk.run(&["restore", &backup]).one()["moved_to"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(numbers(&desk), before);
    assert!(
        !files_below(&PathBuf::from(kept)).is_empty(),
        "the database before it is kept"
    );
    desk.sync(&[]).complete();
    assert!(numbers(&desk).contains(&added));

    let garbage = desk.profile().join("garbage");
    fs::write(&garbage, "this is no database").unwrap();
    let now = numbers(&desk);
    desk.run(&["restore", garbage.to_str().unwrap()])
        .refused(1, "database_corrupt");
    assert_eq!(numbers(&desk), now, "nothing was changed");
}

#[test]
fn f14_a_damaged_database_gives_way_to_its_backup_and_is_kept() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    desk.run(&["backup"]).done();
    let before = numbers(&desk);
    let file = desk.profile().join("seller-desk.sqlite3");
    let mut bytes = fs::read(&file).unwrap();
    bytes[..4096].fill(0);
    fs::write(&file, &bytes).unwrap();

    // Reading alone may not move anything.
    desk.run(&["orders", "list"]).refused(1, "database_corrupt");
    desk.sync(&[]).complete();
    assert_eq!(numbers(&desk), before);
    let kept = files_below(&desk.profile())
        .into_iter()
        .any(|path| path != file && fs::read(path).is_ok_and(|found| found == bytes));
    assert!(kept, "the damaged file is kept as it was");
}

#[test]
fn i13_doctor_names_the_rows_that_were_put_aside() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    desk.sync(&[]).complete();
    let order_sn = numbers(&desk).pop_last().unwrap();
    platform
        .sandbox
        .change_order(&shop_id, &order_sn, &quantity(-3), platform.now())
        .unwrap();
    let summary = desk.sync(&[]);
    assert_eq!(
        summary.ended(5, "partial")["resources"]["orders"]["quarantined"],
        1
    );
    for arguments in [vec!["doctor"], vec!["doctor", "--reread"]] {
        let sick = desk.run(&arguments);
        assert_eq!(sick.exit, 1);
        let named = sick.objects().into_iter().any(|finding| {
            finding["check"] == "quarantine"
                && finding["found"].as_str().unwrap().contains(&order_sn)
        });
        assert!(named, "{sick:?}");
    }
    platform
        .sandbox
        .change_order(&shop_id, &order_sn, &quantity(3), platform.now())
        .unwrap();
    desk.sync(&[]).complete();
    desk.run(&["doctor"]).done();
}
