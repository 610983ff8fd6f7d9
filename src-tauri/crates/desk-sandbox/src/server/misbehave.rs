//! Sends an answer as it should not be.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::answer::{Framing, head};
use super::gzip_bomb::GzipBomb;
use crate::{Response, WireFault};

pub(super) const MEGABYTE: usize = 1 << 20;

/// Sends what the fault makes of an answer, and closes.
pub(super) async fn send(
    mut stream: TcpStream,
    response: &Response,
    fault: WireFault,
) -> io::Result<()> {
    let body = &response.body[..];
    let told = |length: usize| head(response, Framing::Length(length as u64), false);
    let half_an_answer = || [&told(body.len()), &body[..body.len() / 2]].concat();
    match fault {
        WireFault::ResetBeforeAnswer => stream.set_zero_linger(),
        WireFault::ResetInBody => {
            stream.write_all(&half_an_answer()).await?;
            stream.set_zero_linger()
        }
        WireFault::StallBeforeAnswer => until_hung_up(stream).await,
        WireFault::StallInBody => {
            stream.write_all(&half_an_answer()).await?;
            until_hung_up(stream).await
        }
        WireFault::Trickle { milliseconds } => {
            let pause = Duration::from_millis(milliseconds);
            stream.write_all(&told(body.len())).await?;
            for byte in body {
                stream.write_all(&[*byte]).await?;
                tokio::time::sleep(pause).await;
            }
            Ok(())
        }
        WireFault::ContentLengthTooLong => {
            let answer = [&told(body.len() + 100), body].concat();
            stream.write_all(&answer).await
        }
        WireFault::ContentLengthTooShort => {
            let answer = [&told(body.len() / 2), body].concat();
            stream.write_all(&answer).await
        }
        WireFault::ChunkedCut => {
            let head = head(response, Framing::Chunked, false);
            stream.write_all(&[&head, &chunk(body)[..]].concat()).await
        }
        WireFault::GzipBomb { megabytes } => {
            let bomb = GzipBomb::new(body, megabytes)?;
            let response = response.clone().with_header("content-encoding", "gzip");
            let head = head(&response, Framing::Length(bomb.length()), false);
            stream.write_all(&head).await?;
            bomb.send(&mut stream).await
        }
        WireFault::LongBody {
            megabytes,
            declared,
        } => {
            let length = body.len() as u64 + u64::from(megabytes) * MEGABYTE as u64;
            let (framing, spaces) = match declared {
                true => (Framing::Length(length), vec![b' '; MEGABYTE]),
                false => (Framing::Chunked, chunk(&vec![b' '; MEGABYTE])),
            };
            stream.write_all(&head(response, framing, false)).await?;
            let body = if declared { body.to_vec() } else { chunk(body) };
            stream.write_all(&body).await?;
            for _ in 0..megabytes {
                stream.write_all(&spaces).await?;
            }
            let end: &[u8] = if declared { b"" } else { b"0\r\n\r\n" };
            stream.write_all(end).await
        }
    }
}

/// A piece of a chunked body.
fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

async fn until_hung_up(mut stream: TcpStream) -> io::Result<()> {
    while stream.read(&mut [0; 64]).await? > 0 {}
    Ok(())
}
