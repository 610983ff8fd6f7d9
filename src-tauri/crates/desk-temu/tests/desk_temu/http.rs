//! The real transport over real sockets: limits, redirects, proxies, pictures.

use std::{io::Write as _, process::Command, time::Duration};

use desk_temu::{ErrorKind, HttpRequest, HttpResponse, HttpTransport, Transport, TransportError};
use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use url::Url;

/// Set in the child of the test that needs another environment.
const PROXY_VARIABLE: &str = "http_proxy";
const NOBODY: &str = "http://127.0.0.1:9";

async fn listen() -> (TcpListener, Url) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/order/list", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    (listener, url)
}

/// Reads a request up to its 7-byte body and gives its text.
async fn receive(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let complete = |text: &[u8]| match text.starts_with(b"GET") {
        true => text.ends_with(b"\r\n\r\n"),
        false => text.ends_with(b"{\"a\":1}"),
    };
    while !complete(&text) {
        let mut buffer = [0; 1024];
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the request ended early");
        text.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(text).unwrap()
}

/// A server that answers one request with these bytes and closes; gives its address.
async fn answering(answer: Vec<u8>) -> Url {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        receive(&mut stream).await;
        // The client may hang up before it has everything.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
    });
    url
}

fn with_head(head: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!(
        "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

async fn post(url: &Url) -> Result<HttpResponse, TransportError> {
    let request = HttpRequest {
        url: url.clone(),
        body: b"{\"a\":1}".to_vec(),
    };
    HttpTransport::new(None).unwrap().post(&request).await
}

#[tokio::test]
async fn an_answer_comes_with_its_time_and_its_wish() {
    let head = "429 Too Many\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: 7\r\ncontent-encoding: gzip";
    let response = post(&answering(with_head(head, &gzip(b"{}"))).await)
        .await
        .unwrap();
    assert_eq!(
        (response.status, response.body.as_slice()),
        (429, b"{}".as_slice())
    );
    assert_eq!(
        response.date.as_deref(),
        Some("Sun, 06 Nov 1994 08:49:37 GMT")
    );
    assert_eq!(response.retry_after.as_deref(), Some("7"));
}

#[tokio::test]
async fn i12_bodies_are_capped_also_when_they_unfold() {
    let large = vec![b' '; 17 * 1024 * 1024];
    for (head, body) in [
        ("200 OK", large.clone()),
        ("200 OK\r\ncontent-encoding: gzip", gzip(&large)),
    ] {
        let error = post(&answering(with_head(head, &body)).await).await.err();
        assert_eq!(error, Some(TransportError::TooLarge(16 * 1024 * 1024)));
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let response =
        post(&answering(with_head("302 Found\r\nlocation: http://127.0.0.1:9/", b"")).await)
            .await
            .unwrap();
    assert_eq!(response.status, 302);
}

#[tokio::test]
async fn cut_answers_are_no_answers() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "",
    ] {
        let error = post(&answering(answer.into()).await).await.err();
        assert!(
            matches!(error, Some(TransportError::Interrupted(_))),
            "{error:?}"
        );
    }
    let garbage = post(
        &answering(with_head(
            "200 OK\r\ncontent-encoding: gzip",
            b"no gzip at all",
        ))
        .await,
    )
    .await
    .err();
    assert!(
        matches!(garbage, Some(TransportError::Interrupted(_))),
        "{garbage:?}"
    );
    let error = post(&NOBODY.parse().unwrap()).await.err();
    assert!(
        matches!(error, Some(TransportError::Connect(_))),
        "{error:?}"
    );
}

#[tokio::test]
async fn silence_ends_after_twenty_seconds() {
    let (listener, url) = listen().await;
    let (received, has_received) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        receive(&mut stream).await;
        received.send(()).unwrap();
        std::future::pending::<()>().await;
    });
    let posted = tokio::spawn(async move { post(&url).await.err() });
    has_received.await.unwrap();
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    assert_eq!(posted.await.unwrap(), Some(TransportError::Timeout));
    assert!(
        start.elapsed() <= Duration::from_secs(21),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn a_proxy_gets_the_request() {
    let (listener, proxy) = listen().await;
    let url: Url = "http://relay.example/order/list".parse().unwrap();
    let request = HttpRequest {
        url,
        body: b"{\"a\":1}".to_vec(),
    };
    let transport =
        HttpTransport::new(Some(&format!("http://127.0.0.1:{}", proxy.port().unwrap()))).unwrap();
    let posted = tokio::spawn(async move { transport.post(&request).await });
    let (mut stream, _) = listener.accept().await.unwrap();
    assert!(
        receive(&mut stream)
            .await
            .starts_with("POST http://relay.example/order/list HTTP/1.1\r\n")
    );
    stream
        .write_all(&with_head("407 Who are you", b""))
        .await
        .unwrap();
    assert_eq!(posted.await.unwrap().unwrap().status, 407);
}

#[tokio::test]
async fn a_socks5_proxy_is_greeted_as_one() {
    let (listener, proxy) = listen().await;
    let url: Url = "https://relay.example/order/list".parse().unwrap();
    let request = HttpRequest {
        url,
        body: b"{\"a\":1}".to_vec(),
    };
    let transport = HttpTransport::new(Some(&format!(
        "socks5://127.0.0.1:{}",
        proxy.port().unwrap()
    )))
    .unwrap();
    let posted = tokio::spawn(async move { transport.post(&request).await.err() });
    let greeting = async { listener.accept().await.unwrap().0.read_u8().await.unwrap() };
    let greeting = tokio::time::timeout(Duration::from_secs(10), greeting).await;
    assert_eq!(greeting, Ok(5), "nobody has to resolve the name before");
    drop(listener);
    assert!(matches!(
        posted.await.unwrap(),
        Some(TransportError::Connect(_))
    ));
}

#[test]
fn what_is_no_proxy_is_refused() {
    for address in [
        "",
        "relay.example:8080",
        "ftp://relay.example",
        "http://",
        "socks4://relay.example",
    ] {
        assert_eq!(
            HttpTransport::new(Some(address))
                .err()
                .map(|error| error.kind),
            Some(ErrorKind::InvalidParameter),
            "{address}"
        );
    }
}

/// Runs itself again with a system proxy that nobody answers at.
#[tokio::test]
async fn the_system_proxy_is_not_for_this_computer() {
    if std::env::var(PROXY_VARIABLE).as_deref() == Ok(NOBODY) {
        assert_eq!(
            post(&answering(with_head("200 OK", b"{}")).await)
                .await
                .unwrap()
                .status,
            200
        );
        let elsewhere = post(&"http://relay.example/".parse().unwrap()).await.err();
        assert!(
            matches!(elsewhere, Some(TransportError::Connect(_))),
            "the proxy counts for everything else: {elsewhere:?}"
        );
        return;
    }
    let this = std::env::current_exe().unwrap();
    let child = Command::new(this)
        .args(["--exact", "http::the_system_proxy_is_not_for_this_computer"])
        .env(PROXY_VARIABLE, NOBODY)
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .unwrap();
    assert!(
        child.status.success(),
        "{}",
        String::from_utf8_lossy(&child.stdout)
    );
}

#[tokio::test]
async fn pictures_are_pictures_and_small() {
    let picture = |head: &str, body: &[u8]| {
        let answer = with_head(head, body);
        async {
            HttpTransport::new(None)
                .unwrap()
                .get_picture(&answering(answer).await)
                .await
        }
    };
    let png = picture("200 OK\r\ncontent-type: Image/PNG", b"made-up")
        .await
        .unwrap();
    assert_eq!(
        (png.content_type.as_str(), png.bytes.as_slice()),
        ("image/png", b"made-up".as_slice())
    );
    let kind =
        |result: Result<desk_temu::Picture, desk_temu::Error>| result.err().map(|error| error.kind);
    assert_eq!(
        kind(picture("200 OK\r\ncontent-type: text/html", b"<html>").await),
        Some(ErrorKind::Malformed)
    );
    assert_eq!(
        kind(picture("404 Not Found\r\ncontent-type: image/png", b"").await),
        Some(ErrorKind::NotFound)
    );
    let large = vec![0; 5 * 1024 * 1024];
    assert_eq!(
        kind(picture("200 OK\r\ncontent-type: image/png", &large).await),
        Some(ErrorKind::Malformed)
    );
    for address in ["http://img.example/1.jpg", "file:///etc/hostname"] {
        let fetched = HttpTransport::new(None)
            .unwrap()
            .get_picture(&address.parse().unwrap())
            .await;
        assert_eq!(
            kind(fetched),
            Some(ErrorKind::InvalidParameter),
            "{address}"
        );
    }
}
