//! Faults to order.

use desk_sandbox::{Fault, FaultKind, Response};
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
