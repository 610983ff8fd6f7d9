//! The seam between calls and the network: tests pass a scripted one.

use async_trait::async_trait;
use url::Url;

/// Sends requests. Retries and pacing are not its business.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Posts JSON and returns the answer whatever its status.
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError>;
}

/// A `POST` of `application/json`. Its body holds tokens, hence no `Debug`.
pub struct HttpRequest {
    /// Where to.
    pub url: Url,
    /// JSON.
    pub body: Vec<u8>,
}

/// An answer with the headers that matter here.
#[derive(Clone)]
pub struct HttpResponse {
    /// HTTP status code.
    pub status: u16,
    /// The `Date` header as received.
    pub date: Option<String>,
    /// The `Retry-After` header as received.
    pub retry_after: Option<String>,
    /// Body, decompressed.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection: name, route or proxy.
    #[error("cannot connect: {0}")]
    Connect(String),
    /// Who answers cannot prove to be the platform.
    #[error("the certificate is not trusted: {0}")]
    Untrusted(String),
    /// Too long without an answer.
    #[error("the platform did not answer in time")]
    Timeout,
    /// The connection or the body broke off.
    #[error("the connection broke: {0}")]
    Interrupted(String),
    /// The body is larger than what is accepted.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
}
