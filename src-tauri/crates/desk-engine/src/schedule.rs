//! The automatic sync while the app is open.

use std::time::Duration;

use desk_model::{SyncTrigger, TokenState, UnixSeconds};
use tokio::sync::watch;

use crate::{engine::Engine, error::Error};

/// How often the clock is looked at; short, so that a computer that slept catches up soon.
const LOOK: Duration = Duration::from_secs(5);
/// How often tokens are checked.
const TOKEN_CHECK_SECONDS: i64 = 3600;
/// How soon a vault that is locked or away is tried again.
const VAULT_RETRY_SECONDS: i64 = 30;

/// When the automatic sync runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Whether it runs at all.
    pub enabled: bool,
    /// Minutes between two runs; at least 1.
    pub interval_minutes: u32,
}

/// Runs the automatic sync until it is dropped.
pub struct Scheduler {
    schedule: watch::Sender<Schedule>,
    next: watch::Receiver<Option<UnixSeconds>>,
    task: tokio::task::JoinHandle<()>,
}

impl Scheduler {
    /// Starts it. A shop is synced at once when its last run is older than the interval.
    pub fn start(engine: Engine, schedule: Schedule) -> Self {
        let (schedule, changes) = watch::channel(schedule);
        let (tell_next, next) = watch::channel(None);
        let task = tokio::spawn(run(engine, changes, tell_next));
        Self {
            schedule,
            next,
            task,
        }
    }

    /// Sets when it runs from now on.
    pub fn set(&self, schedule: Schedule) {
        self.schedule.send_replace(schedule);
    }

    /// When it is next; `None` = off, or no shop to sync.
    pub fn next_at(&self) -> Option<UnixSeconds> {
        *self.next.borrow()
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(
    engine: Engine,
    mut changes: watch::Receiver<Schedule>,
    next: watch::Sender<Option<UnixSeconds>>,
) {
    let mut tokens_checked_at: Option<UnixSeconds> = None;
    let mut last_round = newest_run(&engine).await;
    loop {
        let now = engine.parts.clock.now();
        let schedule = *changes.borrow_and_update();
        let interval = i64::from(schedule.interval_minutes.max(1)) * 60;
        // After the clock was set back the last round would lie in the future (I19).
        last_round = last_round.map(|at| at.min(now));
        let due = last_round.map_or(now, |at| at + interval);
        let due = if due <= now && schedule.enabled && !vault_works(&engine).await {
            last_round = Some(now - interval + VAULT_RETRY_SECONDS);
            now + VAULT_RETRY_SECONDS
        } else {
            due
        };
        if is_token_check_due(tokens_checked_at, now) && vault_works(&engine).await {
            tokens_checked_at = Some(now);
            log_failure(engine.refresh_due_tokens().await);
        }
        if schedule.enabled && due <= now {
            last_round = Some(now);
            log_failure(start_round(&engine).await);
        } else {
            next.send_replace(schedule.enabled.then_some(due));
        }
        tokio::select! {
            () = engine.parts.clock.sleep(LOOK) => {}
            changed = changes.changed() => if changed.is_err() { return },
        }
    }
}

fn is_token_check_due(checked_at: Option<UnixSeconds>, now: UnixSeconds) -> bool {
    checked_at.is_none_or(|checked_at| (now - checked_at).abs() >= TOKEN_CHECK_SECONDS)
}

fn log_failure<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        tracing::warn!(code = ?error.code(), %error, "automatic sync");
    }
}

/// A locked vault is asked again soon, but not all the time.
async fn vault_works(engine: &Engine) -> bool {
    engine.credentials().probe().await.is_ok()
}

/// When the log says that the last round was; unknown where it lies in the future.
async fn newest_run(engine: &Engine) -> Option<UnixSeconds> {
    let now = engine.parts.clock.now();
    let log = engine.store().sync_runs(None, 1).await.ok()?;
    let run = log.first()?;
    Some(run.finished_at.unwrap_or(run.started_at)).filter(|at| *at <= now)
}

/// Each shop on its own: one that waits for its platform does not hold the others up, and is joined when it still runs.
async fn start_round(engine: &Engine) -> Result<(), Error> {
    for shop in engine.store().shops().await? {
        if shop.token_state == TokenState::Valid {
            let engine = engine.clone();
            tokio::spawn(async move {
                engine
                    .sync_shop(&shop.shop_id, SyncTrigger::Automatic, None)
                    .await;
            });
        }
    }
    Ok(())
}
