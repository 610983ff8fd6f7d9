//! A one-shot listener on 127.0.0.1 for the browser's redirect (RFC 8252 § 7.3).

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::{sleep, timeout},
};

use crate::error::Error;

pub(crate) const PATH: &str = "/oauth/callback";
const LONGEST_REQUEST: usize = 8192;
const LONGEST_REQUEST_TIME: Duration = Duration::from_secs(5);
const MOST_TRIES: u32 = 50;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
const DONE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n\
    <!doctype html><meta charset=\"utf-8\"><title>Seller Desk</title>\
    <p>You can close this page and go back to Seller Desk.</p><p>可以关闭此页面，返回 Seller Desk。</p>";
const NOT_FOUND: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

pub(crate) struct Loopback {
    listener: TcpListener,
    port: u16,
}

/// Listens on the port; 0 = a free one. A port that is just being given up is waited for.
pub(crate) async fn listen(port: u16) -> Result<Loopback, Error> {
    let refuse = |reason: io::Error| Error::PortTaken { port, reason };
    let mut tries = 0;
    let listener = loop {
        match TcpListener::bind(("127.0.0.1", port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tries < MOST_TRIES => {
                tries += 1;
                sleep(BETWEEN_TRIES).await;
            }
            bound => break bound.map_err(refuse)?,
        }
    };
    let port = listener.local_addr().map_err(refuse)?.port();
    Ok(Loopback { listener, port })
}

impl Loopback {
    pub(crate) fn redirect_uri(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// Waits for the redirect that is ours, thanks the browser and passes the address on. Whatever else a page of the browser may ask
    /// for is answered with 404.
    pub(crate) async fn hear(self, is_ours: impl Fn(&str) -> bool, heard: mpsc::Sender<String>) {
        loop {
            let Ok((stream, _)) = self.listener.accept().await else {
                continue;
            };
            let answered = timeout(LONGEST_REQUEST_TIME, self.answer(stream, &is_ours)).await;
            if let Ok(Some(address)) = answered {
                // When the engine is gone, nobody is left to tell.
                let _ = heard.send(address).await;
                return;
            }
        }
    }

    async fn answer(
        &self,
        mut stream: TcpStream,
        is_ours: &impl Fn(&str) -> bool,
    ) -> Option<String> {
        let mut request = Vec::new();
        let mut chunk = [0_u8; 1024];
        while !request.windows(4).any(|window| window == b"\r\n\r\n") {
            let read = stream.read(&mut chunk).await.ok()?;
            if read == 0 || request.len() + read > LONGEST_REQUEST {
                return None;
            }
            request.extend_from_slice(&chunk[..read]);
        }
        let text = String::from_utf8(request).ok()?;
        let mut words = text.lines().next()?.split(' ');
        let address = match (words.next(), words.next()) {
            (Some("GET"), Some(target)) if target.split('?').next() == Some(PATH) => {
                Some(format!("http://127.0.0.1:{}{target}", self.port))
                    .filter(|address| is_ours(address))
            }
            _ => None,
        };
        let answer = if address.is_some() { DONE } else { NOT_FOUND };
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.shutdown().await.ok()?;
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(port: u16, target: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream
            .write_all(format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").as_bytes())
            .await
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn only_the_redirect_is_heard() {
        let loopback = listen(0).await.unwrap();
        let port = loopback.port;
        let (heard, mut hears) = mpsc::channel(1);
        let listener = tokio::spawn(loopback.hear(|address| address.ends_with("&state=s"), heard));
        for stranger in [
            "/favicon.ico",
            "/oauth/callback?x",
            "/oauth/callback?code=a&state=foreign",
        ] {
            assert!(
                get(port, stranger).await.starts_with("HTTP/1.1 404"),
                "{stranger}"
            );
        }
        let redirect = "/oauth/callback?code=made-up&state=s";
        assert!(get(port, redirect).await.starts_with("HTTP/1.1 200"));
        assert_eq!(
            hears.recv().await.unwrap(),
            format!("http://127.0.0.1:{port}{redirect}")
        );
        listener.await.unwrap();
        assert!(
            TcpStream::connect(("127.0.0.1", port)).await.is_err(),
            "it listens once"
        );
    }
}
