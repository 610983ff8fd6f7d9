//! Local goods and SKUs of the open platform.

use desk_sandbox::MallType;
use serde_json::{Value, json};

use crate::client::{Client, code, list, message};

const GOODS: &str = "bg.local.goods.list.query";
const SKUS: &str = "bg.local.goods.sku.list.query";

#[test]
fn the_four_shelves_are_disjoint_and_complete() {
    let client = Client::new();
    let mut ids = Vec::new();
    for shelf in [1, 4, 5, 6] {
        let answer = client.router(
            GOODS,
            json!({"pageNo": 1, "pageSize": 100, "goodsSearchType": shelf}),
        );
        for goods in list(&answer, "/result/goodsList") {
            assert_eq!(goods["status4VO"], shelf);
            ids.push(goods["goodsId"].as_i64().unwrap());
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60);
}

#[test]
fn required_fields_types_and_limits() {
    let client = Client::new();
    let ask = |call: &str, fields: Value| code(&client.router(call, fields));
    assert_eq!(ask(GOODS, json!({"pageNo": 1, "pageSize": 10})), 7_000_000);
    assert_eq!(
        ask(
            GOODS,
            json!({"pageNo": 1, "pageSize": 10, "goodsStatusFilterType": 4})
        ),
        1_000_000
    );
    assert_eq!(
        ask(
            GOODS,
            json!({"pageNo": 1, "pageSize": 200, "goodsSearchType": 1})
        ),
        150_010_003
    );
    assert_eq!(
        ask(
            GOODS,
            json!({"pageNo": 1, "pageSize": 10, "goodsSearchType": 2})
        ),
        150_010_003
    );
    assert_eq!(
        ask(GOODS, json!({"pageSize": 10, "goodsSearchType": 1})),
        7_000_000
    );
    let text = client.router(
        GOODS,
        json!({"pageNo": 1, "pageSize": 10, "goodsSearchType": "1"}),
    );
    assert_eq!(code(&text), 3_000_000);
    assert!(message(&text).contains("goodsSearchType"));
    assert_eq!(ask(SKUS, json!({"pageNo": 1, "pageSize": 10})), 7_000_000);
    assert_eq!(
        ask(
            SKUS,
            json!({"pageNo": 1, "pageSize": 10, "skuSearchType": 2, "skuStatusFilterType": 3})
        ),
        150_010_003
    );
}

#[test]
fn money_comes_as_decimal_text_and_as_minor_units() {
    let client = Client::new();
    let answer = client.router(
        GOODS,
        json!({"pageNo": 1, "pageSize": 100, "goodsSearchType": 1}),
    );
    for goods in list(&answer, "/result/goodsList") {
        let text = goods["listPrice"]["amount"].as_str().unwrap();
        let (units, cents) = text.split_once('.').unwrap();
        assert_eq!(cents.len(), 2);
        let minor: i64 = units.parse::<i64>().unwrap() * 100 + cents.parse::<i64>().unwrap();
        assert_eq!(goods["marketPrice"], minor);
    }
    let drafts = client.router(
        GOODS,
        json!({"pageNo": 1, "pageSize": 1, "goodsSearchType": 5}),
    );
    assert_eq!(
        drafts["result"]["goodsList"][0]["retailPrice"]["amount"], "0.00",
        "never on sale"
    );
}

#[test]
fn times_filter_in_milliseconds() {
    let client = Client::new();
    let all = client.router(
        GOODS,
        json!({"pageNo": 1, "pageSize": 100, "goodsSearchType": 1}),
    );
    let goods = &list(&all, "/result/goodsList")[7];
    let created = goods["crtTime"].as_i64().unwrap() * 1_000;
    let exact = client.router(
        GOODS,
        json!({"pageNo": 1, "pageSize": 100, "goodsSearchType": 1, "crtFrom": created, "crtTo": created}),
    );
    assert!(list(&exact, "/result/goodsList").contains(goods));
    let changed = &goods["goodsStatusChangeTime"];
    let recent = client.router(
        GOODS,
        json!({"pageNo": 1, "pageSize": 100, "goodsSearchType": 1, "goodsStatusChangeTimeFrom": changed}),
    );
    assert!(list(&recent, "/result/goodsList").contains(goods));
    assert!(recent["result"]["total"].as_i64() < all["result"]["total"].as_i64());
}

#[test]
fn skus_page_through_a_shelf() {
    let client = Client::new();
    let ask = |page: i64, kind: i64| {
        client.router(SKUS, json!({"pageNo": page, "pageSize": 30, "skuSearchType": kind, "skuStatusFilterType": kind}))
    };
    for (kind, codes) in [(2, 2001..=2101), (3, 3001..=3004)] {
        let mut ids = Vec::new();
        let mut page = 1;
        while let Some(rows) = ask(page, kind)["result"]["skuList"].as_array() {
            for sku in rows {
                assert!(codes.contains(&sku["skuShowSubStatus4VO"].as_i64().unwrap()));
                assert!(sku["stock"].is_i64() && sku["price"].is_string());
                ids.push(sku["skuId"].as_i64().unwrap());
            }
            page += 1;
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ask(1, kind)["result"]["total"], ids.len());
    }
}

#[test]
fn only_local_shops_have_local_goods() {
    let client = Client::new();
    for mall_type in [MallType::Semi, MallType::Full] {
        client.sandbox.set_mall_type("US-1001", mall_type).unwrap();
        for call in [GOODS, SKUS] {
            let answer = client.router(
                call,
                json!({"pageNo": 1, "pageSize": 1, "goodsSearchType": 1}),
            );
            assert_eq!(code(&answer), 150_010_105);
            assert!(message(&answer).contains("managed"));
        }
    }
}
