//! Reads requests off a connection.

use std::io;

use httparse::{EMPTY_HEADER, Status};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::Request;

const LARGEST_HEAD: usize = 16 * 1024;
const LARGEST_BODY: usize = 1 << 20;
const MOST_HEADERS: usize = 64;

/// What a client did.
pub(super) enum Incoming {
    /// It hung up.
    Nothing,
    /// It sent what this server does not take; with the HTTP status to say so.
    Refused(u16),
    /// It asked.
    Request { request: Request, keep_alive: bool },
}

/// Keeps what arrived too early: requests may follow each other closely.
#[derive(Default)]
pub(super) struct RequestReader {
    buffer: Vec<u8>,
}

/// The head of a request.
struct Head {
    request: Request,
    keep_alive: bool,
    /// Where the body begins, and its length.
    body: (usize, usize),
}

impl RequestReader {
    /// The next request of a connection.
    pub(super) async fn next(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
    ) -> io::Result<Incoming> {
        let head = loop {
            match parse(&self.buffer) {
                Ok(Some(head)) => break head,
                Ok(None) => {}
                Err(status) => return Ok(Incoming::Refused(status)),
            }
            if stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(Incoming::Nothing);
            }
        };
        let (start, length) = head.body;
        while self.buffer.len() < start + length {
            if stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(Incoming::Nothing);
            }
        }
        let mut request = head.request;
        request.body = self.buffer[start..start + length].to_vec();
        self.buffer.drain(..start + length);
        Ok(Incoming::Request {
            request,
            keep_alive: head.keep_alive,
        })
    }
}

/// The head at the start of the bytes, none while it is incomplete, or the status to refuse it with.
fn parse(bytes: &[u8]) -> Result<Option<Head>, u16> {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(Status::Complete(length)) => length,
        Ok(Status::Partial) if bytes.len() < LARGEST_HEAD => return Ok(None),
        Ok(Status::Partial) => return Err(431),
        Err(_) => return Err(400),
    };
    let value = |name: &str| {
        let found = parsed
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        found.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    if value("transfer-encoding").is_some() {
        return Err(411);
    }
    let body_length = match value("content-length").map(str::parse) {
        None => 0,
        Some(Ok(length)) if length <= LARGEST_BODY => length,
        Some(Ok(_)) => return Err(413),
        Some(Err(_)) => return Err(400),
    };
    let asks = |word: &str| {
        value("connection").is_some_and(|text| text.to_ascii_lowercase().contains(word))
    };
    let keep_alive = if parsed.version == Some(0) {
        false
    } else {
        !asks("close")
    };
    let target = parsed.path.unwrap_or_default();
    Ok(Some(Head {
        request: Request {
            method: parsed.method.unwrap_or_default().to_owned(),
            ..Request::get(target)
        },
        keep_alive,
        body: (length, body_length),
    }))
}
