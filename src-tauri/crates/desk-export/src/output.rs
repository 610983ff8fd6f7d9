//! Where the bytes go: it can be stopped, and keeps the reason why a write failed, whatever a library makes of it.

use std::{
    io::{self, BufWriter, Write},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::Error;

const BUFFER: usize = 64 * 1024;

/// Asks an export to stop, from any thread. Clones ask the same one.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Stops the export at its next row or write; it leaves nothing.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked for.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A buffered writer.
pub(crate) struct Output(BufWriter<Checked>);

/// Tells, after the fact, why a write failed.
#[derive(Clone, Default)]
pub(crate) struct Reason(Arc<Mutex<Option<Error>>>);

struct Checked {
    inner: Box<dyn Write + Send>,
    stop: Stop,
    reason: Reason,
}

impl Output {
    pub(crate) fn new(inner: Box<dyn Write + Send>, stop: Stop) -> Self {
        let checked = Checked {
            inner,
            stop,
            reason: Reason::default(),
        };
        Self(BufWriter::with_capacity(BUFFER, checked))
    }

    pub(crate) fn reason(&self) -> Reason {
        self.0.get_ref().reason.clone()
    }
}

impl Reason {
    /// Why a write failed, or what the library says.
    pub(crate) fn or(&self, told: impl std::fmt::Display) -> Error {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        kept.unwrap_or_else(|| Error::Failed(told.to_string()))
    }

    fn keep(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.into());
        kind.into()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Write for Checked {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.is_requested() {
            *self.reason.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Error::Canceled);
            return Err(io::Error::other("canceled"));
        }
        match self.inner.write(bytes) {
            // The caller tries again; nothing went wrong.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            written => written.map_err(|error| self.reason.keep(error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().map_err(|error| self.reason.keep(error))
    }
}
