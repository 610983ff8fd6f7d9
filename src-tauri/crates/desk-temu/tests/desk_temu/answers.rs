//! Answers as the platforms write them.

use std::time::{Duration, UNIX_EPOCH};

use desk_model::UnixSeconds;
use desk_temu::HttpResponse;
use serde_json::{Value, json};

use crate::scripted::START;

/// An HTTP answer with the platform's time.
pub(crate) fn http(status: u16, body: impl Into<Vec<u8>>) -> HttpResponse {
    HttpResponse {
        status,
        date: Some(http_date(START)),
        retry_after: None,
        body: body.into(),
    }
}

pub(crate) fn at(response: HttpResponse, date: UnixSeconds) -> HttpResponse {
    HttpResponse {
        date: Some(http_date(date)),
        ..response
    }
}

pub(crate) fn retry_after(response: HttpResponse, retry_after: &str) -> HttpResponse {
    HttpResponse {
        retry_after: Some(retry_after.to_owned()),
        ..response
    }
}

pub(crate) fn http_date(time: UnixSeconds) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(time.0 as u64))
}

pub(crate) fn guide(data: Value) -> HttpResponse {
    guide_text(&data.to_string())
}

/// With the data as text, for JSON that a `Value` cannot hold.
pub(crate) fn guide_text(data: &str) -> HttpResponse {
    http(
        200,
        format!(r#"{{"error_code":0,"error_msg":"","request_id":"guide-1","data":{data}}}"#),
    )
}

pub(crate) fn guide_error(code: i64, message: &str) -> HttpResponse {
    http(
        200,
        json!({"error_code": code, "error_msg": message, "request_id": "guide-1"}).to_string(),
    )
}

pub(crate) fn open_platform(result: Value) -> HttpResponse {
    let body = json!({"success": true, "errorCode": 1000000, "errorMsg": null, "requestId": "us-1", "result": result});
    http(200, body.to_string())
}

pub(crate) fn open_platform_error(code: i64, message: &str) -> HttpResponse {
    http(
        200,
        json!({"success": false, "errorCode": code, "errorMsg": message, "requestId": "us-1"})
            .to_string(),
    )
}
