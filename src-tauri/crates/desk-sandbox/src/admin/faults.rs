//! What goes wrong: faults and paging lies.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Loose;
use crate::fault::{Fault, FaultKind, WireFault};
use crate::paging::{PagingLie, PagingLieKind};
use crate::sandbox::Sandbox;

/// One or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> OneOrMany<T> {
    fn each<U>(self, read: fn(&T) -> Result<U, String>) -> Result<Vec<U>, String> {
        match self {
            Self::Many(all) => all.iter().map(read).collect(),
            Self::One(one) => Ok(vec![read(&one)?]),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FaultBody {
    kind: Option<String>,
    times: Option<u32>,
    path: Option<String>,
    status: Option<u16>,
    retry_after: Option<Loose>,
    code: Option<i64>,
    delay_ms: Option<u64>,
    headers: Option<BTreeMap<String, String>>,
    body: Option<String>,
    location: Option<String>,
    before: Option<String>,
    depth: Option<usize>,
    text: Option<String>,
    megabytes: Option<u32>,
    declared: Option<bool>,
}

pub(super) fn set_faults(sandbox: &Sandbox, body: OneOrMany<FaultBody>) -> Result<Value, String> {
    let faults = body.each(fault)?;
    let count = faults.len();
    sandbox.set_faults(faults);
    Ok(json!({"faults": count}))
}

fn fault(body: &FaultBody) -> Result<Fault, String> {
    let kind = body.kind.as_deref().unwrap_or("status");
    let kind = match answer_fault(kind, body)? {
        Some(fault) => fault,
        None => FaultKind::Wire(wire_fault(kind, body)?),
    };
    Ok(Fault {
        kind,
        times: body.times.unwrap_or(1),
        call: body.path.as_deref().map(call),
    })
}

/// What is wrong with an answer; none for a kind that is no such fault.
fn answer_fault(kind: &str, body: &FaultBody) -> Result<Option<FaultKind>, String> {
    let before = || body.before.clone().ok_or("before is missing");
    let depth = || body.depth.ok_or("depth is missing");
    Ok(Some(match kind {
        "status" => FaultKind::Status {
            status: status(body)?,
            retry_after: body.retry_after.as_ref().map(Loose::text),
        },
        "business_error" => FaultKind::BusinessError {
            code: body.code.ok_or("code is missing")?,
        },
        "ip_not_allowed" => FaultKind::IpNotAllowed,
        "foreign" => FaultKind::Foreign {
            status: status(body)?,
            headers: body.headers.clone().into_iter().flatten().collect(),
            body: body.body.clone().unwrap_or_default().into_bytes(),
        },
        "login_page" => FaultKind::login_page(),
        "redirect" => FaultKind::redirect(body.location.as_ref().ok_or("location is missing")?),
        "invalid_utf8" => FaultKind::invalid_utf8(),
        "nested" if body.before.is_some() => FaultKind::nested_before(&before()?, depth()?),
        "nested" => FaultKind::nested(depth()?),
        "duplicate_key" => FaultKind::duplicate_key(&before()?),
        "insert" => FaultKind::Insert {
            before: before()?,
            text: body.text.clone().ok_or("text is missing")?,
        },
        "byte_order_mark" => FaultKind::ByteOrderMark,
        "malformed" => FaultKind::Malformed,
        "empty" => FaultKind::Empty,
        "date" => FaultKind::Date {
            text: body.text.clone(),
        },
        "delay_ms" => FaultKind::Delay {
            milliseconds: body.delay_ms.ok_or("delay_ms is missing")?,
        },
        "answer_lost" => FaultKind::AnswerLost,
        _ => return Ok(None),
    }))
}

fn wire_fault(kind: &str, body: &FaultBody) -> Result<WireFault, String> {
    let megabytes = || body.megabytes.ok_or("megabytes is missing");
    Ok(match kind {
        "reset_before_answer" => WireFault::ResetBeforeAnswer,
        "reset_in_body" => WireFault::ResetInBody,
        "stall_before_answer" => WireFault::StallBeforeAnswer,
        "stall_in_body" => WireFault::StallInBody,
        "trickle" => WireFault::Trickle {
            milliseconds: body.delay_ms.unwrap_or(1_000),
        },
        "content_length_too_long" => WireFault::ContentLengthTooLong,
        "content_length_too_short" => WireFault::ContentLengthTooShort,
        "chunked_cut" => WireFault::ChunkedCut,
        "gzip_bomb" => WireFault::GzipBomb {
            megabytes: megabytes()?,
        },
        "long_body" => WireFault::LongBody {
            megabytes: megabytes()?,
            declared: body.declared.unwrap_or(true),
        },
        other => return Err(format!("there is no fault {other}")),
    })
}

fn status(body: &FaultBody) -> Result<u16, String> {
    let status = body.status.filter(|status| (200..600).contains(status));
    status.ok_or_else(|| "status is missing".to_owned())
}

fn call(path: &str) -> String {
    path.trim_start_matches('/').to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LieBody {
    kind: String,
    times: Option<u32>,
    path: Option<String>,
    off_by: Option<i64>,
    page: Option<i64>,
    pages: Option<i64>,
    rows: Option<i64>,
}

pub(super) fn set_paging_lies(
    sandbox: &Sandbox,
    body: OneOrMany<LieBody>,
) -> Result<Value, String> {
    let lies = body.each(lie)?;
    let count = lies.len();
    sandbox.set_paging_lies(lies);
    Ok(json!({"lies": count}))
}

fn lie(body: &LieBody) -> Result<PagingLie, String> {
    let page = || body.page.ok_or("page is missing");
    let rows = || body.rows.ok_or("rows is missing");
    let kind = match body.kind.as_str() {
        "total" => PagingLieKind::Total {
            off_by: body.off_by.ok_or("off_by is missing")?,
        },
        "empty_page" => PagingLieKind::EmptyPage { page: page()? },
        "repeated_page" => PagingLieKind::RepeatedPage { page: page()? },
        "endless_last_page" => PagingLieKind::EndlessLastPage,
        "page_cap" => PagingLieKind::PageCap {
            pages: body.pages.ok_or("pages is missing")?,
        },
        "row_cap" => PagingLieKind::RowCap { rows: rows()? },
        "page_size_cap" => PagingLieKind::PageSizeCap { rows: rows()? },
        other => return Err(format!("there is no lie {other}")),
    };
    Ok(PagingLie {
        kind,
        times: body.times.unwrap_or(u32::MAX),
        call: body.path.as_deref().map(call),
    })
}
