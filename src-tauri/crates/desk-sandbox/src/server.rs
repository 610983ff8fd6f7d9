//! HTTP/1.1 around the pure core: just enough of it, so that it can also be broken on purpose.

mod answer;
mod gzip_bomb;
mod misbehave;
mod request;

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use self::request::{Incoming, RequestReader};
use crate::{Response, Sandbox};

/// Rest after a connection that could not be accepted, such as for want of file handles.
const REST: Duration = Duration::from_millis(200);

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

/// What every connection needs.
#[derive(Clone)]
struct Served {
    sandbox: Arc<Sandbox>,
    clock: Clock,
    since: Instant,
}

/// Serves until dropped, and then hangs up on everyone. Tells the stand-in its address, so that picture links work.
pub async fn serve(sandbox: Arc<Sandbox>, listener: TcpListener, clock: Clock) -> io::Result<()> {
    sandbox.set_base_url(&format!("http://{}", listener.local_addr()?));
    let served = Served {
        sandbox,
        clock,
        since: Instant::now(),
    };
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(converse(stream, served.clone()))),
                Err(_) => tokio::time::sleep(REST).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Answers one connection's requests in turn. An error is a client that hung up.
async fn converse(mut stream: TcpStream, served: Served) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = RequestReader::default();
    loop {
        match reader.next(&mut stream).await? {
            Incoming::Nothing => return Ok(()),
            Incoming::Refused(status) => {
                return answer::send(&mut stream, &Response::text(status, ""), false).await;
            }
            Incoming::Request {
                mut request,
                keep_alive,
            } => {
                let arrived = served.since.elapsed().as_millis();
                request.arrived_ms = u64::try_from(arrived).unwrap_or(u64::MAX);
                let response = served.sandbox.handle(&request, (served.clock)());
                if response.delay_ms > 0 {
                    tokio::time::sleep(Duration::from_millis(response.delay_ms)).await;
                }
                if let Some(fault) = response.wire {
                    return misbehave::send(stream, &response, fault).await;
                }
                answer::send(&mut stream, &response, keep_alive).await?;
                if !keep_alive {
                    return Ok(());
                }
            }
        }
    }
}
