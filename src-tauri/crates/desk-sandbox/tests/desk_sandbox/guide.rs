//! Reads of the guide dialect: checks in their order, types, paging, windows, shapes.

use desk_sandbox::{Dialect, Request};
use serde_json::{Value, json};

use crate::client::{Client, DAY, NOW, body, code, list, message};

fn everything() -> Value {
    json!({"start_time": 0, "end_time": NOW, "page": 1, "page_size": 100})
}

#[test]
fn the_signature_comes_before_every_other_check() {
    let client = Client::new();
    let mut fields = client.guide_body(json!({"timestamp": 1, "access_token": "nonsense"}));
    fields["sign"] = json!("0");
    assert_eq!(code(&body(&client.post("/order/list", &fields))), 1001);
    let lower = client.guide_body(everything())["sign"]
        .as_str()
        .unwrap()
        .to_lowercase();
    let mut fields = client.guide_body(everything());
    fields["sign"] = json!(lower);
    assert_eq!(
        code(&body(&client.post("/order/list", &fields))),
        1001,
        "hex must be upper-case"
    );
    assert_eq!(
        code(&client.guide("order/list", json!({"app_key": "other"}))),
        1001
    );
}

#[test]
fn the_clock_may_be_off_by_300_seconds() {
    let client = Client::new();
    for (offset, expected) in [(-300, 0), (300, 0), (-301, 1003), (301, 1003)] {
        let answer = client.guide("shop/info", json!({"timestamp": NOW + offset}));
        assert_eq!(code(&answer), expected, "offset {offset}");
    }
    let answer = client.guide(
        "shop/info",
        json!({"timestamp": 1, "access_token": "nonsense"}),
    );
    assert_eq!(code(&answer), 1003, "the clock comes before the token");
    let response = client.post("/shop/info", &client.guide_body(json!({})));
    assert_eq!(
        response.header("date"),
        Some("Sun, 15 Jun 2025 15:06:40 GMT")
    );
}

#[test]
fn dead_tokens_say_why() {
    let client = Client::new();
    let answer = client.guide("order/list", json!({"access_token": "nonsense"}));
    assert_eq!(
        (code(&answer), message(&answer)),
        (1002, "access_token unknown")
    );
    client
        .sandbox
        .expire_token(Dialect::Guide, "US-1001", NOW)
        .unwrap();
    let answer = client.guide("order/list", everything());
    assert_eq!(
        (code(&answer), message(&answer)),
        (1002, "access_token expired")
    );
    client
        .sandbox
        .revoke_token(Dialect::Guide, "635500000000001")
        .unwrap();
    let answer = client.guide("order/list", everything());
    assert_eq!(
        (code(&answer), message(&answer)),
        (1002, "access_token revoked")
    );
    let refresh_token = client.router_token(0);
    assert_eq!(
        code(&client.guide("shop/info", json!({"access_token": refresh_token}))),
        1002,
        "another dialect's token"
    );
}

#[test]
fn a_missing_scope_is_named() {
    let client = Client::new();
    client.sandbox.drop_scope("US-1001", "order/list").unwrap();
    let answer = client.guide("order/list", everything());
    assert_eq!(
        (code(&answer), message(&answer)),
        (1003, "access_token lacks scope order/list")
    );
    assert_eq!(
        list(&client.guide("shop/info", json!({})), "/data/scopes").len(),
        3
    );
    client.sandbox.grant_scope("US-1001", "order/list").unwrap();
    assert_eq!(code(&client.guide("order/list", everything())), 0);
}

#[test]
fn parameters_have_their_types_and_limits() {
    let client = Client::new();
    let wrong = [
        ("page", json!("1")),
        ("page", json!(0)),
        ("page", json!(1.5)),
        ("page", Value::Null),
        ("page_size", json!(0)),
        ("page_size", json!(101)),
        ("start_time", json!("0")),
        ("start_time", Value::Null),
        ("end_time", json!(-1)),
        ("status", json!("SENT")),
        ("status", json!(4)),
    ];
    for (name, value) in wrong {
        let mut fields = everything();
        fields[name] = value.clone();
        let answer = client.guide("order/list", fields);
        assert_eq!(code(&answer), 1003, "{name} = {value}");
        assert!(message(&answer).contains(name), "{answer}");
        assert!(answer.get("data").is_none());
    }
    let not_json = client
        .sandbox
        .handle(&Request::post("/order/list", "nonsense"), NOW);
    assert_eq!(code(&body(&not_json)), 1003);
}

#[test]
fn unknown_paths_and_methods_are_refused_by_http() {
    let client = Client::new();
    assert_eq!(
        client
            .post("/order/delete", &client.guide_body(json!({})))
            .status,
        404
    );
    assert_eq!(client.get("/order/list").status, 405);
    assert_eq!(client.get("/openapi/router").status, 405);
    assert_eq!(client.get("/images/nonsense.png").status, 404);
}

#[test]
fn pages_cover_a_list_without_gap_or_repetition() {
    let client = Client::new();
    let mut numbers = Vec::new();
    let mut times = Vec::new();
    for page in 1.. {
        let answer = client.guide(
            "order/list",
            json!({"start_time": 0, "end_time": NOW, "page": page, "page_size": 7}),
        );
        assert_eq!(answer["data"]["total"], 100);
        let orders = list(&answer, "/data/orders");
        if orders.is_empty() {
            break;
        }
        numbers.extend(
            orders
                .iter()
                .map(|order| order["order_sn"].as_str().unwrap().to_owned()),
        );
        times.extend(
            orders
                .iter()
                .map(|order| order["updated_at"].as_i64().unwrap()),
        );
    }
    assert!(
        times.is_sorted_by(|left, right| left >= right),
        "latest update first"
    );
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 100);
}

#[test]
fn windows_are_closed_on_update_time() {
    let client = Client::new();
    let digests = client.sandbox.order_digests("US-1001").unwrap();
    let time = digests[40].updated_at;
    let same = digests
        .iter()
        .filter(|digest| digest.updated_at == time)
        .count();
    let count = |start: i64, end: i64| {
        let fields = json!({"start_time": start, "end_time": end, "page": 1, "page_size": 100});
        client.guide("order/list", fields)["data"]["total"]
            .as_u64()
            .unwrap() as usize
    };
    assert_eq!(count(time, time), same);
    let from = digests
        .iter()
        .position(|digest| digest.updated_at == time)
        .unwrap();
    assert_eq!(count(time, NOW), digests.len() - from);
    assert_eq!(count(time + 1, NOW), digests.len() - from - same);
}

#[test]
fn orders_can_be_filtered_by_status() {
    let client = Client::new();
    for status in [
        "PENDING",
        "UNSHIPPED",
        "SHIPPED",
        "DELIVERED",
        "CANCELED",
        "PARTIALLY_SHIPPED",
    ] {
        let mut fields = everything();
        fields["status"] = json!(status);
        let answer = client.guide("order/list", fields);
        let orders = list(&answer, "/data/orders");
        assert!(!orders.is_empty(), "no order is {status}");
        assert!(orders.iter().all(|order| order["status"] == status));
    }
}

#[test]
fn an_order_has_the_documented_fields() {
    let client = Client::new();
    let answer = client.guide("order/list", everything());
    for order in list(&answer, "/data/orders") {
        let names: Vec<&str> = order
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let documented = "order_sn status currency total_amount created_at paid_at ship_by shipped_at delivered_at \
                          updated_at buyer_country items tracking";
        assert_eq!(names, documented.split_whitespace().collect::<Vec<_>>());
        assert_eq!(
            order["total_amount"].is_null(),
            order["status"] == "PENDING"
        );
        assert!(
            order["items"][0]["sku_id"].is_string() && order["items"][0]["unit_price"].is_i64()
        );
        let detail = client.guide("order/detail", json!({"order_sn": order["order_sn"]}));
        assert_eq!(&detail["data"], order, "detail and list agree");
    }
    assert_eq!(
        code(&client.guide("order/detail", json!({"order_sn": "PO-211-1"}))),
        2001
    );
    assert_eq!(code(&client.guide("order/detail", json!({}))), 1003);
}

#[test]
fn products_come_in_every_status() {
    let client = Client::new();
    let answer = client.guide("product/list", json!({"page": 1, "page_size": 100}));
    assert_eq!(answer["data"]["total"], 60);
    for status in ["ACTIVE", "INACTIVE", "INCOMPLETE", "DRAFT", "DELETED"] {
        let answer = client.guide(
            "product/list",
            json!({"page": 1, "page_size": 100, "status": status}),
        );
        let products = list(&answer, "/data/products");
        assert!(!products.is_empty() && products.iter().all(|product| product["status"] == status));
    }
    let beyond = client.guide("product/list", json!({"page": 9, "page_size": 100}));
    assert!(
        list(&beyond, "/data/products").is_empty(),
        "an empty list ends paging"
    );
    assert_eq!(
        code(&client.guide(
            "product/list",
            json!({"page": 1, "page_size": 1, "status": "NEW"})
        )),
        1003
    );
    let picture = client.get(
        &answer["data"]["products"][0]["image_url"].as_str().unwrap()["http://127.0.0.1".len()..],
    );
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (200, Some("image/png"))
    );
}

#[test]
fn activities_overlap_their_window() {
    let client = Client::new();
    let ask = |start: i64, end: i64| {
        client.guide(
            "activity/list",
            json!({"start_time": start, "end_time": end, "page": 1, "page_size": 100}),
        )
    };
    let all = ask(NOW - 90 * DAY, NOW + 180 * DAY);
    assert_eq!(all["data"]["total"], 24);
    let now = ask(NOW, NOW);
    assert_eq!(now["data"]["total"], 8);
    assert!(
        list(&now, "/data/activities")
            .iter()
            .all(|activity| activity["status"] == "RUNNING")
    );
    for activity in list(&all, "/data/activities") {
        assert_eq!(
            activity["joined"] == true,
            !activity["items"].as_array().unwrap().is_empty()
        );
    }
}

#[test]
fn each_token_sees_its_own_shop() {
    let client = Client::new();
    let info = |shop: usize| {
        client.guide(
            "shop/info",
            json!({"access_token": client.guide_token(shop)}),
        )["data"]
            .clone()
    };
    assert_eq!(
        (info(0)["shop_id"].as_str(), info(0)["region"].as_str()),
        (Some("US-1001"), Some("US"))
    );
    assert_eq!(info(1)["shop_id"], "EU-1002");
    assert_eq!(info(2)["expires_at"], NOW + 30 * DAY);
    let foreign = client.sandbox.order_digests("EU-1002").unwrap()[0]
        .order_sn
        .clone();
    assert_eq!(
        code(&client.guide("order/detail", json!({"order_sn": foreign}))),
        2001
    );
}
