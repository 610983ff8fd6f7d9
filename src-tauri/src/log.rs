//! The log: daily files in the profile, a week of them. Secrets never reach it: they have no text form.

use std::{env, path::Path, sync::Mutex};

use tracing::Level;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::{filter::Targets, fmt, prelude::*};

/// The folder of the log in the profile folder.
pub(crate) const FOLDER: &str = "logs";

/// What tells more than warnings.
const OURS: [&str; 4] = ["seller_desk", "desk_engine", "desk_temu", "desk_store"];

/// Writes to `logs/` in the folder until the process ends; `SELLER_DESK_LOG` sets what, by target and level, as in
/// `warn,desk_engine=debug`.
pub(crate) fn start(folder: &Path) {
    let folder = folder.join(FOLDER);
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("seller-desk")
        .filename_suffix("log")
        .max_log_files(7)
        .build(folder);
    let Ok(files) = files else { return };
    // A second start in the same process keeps the first.
    let _ = tracing_subscriber::registry()
        .with(fmt::layer().with_writer(Mutex::new(files)).with_ansi(false))
        .with(wanted())
        .try_init();
}

fn wanted() -> Targets {
    let asked_for = env::var("SELLER_DESK_LOG").ok();
    asked_for
        .and_then(|targets| targets.parse().ok())
        .unwrap_or_else(|| {
            Targets::new()
                .with_default(Level::WARN)
                .with_targets(OURS.map(|target| (target, Level::INFO)))
        })
}
