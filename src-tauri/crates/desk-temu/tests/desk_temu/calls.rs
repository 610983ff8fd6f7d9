//! Retries, waits, clock correction and what errors say.

use std::time::Duration;

use desk_model::{Dialect, OrderSn, UnixSeconds};
use desk_temu::{Error, ErrorKind, HttpResponse, OrdersQuery, Priority, TransportError};
use serde_json::json;

use crate::{
    answers::{
        at, guide, guide_error, guide_text, http, open_platform, open_platform_error, retry_after,
    },
    scripted::{ACCESS_TOKEN, APP_SECRET, START, Scripted},
};

fn query() -> OrdersQuery {
    OrdersQuery {
        start: START - 86_400,
        end: START,
        page: 1,
        status: None,
    }
}

async fn total(scripted: &Scripted, priority: Priority) -> Result<u64, Error> {
    scripted
        .platform
        .orders_total(&scripted.caller(priority), &query())
        .await
}

/// The error of a call whose every answer is this one, and how often it was asked.
async fn always(dialect: Dialect, answer: HttpResponse, priority: Priority) -> (Error, usize) {
    let scripted = Scripted::new(dialect, (0..10).map(|_| Ok(answer.clone())));
    let error = total(&scripted, priority).await.unwrap_err();
    (error, scripted.requests().len())
}

fn empty_list() -> HttpResponse {
    guide(json!({"orders": [], "total": 7}))
}

#[tokio::test(start_paused = true)]
async fn trouble_is_waited_out() {
    let troubles: [Result<HttpResponse, TransportError>; 9] = [
        Err(TransportError::Timeout),
        Err(TransportError::Interrupted("reset".to_owned())),
        Ok(http(503, "")),
        Ok(http(408, "")),
        Ok(http(425, "")),
        Ok(http(429, "")),
        Ok(guide_error(5001, "system error")),
        Ok(http(200, "<html>please log in</html>")),
        Ok(guide_text(r#"{"orders":{},"total":7}"#)),
    ];
    for trouble in troubles {
        let scripted = Scripted::new(Dialect::Guide, [trouble.clone(), trouble, Ok(empty_list())]);
        assert_eq!(total(&scripted, Priority::Foreground).await.unwrap(), 7);
        let waits = scripted.clock.long_waits();
        assert_eq!(waits.len(), 2);
        assert!((4.0..=5.0).contains(&waits[0].as_secs_f64()), "{waits:?}");
        assert!((8.0..=10.0).contains(&waits[1].as_secs_f64()), "{waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_background_is_more_patient_but_not_with_nonsense() {
    assert_eq!(
        always(Dialect::Guide, http(503, ""), Priority::Foreground)
            .await
            .1,
        3
    );
    assert_eq!(
        always(Dialect::Guide, http(503, ""), Priority::Background)
            .await
            .1,
        6
    );
    let nonsense: [&[u8]; 8] = [
        b"",
        b"<html></html>",
        b"{\"error_code\":0,\"data\":{\"or",
        b"\xef\xbb\xbf{\"error_code\":0,\"data\":null}",
        b"{\"error_code\":0}",
        b"[]",
        b"\xff",
        b"{\"error_code\":0,\"data\":[1]}",
    ];
    for body in nonsense {
        let (error, attempts) = always(Dialect::Guide, http(200, body), Priority::Background).await;
        assert_eq!(
            (error.kind, attempts),
            (ErrorKind::Malformed, 3),
            "{}",
            String::from_utf8_lossy(body)
        );
    }
    let (error, attempts) =
        always(Dialect::OpenPlatform, http(302, ""), Priority::Background).await;
    assert_eq!(
        (error.kind, attempts),
        (ErrorKind::Malformed, 3),
        "a redirect is not followed"
    );
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_mended_is_asked_once() {
    for (code, kind) in [
        (1001, ErrorKind::SignatureRejected),
        (1002, ErrorKind::TokenExpired),
        (1003, ErrorKind::InvalidParameter),
        (2001, ErrorKind::NotFound),
        (4242, ErrorKind::InvalidParameter),
    ] {
        let (error, attempts) = always(
            Dialect::Guide,
            guide_error(code, "words"),
            Priority::Background,
        )
        .await;
        assert_eq!((error.kind, attempts), (kind, 1), "{code}");
        assert_eq!(
            (error.platform_code, error.request_id.as_deref()),
            (Some(code), Some("guide-1"))
        );
    }
    let (error, attempts) = always(
        Dialect::Guide,
        guide_error(5001, "words"),
        Priority::Background,
    )
    .await;
    assert_eq!((error.kind, attempts), (ErrorKind::Unavailable, 6));
    for (status, kind) in [
        (403, ErrorKind::IpNotAllowed),
        (404, ErrorKind::InvalidParameter),
    ] {
        let (error, attempts) =
            always(Dialect::Guide, http(status, "no"), Priority::Background).await;
        assert_eq!((error.kind, attempts), (kind, 1), "{status}");
    }
    let (error, attempts) = always(
        Dialect::OpenPlatform,
        open_platform_error(5000003, "IP"),
        Priority::Background,
    )
    .await;
    assert_eq!((error.kind, attempts), (ErrorKind::IpNotAllowed, 1));
}

#[tokio::test(start_paused = true)]
async fn i17_retry_after_is_kept_exactly() {
    for (asked, wait) in [("7", 7), ("900", 900)] {
        let scripted = Scripted::new(
            Dialect::Guide,
            [Ok(retry_after(http(429, ""), asked)), Ok(empty_list())],
        );
        total(&scripted, Priority::Foreground).await.unwrap();
        assert_eq!(scripted.clock.long_waits(), [Duration::from_secs(wait)]);
    }
    // The platform's clock is a day ahead; its date counts against its own time.
    let ahead = START + 86_400;
    let limited = retry_after(
        at(http(503, ""), ahead),
        &crate::answers::http_date(ahead + 30),
    );
    let scripted = Scripted::new(Dialect::Guide, [Ok(limited), Ok(empty_list())]);
    total(&scripted, Priority::Foreground).await.unwrap();
    assert_eq!(scripted.clock.long_waits(), [Duration::from_secs(30)]);
    // No guidance at all.
    for nothing in ["0", "-3", "soon"] {
        let scripted = Scripted::new(
            Dialect::Guide,
            [Ok(retry_after(http(429, ""), nothing)), Ok(empty_list())],
        );
        total(&scripted, Priority::Foreground).await.unwrap();
        assert!(
            scripted.clock.long_waits()[0] >= Duration::from_secs(4),
            "{nothing}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_longer_wait_is_handed_to_the_caller() {
    let hour = ErrorKind::RateLimited {
        retry_after: Some(Duration::from_secs(3_600)),
    };
    for answer in [
        http(429, ""),
        http(503, ""),
        open_platform_error(4000004, "too frequent requests"),
    ] {
        let (error, attempts) = always(
            Dialect::OpenPlatform,
            retry_after(answer, "3600"),
            Priority::Background,
        )
        .await;
        assert_eq!((error.kind, attempts), (hour, 1));
    }
    let (error, attempts) = always(
        Dialect::OpenPlatform,
        open_platform_error(4000004, "slow down"),
        Priority::Foreground,
    )
    .await;
    assert_eq!(
        (error.kind, attempts),
        (ErrorKind::RateLimited { retry_after: None }, 3)
    );
}

#[tokio::test(start_paused = true)]
async fn i19_a_wrong_clock_is_corrected_once() {
    let real = START + 3_600;
    for (dialect, refusal, success) in [
        (Dialect::Guide, guide_error(1003, "timestamp"), empty_list()),
        (
            Dialect::OpenPlatform,
            open_platform_error(3000012, "expired"),
            open_platform(json!({"totalItemNum": 7, "pageItems": []})),
        ),
        (
            Dialect::OpenPlatform,
            open_platform_error(7000011, "invalid"),
            open_platform(json!({"totalItemNum": 7, "pageItems": []})),
        ),
    ] {
        let scripted = Scripted::new(
            dialect,
            [Ok(at(refusal.clone(), real)), Ok(at(success, real))],
        );
        assert_eq!(total(&scripted, Priority::Foreground).await.unwrap(), 7);
        let sent: Vec<i64> = scripted
            .requests()
            .iter()
            .map(|body| {
                body["timestamp"]
                    .as_i64()
                    .or_else(|| body["timestamp"].as_str()?.parse().ok())
                    .unwrap()
            })
            .collect();
        assert_eq!(sent, [START.0, real.0]);
        assert!(
            scripted.requests()[0]["sign"] != scripted.requests()[1]["sign"],
            "signed again"
        );
        assert!(scripted.clock.long_waits().is_empty());
        assert_eq!(
            scripted.platform.clock_offset_seconds(),
            3_600,
            "kept for the next call"
        );
        assert_eq!(scripted.platform.server_now(), real);

        let stubborn = Scripted::new(
            dialect,
            (1..=4).map(|hours| Ok(at(refusal.clone(), START + hours * 3_600))),
        );
        let error = total(&stubborn, Priority::Background).await.unwrap_err();
        assert_eq!(
            (error.kind, stubborn.requests().len()),
            (ErrorKind::ClockSkew, 2)
        );
        assert_eq!(
            error.clock_ahead_seconds,
            Some(-7_200),
            "by this computer's own clock, which is two hours behind by now"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_date_a_wrong_clock_stays_wrong() {
    let undated = HttpResponse {
        date: None,
        ..open_platform_error(3000011, "too far in the future")
    };
    let (error, attempts) = always(Dialect::OpenPlatform, undated, Priority::Background).await;
    assert_eq!((error.kind, attempts), (ErrorKind::ClockSkew, 1));
    assert_eq!(error.clock_ahead_seconds, None);
    let close = at(
        guide_error(1003, "page_size is not within 1 and 100"),
        START + 299,
    );
    let (error, attempts) = always(Dialect::Guide, close, Priority::Background).await;
    assert_eq!(
        (error.kind, attempts),
        (ErrorKind::InvalidParameter, 1),
        "the clock is right: the parameter is wrong"
    );
}

#[tokio::test(start_paused = true)]
async fn only_the_platform_tells_the_time_and_not_to_the_second() {
    let portal = at(http(200, "<html>"), UnixSeconds(0));
    let scripted = Scripted::new(
        Dialect::Guide,
        [Ok(portal), Ok(at(empty_list(), START + 5))],
    );
    total(&scripted, Priority::Foreground).await.unwrap();
    assert!(
        scripted.platform.clock_offset_seconds().abs() <= 2,
        "a login page knows nothing; a second or two is noise"
    );
}

#[tokio::test(start_paused = true)]
async fn the_page_says_when_it_was_true() {
    let scripted = Scripted::new(Dialect::Guide, [Ok(at(empty_list(), START + 40))]);
    let page = scripted
        .platform
        .orders_page(&scripted.caller(Priority::Foreground), &query())
        .await
        .unwrap();
    assert_eq!(
        (page.server_time, page.total, page.is_empty()),
        (START + 40, 7, true)
    );
}

#[tokio::test(start_paused = true)]
async fn i15_errors_hold_no_secret_and_stay_short() {
    let chatty = format!("{APP_SECRET} and {ACCESS_TOKEN}: {}", "试".repeat(2_000));
    for answer in [
        guide_error(1003, &chatty),
        open_platform_error(3000000, &chatty),
    ] {
        let dialect = if answer.body.starts_with(b"{\"error_code") {
            Dialect::Guide
        } else {
            Dialect::OpenPlatform
        };
        let (error, _) = always(dialect, answer, Priority::Foreground).await;
        let text = format!("{error} {error:?}");
        assert!(
            !text.contains(APP_SECRET) && !text.contains(ACCESS_TOKEN),
            "{text}"
        );
        assert!(
            error.message.starts_with("*** and ***: 试") && error.message.chars().count() <= 500
        );
    }
    let broken = TransportError::Connect(format!("proxy said {ACCESS_TOKEN}"));
    let scripted = Scripted::new(Dialect::Guide, (0..3).map(|_| Err(broken.clone())));
    let error = total(&scripted, Priority::Foreground).await.unwrap_err();
    assert_eq!(
        (error.kind, error.message.contains("made-up")),
        (ErrorKind::Network, false)
    );
}

#[tokio::test(start_paused = true)]
async fn requests_carry_what_the_wire_asks_for() {
    let scripted = Scripted::new(Dialect::Guide, [Ok(empty_list())]);
    total(&scripted, Priority::Foreground).await.unwrap();
    let mut body = scripted.requests().remove(0);
    assert_eq!(body["sign"].as_str().unwrap().len(), 64);
    body.as_object_mut().unwrap().remove("sign");
    assert_eq!(
        body,
        json!({"app_key": "made-up-app-key", "timestamp": START.0, "access_token": ACCESS_TOKEN, "start_time": START.0 - 86_400,
            "end_time": START.0, "page": 1, "page_size": 1})
    );
    assert_eq!(
        scripted.addresses(),
        ["https://relay.example/prefix/order/list"]
    );

    let scripted = Scripted::new(Dialect::OpenPlatform, [Ok(open_platform(json!(null)))]);
    let query = OrdersQuery {
        page: 3,
        status: Some("41".to_owned()),
        ..query()
    };
    let page = scripted
        .platform
        .orders_page(&scripted.caller(Priority::Foreground), &query)
        .await
        .unwrap();
    assert!(
        page.is_empty() && page.total == 0,
        "a null result is an empty list"
    );
    let mut body = scripted.requests().remove(0);
    assert_eq!(body["sign"].as_str().unwrap().len(), 32);
    body.as_object_mut().unwrap().remove("sign");
    assert_eq!(
        body,
        json!({"type": "bg.order.list.v2.get", "app_key": "made-up-app-key", "timestamp": START.0.to_string(), "data_type": "JSON",
            "version": "V1", "access_token": ACCESS_TOKEN, "pageNumber": 3, "pageSize": 100, "updateAtStart": START.0 - 86_400,
            "updateAtEnd": START.0, "sortby": "updateTime", "parentOrderStatus": 41,
            "fulfillmentTypeList": ["fulfillBySeller", "fulfillByCooperativeWarehouse"]})
    );
    assert_eq!(
        scripted.addresses(),
        ["https://relay.example/prefix/openapi/router"]
    );
}

#[tokio::test(start_paused = true)]
async fn an_order_that_is_not_there_is_not_found() {
    let number = OrderSn::new("PO-211-00000000000000009");
    for (dialect, answer) in [
        (Dialect::Guide, guide_error(2001, "order not found")),
        (Dialect::Guide, guide(json!(null))),
        (
            Dialect::OpenPlatform,
            open_platform_error(140020002, "not found"),
        ),
        (Dialect::OpenPlatform, open_platform(json!(null))),
    ] {
        let scripted = Scripted::new(dialect, [Ok(answer)]);
        let error = scripted
            .platform
            .order(&scripted.caller(Priority::Foreground), &number)
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound);
    }
}
