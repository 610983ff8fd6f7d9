//! What changes behind a client's back: silent changes, things that vanish and arrive, crowds at one second.

use std::collections::BTreeSet;

use desk_sandbox::{Dialect, Error, OrderChange, Request, Size, Truth};
use serde_json::{Value, json};

use crate::client::{ALL_ORDERS, Client, NOW, body, code, list};

const SHOP: &str = "US-1001";
const DIALECTS: [Dialect; 2] = [Dialect::Guide, Dialect::OpenPlatform];

fn truth(client: &Client, dialect: Dialect) -> Truth {
    client.sandbox.truth(dialect, SHOP, NOW).unwrap()
}

fn ids(rows: &[Value], name: &str) -> BTreeSet<String> {
    rows.iter()
        .map(|row| row[name].to_string().replace('"', ""))
        .collect()
}

#[test]
fn an_order_changes_without_a_new_update_time() {
    let client = Client::new();
    let digest = client.sandbox.order_digests(SHOP).unwrap()[40].clone();
    let find = |truth: Truth| {
        truth
            .orders
            .into_iter()
            .find(|row| row.to_string().contains(&digest.order_sn))
            .unwrap()
    };
    let before = DIALECTS.map(|dialect| find(truth(&client, dialect)));
    let change = OrderChange {
        quantity: Some(77),
        ..OrderChange::default()
    };
    client
        .sandbox
        .change_order_silently(SHOP, &digest.order_sn, &change)
        .unwrap();
    let after = DIALECTS.map(|dialect| find(truth(&client, dialect)));
    assert!(before[0] != after[0] && before[1] != after[1]);
    assert_eq!(before[0]["updated_at"], after[0]["updated_at"]);
    assert_eq!(
        before[1]["parentOrderMap"]["updateTime"],
        after[1]["parentOrderMap"]["updateTime"]
    );
    assert_eq!(
        client.sandbox.order_digests(SHOP).unwrap()[40],
        digest,
        "also at its place"
    );
    let missing = client.sandbox.change_order_silently(SHOP, "PO-1", &change);
    assert_eq!(missing, Err(Error::UnknownOrder("PO-1".into())));
}

#[test]
fn a_removed_order_is_in_no_list_and_not_found() {
    let client = Client::new();
    let number = client.sandbox.order_digests(SHOP).unwrap()[3]
        .order_sn
        .clone();
    client.sandbox.remove_order(SHOP, &number).unwrap();
    for dialect in DIALECTS {
        assert_eq!(truth(&client, dialect).orders.len(), 99);
        assert!(!json!(truth(&client, dialect)).to_string().contains(&number));
    }
    assert_eq!(
        code(&client.guide("order/detail", json!({"order_sn": number}))),
        2001
    );
    let detail = client.router("bg.order.detail.v2.get", json!({"parentOrderSn": number}));
    assert_eq!(code(&detail), 140_020_002);
}

#[test]
fn f10_a_crowd_arrives_within_one_second() {
    let client = Client::of_size(Size {
        shops: 1,
        orders: 25_000,
    });
    let change = OrderChange {
        status: Some("PENDING".into()),
        ..OrderChange::default()
    };
    let numbers = client
        .sandbox
        .add_orders(SHOP, 12_000, &change, NOW + 9)
        .unwrap();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 12_000);
    let window = json!({"start_time": NOW + 9, "end_time": NOW + 9, "page": 120, "page_size": 100});
    let answer = client.guide("order/list", window);
    assert_eq!(answer["data"]["total"], 12_000);
    assert_eq!(list(&answer, "/data/orders").len(), 100);
    let window = json!({"updateAtStart": NOW + 9, "updateAtEnd": NOW + 9, "fulfillmentTypeList": ALL_ORDERS});
    assert_eq!(
        client.router("bg.order.list.v2.get", window)["result"]["totalItemNum"],
        12_000
    );
    let digests = client.sandbox.order_digests(SHOP).unwrap();
    assert!(digests.is_sorted_by_key(|digest| digest.updated_at));
    assert_eq!(digests.len(), 37_000);
    client.sandbox.remove_order(SHOP, &numbers[6_000]).unwrap();
    assert_eq!(client.sandbox.order_digests(SHOP).unwrap().len(), 36_999);
}

#[test]
fn products_arrive_and_vanish() {
    let client = Client::new();
    let known = ids(&truth(&client, Dialect::Guide).products, "product_id");
    let added = client.sandbox.add_product(SHOP, NOW + 5).unwrap();
    assert!(!known.contains(&added));
    let gone = known.iter().next().unwrap();
    client.sandbox.remove_product(SHOP, gone).unwrap();
    for (dialect, name) in [
        (Dialect::Guide, "product_id"),
        (Dialect::OpenPlatform, "goodsId"),
    ] {
        let now = ids(&truth(&client, dialect).products, name);
        assert!(now.contains(&added) && !now.contains(gone) && now.len() == known.len());
    }
    let served = client.guide("product/list", json!({"page": 1, "page_size": 100}));
    assert_eq!(
        ids(list(&served, "/data/products"), "product_id"),
        ids(&truth(&client, Dialect::Guide).products, "product_id")
    );
    let again = client.sandbox.remove_product(SHOP, gone);
    assert_eq!(again, Err(Error::UnknownProduct(gone.clone())));
    assert_eq!(
        truth(&client, Dialect::Guide).orders.len(),
        100,
        "orders keep what they sold"
    );
}

#[test]
fn activities_arrive_and_vanish() {
    let client = Client::new();
    let known = ids(&truth(&client, Dialect::Guide).activities, "activity_id");
    let gone = known.iter().next_back().unwrap();
    client.sandbox.remove_activity(SHOP, gone).unwrap();
    let added = client.sandbox.add_activity(SHOP, 27, NOW + 5).unwrap();
    assert!(!known.contains(&added), "an id is never used twice");
    for (dialect, name) in [
        (Dialect::Guide, "activity_id"),
        (Dialect::OpenPlatform, "activityId"),
    ] {
        let now = ids(&truth(&client, dialect).activities, name);
        assert!(now.contains(&added) && !now.contains(gone) && now.len() == known.len());
    }
    let refused = client.sandbox.add_activity(SHOP, 3, NOW);
    assert_eq!(refused, Err(Error::UnknownActivityType(3)));
    let again = client.sandbox.remove_activity(SHOP, gone);
    assert_eq!(again, Err(Error::UnknownActivity(gone.clone())));
}

#[test]
fn admin_does_it_too() {
    let client = Client::new();
    let admin = |route: &str, fields: Value| {
        let response = client.post(&format!("/admin/{route}"), &fields);
        (response.status, body(&response))
    };
    let (_, orders) = admin(
        "orders",
        json!({"shop_id": SHOP, "action": "add", "count": 3}),
    );
    assert_eq!(orders["count"], 3);
    let change = json!({"shop_id": SHOP, "action": "change", "order_sn": orders["order_sn"], "quantity": 5, "silently": true});
    assert_eq!(admin("orders", change).0, 200);
    let (_, product) = admin("products", json!({"shop_id": SHOP, "action": "add"}));
    let remove = json!({"shop_id": SHOP, "action": "remove", "product_id": product["product_id"]});
    assert_eq!(
        (
            admin("products", remove.clone()).0,
            admin("products", remove).0
        ),
        (200, 400)
    );
    let (_, activity) = admin(
        "activities",
        json!({"shop_id": SHOP, "action": "add", "type": 2}),
    );
    let remove =
        json!({"shop_id": SHOP, "action": "remove", "activity_id": activity["activity_id"]});
    assert_eq!(
        (
            admin("activities", remove.clone()).0,
            admin("activities", remove).0
        ),
        (200, 400)
    );
    assert_eq!(admin("lag", json!({"seconds": 30})).0, 200);
    client
        .sandbox
        .add_order(SHOP, &OrderChange::default(), NOW)
        .unwrap();
    let window = json!({"start_time": NOW, "end_time": NOW, "page": 1, "page_size": 10});
    assert_eq!(
        client.guide("order/list", window)["data"]["total"],
        0,
        "the lag is on"
    );
}

#[test]
fn i17_arrivals_are_kept_in_their_order() {
    let client = Client::new();
    for arrived_ms in [3, 40, 900] {
        let fields = client.guide_body(json!({"access_token": client.guide_token(0)}));
        let request = Request {
            arrived_ms,
            ..Request::post("/shop/info", fields.to_string())
        };
        client.sandbox.handle(&request, NOW);
    }
    let calls = client.sandbox.api_calls();
    let arrivals: Vec<u64> = calls.iter().map(|call| call.arrived_ms).collect();
    assert_eq!(arrivals, [3, 40, 900]);
    assert_eq!((calls[0].name.as_str(), calls[0].at), ("shop/info", NOW));
    let told = body(&client.get("/admin/calls"));
    assert_eq!(
        told["calls"][2],
        json!({"name": "shop/info", "at": NOW, "arrived_ms": 900})
    );
}
