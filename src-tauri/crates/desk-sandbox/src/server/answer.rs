//! Writes answers onto a connection.

use std::io;

use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::Response;

/// How the client can tell where the body ends.
#[derive(Clone, Copy)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
}

/// Sends an answer as it should be.
pub(super) async fn send(
    stream: &mut (impl AsyncWrite + Unpin),
    response: &Response,
    keep_alive: bool,
) -> io::Result<()> {
    let mut bytes = head(
        response,
        Framing::Length(response.body.len() as u64),
        keep_alive,
    );
    bytes.extend_from_slice(&response.body);
    stream.write_all(&bytes).await
}

/// Status line and headers, up to the empty line.
pub(super) fn head(response: &Response, framing: Framing, keep_alive: bool) -> Vec<u8> {
    let mut head = format!(
        "HTTP/1.1 {} {}\r\n",
        response.status,
        reason(response.status)
    );
    let mut add = |name: &str, value: &str| {
        // A line break in a value would be a header of its own.
        if !value.contains(['\r', '\n']) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    };
    for (name, value) in &response.headers {
        add(name, value);
    }
    match framing {
        Framing::Length(length) => add("content-length", &length.to_string()),
        Framing::Chunked => add("transfer-encoding", "chunked"),
    }
    if !keep_alive {
        add("connection", "close");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn reason(status: u16) -> &'static str {
    match status {
        100..=299 => "OK",
        300..=399 => "Elsewhere",
        400..=499 => "Refused",
        _ => "Trouble",
    }
}
