//! Faults to order.

use desk_sandbox::{Fault, FaultKind, Response, WireFault};
use serde_json::{Value, json};

use crate::client::{Client, body, code};

const INFO: &str = "bg.open.accesstoken.info.get";

fn fault(kind: FaultKind) -> Fault {
    Fault {
        kind,
        times: 1,
        call: None,
    }
}

fn router(client: &Client) -> Response {
    client.post("/openapi/router", &client.router_body(INFO, json!({})))
}

fn guide(client: &Client) -> Response {
    client.post(
        "/shop/info",
        &client.guide_body(json!({"access_token": client.guide_token(0)})),
    )
}

#[test]
fn http_status_with_retry_after_for_some_calls() {
    let client = Client::new();
    let kind = FaultKind::Status {
        status: 429,
        retry_after: Some("7".into()),
    };
    client.sandbox.set_faults(vec![Fault {
        kind,
        times: 2,
        call: Some(INFO.into()),
    }]);
    assert_eq!(guide(&client).status, 200, "another call");
    for _ in 0..2 {
        let response = router(&client);
        assert_eq!(
            (response.status, response.header("retry-after")),
            (429, Some("7"))
        );
        assert!(response.header("date").is_some());
    }
    assert_eq!(router(&client).status, 200);
}

#[test]
fn business_errors_in_the_dialects_envelope() {
    let client = Client::new();
    client.sandbox.set_faults(vec![
        fault(FaultKind::BusinessError { code: 5001 }),
        fault(FaultKind::BusinessError { code: 4_000_004 }),
    ]);
    assert_eq!(body(&guide(&client))["error_code"], 5001);
    assert_eq!(body(&router(&client))["errorCode"], 4_000_004);
    client.sandbox.set_faults(vec![
        fault(FaultKind::IpNotAllowed),
        fault(FaultKind::IpNotAllowed),
    ]);
    assert_eq!(body(&router(&client))["errorCode"], 5_000_003);
    assert_eq!(guide(&client).status, 403);
}

#[test]
fn broken_and_late_answers() {
    let client = Client::new();
    let delay = FaultKind::Delay {
        milliseconds: 1_500,
    };
    client.sandbox.set_faults(vec![
        fault(FaultKind::Malformed),
        fault(FaultKind::Empty),
        fault(delay),
    ]);
    assert!(serde_json::from_slice::<Value>(&guide(&client).body).is_err());
    assert!(guide(&client).body.is_empty());
    let late = guide(&client);
    assert_eq!((late.delay_ms, code(&body(&late))), (1_500, 0));
}

#[test]
fn a_lost_answer_was_carried_out() {
    let client = Client::new();
    let refresh_token = client.credentials.guide.shops[0].refresh_token.clone();
    let fields =
        client.guide_body(json!({"grant_type": "refresh_token", "refresh_token": refresh_token}));
    client
        .sandbox
        .set_faults(vec![fault(FaultKind::AnswerLost)]);
    assert_eq!(client.post("/oauth/token", &fields).status, 504);
    assert_eq!(
        code(&body(&client.post("/oauth/token", &fields))),
        1002,
        "the pair was rotated"
    );
}

/// The guide's answer under a fault.
fn under(kind: FaultKind) -> Response {
    let client = Client::new();
    client.sandbox.set_faults(vec![fault(kind)]);
    guide(&client)
}

#[test]
fn f4_answers_that_are_no_json() {
    let page = under(FaultKind::login_page());
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with(b"<!doctype html>"));
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(std::str::from_utf8(&under(FaultKind::invalid_utf8()).body).is_err());
    let marked = under(FaultKind::ByteOrderMark).body;
    let (mark, rest) = marked.split_at(3);
    assert_eq!(mark, [0xEF, 0xBB, 0xBF]);
    assert_eq!(
        serde_json::from_slice::<Value>(rest).unwrap()["error_code"],
        0
    );
    let elsewhere = under(FaultKind::redirect("http://127.0.0.1:9/"));
    assert_eq!(
        (elsewhere.status, elsewhere.header("location")),
        (302, Some("http://127.0.0.1:9/"))
    );
}

#[test]
fn f4_answers_that_are_strange_json() {
    assert_eq!(
        under(FaultKind::nested(64)).body,
        ("[".repeat(64) + &"]".repeat(64)).into_bytes()
    );
    let deep = body(&under(FaultKind::nested_before("shop_id", 64)));
    assert!(deep["data"]["deep"].is_array() && deep["data"]["shop_id"].is_string());
    let twice = String::from_utf8(under(FaultKind::duplicate_key("shop_id")).body).unwrap();
    assert!(twice.contains("\"shop_id\":null,\"shop_id\":\"US-1001\""));
}

#[test]
fn f3_the_date_is_wrong_or_missing() {
    let text = "Sat, 01 Jan 2000 00:00:00 GMT";
    let wrong = under(FaultKind::Date {
        text: Some(text.to_owned()),
    });
    let dates: Vec<_> = wrong
        .headers
        .iter()
        .filter(|(name, _)| name == "date")
        .collect();
    assert_eq!(dates, [&("date".to_owned(), text.to_owned())]);
    assert_eq!(under(FaultKind::Date { text: None }).header("date"), None);
}

#[test]
fn admin_orders_every_fault() {
    let client = Client::new();
    let set = |fault: &Value| client.post("/admin/faults", fault).status;
    for fault in [
        json!({"kind": "foreign", "status": 200, "headers": {"x": "y"}, "body": "no"}),
        json!({"kind": "login_page"}),
        json!({"kind": "redirect", "location": "/"}),
        json!({"kind": "invalid_utf8"}),
        json!({"kind": "nested", "depth": 10_000}),
        json!({"kind": "nested", "depth": 64, "before": "order_sn"}),
        json!({"kind": "duplicate_key", "before": "order_sn"}),
        json!({"kind": "insert", "before": "order_sn", "text": "\"new\":1,"}),
        json!({"kind": "byte_order_mark"}),
        json!({"kind": "date", "text": "yesterday"}),
        json!({"kind": "date"}),
        json!({"kind": "reset_before_answer"}),
        json!({"kind": "reset_in_body"}),
        json!({"kind": "stall_before_answer"}),
        json!({"kind": "stall_in_body"}),
        json!({"kind": "trickle"}),
        json!({"kind": "content_length_too_long"}),
        json!({"kind": "content_length_too_short"}),
        json!({"kind": "chunked_cut"}),
        json!({"kind": "gzip_bomb", "megabytes": 1_000}),
        json!({"kind": "long_body", "megabytes": 200, "declared": false}),
    ] {
        assert_eq!(set(&fault), 200, "{fault}");
    }
    for fault in [
        json!({"kind": "redirect"}),
        json!({"kind": "nested"}),
        json!({"kind": "insert", "before": "order_sn"}),
        json!({"kind": "gzip_bomb"}),
        json!({"kind": "foreign"}),
    ] {
        assert_eq!(set(&fault), 400, "{fault}");
    }
    let wire = json!({"kind": "long_body", "megabytes": 200, "declared": false});
    assert_eq!(set(&wire), 200);
    let expected = WireFault::LongBody {
        megabytes: 200,
        declared: false,
    };
    assert_eq!(guide(&client).wire, Some(expected));
}
