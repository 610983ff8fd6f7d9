//! Activities of the open platform.

use desk_sandbox::MallType;
use serde_json::{Value, json};

use crate::client::{Client, DAY, code, list};

const ACTIVITIES: &str = "bg.promotion.activity.query";
const GOODS: &str = "bg.promotion.activity.goods.query";

fn ask(client: &Client, kind: i64, mut fields: Value) -> Value {
    fields["activityType"] = json!(kind);
    fields["pageNumber"] = json!(1);
    fields["pageSize"] = json!(100);
    client.router(ACTIVITIES, fields)
}

#[test]
fn every_type_comes_in_every_status_joined_and_not() {
    let client = Client::new();
    for kind in [2, 13, 27, 100] {
        for status in [1, 2, 3] {
            let answer = ask(&client, kind, json!({"activityStatus": status}));
            assert_eq!(answer["result"]["total"], 2);
            for activity in list(&answer, "/result/activityList") {
                assert_eq!(
                    (
                        activity["activityType"].as_i64(),
                        activity["activityStatus"].as_i64()
                    ),
                    (Some(kind), Some(status))
                );
            }
        }
        let joined = ask(&client, kind, json!({"onlyQueryJoinedActivity": true}));
        assert_eq!(joined["result"]["total"], 3);
    }
}

#[test]
fn the_type_is_required_and_known() {
    let client = Client::new();
    assert_eq!(
        code(&client.router(ACTIVITIES, json!({"pageNumber": 1, "pageSize": 10}))),
        220_010_001
    );
    assert_eq!(
        code(&client.router(ACTIVITIES, json!({"activityType": 2, "pageSize": 10}))),
        220_010_001
    );
    assert_eq!(code(&ask(&client, 5, json!({}))), 220_010_001);
    let big = client.router(
        ACTIVITIES,
        json!({"activityType": 2, "pageNumber": 1, "pageSize": 101}),
    );
    assert_eq!(code(&big), 220_010_001);
    assert_eq!(
        code(&ask(&client, 2, json!({"activityStatus": "1"}))),
        3_000_000
    );
}

#[test]
fn goods_of_an_activity() {
    let client = Client::new();
    for activity in list(&ask(&client, 27, json!({})), "/result/activityList") {
        let fields =
            json!({"activityId": activity["activityId"], "pageNumber": 1, "pageSize": 100});
        let answer = client.router(GOODS, fields);
        assert_eq!(&answer["result"]["activityInfo"], activity);
        if activity["isJoinedActivity"] == false {
            assert!(answer["result"]["goodsList"].is_null());
            continue;
        }
        let goods = &list(&answer, "/result/goodsList")[0];
        assert!(goods["skuList"][0]["activitySupplierPrice"].is_i64());
        assert!(goods["remainingActivityQuantity"].as_i64() <= goods["activityQuantity"].as_i64());
    }
    assert_eq!(
        code(&client.router(
            GOODS,
            json!({"activityId": 1, "pageNumber": 1, "pageSize": 10})
        )),
        220_010_001
    );
}

#[test]
fn the_status_follows_the_clock() {
    let client = Client::new();
    let later = Client {
        now: client.now + 100 * DAY,
        ..client
    };
    assert_eq!(
        ask(&later, 2, json!({"activityStatus": 3}))["result"]["total"],
        6,
        "all over"
    );
}

#[test]
fn only_local_shops_have_promotions() {
    let client = Client::new();
    client
        .sandbox
        .set_mall_type("US-1001", MallType::Semi)
        .unwrap();
    assert_eq!(code(&ask(&client, 2, json!({}))), 220_010_001);
}
