//! The data: deterministic, varied, and true to what is served.

use std::collections::{BTreeMap, BTreeSet};

use desk_sandbox::{Dialect, OrderChange, Request, Sandbox, SandboxOptions, Size};
use serde_json::{Value, json};

use crate::client::{Client, DAY, NOW, list};

#[test]
fn the_same_seed_and_calls_give_the_same_bytes() {
    let run = |seed: u64| {
        let sandbox = Sandbox::new(SandboxOptions::new(seed, NOW));
        let number = sandbox
            .add_order("EU-1002", &OrderChange::default(), NOW + 1)
            .unwrap();
        let truth = sandbox
            .truth(Dialect::OpenPlatform, "EU-1002", NOW + 1)
            .unwrap();
        let picture = sandbox.handle(&Request::get("/images/601000000000001.png"), NOW);
        (
            number,
            serde_json::to_string(&truth).unwrap(),
            serde_json::to_string(&sandbox.credentials("x")).unwrap(),
            picture,
        )
    };
    assert_eq!(run(1), run(1));
    let (one, two) = (run(1), run(2));
    assert_ne!(one.1, two.1);
    assert_ne!(one.2, two.2);
}

#[test]
fn a_small_world_has_the_promised_variety() {
    let sandbox = Sandbox::new(SandboxOptions::new(5, NOW));
    let mut total = 0;
    for (shop, currency) in [
        ("US-1001", "USD"),
        ("EU-1002", "EUR"),
        ("GLOBAL-1003", "MXN"),
    ] {
        let orders = sandbox.truth(Dialect::Guide, shop, NOW).unwrap().orders;
        total += orders.len();
        assert!(orders.iter().all(|order| order["currency"] == currency));
        let time = |order: &Value, name: &str| order[name].as_i64().unwrap();
        assert!(orders.iter().all(|order| time(order, "updated_at") <= NOW
            && time(order, "created_at") <= time(order, "updated_at")));
        assert!(
            orders
                .iter()
                .any(|order| time(order, "created_at") < NOW - 300 * DAY)
        );
        let recent = orders
            .iter()
            .filter(|order| time(order, "created_at") > NOW - 60 * DAY)
            .count();
        assert!(recent * 2 > orders.len(), "dense in the last 60 days");
        assert!(
            orders
                .iter()
                .any(|order| order["items"].as_array().unwrap().len() > 1)
        );
        let mut ties: BTreeMap<i64, usize> = BTreeMap::new();
        for order in &orders {
            *ties.entry(time(order, "updated_at")).or_default() += 1;
        }
        assert!(
            ties.values().any(|count| *count > 1),
            "some update times are equal"
        );
    }
    assert_eq!(total, 3_000);
}

#[test]
fn names_are_english_chinese_and_hostile() {
    let client = Client::new();
    let truth = client
        .sandbox
        .truth(Dialect::Guide, "US-1001", NOW)
        .unwrap();
    let names: BTreeSet<&str> = truth
        .products
        .iter()
        .map(|product| product["name"].as_str().unwrap())
        .collect();
    for name in [
        "<img src=x onerror=alert(1)>",
        "=cmd|'/c calc'!A0",
        "北欧风陶瓷马克杯 350毫升 带竹盖",
    ] {
        assert!(names.contains(name), "{name} is missing");
    }
    assert!(
        names.iter().any(|name| name.contains('\u{202E}'))
            && names.iter().any(|name| name.contains('\u{200B}'))
    );
    assert!(names.iter().any(|name| name.chars().count() > 500));
}

#[test]
fn the_truth_is_what_lists_serve() {
    let client = Client::new();
    let truth = client
        .sandbox
        .truth(Dialect::Guide, "US-1001", NOW)
        .unwrap();
    let all = json!({"start_time": 0, "end_time": NOW, "page": 1, "page_size": 100});
    let mut served = list(&client.guide("order/list", all), "/data/orders").clone();
    served.reverse();
    assert_eq!(served, truth.orders);
    let digests = client.sandbox.order_digests("US-1001").unwrap();
    let numbers: Vec<&str> = digests
        .iter()
        .map(|digest| digest.order_sn.as_str())
        .collect();
    assert_eq!(
        numbers,
        truth
            .orders
            .iter()
            .map(|order| order["order_sn"].as_str().unwrap())
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_lagging_list_shows_changes_later() {
    let mut client = Client::new();
    client.sandbox.set_visibility_lag(90);
    let number = client
        .sandbox
        .add_order("US-1001", &OrderChange::default(), NOW)
        .unwrap();
    let seen = |client: &Client| {
        let window = json!({"start_time": NOW, "end_time": NOW + 200, "page": 1, "page_size": 100});
        let rows = json!({"pageSize": 100, "fulfillmentTypeList": ["fulfillBySeller", "fulfillByCooperativeWarehouse"]});
        (
            client
                .guide("order/list", window)
                .to_string()
                .contains(&number),
            client
                .router("bg.order.list.v2.get", rows)
                .to_string()
                .contains(&number),
        )
    };
    client.now = NOW + 89;
    assert_eq!(seen(&client), (false, false));
    client.now = NOW + 90;
    assert_eq!(seen(&client), (true, true));
}

#[test]
fn forty_shops_share_a_million_orders() {
    let client = Client::of_size(Size::MILLION);
    let fields = json!({"access_token": client.guide_token(39), "start_time": 0, "end_time": NOW, "page": 250, "page_size": 100});
    let answer = client.guide("order/list", fields);
    assert_eq!(answer["data"]["total"], 25_000);
    assert_eq!(list(&answer, "/data/orders").len(), 100);
    let token = client.router_token(4);
    let fields = json!({"access_token": token, "pageNo": 1, "pageSize": 1, "goodsSearchType": 1});
    let yen = client.router("bg.local.goods.list.query", fields)["result"]["goodsList"][0].clone();
    assert_eq!(yen["currency"], "JPY");
    assert!(
        !yen["price"].as_str().unwrap().contains('.'),
        "yen have no decimals"
    );
}
