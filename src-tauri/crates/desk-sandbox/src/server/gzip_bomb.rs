//! A gzip body that unfolds to a thousand times its size: valid to the last byte, and never in memory as a whole.

use std::io;

use flate2::{Compress, Compression, Crc, FlushCompress};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::misbehave::MEGABYTE;

/// RFC 1952: magic, deflate, no flags, no time, unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// RFC 1951: a last block without content.
const LAST_BLOCK: [u8; 2] = [3, 0];

pub(super) struct GzipBomb {
    start: Vec<u8>,
    /// A megabyte of spaces, compressed.
    spaces: Vec<u8>,
    repetitions: u32,
    end: Vec<u8>,
}

impl GzipBomb {
    /// A body followed by that many megabytes of spaces.
    pub(super) fn new(body: &[u8], megabytes: u32) -> io::Result<Self> {
        let spaces = vec![b' '; MEGABYTE];
        let (mut checksum, mut of_spaces) = (Crc::new(), Crc::new());
        checksum.update(body);
        of_spaces.update(&spaces);
        for _ in 0..megabytes {
            checksum.combine(&of_spaces);
        }
        let end = [
            &LAST_BLOCK[..],
            &checksum.sum().to_le_bytes(),
            &checksum.amount().to_le_bytes(),
        ];
        Ok(Self {
            start: [&HEADER[..], &deflate(body)?].concat(),
            spaces: deflate(&spaces)?,
            repetitions: megabytes,
            end: end.concat(),
        })
    }

    /// Bytes to send.
    pub(super) fn length(&self) -> u64 {
        let ends = self.start.len() + self.end.len();
        ends as u64 + self.spaces.len() as u64 * u64::from(self.repetitions)
    }

    pub(super) async fn send(&self, stream: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        stream.write_all(&self.start).await?;
        for _ in 0..self.repetitions {
            stream.write_all(&self.spaces).await?;
        }
        stream.write_all(&self.end).await
    }
}

/// Blocks that end at a byte and refer to nothing before them, so that they can be repeated.
fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut deflated = Vec::with_capacity(bytes.len() + 1_024);
    Compress::new(Compression::best(), false).compress_vec(
        bytes,
        &mut deflated,
        FlushCompress::Full,
    )?;
    Ok(deflated)
}
