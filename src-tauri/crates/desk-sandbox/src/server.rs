//! HTTP around the pure core.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use crate::{Request, Sandbox};

const MAX_BODY: usize = 1 << 20;

/// Gives the present as unix seconds.
pub type Clock = fn() -> i64;

/// The real time of this computer.
#[expect(
    clippy::disallowed_methods,
    reason = "the stand-in is a program of its own and needs a clock of its own"
)]
pub fn wall_clock() -> i64 {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}

/// What every request needs.
#[derive(Clone)]
struct Served {
    sandbox: Arc<Sandbox>,
    clock: Clock,
    since: Instant,
}

/// Serves until dropped. Tells the stand-in its address, so that picture links work.
pub async fn serve(
    sandbox: Arc<Sandbox>,
    listener: TcpListener,
    clock: Clock,
) -> std::io::Result<()> {
    sandbox.set_base_url(&format!("http://{}", listener.local_addr()?));
    let served = Served {
        sandbox,
        clock,
        since: Instant::now(),
    };
    let router = Router::new().fallback(answer).with_state(served);
    axum::serve(listener, router).await
}

async fn answer(State(served): State<Served>, request: axum::extract::Request) -> Response {
    let arrived = served.since.elapsed();
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = Request {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: body.into(),
        arrived_ms: u64::try_from(arrived.as_millis()).unwrap_or(u64::MAX),
    };
    let response = served.sandbox.handle(&request, (served.clock)());
    if response.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(response.delay_ms)).await;
    }
    let mut answer = Response::new(Body::from(response.body));
    *answer.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}
