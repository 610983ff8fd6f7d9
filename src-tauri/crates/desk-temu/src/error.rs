//! What a call can end in: a kind that callers act on, and the platform's own words without secrets.

use std::time::Duration;

use desk_model::Secret;

use crate::transport::TransportError;

/// Longest message kept, in characters.
const LONGEST_MESSAGE: usize = 500;

/// A failed call, after all retries that it deserved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What to do about it.
    pub kind: ErrorKind,
    /// The platform's words or ours: at most 500 characters, no secrets.
    pub message: String,
    /// The platform's code, if it answered with one.
    pub platform_code: Option<i64>,
    /// The platform's id of the request, if it told one.
    pub request_id: Option<String>,
    /// How many seconds this computer's clock is ahead of the platform's, where that is what the platform refused.
    pub clock_ahead_seconds: Option<i64>,
}

/// Kinds of failure, the same for both dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// app_key and app_secret do not fit together. Never retried.
    SignatureRejected,
    /// The token has expired (open platform 3000034 also: a newer one took its place).
    TokenExpired,
    /// The token does not exist or no longer counts.
    TokenRevoked,
    /// The token or the app may not make this call.
    ScopeMissing,
    /// The platform refuses our timestamp even after correction.
    ClockSkew,
    /// The platform refuses the request as it is. Never retried.
    InvalidParameter,
    /// What was asked for does not exist, or not yet (amounts that are still calculated).
    NotFound,
    /// Too many requests.
    RateLimited {
        /// How long the platform asks to wait, if it says so; may be longer than any wait of ours.
        retry_after: Option<Duration>,
    },
    /// This computer's address is not on the app's whitelist.
    IpNotAllowed,
    /// The platform has trouble.
    Unavailable,
    /// The platform cannot be reached, or the connection broke.
    Network,
    /// Somebody else answers in the platform's place: its certificate is not trusted. Nothing was sent, nothing is retried.
    Untrusted,
    /// The answer is no answer of the platform's: a login page, a cut body.
    Malformed,
    /// App or token belong to another region (open platform 3000026, 3000033).
    WrongRegion,
    /// A full-managed shop: it has no buyer orders (open platform 140020001).
    FullManaged,
    /// A semi-managed shop: it has no products and activities here.
    ShopTypeUnsupported,
    /// The authorization code is wrong, used or too old.
    CodeRejected,
}

impl Error {
    /// An error of our own making, without a platform's code. The message must hold no secret.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: shorten(message.into()),
            platform_code: None,
            request_id: None,
            clock_ahead_seconds: None,
        }
    }

    /// Takes known secrets out of what came from outside.
    pub(crate) fn scrubbed(mut self, secrets: &[&Secret]) -> Self {
        for secret in secrets
            .iter()
            .map(|secret| secret.expose())
            .filter(|text| !text.is_empty())
        {
            self.message = self.message.replace(secret, "***");
            self.request_id = self.request_id.map(|id| id.replace(secret, "***"));
        }
        self.message = shorten(self.message);
        self
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let kind = match error {
            TransportError::Connect(_)
            | TransportError::Timeout
            | TransportError::Interrupted(_) => ErrorKind::Network,
            TransportError::Untrusted(_) => ErrorKind::Untrusted,
            TransportError::TooLarge(_) => ErrorKind::Malformed,
        };
        Self::new(kind, error.to_string())
    }
}

fn shorten(message: String) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => message[..end].to_owned(),
        None => message,
    }
}
