//! The stand-in platform as benchmarks meet it: inside this process without a network, or as a process of its own behind HTTP.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use desk_engine::Connect;
use desk_sandbox::{
    Credentials, Request, Sandbox, SandboxOptions, Size,
    server::{serve, wall_clock},
};
use desk_temu::{HttpRequest, HttpResponse, HttpTransport, Transport, TransportError};
use tokio::net::TcpListener;

use crate::error::Error;

/// Nobody listens there: the transport answers by itself.
pub(crate) const NOWHERE: &str = "http://127.0.0.1:9";

/// As many shops as a large seller has; a million orders are 25,000 in each.
pub(crate) const SHOPS: u32 = 40;

/// A world of its own; its history ends now.
pub(crate) fn sandbox(shops: u32, orders: u64) -> Arc<Sandbox> {
    let size = Size {
        shops,
        orders: u32::try_from(orders).unwrap_or(u32::MAX),
    };
    Arc::new(Sandbox::new(SandboxOptions {
        size,
        ..SandboxOptions::new(1, wall_clock())
    }))
}

/// Hands requests to the stand-in's core after the time that a network would take.
pub(crate) struct InProcess {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) latency: Duration,
}

#[async_trait]
impl Transport for InProcess {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let request = Request::post(request.url.path(), request.body.clone());
        let answer = self.sandbox.handle(&request, wall_clock());
        Ok(HttpResponse {
            status: answer.status,
            date: answer.header("date").map(str::to_owned),
            retry_after: answer.header("retry-after").map(str::to_owned),
            body: answer.body,
        })
    }
}

/// The way to a stand-in inside this process.
pub(crate) fn connect_in_process(sandbox: &Arc<Sandbox>, latency: Duration) -> Connect {
    let transport: Arc<dyn Transport> = Arc::new(InProcess {
        sandbox: sandbox.clone(),
        latency,
    });
    Arc::new(move |_| Ok(transport.clone()))
}

/// The real network client.
pub(crate) fn connect_by_http() -> Connect {
    Arc::new(|_| {
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(None)?);
        Ok(transport)
    })
}

/// The stand-in as a process of its own, so that its memory and its work do not count as ours. Ends when dropped.
pub(crate) struct StandIn {
    process: Child,
    pub(crate) credentials: Credentials,
}

impl StandIn {
    pub(crate) fn start(shops: u32, orders: u64) -> Result<Self, Error> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["stand-in", &shops.to_string(), &orders.to_string()])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        Ok(Self {
            process,
            credentials: serde_json::from_str(&line)?,
        })
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        // One that has ended by itself is as well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What that process does: tells its address and keys, then serves until it is killed.
pub(crate) async fn run(shops: u32, orders: u64) -> Result<(), Error> {
    let sandbox = sandbox(shops, orders);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let line = serde_json::to_string(&sandbox.credentials(&base_url))?;
    writeln!(std::io::stdout(), "{line}")?;
    Ok(serve(sandbox, listener, wall_clock).await?)
}
