//! The log: daily files in the profile, a week of them. Secrets never reach it: they have no text form.

use std::path::Path;

use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

/// The folder of the log in the profile folder.
pub(crate) const FOLDER: &str = "logs";

/// Writes to `logs/` in the folder until the process ends; `SELLER_DESK_LOG` sets what (a tracing filter).
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
    let filter = EnvFilter::try_from_env("SELLER_DESK_LOG").unwrap_or_else(|_| {
        EnvFilter::new("warn,seller_desk=info,desk_engine=info,desk_temu=info,desk_store=info")
    });
    // A second start in the same process keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(files)
        .with_ansi(false)
        .try_init();
}
