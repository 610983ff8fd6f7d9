//! The admin routes, and that they exist only where they are wanted.

use desk_sandbox::{Request, Sandbox, SandboxOptions};
use serde_json::{Value, json};

use crate::client::{Client, NOW, body, code, list};

fn admin(client: &Client, route: &str, fields: Value) -> Value {
    let response = client.post(&format!("/admin/{route}"), &fields);
    assert_eq!(
        response.status,
        200,
        "{}",
        String::from_utf8_lossy(&response.body)
    );
    body(&response)
}

#[test]
fn without_the_option_there_is_no_admin() {
    let sandbox = Sandbox::new(SandboxOptions::new(1, NOW));
    assert_eq!(
        sandbox.handle(&Request::get("/admin/clock"), NOW).status,
        404
    );
    assert_eq!(
        sandbox
            .handle(&Request::post("/admin/tokens", "{}"), NOW)
            .status,
        404
    );
}

#[test]
fn the_clock_can_be_set() {
    let client = Client::new();
    assert_eq!(
        admin(&client, "clock", json!({"offset_seconds": 3_600}))["now"],
        NOW + 3_600
    );
    assert_eq!(
        code(&client.guide("shop/info", json!({}))),
        1003,
        "the client's clock is now off"
    );
    assert_eq!(
        code(&client.guide("shop/info", json!({"timestamp": NOW + 3_600}))),
        0
    );
    assert_eq!(
        client.get("/nowhere").header("date"),
        Some("Sun, 15 Jun 2025 16:06:40 GMT")
    );
    assert_eq!(
        admin(&client, "clock", json!({"now": NOW}))["offset_seconds"],
        0
    );
    assert_eq!(body(&client.get("/admin/clock"))["now"], NOW);
}

#[test]
fn orders_are_added_changed_and_removed() {
    let client = Client {
        now: NOW + 60,
        ..Client::new()
    };
    let orders = || {
        list(
            &body(&client.get("/admin/orders?shop_id=US-1001")),
            "/orders",
        )
        .clone()
    };
    let before = orders().len();
    let added = admin(
        &client,
        "orders",
        json!({"shop_id": 635_500_000_000_001_i64, "action": "add"}),
    );
    let number = added["order_sn"].as_str().unwrap();
    assert_eq!(orders().len(), before + 1);
    assert_eq!(
        orders().last(),
        Some(&json!({"order_sn": number, "updated_at": NOW + 60, "status": 2}))
    );
    admin(
        &client,
        "orders",
        json!({"shop_id": "US-1001", "action": "change", "order_sn": number, "status": 4, "quantity": 9}),
    );
    let order = client.guide("order/detail", json!({"order_sn": number}));
    assert_eq!(
        (
            order["data"]["status"].as_str(),
            order["data"]["items"][0]["quantity"].as_i64()
        ),
        (Some("SHIPPED"), Some(9))
    );
    admin(
        &client,
        "orders",
        json!({"shop_id": "US-1001", "action": "remove", "order_sn": number}),
    );
    assert_eq!(orders().len(), before);
    assert_eq!(
        code(&client.guide("order/detail", json!({"order_sn": number}))),
        2001
    );
}

#[test]
fn tokens_expire_die_and_come_anew() {
    let client = Client::new();
    let info = |client: &Client| {
        (
            code(&client.guide("shop/info", json!({}))),
            code(&client.router("bg.open.accesstoken.info.get", json!({}))),
        )
    };
    admin(
        &client,
        "tokens",
        json!({"shop_id": "US-1001", "action": "expire", "dialect": "guide"}),
    );
    assert_eq!(info(&client), (1002, 1_000_000));
    admin(
        &client,
        "tokens",
        json!({"shop_id": "US-1001", "action": "revoke"}),
    );
    assert_eq!(info(&client), (1002, 3_000_031));
    let renewed = admin(
        &client,
        "tokens",
        json!({"shop_id": "US-1001", "action": "renew"}),
    );
    assert_eq!(
        renewed["open_platform"]["access_token"],
        client.router_token(0)
    );
    assert_eq!(info(&client), (0, 1_000_000));
    let lifetime = admin(
        &client,
        "tokens",
        json!({"shop_id": "US-1001", "action": "lifetime", "seconds": 90}),
    );
    assert_eq!(lifetime["guide"]["expires_at"], NOW + 90);
}

#[test]
fn scopes_shops_faults_and_the_log() {
    let client = Client::new();
    let orders = json!({"start_time": 0, "end_time": NOW, "page": 1, "page_size": 1});
    admin(
        &client,
        "scopes",
        json!({"shop_id": "US-1001", "drop": ["order/list"]}),
    );
    assert_eq!(code(&client.guide("order/list", orders.clone())), 1003);
    admin(
        &client,
        "scopes",
        json!({"shop_id": "US-1001", "grant": ["order/list"]}),
    );
    admin(
        &client,
        "shops",
        json!({"shop_id": "US-1001", "mall_type": "full"}),
    );
    assert_eq!(
        code(&client.router("bg.order.list.v2.get", json!({}))),
        140_020_001
    );
    admin(
        &client,
        "faults",
        json!({"status": 503, "times": 1, "retry_after": 5, "path": "/order/list"}),
    );
    let fields = client.guide_body(orders);
    let response = client.post("/order/list", &fields);
    assert_eq!(
        (response.status, response.header("retry-after")),
        (503, Some("5"))
    );
    admin(
        &client,
        "faults",
        json!([{"kind": "ip_not_allowed"}, {"kind": "delay_ms", "delay_ms": 5}]),
    );
    assert_eq!(
        code(&client.router("bg.order.list.v2.get", json!({}))),
        5_000_003
    );
    let log = body(&client.get("/admin/log"));
    assert_eq!(
        (
            log["order/list"].as_i64(),
            log["bg.order.list.v2.get"].as_i64()
        ),
        (Some(2), Some(2))
    );
}

#[test]
fn products_change() {
    let client = Client {
        now: NOW + 5,
        ..Client::new()
    };
    let before =
        client.guide("product/list", json!({"page": 1, "page_size": 1}))["data"]["products"][0]
            .clone();
    let change = json!({"shop_id": "US-1001", "product_id": before["product_id"], "status": "INACTIVE", "price": 777});
    admin(&client, "products", change);
    let after =
        client.guide("product/list", json!({"page": 1, "page_size": 1}))["data"]["products"][0]
            .clone();
    assert_eq!(
        (after["status"].as_str(), after["skus"][0]["price"].as_i64()),
        (Some("INACTIVE"), Some(777))
    );
    assert_eq!(after["updated_at"], NOW + 5);
}

#[test]
fn nonsense_is_refused_with_a_reason() {
    let client = Client::new();
    let refused = [
        ("orders", json!({"shop_id": "US-9", "action": "add"})),
        (
            "orders",
            json!({"shop_id": "US-1001", "action": "change", "order_sn": "PO-1"}),
        ),
        (
            "orders",
            json!({"shop_id": "US-1001", "action": "add", "status": "SENT"}),
        ),
        (
            "orders",
            json!({"shop_id": "US-1001", "action": "add", "typo": 1}),
        ),
        ("tokens", json!({"shop_id": "US-1001", "action": "steal"})),
        ("shops", json!({"shop_id": "US-1001", "mall_type": "huge"})),
        ("faults", json!({"kind": "flood"})),
        ("products", json!({"shop_id": "US-1001", "product_id": 1})),
    ];
    for (route, fields) in refused {
        let response = client.post(&format!("/admin/{route}"), &fields);
        assert_eq!(response.status, 400, "{route} {fields}");
        assert!(body(&response)["error"].is_string());
    }
}
