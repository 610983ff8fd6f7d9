//! Roads that do not lead to the platform: each failure has its kind, says what stood in the way, and tells no secret.

use std::{sync::Arc, time::Duration};

use desk_model::{GatewayApp, Secret};
use desk_sandbox::server;
use desk_temu::{Error, ErrorKind, HttpTransport, Platform, TimeLimits};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use super::{DIALECTS, REDIRECT, Stand};
use crate::scripted::{VirtualClock, app};

const LIMITS: TimeLimits = TimeLimits {
    connect: Duration::from_secs(3),
    idle: Duration::from_secs(3),
    total: Duration::from_secs(5),
};
const NOBODY: &str = "127.0.0.1:9";
const CANARIES: [&str; 6] = [
    "canary-app-secret",
    "canary-token",
    "canary-code",
    "canary-verifier",
    "canary-refresh-token",
    "canary-proxy-password",
];

/// Tries every kind of call that carries a secret, at both dialects; gives the errors.
async fn try_everything(base_url: &str, proxy: Option<&str>) -> Vec<Error> {
    let mut errors = Vec::new();
    for (dialect, _) in DIALECTS {
        let app = GatewayApp {
            base_url: base_url.to_owned(),
            ..app(dialect)
        };
        let transport = HttpTransport::with_time_limits(proxy, LIMITS).unwrap();
        let platform = Platform::new(
            &app,
            Secret::new("canary-app-secret"),
            Arc::new(transport),
            Arc::new(VirtualClock::new()),
            1_000,
        );
        let (code, verifier) = (Secret::new("canary-code"), Secret::new("canary-verifier"));
        let exchanged = platform
            .exchange_code(&code, REDIRECT, Some(&verifier))
            .await;
        errors.extend(exchanged.err());
        errors.extend(
            platform
                .token_info(&Secret::new("canary-token"))
                .await
                .err(),
        );
        if platform.supports_refresh() {
            errors.extend(
                platform
                    .refresh(&Secret::new("canary-refresh-token"))
                    .await
                    .err(),
            );
        }
    }
    assert_eq!(errors.len(), 5, "nothing can have worked");
    for error in &errors {
        let told = format!("{error} {error:?}");
        for canary in CANARIES {
            assert!(!told.contains(canary), "{told}");
        }
    }
    errors
}

/// The one kind of all errors, and the first message.
fn same(errors: &[Error]) -> (ErrorKind, &str) {
    let kind = errors[0].kind;
    assert!(errors.iter().all(|error| error.kind == kind), "{errors:?}");
    (kind, &errors[0].message)
}

/// Listens and does the same with every connection; gives host and port.
async fn listen<Doing: Future<Output = std::io::Result<()>> + Send>(
    what: impl Fn(TcpStream) -> Doing + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client may hang up whenever it likes.
            let _ = what(stream).await;
        }
    });
    address
}

/// Reads what there is; 0 once the client has hung up.
async fn hear(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<usize> {
    stream.read(&mut [0; 8_192]).await
}

/// Reads what there is, answers, and waits for the client to hang up.
async fn answer(mut stream: TcpStream, answer: impl AsRef<[u8]>) -> std::io::Result<()> {
    hear(&mut stream).await?;
    stream.write_all(answer.as_ref()).await?;
    while hear(&mut stream).await? > 0 {}
    Ok(())
}

#[tokio::test]
async fn f20_a_proxy_that_is_not_there() {
    for scheme in ["http", "socks5"] {
        let proxy = format!("{scheme}://seller:canary-proxy-password@{NOBODY}");
        for platform in ["http://relay.example", "https://relay.example"] {
            let errors = try_everything(platform, Some(&proxy)).await;
            let (kind, message) = same(&errors);
            assert_eq!(kind, ErrorKind::Network);
            assert!(message.contains("through the gateway's proxy"), "{message}");
        }
    }
}

#[tokio::test]
async fn f20_a_proxy_that_refuses() {
    for status in ["403 Forbidden", "407 Proxy Authentication Required"] {
        let refusal = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        let address = listen(move |stream| answer(stream, refusal.clone())).await;
        let proxy = format!("http://seller:canary-proxy-password@{address}");
        let errors = try_everything("https://relay.example", Some(&proxy)).await;
        let (kind, message) = same(&errors);
        assert_eq!(kind, ErrorKind::Network);
        assert!(message.contains("through the gateway's proxy"), "{message}");
    }
}

#[tokio::test]
async fn f20_a_socks5_proxy_that_refuses() {
    // No acceptable method; and, after a greeting, connection refused (RFC 1928 § 3, § 6).
    let methods = listen(|stream| answer(stream, [5, 0xFF])).await;
    let connection = listen(|mut stream| async move {
        hear(&mut stream).await?;
        stream.write_all(&[5, 0]).await?;
        answer(stream, [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]).await
    })
    .await;
    for address in [methods, connection] {
        let proxy = format!("socks5://{address}");
        let errors = try_everything("https://relay.example", Some(&proxy)).await;
        let (kind, message) = same(&errors);
        assert_eq!(kind, ErrorKind::Network);
        assert!(message.contains("through the gateway's proxy"), "{message}");
    }
}

#[tokio::test]
async fn f20_a_captive_portal_answers_for_the_platform() {
    let page = "<html>Please sign in. You sent canary-token?</html>";
    for status in [
        "200 OK",
        "302 Found\r\nlocation: http://127.0.0.1:9/sign-in",
    ] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: text/html\r\nconnection: close");
        let portal = format!("{head}\r\ncontent-length: {}\r\n\r\n{page}", page.len());
        let address = listen(move |stream| answer(stream, portal.clone())).await;
        let proxy = format!("http://{address}");
        let errors = try_everything("http://relay.example", Some(&proxy)).await;
        assert_eq!(same(&errors).0, ErrorKind::Malformed, "by proxy");
        let errors = try_everything(&format!("http://{address}"), None).await;
        assert_eq!(same(&errors).0, ErrorKind::Malformed, "by name");
    }
}

#[tokio::test]
async fn f20_a_name_that_nobody_knows() {
    let errors = try_everything("https://platform.invalid", None).await;
    assert_eq!(same(&errors).0, ErrorKind::Network);
}

#[tokio::test]
async fn f20_someone_reads_the_traffic() {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(
        certified.signing_key.serialize_der(),
    ));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (heard, mut hears) = mpsc::unbounded_channel();
    let address = listen(move |stream| {
        let (acceptor, heard) = (acceptor.clone(), heard.clone());
        async move {
            let mut stream = acceptor.accept(stream).await?;
            heard.send(hear(&mut stream).await?).unwrap();
            Ok(())
        }
    })
    .await;
    let port = address.rsplit(':').next().unwrap();
    let errors = try_everything(&format!("https://localhost:{port}"), None).await;
    let (kind, message) = same(&errors);
    assert_eq!(kind, ErrorKind::Untrusted);
    assert!(message.to_lowercase().contains("certificate"), "{message}");
    assert!(
        hears.try_recv().is_err(),
        "not a byte of a request reached it"
    );
}

#[tokio::test]
async fn f20_a_platform_that_has_only_ipv6() {
    for dialect in DIALECTS {
        let stand = Stand::at("[::1]:0", dialect).await;
        assert!(stand.base_url.starts_with("http://[::1]:"));
        let access = stand.access(0).await;
        stand
            .platform()
            .test_connection(&access.caller())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn f20_offline_at_first() {
    let stand = Stand::new(DIALECTS[0]).await;
    let access = stand.access(0).await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let errors = try_everything(&format!("http://{address}"), None).await;
    let (kind, message) = same(&errors);
    assert_eq!(kind, ErrorKind::Network);
    assert!(!message.contains("proxy"), "{message}");

    let app = GatewayApp {
        base_url: format!("http://{address}"),
        ..stand.app()
    };
    let secret = stand.credentials().app_secret;
    let platform = stand.connect(&app, &secret, Arc::new(VirtualClock::new()));
    let error = platform
        .test_connection(&access.caller())
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Network);
    let listener = TcpListener::bind(address).await.unwrap();
    let sandbox = Arc::clone(&stand.sandbox);
    tokio::spawn(server::serve(sandbox, listener, server::wall_clock));
    let online = platform.test_connection(&access.caller()).await;
    assert_eq!(online, Ok(()), "without a restart");
}
