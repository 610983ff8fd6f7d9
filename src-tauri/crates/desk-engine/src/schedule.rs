//! The automatic sync while the app is open.

use std::time::Duration;

use desk_model::{SyncTrigger, TokenState, UnixSeconds};
use tokio::sync::watch;

use crate::{engine::Engine, error::Error};

/// How often the clock is looked at; short, so that a computer that slept catches up soon.
const LOOK: Duration = Duration::from_secs(5);
/// How often tokens are checked.
const TOKEN_CHECK_SECONDS: i64 = 3600;

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
    loop {
        let now = engine.parts.clock.now();
        if tokens_checked_at
            .is_none_or(|checked_at| (now - checked_at).abs() >= TOKEN_CHECK_SECONDS)
        {
            tokens_checked_at = Some(now);
            log_failure(engine.refresh_due_tokens().await);
        }
        let schedule = *changes.borrow_and_update();
        match due_at(&engine, schedule).await {
            Ok(Some(at)) if at <= engine.parts.clock.now() => log_failure(sync_all(&engine).await),
            Ok(at) => {
                next.send_replace(at);
                tokio::select! {
                    () = engine.parts.clock.sleep(LOOK) => {}
                    changed = changes.changed() => if changed.is_err() { return },
                }
            }
            Err(error) => {
                log_failure::<()>(Err(error));
                engine.parts.clock.sleep(LOOK).await;
            }
        }
    }
}

fn log_failure<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        tracing::warn!(code = ?error.code(), %error, "automatic sync");
    }
}

/// The interval after the newest run of the shop that waits longest; a clock set back by a day does not stop it (I19).
async fn due_at(engine: &Engine, schedule: Schedule) -> Result<Option<UnixSeconds>, Error> {
    if !schedule.enabled {
        return Ok(None);
    }
    let now = engine.parts.clock.now();
    let interval = i64::from(schedule.interval_minutes.max(1)) * 60;
    let mut due: Option<UnixSeconds> = None;
    for shop in engine
        .store()
        .shops()
        .await?
        .iter()
        .filter(|shop| shop.token_state == TokenState::Valid)
    {
        let runs = engine.store().latest_runs(&shop.shop_id).await?;
        let newest = runs
            .iter()
            .map(|run| run.finished_at.unwrap_or(run.started_at))
            .max();
        let at = newest.map_or(now, |newest| newest.min(now) + interval);
        due = Some(due.map_or(at, |earliest| earliest.min(at)));
    }
    Ok(due)
}

async fn sync_all(engine: &Engine) -> Result<(), Error> {
    let shops = engine.store().shops().await?;
    let shops: Vec<_> = shops
        .into_iter()
        .filter(|shop| shop.token_state == TokenState::Valid)
        .map(|shop| shop.shop_id)
        .collect();
    engine
        .sync_shops(&shops, SyncTrigger::Automatic, None)
        .await;
    Ok(())
}
