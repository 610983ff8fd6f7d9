//! The server's own HTTP, as it should be and as it should not.

use std::io::{ErrorKind, Read as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk_sandbox::server::serve;
use desk_sandbox::{Dialect, Fault, FaultKind, Sandbox, SandboxOptions, WireFault, sign};
use flate2::read::GzDecoder;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::client::NOW;

const PICTURE: &str = "GET /images/601000000000001.png HTTP/1.1\r\nhost: x\r\n";

async fn start() -> (Arc<Sandbox>, SocketAddr) {
    let sandbox = Arc::new(Sandbox::new(SandboxOptions::new(1, NOW)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(Arc::clone(&sandbox), listener, || NOW));
    (sandbox, address)
}

/// What comes back on one connection until it closes, and how it ended.
async fn exchange(address: SocketAddr, parts: &[&str]) -> (Vec<u8>, Option<ErrorKind>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    for part in parts {
        stream.write_all(part.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer).await;
    (answer, end.err().map(|error| error.kind()))
}

async fn text(address: SocketAddr, parts: &[&str]) -> String {
    String::from_utf8_lossy(&exchange(address, parts).await.0).into_owned()
}

#[tokio::test]
async fn requests_follow_each_other_on_a_connection() {
    let (_, address) = start().await;
    let (first, last) = (
        format!("{PICTURE}\r\n"),
        format!("{PICTURE}connection: close\r\n\r\n"),
    );
    let together = text(address, &[&format!("{first}{first}{last}")]).await;
    assert_eq!(together.matches("HTTP/1.1 200 OK\r\n").count(), 3);
    assert_eq!(together.matches("connection: close\r\n").count(), 1);
    let mut pieces: Vec<&str> = last.split_inclusive(['/', ' ', '\n']).collect();
    let slowly = text(address, &pieces).await;
    assert_eq!(
        slowly.matches("HTTP/1.1 200 OK\r\n").count(),
        1,
        "in {} pieces",
        pieces.len()
    );
    pieces.pop();
    let old = text(address, &[&PICTURE.replace("HTTP/1.1", "HTTP/1.0"), "\r\n"]).await;
    assert!(old.contains("connection: close\r\n"), "{old}");
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let (_, address) = start().await;
    let long = format!("{PICTURE}x: {}", "y".repeat(20_000));
    for (request, status) in [
        ("what?\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\ncontent-length: many\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", 411),
        ("POST / HTTP/1.1\r\ncontent-length: 1048577\r\n\r\n", 413),
        (long.as_str(), 431),
    ] {
        let answer = text(address, &[request]).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{status}: {answer}"
        );
    }
}

#[tokio::test]
async fn serving_ends_with_its_future() {
    let sandbox = Arc::new(Sandbox::new(SandboxOptions::new(1, NOW)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(sandbox, listener, || NOW));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(format!("{PICTURE}\r\n").as_bytes())
        .await
        .unwrap();
    assert!(stream.read_u8().await.is_ok());
    server.abort();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

/// A product list under a fault: the raw answer, how the connection ended, and the right body.
async fn under(fault: WireFault) -> (Vec<u8>, Option<ErrorKind>, Vec<u8>) {
    let (sandbox, address) = start().await;
    let app = sandbox.credentials("").guide;
    let mut fields = json!({
        "app_key": app.app_key, "timestamp": NOW, "access_token": app.shops[0].access_token, "page": 1, "page_size": 3,
    });
    fields["sign"] = json!(sign(
        Dialect::Guide,
        fields.to_string().as_bytes(),
        &app.app_secret
    ));
    let body = fields.to_string();
    let request = format!(
        "POST /product/list HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (right, _) = exchange(address, &[&request]).await;
    sandbox.set_faults(vec![Fault {
        kind: FaultKind::Wire(fault),
        times: 1,
        call: None,
    }]);
    let (answer, end) = exchange(address, &[&request]).await;
    // The second request of a server has the second id.
    let number = |body: &[u8]| {
        String::from_utf8_lossy(body)
            .replace("-000000000001\"", "-000000000002\"")
            .into_bytes()
    };
    (answer, end, number(split(&right).1))
}

fn split(answer: &[u8]) -> (String, &[u8]) {
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap()
        + 4;
    (
        String::from_utf8_lossy(&answer[..end]).into_owned(),
        &answer[end..],
    )
}

fn told_length(head: &str) -> usize {
    let (_, rest) = head.split_once("content-length: ").unwrap();
    rest.split_once("\r\n").unwrap().0.parse().unwrap()
}

#[tokio::test]
async fn f2_connections_reset() {
    let (answer, end, _) = under(WireFault::ResetBeforeAnswer).await;
    assert_eq!((answer.len(), end), (0, Some(ErrorKind::ConnectionReset)));
    let (_, end, _) = under(WireFault::ResetInBody).await;
    assert_eq!(end, Some(ErrorKind::ConnectionReset));
}

#[tokio::test]
async fn f2_lengths_lie_and_chunks_are_cut() {
    let (answer, _, right) = under(WireFault::ContentLengthTooLong).await;
    let (head, body) = split(&answer);
    assert_eq!((body, told_length(&head)), (&right[..], right.len() + 100));
    let (answer, _, right) = under(WireFault::ContentLengthTooShort).await;
    let (head, body) = split(&answer);
    assert_eq!((body, told_length(&head)), (&right[..], right.len() / 2));
    let (answer, _, right) = under(WireFault::ChunkedCut).await;
    let (head, body) = split(&answer);
    assert!(head.contains("transfer-encoding: chunked\r\n") && !head.contains("content-length"));
    assert_eq!(
        body,
        [format!("{:x}\r\n", right.len()).as_bytes(), &right, b"\r\n"].concat()
    );
}

#[tokio::test]
async fn f2_answers_trickle_and_stall() {
    let started = Instant::now();
    let (answer, _, right) = under(WireFault::Trickle { milliseconds: 1 }).await;
    assert_eq!(split(&answer).1, right);
    assert!(started.elapsed() >= Duration::from_millis(right.len() as u64));
    for fault in [WireFault::StallBeforeAnswer, WireFault::StallInBody] {
        let stalled = tokio::time::timeout(Duration::from_millis(300), under(fault)).await;
        assert!(
            stalled.is_err(),
            "{fault:?} ends only when the client has enough"
        );
    }
}

#[tokio::test]
async fn f4_bodies_are_huge() {
    let spaces = 3 << 20;
    let (answer, _, right) = under(WireFault::GzipBomb { megabytes: 3 }).await;
    let (head, body) = split(&answer);
    assert!(head.contains("content-encoding: gzip\r\n"));
    assert_eq!(told_length(&head), body.len());
    assert!(body.len() < 10_000, "{} bytes", body.len());
    let mut unfolded = Vec::new();
    GzDecoder::new(body).read_to_end(&mut unfolded).unwrap();
    assert!(unfolded.starts_with(&right) && unfolded.len() == right.len() + spaces);
    let (answer, _, right) = under(WireFault::LongBody {
        megabytes: 3,
        declared: true,
    })
    .await;
    let (head, body) = split(&answer);
    assert_eq!(
        (body.len(), told_length(&head)),
        (right.len() + spaces, right.len() + spaces)
    );
    let (answer, _, right) = under(WireFault::LongBody {
        megabytes: 3,
        declared: false,
    })
    .await;
    let (head, body) = split(&answer);
    assert!(head.contains("transfer-encoding: chunked\r\n") && body.ends_with(b"\r\n0\r\n\r\n"));
    assert!(body.len() > right.len() + spaces);
}
