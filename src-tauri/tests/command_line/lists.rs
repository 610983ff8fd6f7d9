//! `list`: filters, limits and order.

use desk_sandbox::Dialect;
use serde_json::Value;

use crate::harness::{Desk, Platform, US};

const EU: usize = 1;

fn synced() -> (Platform, Desk) {
    let platform = Platform::start();
    let desk = Desk::with_shop(&platform, Dialect::Guide, US);
    desk.sync(&[]).complete();
    (platform, desk)
}

fn list(desk: &Desk, kind: &str, further: &[&str]) -> Vec<Value> {
    desk.run(&[&[kind, "list"], further].concat()).done()
}

#[test]
fn a_limit_cuts_the_list_and_nothing_else() {
    let (_platform, desk) = synced();
    for kind in ["orders", "products", "activities"] {
        let all = desk.list(kind);
        assert_eq!(list(&desk, kind, &["--limit", "3"]), all[..3]);
        assert!(list(&desk, kind, &["--limit", "0"]).is_empty());
        assert_eq!(list(&desk, kind, &["--limit", "1000000"]), all);
    }
}

#[test]
fn statuses_filter_and_add_up() {
    let (_platform, desk) = synced();
    let all = desk.list("orders");
    let of = |status: &str| all.iter().filter(|order| order["status"] == status).count();
    for status in [
        "pending",
        "unshipped",
        "partially_shipped",
        "shipped",
        "delivered",
        "canceled",
        "unknown",
    ] {
        let filtered = list(&desk, "orders", &["--status", status]);
        assert_eq!(filtered.len(), of(status), "{status}");
        assert!(filtered.iter().all(|order| order["status"] == status));
    }
    let both = list(
        &desk,
        "orders",
        &["--status", "shipped", "--status", "canceled"],
    );
    assert_eq!(both.len(), of("shipped") + of("canceled"));
    let unknown = &list(&desk, "orders", &["--status", "unknown"])[0];
    assert!(
        unknown["platform_status"].as_str().unwrap().contains("77"),
        "the platform's code is kept: {unknown}"
    );
}

#[test]
fn a_search_finds_what_contains_it() {
    let (_platform, desk) = synced();
    let all = desk.list("products");
    for term in ["陶瓷", "杯", "CERAMIC mug", "ceramic", "<img", "毫升 带竹"] {
        let expected = all.iter().filter(|product| {
            let name = product["name"].as_str().unwrap().to_lowercase();
            term.to_lowercase()
                .split(' ')
                .all(|word| name.contains(word))
        });
        let expected: Vec<&Value> = expected.collect();
        let found = list(&desk, "products", &["--search", term]);
        assert!(!found.is_empty(), "{term}");
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{term}");
    }
    let orders = desk.list("orders");
    let number = orders[0]["order_sn"].as_str().unwrap();
    assert_eq!(list(&desk, "orders", &["--search", number]), orders[..1]);
    let tail = &number[number.len() - 6..];
    assert!(
        list(&desk, "orders", &["--search", tail]).contains(&orders[0]),
        "sellers paste the tail"
    );
    let chinese = list(&desk, "orders", &["--search", "便当"]);
    assert!(!chinese.is_empty());
    let names = |order: &Value| order["items"].to_string();
    assert!(chinese.iter().all(|order| names(order).contains("便当")));
    assert!(list(&desk, "orders", &["--search", "no such thing anywhere"]).is_empty());
}

#[test]
fn a_shop_is_named_by_either_id() {
    let (platform, desk) = synced();
    desk.add(&platform, Dialect::Guide, EU).one();
    desk.sync(&["--shop", &platform.shop(Dialect::Guide, EU).shop_id])
        .complete();
    let remote_id = platform.shop(Dialect::Guide, US).shop_id;
    let by_remote_id = list(&desk, "orders", &["--shop", &remote_id]);
    let by_id = list(&desk, "orders", &["--shop", &format!("custom:{remote_id}")]);
    assert_eq!(by_remote_id, by_id);
    assert!(by_id.len() < desk.list("orders").len());
    assert!(
        by_id
            .iter()
            .all(|order| order["shop_id"] == format!("custom:{remote_id}"))
    );
}

#[test]
fn orders_come_newest_first() {
    let (_platform, desk) = synced();
    let times: Vec<i64> = desk
        .list("orders")
        .iter()
        .map(|order| order["created_at"].as_i64().unwrap())
        .collect();
    assert!(times.is_sorted_by(|earlier, later| earlier >= later));
}

#[test]
fn a_line_for_people_holds_no_control_characters() {
    let (_platform, desk) = synced();
    for kind in ["orders", "products", "activities"] {
        let mut command = desk.command(&[kind, "list"]);
        let outcome = desk.finish(command.spawn().unwrap());
        assert_eq!(outcome.exit, 0);
        assert_eq!(
            outcome.stdout.lines().count(),
            desk.list(kind).len(),
            "one line each: {kind}"
        );
        let hostile =
            |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
        assert!(!outcome.stdout.contains(hostile), "{kind}");
    }
}
