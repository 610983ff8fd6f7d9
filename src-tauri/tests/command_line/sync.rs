//! `sync`: everything is there afterwards, nothing is read twice for nothing, and changes arrive.

use std::collections::BTreeSet;

use desk_sandbox::{Dialect, OrderChange};
use serde_json::{Value, json};

use crate::harness::{BOTH, Desk, Platform, US};

fn numbers(orders: &[Value]) -> BTreeSet<String> {
    orders
        .iter()
        .map(|order| order["order_sn"].as_str().unwrap().to_owned())
        .collect()
}

/// What is stored about an order.
fn shown(desk: &Desk, number: &str) -> Value {
    desk.run(&["orders", "show", number]).one()
}

#[test]
fn the_mirror_is_the_truth() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        let shop_id = platform.shop(dialect, US).shop_id;
        let summary = desk.sync(&[]);
        let resources = &summary.complete()["resources"];
        let expected = platform.orders_of_last_days(&shop_id, 30, 0);
        assert!(expected.len() > 200, "several pages");
        let orders = desk.list("orders");
        assert_eq!(numbers(&orders), expected, "{dialect:?}");
        assert_eq!(orders.len(), expected.len(), "none is there twice");
        assert_eq!(resources["orders"]["new"], orders.len());

        let truth = platform
            .sandbox
            .truth(dialect, &shop_id, platform.now())
            .unwrap();
        assert_eq!(
            desk.list("products").len(),
            truth.products.len(),
            "{dialect:?}"
        );
        assert_eq!(
            desk.list("activities").len(),
            truth.activities.len(),
            "{dialect:?}"
        );
        for digest in platform.sandbox.order_digests(&shop_id).unwrap() {
            let stored = orders
                .iter()
                .find(|order| order["order_sn"] == digest.order_sn.as_str());
            if let Some(stored) = stored {
                assert_eq!(stored["updated_at"], digest.updated_at, "{stored}");
            }
        }
    }
}

#[test]
fn a_second_sync_asks_little_and_writes_nothing() {
    let ceilings = [
        (
            Dialect::Guide,
            [("order/list", 3), ("product/list", 1), ("activity/list", 1)],
        ),
        (
            Dialect::OpenPlatform,
            [
                ("bg.order.list.v2.get", 3),
                ("bg.local.goods.list.query", 4),
                ("bg.promotion.activity.query", 4),
            ],
        ),
    ];
    for (dialect, ceilings) in ceilings {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        desk.sync(&[]).complete();
        let before = desk.rows();
        let calls = ceilings.map(|(name, _)| platform.calls(name));
        let summary = desk.sync(&[]);
        for (resource, counts) in summary.complete()["resources"].as_object().unwrap() {
            assert_eq!(
                (&counts["new"], &counts["changed"]),
                (&json!(0), &json!(0)),
                "{dialect:?} {resource}"
            );
        }
        for ((name, ceiling), calls) in ceilings.into_iter().zip(calls) {
            let made = platform.calls(name) - calls;
            assert!((1..=ceiling).contains(&made), "{made} calls of {name}");
        }
        desk.rows().assert_same_as(&before);
    }
}

#[test]
fn a_changed_and_a_new_order_arrive_with_the_next_sync() {
    for dialect in BOTH {
        let platform = Platform::start();
        let desk = Desk::with_shop(&platform, dialect, US);
        let shop_id = platform.shop(dialect, US).shop_id;
        desk.sync(&[]).complete();
        let unshipped = desk
            .run(&["orders", "list", "--status", "unshipped", "--limit", "1"])
            .one();
        let number = unshipped["order_sn"].as_str().unwrap();
        let change = OrderChange {
            status: Some("SHIPPED".to_owned()),
            ..OrderChange::default()
        };
        platform
            .sandbox
            .change_order(&shop_id, number, &change, platform.now())
            .unwrap();
        let new = platform
            .sandbox
            .add_order(&shop_id, &OrderChange::default(), platform.now())
            .unwrap();

        let summary = desk.sync(&[]);
        let counts = &summary.complete()["resources"]["orders"];
        assert_eq!(
            (&counts["new"], &counts["changed"]),
            (&json!(1), &json!(1)),
            "{dialect:?}"
        );
        let shipped = shown(&desk, number);
        assert_eq!(shipped["status"], "shipped");
        let history = shipped["status_history"].as_array().unwrap();
        let seen = |status: &str| history.iter().any(|seen| seen["status"] == status);
        assert!(seen("unshipped") && seen("shipped"), "{history:?}");
        assert_eq!(shown(&desk, &new)["status"], "unshipped");
    }
}

#[test]
fn since_reads_farther_back() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    desk.sync(&[]).complete();
    desk.sync(&["--since", "90"]).complete();
    let expected = platform.orders_of_last_days(&shop_id, 90, 0);
    assert!(expected.len() > platform.orders_of_last_days(&shop_id, 30, 0).len());
    assert_eq!(numbers(&desk.list("orders")), expected);

    let first = Desk::with_shop(&platform, Dialect::Guide, US);
    first.sync(&["--since", "5"]).complete();
    assert_eq!(
        numbers(&first.list("orders")),
        platform.orders_of_last_days(&shop_id, 5, 0)
    );
}

#[test]
fn an_order_outside_the_window_is_fetched_by_its_number() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    desk.sync(&[]).complete();
    let oldest = platform.sandbox.order_digests(&shop_id).unwrap().remove(0);
    desk.run(&["orders", "show", &oldest.order_sn])
        .refused(1, "order_not_found");
    let fetched = desk
        .run(&["orders", "show", &oldest.order_sn, "--refresh"])
        .one();
    assert_eq!(fetched["updated_at"], oldest.updated_at);
    assert_eq!(
        shown(&desk, &oldest.order_sn)["order_sn"],
        oldest.order_sn.as_str()
    );
}

#[test]
fn only_the_named_shop_is_synced() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.add(&platform, Dialect::Guide, 1).one();
    let shop_id = platform.shop(Dialect::Guide, 1).shop_id;
    let summary = desk.sync(&["--shop", &shop_id]);
    assert_eq!(summary.complete()["shop_id"], format!("custom:{shop_id}"));
    let orders = desk.list("orders");
    assert!(
        orders
            .iter()
            .all(|order| order["shop_id"] == format!("custom:{shop_id}"))
    );
}

#[test]
fn a_profile_without_shops_has_nothing_to_sync() {
    let desk = Desk::alone();
    let summary = desk.run(&["sync", "--vault", "passphrase"]).summary();
    assert_eq!((summary.exit, summary.shops.len()), (0, 0));
}

#[test]
fn removing_a_shop_takes_its_data_unless_it_is_kept() {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    let shop_id = platform.shop(Dialect::Guide, US).shop_id;
    desk.sync(&[]).complete();
    let before = desk.rows();
    let removed = desk
        .run(&["shops", "remove", &shop_id, "--keep-data"])
        .one();
    assert_eq!(
        removed,
        json!({"removed": format!("custom:{shop_id}"), "data_kept": true})
    );
    assert!(desk.shops().is_empty());
    assert!(
        desk.list("orders").is_empty(),
        "kept data waits for its shop"
    );

    desk.add(&platform, Dialect::Guide, US).one();
    desk.rows().assert_same_as(&before);
    desk.run(&["shops", "remove", &shop_id]).one();
    desk.add(&platform, Dialect::Guide, US).one();
    assert!(desk.list("orders").is_empty());
    assert!(desk.list("products").is_empty());
}
