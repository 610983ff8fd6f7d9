//! A one-shot listener on 127.0.0.1 for the browser's redirect (RFC 8252 § 7.3).

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};

use crate::error::Error;

const PATH: &str = "/oauth/callback";
const LONGEST_REQUEST: usize = 8192;
const DONE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n\
    <!doctype html><meta charset=\"utf-8\"><title>Seller Desk</title>\
    <p>You can close this page and go back to Seller Desk.</p><p>可以关闭此页面，返回 Seller Desk。</p>";
const NOT_FOUND: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

pub(crate) struct Loopback {
    listener: TcpListener,
    port: u16,
}

/// Listens on the port; 0 = a free one.
pub(crate) async fn listen(port: u16) -> Result<Loopback, Error> {
    let refuse = |error: std::io::Error| {
        Error::InvalidInput(format!("cannot listen on 127.0.0.1:{port}: {error}"))
    };
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(refuse)?;
    let port = listener.local_addr().map_err(refuse)?.port();
    Ok(Loopback { listener, port })
}

impl Loopback {
    pub(crate) fn redirect_uri(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// Waits for the redirect, thanks the browser and passes the address on. Other requests are answered with 404.
    pub(crate) async fn hear(self, heard: mpsc::Sender<String>, give_up: Duration) {
        let waiting = async {
            loop {
                let Ok((stream, _)) = self.listener.accept().await else {
                    continue;
                };
                if let Ok(Some(target)) = timeout(Duration::from_secs(5), answer(stream)).await {
                    return format!("http://127.0.0.1:{}{target}", self.port);
                }
            }
        };
        if let Ok(address) = timeout(give_up, waiting).await {
            // The engine went away: nobody is left to tell.
            let _ = heard.send(address).await;
        }
    }
}

async fn answer(mut stream: TcpStream) -> Option<String> {
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
    let target = match (words.next(), words.next()) {
        (Some("GET"), Some(target))
            if target.split('?').next() == Some(PATH) && target.contains('?') =>
        {
            Some(target)
        }
        _ => None,
    };
    let answer = if target.is_some() { DONE } else { NOT_FOUND };
    stream.write_all(answer.as_bytes()).await.ok()?;
    stream.shutdown().await.ok()?;
    target.map(str::to_owned)
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
        let listener = tokio::spawn(loopback.hear(heard, Duration::from_secs(10)));
        assert!(get(port, "/favicon.ico").await.starts_with("HTTP/1.1 404"));
        assert!(
            get(port, "/oauth/callback?code=made-up&state=s")
                .await
                .starts_with("HTTP/1.1 200")
        );
        assert_eq!(
            hears.recv().await.unwrap(),
            format!("http://127.0.0.1:{port}/oauth/callback?code=made-up&state=s")
        );
        listener.await.unwrap();
        assert!(
            TcpStream::connect(("127.0.0.1", port)).await.is_err(),
            "it listens once"
        );
    }
}
