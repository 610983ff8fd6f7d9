//! The steps of a process after which something has changed elsewhere: a commit, an answer, a secret kept.

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use desk_model::Secret;
use desk_temu::{HttpRequest, HttpResponse, Transport, TransportError};
use desk_vault::{Vault, VaultKind};

/// Counts steps, and stands still for ever at the one that was asked for.
pub(crate) struct Steps {
    passed: AtomicU64,
    last: Option<u64>,
}

impl Steps {
    pub(crate) fn new(last: Option<u64>) -> Self {
        Self {
            passed: AtomicU64::new(0),
            last,
        }
    }

    pub(crate) fn passed(&self) -> u64 {
        self.passed.load(Ordering::SeqCst)
    }

    /// Tells that it stands still, for somebody to kill it.
    pub(crate) fn pass(&self, place: &str) {
        let step = self.passed.fetch_add(1, Ordering::SeqCst) + 1;
        if self.last.is_some_and(|last| step >= last) {
            tell(&format!("at {place}"));
            loop {
                std::thread::park();
            }
        }
    }
}

/// A line for the process that watches.
pub(crate) fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // The test harness leaves its own line open.
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// A network whose requests and answers are steps.
pub(crate) struct SteppingTransport<T> {
    pub(crate) steps: Arc<Steps>,
    pub(crate) transport: T,
}

#[async_trait]
impl<T: Transport> Transport for SteppingTransport<T> {
    async fn post(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        self.steps.pass("a request");
        let answer = self.transport.post(request).await;
        self.steps.pass("an answer");
        answer
    }
}

/// A vault whose writes are steps.
pub(crate) struct SteppingVault<V> {
    pub(crate) steps: Arc<Steps>,
    pub(crate) vault: V,
}

impl<V: Vault> Vault for SteppingVault<V> {
    fn kind(&self) -> VaultKind {
        self.vault.kind()
    }

    fn get(&self, key: &str) -> Result<Option<Secret>, desk_vault::Error> {
        self.vault.get(key)
    }

    fn set(&self, key: &str, value: &Secret) -> Result<(), desk_vault::Error> {
        self.steps.pass("a secret to keep");
        let kept = self.vault.set(key, value);
        self.steps.pass("a secret kept");
        kept
    }

    fn delete(&self, key: &str) -> Result<(), desk_vault::Error> {
        self.steps.pass("a secret to forget");
        let forgotten = self.vault.delete(key);
        self.steps.pass("a secret forgotten");
        forgotten
    }

    fn unlock(&self, passphrase: Option<&Secret>) -> Result<(), desk_vault::Error> {
        self.vault.unlock(passphrase)
    }
}
