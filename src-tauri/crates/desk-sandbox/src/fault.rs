//! Faults to order: what goes wrong, how often, and where.

mod answer;

pub(crate) use answer::under;

/// Something that goes wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// That HTTP status with an empty body; the call is not carried out.
    Status {
        /// Such as 429 or 503.
        status: u16,
        /// Text of a `Retry-After` header.
        retry_after: Option<String>,
    },
    /// HTTP 200 with that code in the dialect's envelope; the call is not carried out.
    BusinessError {
        /// Such as 5001 or 4000000.
        code: i64,
    },
    /// Open platform: 5000003. Guide, which has no code for it: HTTP 403.
    IpNotAllowed,
    /// An answer that is none of the platform's; the call is not carried out.
    Foreign {
        /// HTTP status.
        status: u16,
        /// Header names (lower case) and values.
        headers: Vec<(String, String)>,
        /// Body as it is.
        body: Vec<u8>,
    },
    /// The right answer, cut off in the middle.
    Malformed,
    /// HTTP 200 without a body.
    Empty,
    /// The right answer with text before every field of a name.
    Insert {
        /// Name of the field.
        before: String,
        /// Such as `"order_sn":null,`.
        text: String,
    },
    /// The right answer after a byte order mark.
    ByteOrderMark,
    /// The right answer with another `Date` header, or none.
    Date {
        /// What the header says.
        text: Option<String>,
    },
    /// The right answer after a while, see [`crate::Response::delay_ms`].
    Delay {
        /// How long, in milliseconds.
        milliseconds: u64,
    },
    /// The call is carried out, but HTTP 504 is all that comes back.
    AnswerLost,
    /// The call is carried out, but the connection misbehaves, see [`crate::Response::wire`].
    Wire(WireFault),
}

impl FaultKind {
    /// What a captive portal or an expired proxy session answers: HTTP 200, and a page.
    pub fn login_page() -> Self {
        let page = "<!doctype html><html><title>Sign in to the network</title><form method=post></form></html>";
        Self::foreign(200, ("content-type", "text/html; charset=utf-8"), page)
    }

    /// HTTP 302 to that address.
    pub fn redirect(location: &str) -> Self {
        Self::foreign(302, ("location", location), "")
    }

    /// A JSON body with bytes that are no text.
    pub fn invalid_utf8() -> Self {
        let json = ("content-type", "application/json");
        Self::foreign(
            200,
            json,
            *b"{\"error_code\":0,\"error_msg\":\"\xC3\x28\xFF\"}",
        )
    }

    /// JSON of nothing but lists in lists.
    pub fn nested(depth: usize) -> Self {
        let json = ("content-type", "application/json");
        Self::foreign(200, json, lists_in_lists(depth))
    }

    /// The right answer; before every field of that name stands a field the documents do not know, this deep.
    pub fn nested_before(field: &str, depth: usize) -> Self {
        Self::Insert {
            before: field.to_owned(),
            text: format!("\"deep\":{},", lists_in_lists(depth)),
        }
    }

    /// The right answer; every field of that name comes twice.
    pub fn duplicate_key(field: &str) -> Self {
        Self::Insert {
            before: field.to_owned(),
            text: format!("\"{field}\":null,"),
        }
    }

    fn foreign(status: u16, (name, value): (&str, &str), body: impl Into<Vec<u8>>) -> Self {
        Self::Foreign {
            status,
            headers: vec![(name.to_owned(), value.to_owned())],
            body: body.into(),
        }
    }
}

fn lists_in_lists(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

/// How a connection misbehaves. Only the `server` module can do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireFault {
    /// A reset once the request is read.
    ResetBeforeAnswer,
    /// A reset in the middle of the body.
    ResetInBody,
    /// Nothing comes, and the connection stays open until the client hangs up.
    StallBeforeAnswer,
    /// Nothing comes after the first half of the body.
    StallInBody,
    /// The body comes one byte at a time.
    Trickle {
        /// Wait after each byte.
        milliseconds: u64,
    },
    /// `Content-Length` is larger than the body; then the connection closes.
    ContentLengthTooLong,
    /// `Content-Length` is half the body.
    ContentLengthTooShort,
    /// A chunked body whose connection closes before the last chunk.
    ChunkedCut,
    /// The right answer's body, compressed, followed by that many spaces, compressed.
    GzipBomb {
        /// Size of the spaces, in MB (2^20 bytes).
        megabytes: u32,
    },
    /// The right answer's body followed by that many spaces.
    LongBody {
        /// Size of the spaces, in MB (2^20 bytes).
        megabytes: u32,
        /// Whether a `Content-Length` tells; else the body is chunked.
        declared: bool,
    },
}

/// A fault that waits for its calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What happens.
    pub kind: FaultKind,
    /// To how many calls.
    pub times: u32,
    /// Only to this call: an endpoint of the guide (`order/list`) or a type of the open platform. None: any API call.
    pub call: Option<String>,
}

/// Faults in the order they were set.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Replaces all faults.
    pub(crate) fn set(&mut self, faults: Vec<Fault>) {
        self.0 = faults;
    }

    /// The fault for a call, used up by one.
    pub(crate) fn take(&mut self, call: &str) -> Option<FaultKind> {
        let applies = |fault: &Fault| {
            fault.times > 0 && fault.call.as_deref().is_none_or(|only| only == call)
        };
        let fault = self.0.iter_mut().find(|fault| applies(fault))?;
        fault.times -= 1;
        Some(fault.kind.clone())
    }
}
