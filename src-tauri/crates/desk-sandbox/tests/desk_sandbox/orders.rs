//! Orders of the open platform: filters, order, shapes, amounts, kinds of shop.

use desk_sandbox::{MallType, OrderChange};
use serde_json::{Value, json};

use crate::client::{ALL_ORDERS, Client, DAY, NOW, code, list, message};

const LIST: &str = "bg.order.list.v2.get";

fn all(client: &Client, mut fields: Value) -> Vec<Value> {
    fields["pageSize"] = json!(100);
    if fields.get("fulfillmentTypeList").is_none() {
        fields["fulfillmentTypeList"] = json!(ALL_ORDERS);
    }
    let answer = client.router(LIST, fields);
    assert_eq!(code(&answer), 1_000_000, "{answer}");
    answer["result"]["pageItems"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

fn parents<'a>(rows: &'a [Value], field: &str) -> Vec<&'a Value> {
    rows.iter()
        .map(|row| &row["parentOrderMap"][field])
        .collect()
}

fn times(rows: &[Value], field: &str) -> Vec<i64> {
    parents(rows, field)
        .into_iter()
        .map(|time| time.as_i64().unwrap())
        .collect()
}

#[test]
fn lists_come_latest_first_by_the_chosen_time() {
    let client = Client::new();
    for (sortby, field) in [
        ("createTime", "parentOrderTime"),
        ("updateTime", "updateTime"),
    ] {
        let rows = all(&client, json!({"sortby": sortby}));
        assert_eq!(rows.len(), 100);
        assert!(
            times(&rows, field).is_sorted_by(|left, right| left >= right),
            "{sortby}"
        );
    }
}

#[test]
fn windows_are_closed_and_complete() {
    let client = Client::new();
    for (start, end, field) in [
        ("updateAtStart", "updateAtEnd", "updateTime"),
        ("createAfter", "createBefore", "parentOrderTime"),
        (
            "parentConfirmTimeStart",
            "parentConfirmTimeEnd",
            "parentConfirmTime",
        ),
        (
            "expectShipLatestTimeStart",
            "expectShipLatestTimeEnd",
            "expectShipLatestTime",
        ),
    ] {
        let rows = all(&client, json!({}));
        let times: Vec<i64> = parents(&rows, field)
            .into_iter()
            .filter_map(Value::as_i64)
            .collect();
        let (low, high) = (times[30].min(times[5]), times[30].max(times[5]));
        let expected = times
            .iter()
            .filter(|time| (low..=high).contains(*time))
            .count();
        assert_eq!(
            all(&client, json!({start: low, end: high})).len(),
            expected,
            "{field}"
        );
        assert_eq!(
            code(&client.router(LIST, json!({start: low}))),
            140_020_013,
            "{end} missing"
        );
        assert_eq!(
            code(&client.router(LIST, json!({end: low}))),
            140_020_013,
            "{start} missing"
        );
        assert_eq!(
            code(&client.router(LIST, json!({start: low + 1, end: low}))),
            140_020_012
        );
        assert_eq!(
            code(&client.router(LIST, json!({start: low * 1_000, end: high * 1_000}))),
            140_020_014
        );
        let text = client.router(LIST, json!({start: low.to_string(), end: high}));
        assert_eq!(code(&text), 3_000_000);
        assert!(message(&text).contains(start), "names the field: {text}");
    }
}

#[test]
fn types_and_limits_are_strict() {
    let client = Client::new();
    let wrong = [
        ("pageNumber", json!("1")),
        ("pageNumber", json!(0)),
        ("pageSize", json!(101)),
        ("parentOrderStatus", json!("2")),
        ("parentOrderStatus", json!(6)),
        ("parentOrderSnList", json!("PO")),
        ("parentOrderSnList", json!([1])),
        ("parentOrderSnList", json!(vec!["PO"; 21])),
        ("fulfillmentTypeList", json!(["byMagic"])),
        ("sortby", json!("price")),
        ("hasPreSaleOrder", json!("false")),
        ("skuId", json!("1")),
    ];
    for (name, value) in wrong {
        assert_eq!(
            code(&client.router(LIST, json!({name: value}))),
            3_000_000,
            "{name}"
        );
    }
    let nested = client.router(LIST, json!({"parentOrderSnList": ["PO", 7]}));
    assert!(
        message(&nested).contains("parentOrderSnList[1]"),
        "{nested}"
    );
}

#[test]
fn every_status_is_there_and_can_be_asked_for() {
    let client = Client::new();
    for status in [1, 2, 3, 4, 5, 41, 51] {
        let rows = all(&client, json!({"parentOrderStatus": status}));
        assert!(!rows.is_empty(), "no order has status {status}");
        assert!(
            parents(&rows, "parentOrderStatus")
                .into_iter()
                .all(|found| found == status)
        );
    }
    let rows = all(&client, json!({"parentOrderStatus": 0}));
    assert!(
        parents(&rows, "parentOrderStatus").contains(&&json!(77)),
        "an unknown code is served as it is"
    );
}

#[test]
fn left_out_fulfillment_means_the_sellers_own() {
    let client = Client::new();
    let own = all(&client, json!({"fulfillmentTypeList": ["fulfillBySeller"]}));
    let warehouse = all(
        &client,
        json!({"fulfillmentTypeList": ["fulfillByCooperativeWarehouse"]}),
    );
    assert!(!warehouse.is_empty());
    assert_eq!(own.len() + warehouse.len(), 100);
    let answer = client.router(LIST, json!({"pageSize": 100}));
    assert_eq!(answer["result"]["totalItemNum"], own.len());
    assert_eq!(
        warehouse[0]["orderList"][0]["fulfillmentType"],
        "fulfillByCooperativeWarehouse"
    );
}

#[test]
fn labels_numbers_and_skus_filter() {
    let client = Client::new();
    let label = |name: &str| all(&client, json!({"parentOrderLabel": [name]}));
    let late = label("past_due");
    assert!(!late.is_empty());
    for due in times(&late, "expectShipLatestTime") {
        assert!(due < NOW);
    }
    for due in times(&label("soon_to_be_overdue"), "expectShipLatestTime") {
        assert!((NOW..=NOW + DAY).contains(&due));
    }
    let number = &late[0]["parentOrderMap"]["parentOrderSn"];
    assert_eq!(
        all(&client, json!({"parentOrderSnList": [number]})),
        [late[0].clone()]
    );
    let sku = &late[0]["orderList"][0]["skuId"];
    assert!(all(&client, json!({"skuId": sku})).contains(&late[0]));
    assert!(all(&client, json!({"regionId": 1})).is_empty());
    assert_eq!(all(&client, json!({"regionId": 211})).len(), 100);
}

#[test]
fn an_empty_list_is_null() {
    let client = Client::new();
    let answer = client.router(LIST, json!({"pageNumber": 50}));
    assert_eq!(
        (
            answer["result"]["totalItemNum"].as_i64() > Some(0),
            &answer["result"]["pageItems"]
        ),
        (true, &Value::Null)
    );
}

#[test]
fn ids_are_numbers_and_lines_add_up() {
    let client = Client::new();
    for row in all(&client, json!({})) {
        let parent = &row["parentOrderMap"];
        assert_eq!(
            parent["parentOrderSn"].as_str().unwrap().len(),
            "PO-211-".len() + 17
        );
        assert_eq!(list(&row, "/parentOrderMap/parentOrderLabel").len(), 6);
        for line in list(&row, "/orderList") {
            assert!(line["goodsId"].is_i64() && line["skuId"].is_i64());
            let [ordered, canceled, quantity] = [
                "originalOrderQuantity",
                "canceledQuantityBeforeShipment",
                "quantity",
            ]
            .map(|name| line[name].as_i64().unwrap());
            assert_eq!(quantity, ordered - canceled);
        }
        if parent["parentOrderStatus"] == 41 {
            let states: Vec<_> = list(&row, "/orderList")
                .iter()
                .map(|line| line["orderStatus"].as_i64().unwrap())
                .collect();
            assert!(
                states.contains(&4) && states.contains(&2),
                "some shipped, some not: {states:?}"
            );
        }
    }
}

#[test]
fn detail_lacks_the_update_time() {
    let client = Client::new();
    let rows = all(&client, json!({}));
    let number = &rows[0]["parentOrderMap"]["parentOrderSn"];
    let ask = |fields: Value| client.router("bg.order.detail.v2.get", fields);
    let answer = ask(json!({"parentOrderSn": number}));
    let parent = &answer["result"]["parentOrderMap"];
    assert!(parent.get("updateTime").is_none() && parent["regionName1"] == "US");
    assert_eq!(
        parent["expectShipLatestTime"],
        rows[0]["parentOrderMap"]["expectShipLatestTime"]
    );
    assert_eq!(
        code(&ask(json!({"parentOrderSn": "PO-211-00000000000000001"}))),
        140_020_002
    );
    assert_eq!(code(&ask(json!({}))), 140_020_013);
}

#[test]
fn amounts_add_up_and_are_unknown_while_pending() {
    let client = Client::new();
    let ask =
        |number: &Value| client.router("bg.order.amount.query", json!({"parentOrderSn": number}));
    for row in all(&client, json!({})) {
        let number = &row["parentOrderMap"]["parentOrderSn"];
        let answer = ask(number);
        if row["parentOrderMap"]["parentOrderStatus"] == 1 {
            assert_eq!(code(&answer), 140_020_008);
            continue;
        }
        let amount = |name: &str| {
            answer["result"]["parentOrderMap"][name]["amount"]
                .as_i64()
                .unwrap()
        };
        let paid = amount("retailPriceTotal") + amount("shippingAmountTotal") + amount("taxTotal")
            - amount("refundsTotal")
            + amount("signOnDelivery")
            - amount("totalDiscount");
        assert_eq!(amount("customerPaid"), paid);
        let revenue =
            amount("basePriceTotal") + amount("shippingAmountTotal") + amount("signOnDelivery")
                - amount("estimatedRevenueDeduction");
        assert_eq!(amount("estimatedRevenue"), revenue);
        let guide = client.guide("order/detail", json!({"order_sn": number}));
        assert_eq!(
            guide["data"]["total_amount"], paid,
            "both dialects tell the same sum"
        );
    }
    let foreign = client.router(
        "bg.order.amount.query",
        json!({"access_token": client.router_token(1)}),
    );
    assert_eq!(code(&foreign), 3_000_032);
}

#[test]
fn semi_managed_shops_have_orders_and_full_managed_ones_have_not() {
    let client = Client::new();
    client
        .sandbox
        .set_mall_type("US-1001", MallType::Semi)
        .unwrap();
    let rows = all(&client, json!({}));
    assert_eq!(rows.len(), 100);
    assert!(
        rows[0]["orderList"][0]["skuId"].is_null(),
        "skuId is for local shops"
    );
    client
        .sandbox
        .set_mall_type("US-1001", MallType::Full)
        .unwrap();
    for call in [LIST, "bg.order.detail.v2.get", "bg.order.amount.query"] {
        assert_eq!(
            code(&client.router(call, json!({"parentOrderSn": "PO-211-1"}))),
            140_020_001
        );
    }
}

#[test]
fn a_change_is_seen_in_both_dialects() {
    let client = Client {
        now: NOW + 50,
        ..Client::new()
    };
    let unshipped = all(&client, json!({"parentOrderStatus": 2}));
    let number = unshipped[0]["parentOrderMap"]["parentOrderSn"]
        .as_str()
        .unwrap();
    let change = OrderChange {
        status: Some("SHIPPED".into()),
        ..OrderChange::default()
    };
    client
        .sandbox
        .change_order("EU-1002", number, &change, client.now)
        .unwrap_err();
    client
        .sandbox
        .change_order("US-1001", number, &change, client.now)
        .unwrap();
    let newest = all(
        &client,
        json!({"updateAtStart": NOW + 50, "updateAtEnd": NOW + 50, "sortby": "updateTime"}),
    );
    assert_eq!(parents(&newest, "parentOrderSn"), [number]);
    assert_eq!(newest[0]["parentOrderMap"]["parentShippingTime"], NOW + 50);
    let guide = client.guide("order/detail", json!({"order_sn": number}));
    assert_eq!(
        (
            guide["data"]["status"].as_str(),
            guide["data"]["updated_at"].as_i64()
        ),
        (Some("SHIPPED"), Some(NOW + 50))
    );
}
