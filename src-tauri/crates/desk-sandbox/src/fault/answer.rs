//! What a call answers under a fault.

use super::FaultKind;
use crate::http::Response;
use crate::sandbox::Dialect;
use crate::state::State;
use crate::{guide, open_platform};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The answer to a call; `carry_out` does the call and gives the right answer.
pub(crate) fn under(
    fault: FaultKind,
    state: &mut State,
    dialect: Dialect,
    carry_out: impl FnOnce(&mut State) -> Response,
) -> Response {
    match fault {
        FaultKind::Status {
            status,
            retry_after,
        } => {
            let response = Response::text(status, "");
            retry_after.into_iter().fold(response, |response, text| {
                response.with_header("retry-after", text)
            })
        }
        FaultKind::BusinessError { code } => {
            refused(state, dialect, code, "fault set by the tests")
        }
        FaultKind::IpNotAllowed if dialect == Dialect::Guide => {
            Response::text(403, "address not allowed")
        }
        FaultKind::IpNotAllowed => refused(state, dialect, 5_000_003, "NOT_IN_IP_WHITE_LIST"),
        FaultKind::Foreign {
            status,
            headers,
            body,
        } => Response {
            headers,
            ..Response::new(status, "", body)
        },
        FaultKind::Malformed => {
            let mut response = carry_out(state);
            response.body.truncate(response.body.len() / 2);
            response
        }
        FaultKind::Empty => Response::new(200, "application/json", ""),
        FaultKind::Insert { before, text } => insert(carry_out(state), &before, &text),
        FaultKind::ByteOrderMark => {
            let response = carry_out(state);
            Response {
                body: [BYTE_ORDER_MARK, &response.body].concat(),
                ..response
            }
        }
        FaultKind::Date { text } => carry_out(state).with_header("date", text.unwrap_or_default()),
        FaultKind::Delay { milliseconds } => Response {
            delay_ms: milliseconds,
            ..carry_out(state)
        },
        FaultKind::AnswerLost => {
            carry_out(state);
            Response::text(504, "")
        }
        FaultKind::Wire(wire) => Response {
            wire: Some(wire),
            ..carry_out(state)
        },
    }
}

fn refused(state: &mut State, dialect: Dialect, code: i64, message: &str) -> Response {
    match dialect {
        Dialect::Guide => guide::refused(state, code, message),
        Dialect::OpenPlatform => open_platform::refused(state, "us", code, message),
    }
}

/// Puts text before every field of a name.
fn insert(response: Response, before: &str, text: &str) -> Response {
    let field = format!("\"{before}\":");
    let body = String::from_utf8_lossy(&response.body).replace(&field, &format!("{text}{field}"));
    Response {
        body: body.into_bytes(),
        ..response
    }
}
