//! Clock, network and limits: what is between this computer and the platform.

use std::collections::BTreeSet;

use desk_sandbox::{Dialect, Fault, FaultKind};

use crate::harness::{BOTH, Desk, Platform, US, explained};

const HOUR: i64 = 3_600;

#[test]
fn a_wrong_clock_is_corrected_and_loses_nothing() {
    for (dialect, offset) in BOTH
        .into_iter()
        .flat_map(|dialect| [(dialect, HOUR), (dialect, -HOUR)])
    {
        let platform = Platform::start();
        platform.sandbox.set_clock_offset(offset);
        let shop_id = platform.shop(dialect, US).shop_id;
        let desk = Desk::with_shop(&platform, dialect, US);
        let summary = desk.sync(&[]);
        assert_eq!(summary.complete()["resources"]["orders"]["quarantined"], 0);
        let test = desk.run(&["shops", "test", &shop_id]).one();
        let measured = test["clock_offset_seconds"].as_i64().unwrap();
        assert!(
            (measured - offset).abs() <= 3,
            "{dialect:?}: {measured} is not {offset}"
        );
        let stored: BTreeSet<String> = desk
            .list("orders")
            .iter()
            .map(|order| order["order_sn"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(
            stored,
            platform.orders_of_last_days(&shop_id, 30, offset),
            "{dialect:?} {offset}"
        );
    }
}

#[test]
fn a_platform_out_of_reach_leaves_the_data_as_it_was() {
    let mut platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let before = desk.rows();
    platform.stop();
    let summary = desk.sync(&[]);
    explained(&summary.ended(1, "failed")["error"], "network");
    desk.rows().assert_same_as(&before);
    assert_eq!(
        desk.shops()[0]["token_state"],
        "valid",
        "the token is not to blame"
    );
}

#[test]
fn a_wait_that_is_too_long_is_reported_and_not_waited_for() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    let before = desk.rows();
    let calls = platform.all_calls();
    let retry_after = Some("3600".to_owned());
    platform.sandbox.set_faults(vec![Fault {
        kind: FaultKind::Status {
            status: 429,
            retry_after,
        },
        times: 100,
        call: None,
    }]);
    let summary = desk.sync(&[]);
    explained(&summary.ended(4, "failed")["error"], "rate_limited");
    assert_eq!(platform.all_calls() - calls, 1);
    desk.rows().assert_same_as(&before);
}

#[test]
fn an_address_that_is_not_allowed_is_named() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        platform.sandbox.set_faults(vec![Fault {
            kind: FaultKind::IpNotAllowed,
            times: 100,
            call: None,
        }]);
        let summary = desk.sync(&[]);
        explained(&summary.ended(1, "failed")["error"], "ip_not_allowed");
    }
}
