//! Runs one blocking call at a time on a thread of its own, and stops waiting for it after a limit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Error;

/// A queue of one. The thread of a call that outlives its limit is left alone: it never holds up its caller or the
/// end of the process, and no further thread starts until it is done.
#[derive(Default)]
pub(crate) struct Turns(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Free,
    Taken,
    /// Taken by a call nobody waits for any more.
    Overdue,
}

impl Turns {
    /// Waits up to `patience` for the calls before this one (not at all for one that is overdue), then up to `limit`
    /// for `work`; `Slow` when either runs out.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        patience: Duration,
        limit: Duration,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let started = Instant::now();
        let turn = self.take(patience)?;
        let (sender, receiver) = mpsc::channel();
        thread::Builder::new()
            .name("vault".to_owned())
            .spawn(move || {
                let answer = catch_unwind(AssertUnwindSafe(work));
                // Nobody may be waiting any more; the turn must end only after the answer is there to be found.
                let _ = sender.send(answer.unwrap_or_else(|_| {
                    Err(Error::Other("the keychain call panicked".to_owned()))
                }));
                drop(turn);
            })?;
        match receiver.recv_timeout(limit.saturating_sub(started.elapsed())) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Disconnected) => Err(Error::Slow),
            Err(RecvTimeoutError::Timeout) => {
                let mut state = self.0.state();
                receiver.try_recv().unwrap_or_else(|_| {
                    *state = State::Overdue;
                    self.0.changed.notify_all();
                    Err(Error::Slow)
                })
            }
        }
    }

    fn take(&self, patience: Duration) -> Result<Turn, Error> {
        let (mut state, _) = self
            .0
            .changed
            .wait_timeout_while(self.0.state(), patience, |state| *state == State::Taken)
            .unwrap_or_else(PoisonError::into_inner);
        if *state != State::Free {
            return Err(Error::Slow);
        }
        *state = State::Taken;
        Ok(Turn(Arc::clone(&self.0)))
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to run; given back when dropped.
struct Turn(Arc<Shared>);

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0.state() = State::Free;
        self.0.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    #[test]
    fn an_overdue_call_turns_others_away_until_it_is_done() {
        let turns = Turns::default();
        let (finish, told) = mpsc::channel();
        let overdue = turns.run(LONG, SHORT, move || told.recv().map_err(|_| Error::Absent));
        assert!(matches!(overdue, Err(Error::Slow)));
        assert!(matches!(turns.run(LONG, LONG, || Ok(())), Err(Error::Slow)));

        finish.send(()).unwrap();
        while turns.run(LONG, LONG, || Ok(())).is_err() {
            thread::yield_now();
        }
    }

    #[test]
    fn a_call_waits_for_the_one_before_it() {
        let turns = Turns::default();
        let (start, started) = mpsc::channel();
        let (finish, told) = mpsc::channel();
        thread::scope(|scope| {
            let first = scope.spawn(|| {
                turns.run(LONG, LONG, move || {
                    start.send(()).map_err(|_| Error::Absent)?;
                    told.recv().map_err(|_| Error::Absent)
                })
            });
            started.recv().unwrap();
            let impatient = turns.run(SHORT, LONG, || Ok(()));
            assert!(matches!(impatient, Err(Error::Slow)));

            let second = scope.spawn(|| turns.run(LONG, LONG, || Ok(2)));
            finish.send(()).unwrap();
            first.join().unwrap().unwrap();
            assert_eq!(second.join().unwrap().unwrap(), 2);
        });
    }

    #[test]
    fn a_call_that_panics_gives_its_turn_back() {
        let turns = Turns::default();
        let panicked = turns.run(LONG, LONG, || -> Result<(), Error> { panic!("made up") });
        assert!(matches!(panicked, Err(Error::Other(_))));
        assert_eq!(turns.run(LONG, LONG, || Ok(1)).unwrap(), 1);
    }
}
