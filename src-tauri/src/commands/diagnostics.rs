//! The diagnostics bundle: shown first, then saved as it was shown.

use desk_engine::ErrorCode;
use desk_model::Clock;
use desk_temu::SystemClock;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::export::folder;
use crate::{
    diagnostics::{self, Diagnostics, DiagnosticsFile},
    error::CommandError,
    export::Exports,
    window::Opened,
};

/// A bundle that was saved.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct SavedDiagnostics {
    /// Where it is; `reveal_export` shows it there.
    pub path: String,
}

/// Puts the bundle together, to be looked at.
#[tauri::command]
pub(crate) async fn prepare_diagnostics(
    opened: State<'_, Opened>,
    shown: State<'_, Diagnostics>,
) -> Result<Vec<DiagnosticsFile>, CommandError> {
    let desk = opened.desk();
    let files = diagnostics::gather(&opened.profile, desk.as_deref()).await?;
    shown.show(&files);
    Ok(files)
}

/// Saves exactly what was shown last, into the folder of downloads.
#[tauri::command]
pub(crate) async fn save_diagnostics(
    opened: State<'_, Opened>,
    exports: State<'_, Exports>,
    shown: State<'_, Diagnostics>,
) -> Result<SavedDiagnostics, CommandError> {
    let files = shown.shown().ok_or_else(|| {
        CommandError::new(ErrorCode::InvalidInput, "no diagnostics were looked at")
    })?;
    let now = Timestamp::from_second(SystemClock.now().0).unwrap_or_default();
    let name = TimeZone::system()
        .to_datetime(now)
        .strftime("Seller Desk diagnostics %Y-%m-%d %H-%M.zip");
    let target = folder(opened.profile.folder())?.join(name.to_string());
    let path = target.clone();
    tokio::task::spawn_blocking(move || diagnostics::write(&files, &target))
        .await
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))??;
    exports.note(path.clone());
    Ok(SavedDiagnostics {
        path: path.display().to_string(),
    })
}
