//! Faults to order: what goes wrong, how often, and where.

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
    /// The right answer, cut off in the middle.
    Malformed,
    /// HTTP 200 without a body.
    Empty,
    /// The right answer after a while, see [`crate::Response::delay_ms`].
    Delay {
        /// How long, in milliseconds.
        milliseconds: u64,
    },
    /// The call is carried out, but HTTP 504 is all that comes back.
    AnswerLost,
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
