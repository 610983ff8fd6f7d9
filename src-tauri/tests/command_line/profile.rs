//! One process writes to a profile; others may read beside it.

use std::time::Duration;

use desk_sandbox::{Dialect, Fault, FaultKind};

use crate::harness::{Desk, Platform, US, interrupt, start_with};

const ENDPOINT: &str = "order/list";

/// A sync that hangs in its first call.
fn hanging_sync(desk: &Desk, platform: &Platform) -> std::process::Child {
    let calls = platform.calls(ENDPOINT);
    platform.sandbox.set_faults(vec![Fault {
        kind: FaultKind::Delay {
            milliseconds: 50_000,
        },
        times: 1,
        call: Some(ENDPOINT.to_owned()),
    }]);
    let child = start_with("", &mut desk.command(&["sync", "--json"]));
    while platform.calls(ENDPOINT) == calls {
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[test]
fn a_profile_in_use_can_be_read_but_not_written() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let before = desk.rows();
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    let order = desk.list("orders")[0]["order_sn"]
        .as_str()
        .unwrap()
        .to_owned();

    let mut syncing = hanging_sync(&desk, &platform);
    desk.add(&platform, Dialect::Guide, US)
        .refused(6, "profile_locked");
    let writing: [&[&str]; 4] = [
        &["sync"],
        &["shops", "test", &shop_id],
        &["shops", "remove", &shop_id],
        &["orders", "show", &order, "--refresh"],
    ];
    for command in writing {
        desk.run(command).refused(6, "profile_locked");
    }
    desk.rows().assert_same_as(&before);
    assert_eq!(desk.shops().len(), 1);
    assert_eq!(
        desk.run(&["orders", "show", &order]).one()["order_sn"],
        order.as_str()
    );
    assert_eq!(desk.run(&["doctor"]).exit, 0);
    let file = desk.profile().with_file_name("orders.csv");
    let file = file.to_str().unwrap();
    desk.run(&["export", "orders", "--format", "csv", "--output", file])
        .done();

    // A killed process leaves no lock and no damage behind.
    syncing.kill().unwrap();
    syncing.wait().unwrap();
    desk.sync(&[]).complete();
    desk.rows().assert_same_as(&before);
}

#[test]
fn an_interrupted_sync_stops_and_says_so() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let syncing = hanging_sync(&desk, &platform);
    interrupt(&syncing);
    let outcome = desk.finish(syncing);
    let summary = outcome.summary();
    let shop = summary.ended(1, "canceled");
    assert_eq!(shop["error"]["code"], "canceled");
    desk.sync(&[]).complete();
}

#[test]
fn a_profile_that_was_never_written_is_empty_and_stays_so() {
    let desk = Desk::alone();
    assert!(desk.shops().is_empty());
    for kind in ["orders", "products", "activities"] {
        assert!(desk.list(kind).is_empty());
    }
    desk.run(&["orders", "show", "PO-1"])
        .refused(1, "order_not_found");
    assert!(!desk.profile().exists(), "reading made a profile");
}

#[test]
fn doctor_tells_what_it_found() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let findings = desk.run(&["doctor"]).done();
    let checks: Vec<&str> = findings
        .iter()
        .map(|finding| finding["check"].as_str().unwrap())
        .collect();
    assert_eq!(checks, ["profile", "links", "database", "vault", "shop"]);
    for finding in &findings {
        let mut keys: Vec<&str> = finding
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        keys.sort_unstable();
        assert_eq!(keys, ["check", "code", "found", "ok"]);
        assert_eq!(finding["ok"], true, "{finding}");
    }

    let doctor = |passphrase: Option<&str>| {
        let mut command = desk.command(&["doctor", "--json"]);
        match passphrase {
            Some(passphrase) => command.env("SELLER_DESK_PASSPHRASE", passphrase),
            None => command.env_remove("SELLER_DESK_PASSPHRASE"),
        };
        let outcome = desk.finish(start_with("", &mut command));
        assert_eq!(outcome.exit, 1, "{outcome:?}");
        outcome
            .objects()
            .into_iter()
            .find(|finding| finding["check"] == "vault")
            .unwrap()
    };
    assert_eq!(
        doctor(Some("another passphrase"))["code"],
        "passphrase_wrong"
    );
    assert_eq!(doctor(None)["code"], "passphrase_needed");

    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    platform
        .sandbox
        .revoke_token(Dialect::Guide, &shop_id)
        .unwrap();
    desk.sync(&[]);
    let sick = desk.run(&["doctor"]);
    assert_eq!(sick.exit, 1);
    let sick = sick.objects();
    let shop = sick
        .iter()
        .find(|finding| finding["check"] == "shop")
        .unwrap();
    assert_eq!(shop["code"], "token_expired");
}
