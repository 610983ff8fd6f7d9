//! Many seeds, side by side, and what became of them.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Instant,
};

use super::{DIALECTS, course::Course};

/// Which seeds to live through.
pub(crate) struct Plan {
    first: u64,
    count: u64,
    /// As many failures end it early.
    enough: u64,
    /// Whether to tell how far it has come.
    tells: bool,
}

impl Plan {
    /// `SELLER_DESK_SEED` names one seed, `SELLER_DESK_SEEDS` says how many, `SELLER_DESK_ENOUGH` how many failures are enough.
    pub(crate) fn from_environment(usual: u64) -> Self {
        let number = |name| {
            let text = std::env::var(name).ok()?;
            Some(text.parse::<u64>().unwrap())
        };
        let (only, count) = (number("SELLER_DESK_SEED"), number("SELLER_DESK_SEEDS"));
        Self {
            first: only.unwrap_or(0),
            count: if only.is_some() {
                1
            } else {
                count.unwrap_or(usual)
            },
            enough: number("SELLER_DESK_ENOUGH").unwrap_or(u64::MAX),
            tells: only.or(count).is_some(),
        }
    }
}

/// What became of the seeds.
pub(crate) struct Outcome {
    pub(crate) runs: u64,
    /// A line for each run that failed, in the order of the seeds.
    pub(crate) failures: Vec<String>,
}

/// Lives through all seeds in both dialects, as many at a time as there are cores.
pub(crate) fn live_through(plan: &Plan) -> Outcome {
    let (begun, next, failures) = (Instant::now(), AtomicU64::new(0), Mutex::new(Vec::new()));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let runs = AtomicU64::new(0);
    let work = || {
        loop {
            let done = next.fetch_add(1, Ordering::Relaxed);
            if done >= plan.count || failures.lock().unwrap().len() as u64 >= plan.enough {
                return;
            }
            if plan.tells && done > 0 && done.is_multiple_of(100) {
                eprintln!(
                    "{done} of {} seeds, {} failures, {} s",
                    plan.count,
                    failures.lock().unwrap().len(),
                    begun.elapsed().as_secs()
                );
            }
            let seed = plan.first + done;
            runs.fetch_add(DIALECTS.len() as u64, Ordering::Relaxed);
            for reason in live_through_one(seed) {
                if plan.tells {
                    eprintln!("{reason}");
                }
                failures.lock().unwrap().push((seed, reason));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    Outcome {
        runs: runs.into_inner(),
        failures: failures.into_iter().map(|(_, reason)| reason).collect(),
    }
}

fn live_through_one(seed: u64) -> Vec<String> {
    let mut failures = Vec::new();
    for dialect in DIALECTS {
        let run = || block_on(Course::run(seed, dialect));
        let reason = match catch_unwind(AssertUnwindSafe(run)) {
            Ok(course) => course.failure,
            Err(_) => Some("it panicked, see above".to_owned()),
        };
        if let Some(reason) = reason {
            failures.push(format!(
                "seed {seed} {}: {reason:.4000}\n    replay: scripts/simulate --seed {seed}",
                dialect.as_str()
            ));
        }
    }
    failures
}

/// One thread for all tasks of a run, so that it replays.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}
