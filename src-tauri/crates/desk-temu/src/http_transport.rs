//! The real network: time limits, a cap on bodies, no redirects, TLS 1.2 or newer.

use std::{io, time::Duration};

use async_trait::async_trait;
use reqwest::{
    Client, ClientBuilder, Proxy, Response,
    header::{CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER},
    redirect, retry, tls,
};
use url::{Host, Url};

use crate::{
    error::{Error, ErrorKind},
    transport::{HttpRequest, HttpResponse, Transport, TransportError},
};

/// Largest answer accepted, after decompression.
const LARGEST_BODY: usize = 16 * 1024 * 1024;
/// Largest picture accepted.
const LARGEST_PICTURE: usize = 4 * 1024 * 1024;

/// HTTP by reqwest. One per gateway, since the proxy is the gateway's.
pub struct HttpTransport {
    client: Client,
    /// Without the system's proxy: what runs on this computer is reached directly.
    loopback: Client,
    /// Whether the gateway has a proxy of its own.
    proxied: bool,
}

/// How long each part of an exchange may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// Until there is a connection, TLS included.
    pub connect: Duration,
    /// Between two signs of life.
    pub idle: Duration,
    /// From the first to the last.
    pub total: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(20),
            total: Duration::from_secs(60),
        }
    }
}

/// A product picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Such as `image/jpeg`; always `image/…`.
    pub content_type: String,
    /// At most 4 MB.
    pub bytes: Vec<u8>,
}

impl HttpTransport {
    /// `proxy` is an `http://`, `https://` or `socks5://` address; `None` takes the system's, but never for this computer.
    ///
    /// Errors: `InvalidParameter` for a proxy that is no such address.
    pub fn new(proxy: Option<&str>) -> Result<Self, Error> {
        Self::with_time_limits(proxy, TimeLimits::default())
    }

    /// The same with other time limits.
    pub fn with_time_limits(proxy: Option<&str>, limits: TimeLimits) -> Result<Self, Error> {
        let build = |builder: ClientBuilder| {
            builder.build().map_err(|error| {
                Error::new(
                    ErrorKind::Network,
                    format!("no HTTP client: {}", cause(error)),
                )
            })
        };
        match proxy {
            Some(address) => {
                let client = build(limited(limits).proxy(parse_proxy(address)?))?;
                Ok(Self {
                    loopback: client.clone(),
                    client,
                    proxied: true,
                })
            }
            None => Ok(Self {
                client: build(limited(limits))?,
                loopback: build(limited(limits).no_proxy())?,
                proxied: false,
            }),
        }
    }

    /// Fetches a picture over https, or over http from this computer.
    ///
    /// Errors: `InvalidParameter` for another kind of address, `NotFound` for a refusal, `Malformed` for what is no picture or too large,
    /// `Network`.
    pub async fn get_picture(&self, url: &Url) -> Result<Picture, Error> {
        if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(url)) {
            return Err(Error::new(
                ErrorKind::InvalidParameter,
                "pictures are fetched over https only",
            ));
        }
        let sent = self.client_for(url).get(url.clone()).send().await;
        let response = sent.map_err(|error| self.unanswered(error))?;
        if !response.status().is_success() {
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("no picture: HTTP {}", response.status().as_u16()),
            ));
        }
        let content_type = header(&response, CONTENT_TYPE)
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !content_type.starts_with("image/") {
            return Err(Error::new(ErrorKind::Malformed, "not a picture"));
        }
        let bytes = read_body(response, LARGEST_PICTURE).await?;
        Ok(Picture {
            content_type,
            bytes,
        })
    }

    fn client_for(&self, url: &Url) -> &Client {
        if is_loopback(url) {
            &self.loopback
        } else {
            &self.client
        }
    }

    /// Why a request has no answer; tells when it is the seller's own proxy that stands in between.
    fn unanswered(&self, error: reqwest::Error) -> TransportError {
        match transport_error(error) {
            TransportError::Connect(reason) if self.proxied => {
                TransportError::Connect(format!("through the gateway's proxy: {reason}"))
            }
            other => other,
        }
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let client = self.client_for(&request.url);
        let request = client
            .post(request.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(request.body.clone());
        let sent = request.send().await;
        let response = sent.map_err(|error| self.unanswered(error))?;
        Ok(HttpResponse {
            status: response.status().as_u16(),
            date: header(&response, DATE),
            retry_after: header(&response, RETRY_AFTER),
            body: read_body(response, LARGEST_BODY).await?,
        })
    }
}

fn limited(limits: TimeLimits) -> ClientBuilder {
    // Of one process; where it is installed already, this is refused.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .connect_timeout(limits.connect)
        .read_timeout(limits.idle)
        .timeout(limits.total)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .tls_version_min(tls::Version::TLS_1_2)
}

fn parse_proxy(address: &str) -> Result<Proxy, Error> {
    let refuse = || {
        Error::new(
            ErrorKind::InvalidParameter,
            "the proxy is no http://, https:// or socks5:// address",
        )
    };
    let mut url = Url::parse(address.trim()).map_err(|_| refuse())?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") || !url.has_host() {
        return Err(refuse());
    }
    // Names are resolved where the proxy is, as with an http proxy.
    if url.scheme() == "socks5" {
        url.set_scheme("socks5h").map_err(|()| refuse())?;
    }
    Proxy::all(url).map_err(|_| refuse())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn header(response: &Response, name: HeaderName) -> Option<String> {
    response
        .headers()
        .get(name)?
        .to_str()
        .ok()
        .map(str::to_owned)
}

/// The body, decompressed; what is larger is given up as soon as it shows.
async fn read_body(mut response: Response, largest: usize) -> Result<Vec<u8>, TransportError> {
    let told = response.content_length().unwrap_or_default();
    if told > largest as u64 {
        return Err(TransportError::TooLarge(largest));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(transport_error)? {
        if body.len() + chunk.len() > largest {
            return Err(TransportError::TooLarge(largest));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn transport_error(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::Timeout
    } else if is_untrusted(&error) {
        TransportError::Untrusted(cause(error))
    } else if error.is_connect() {
        TransportError::Connect(cause(error))
    } else {
        TransportError::Interrupted(cause(error))
    }
}

/// Whether the other end's certificate was refused.
fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
        return true;
    }
    // An I/O error does not name what it wraps as its source.
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    match wrapped {
        Some(wrapped) => is_untrusted(wrapped),
        None => error.source().is_some_and(is_untrusted),
    }
}

/// The innermost reason; the outer ones name the address, which may carry more than the seller wants shown.
fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut reason: &dyn std::error::Error = &error;
    while let Some(source) = reason.source() {
        reason = source;
    }
    reason.to_string()
}
