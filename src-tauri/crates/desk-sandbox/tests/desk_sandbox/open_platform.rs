//! The router's gateway checks, one test per code, and the envelope.

use desk_sandbox::Request;
use serde_json::{Value, json};

use crate::client::{Client, NOW, body, code, message};

const INFO: &str = "bg.open.accesstoken.info.get";

/// The code for an otherwise right call with these fields.
fn refusal(fields: Value) -> i64 {
    code(&Client::new().router(INFO, fields))
}

#[test]
fn success_and_failure_have_the_documented_envelope() {
    let client = Client::new();
    let success = client.router(INFO, json!({"access_token": client.router_token(1)}));
    let names: Vec<&str> = success
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names,
        ["success", "errorCode", "errorMsg", "requestId", "result"]
    );
    assert_eq!(
        (success["success"].as_bool(), code(&success)),
        (Some(true), 1_000_000)
    );
    assert!(
        success["requestId"].as_str().unwrap().starts_with("eu-"),
        "the shop's region"
    );
    let failure = client.router(
        "bg.order.detail.v2.get",
        json!({"parentOrderSn": "PO-211-1"}),
    );
    assert_eq!(failure["success"], false);
    assert!(
        failure.get("result").is_none()
            && failure["requestId"].as_str().unwrap().starts_with("us-")
    );
}

#[test]
fn app_and_signature() {
    let client = Client::new();
    assert_eq!(refusal(json!({"app_key": null})), 3_000_025);
    assert_eq!(refusal(json!({"app_key": "other"})), 3_000_026);
    let mut fields = client.router_body(INFO, json!({}));
    fields["sign"] = Value::Null;
    assert_eq!(
        code(&body(&client.post("/openapi/router", &fields))),
        3_000_040
    );
    let mut fields = client.router_body(
        "no.such.type",
        json!({"timestamp": "1", "access_token": "x"}),
    );
    fields["sign"] = json!("0");
    let answer = body(&client.post("/openapi/router", &fields));
    assert_eq!(
        code(&answer),
        3_000_001,
        "before anything else about the request"
    );
    let broken = client
        .sandbox
        .handle(&Request::post("/openapi/router", "{"), NOW);
    assert_eq!(code(&body(&broken)), 3_000_000);
}

#[test]
fn timestamp() {
    assert_eq!(refusal(json!({"timestamp": null})), 3_000_010);
    assert_eq!(refusal(json!({"timestamp": NOW + 301})), 3_000_011);
    assert_eq!(refusal(json!({"timestamp": NOW - 301})), 3_000_012);
    assert_eq!(refusal(json!({"timestamp": true})), 3_000_000);
    for fine in [json!(NOW + 300), json!((NOW - 300).to_string())] {
        assert_eq!(refusal(json!({"timestamp": fine})), 1_000_000);
    }
}

#[test]
fn data_type_and_type() {
    assert_eq!(refusal(json!({"data_type": ""})), 3_000_013);
    assert_eq!(refusal(json!({"data_type": "XML"})), 3_000_014);
    assert_eq!(refusal(json!({"data_type": null})), 1_000_000);
    assert_eq!(refusal(json!({"data_type": "json"})), 1_000_000);
    assert_eq!(refusal(json!({"type": null})), 3_000_002);
    assert_eq!(refusal(json!({"type": "bg.order.list.V2.get"})), 3_000_003);
}

#[test]
fn token_and_scope() {
    let client = Client::new();
    assert_eq!(refusal(json!({"access_token": null})), 3_000_030);
    assert_eq!(refusal(json!({"access_token": "nonsense"})), 3_000_031);
    assert_eq!(
        refusal(json!({"access_token": client.guide_token(0)})),
        3_000_031
    );
    client
        .sandbox
        .drop_scope("635500000000001", "bg.order.list.v2.get")
        .unwrap();
    let answer = client.router("bg.order.list.v2.get", json!({}));
    assert_eq!(code(&answer), 3_000_032);
    assert!(message(&answer).contains("bg.order.list.v2.get"));
}

#[test]
fn a_token_of_another_region_is_refused() {
    let client = Client::new();
    let ask = |route: &str, shop: usize| {
        let fields = client.router_body(INFO, json!({"access_token": client.router_token(shop)}));
        code(&body(
            &client.post(&format!("{route}/openapi/router"), &fields),
        ))
    };
    for (shop, home) in ["/us", "/eu", "/global"].into_iter().enumerate() {
        assert_eq!(
            ask("", shop),
            1_000_000,
            "the plain route serves every region"
        );
        for route in ["/us", "/eu", "/global"] {
            let expected = if route == home { 1_000_000 } else { 3_000_033 };
            assert_eq!(ask(route, shop), expected, "shop {shop} on {route}");
        }
    }
    assert_eq!(client.post("/mars/openapi/router", &json!({})).status, 404);
}

#[test]
fn unknown_fields_are_ignored() {
    let answer = Client::new().router(
        "bg.order.list.v2.get",
        json!({"page": 5, "start_time": 1, "request": {"pageNumber": 2}}),
    );
    assert_eq!(code(&answer), 1_000_000);
    assert_eq!(
        answer["result"]["pageItems"].as_array().unwrap().len(),
        10,
        "the default page"
    );
}
