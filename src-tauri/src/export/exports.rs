//! The exports of a window: one at a time, and which files came of them.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use desk_engine::Error;
use desk_export::Stop;

use super::Exported;
use crate::error::CommandError;

/// The exports of this window: one at a time, and which files came of them.
#[derive(Default)]
pub(crate) struct Exports {
    turn: tokio::sync::Mutex<()>,
    running: Mutex<Stop>,
    files: Mutex<HashSet<PathBuf>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Exports {
    /// Runs an export unless one is under way.
    pub(crate) async fn run<F>(
        &self,
        export: impl FnOnce(Stop) -> F,
    ) -> Result<Exported, CommandError>
    where
        F: Future<Output = Result<Exported, CommandError>>,
    {
        let Ok(_turn) = self.turn.try_lock() else {
            return Err(Error::AlreadyRunning("another export").into());
        };
        let stop = Stop::default();
        *lock(&self.running) = stop.clone();
        let exported = export(stop).await?;
        self.note(PathBuf::from(&exported.path));
        Ok(exported)
    }

    /// Stops the one under way.
    pub(crate) fn cancel(&self) {
        lock(&self.running).request();
    }

    /// Stops the one under way and waits until nothing is left of it.
    pub(crate) async fn close(&self) {
        self.cancel();
        drop(self.turn.lock().await);
    }

    /// Counts another file among those that were made here.
    pub(crate) fn note(&self, path: PathBuf) {
        lock(&self.files).insert(path);
    }

    /// Whether the file came of an export of this window.
    pub(crate) fn has_made(&self, path: &Path) -> bool {
        lock(&self.files).contains(path)
    }
}

#[cfg(test)]
mod tests {
    use desk_engine::ErrorCode;

    use super::*;

    #[tokio::test]
    async fn one_export_at_a_time_and_closing_waits_for_its_end() {
        let exports = std::sync::Arc::new(Exports::default());
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let running = exports.clone();
        let first = tokio::spawn(async move {
            running
                .run(|stop| async move {
                    begun.send(()).unwrap();
                    while !stop.is_requested() {
                        tokio::task::yield_now().await;
                    }
                    Err(desk_export::Error::Canceled.into())
                })
                .await
        });
        has_begun.await.unwrap();
        let second = exports.run(|_| async { unreachable!() }).await.unwrap_err();
        assert_eq!(second.0.code, ErrorCode::AlreadyRunning);
        exports.close().await;
        let ended = first.await.unwrap().unwrap_err();
        assert_eq!(ended.0.code, ErrorCode::Canceled);
    }

    #[tokio::test]
    async fn only_files_of_this_window_are_shown() {
        let exports = Exports::default();
        let made = Exported {
            path: "/d/Orders.csv".to_owned(),
            rows: 1,
        };
        let answer = made.clone();
        let ran = exports.run(|_| async { Ok(answer) }).await;
        assert_eq!(ran.unwrap(), made);
        assert!(exports.has_made(Path::new("/d/Orders.csv")));
        assert!(!exports.has_made(Path::new("/etc/passwd")));
    }
}
