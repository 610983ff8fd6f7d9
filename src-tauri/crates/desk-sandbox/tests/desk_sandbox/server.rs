//! The core over HTTP.

use std::io::{BufRead, BufReader};
use std::sync::Arc;

use desk_sandbox::server::serve;
use desk_sandbox::{Dialect, Sandbox, SandboxOptions, sign};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::client::NOW;

async fn exchange(address: std::net::SocketAddr, request: String) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn the_core_answers_over_http_without_admin() {
    let sandbox = Arc::new(Sandbox::new(SandboxOptions::new(1, NOW)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(Arc::clone(&sandbox), listener, || NOW));

    let app = sandbox.credentials("").guide;
    let mut fields = json!({
        "app_key": app.app_key, "timestamp": NOW, "access_token": app.shops[0].access_token, "page": 1, "page_size": 1,
    });
    fields["sign"] = json!(sign(
        Dialect::Guide,
        fields.to_string().as_bytes(),
        &app.app_secret
    ));
    let body = fields.to_string();
    let head = format!(
        "POST /product/list HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let answer = exchange(address, head + &body).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert_eq!(
        answer.matches("date: ").count(),
        1,
        "only the stand-in's own Date: {answer}"
    );
    assert!(answer.contains("date: Sun, 15 Jun 2025 15:06:40 GMT"));
    assert!(
        answer.contains(&format!("http://{address}/images/")),
        "pictures are on the same origin"
    );

    let admin = exchange(
        address,
        "GET /admin/clock HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".into(),
    )
    .await;
    assert!(admin.starts_with("HTTP/1.1 404"), "{admin}");
    server.abort();
}

#[tokio::test]
async fn the_program_prints_its_address_and_serves_admin() {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_desk-sandbox"))
        .args(["--port", "0", "--seed", "7"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let credentials: serde_json::Value = serde_json::from_str(&line).unwrap();
    let address = credentials["base_url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://")
        .unwrap();
    let clock = exchange(
        address.parse().unwrap(),
        "GET /admin/clock HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".into(),
    )
    .await;
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(
        clock.starts_with("HTTP/1.1 200") && clock.contains("\"offset_seconds\":0"),
        "{clock}"
    );
    for dialect in ["guide", "open_platform"] {
        let app = &credentials[dialect];
        assert!(app["app_key"].is_string() && app["app_secret"].is_string());
        assert_eq!(app["shops"].as_array().unwrap().len(), 3);
        assert_eq!(
            app["shops"][0]["refresh_token"].is_null(),
            dialect == "open_platform"
        );
    }
}
