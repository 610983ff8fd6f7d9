//! The window itself: what it is, the clipboard, the demo.

use std::{path::PathBuf, process::Command};

use desk_engine::{ErrorCode, Failure};
use serde::Serialize;
use tauri::{AppHandle, State};
use tauri_plugin_clipboard_manager::ClipboardExt;
use ts_rs::TS;

use super::CopyText;
use crate::{desk::Replacement, error::CommandError, window::Opened};

/// What this window is.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct AppInfo {
    /// The app's version.
    pub version: String,
    /// The profile's folder.
    pub profile: String,
    /// Whether this is the demo profile, with made-up data.
    pub demo: bool,
    /// The app key that the environment sets, to fill the form with.
    pub environment_app_key: Option<String>,
    /// The system's language, a BCP 47 tag.
    pub system_language: String,
    /// Why the profile could not be opened; every other command answers the same error then.
    pub failure: Option<Failure>,
    /// The database has been replaced since the app was started: it was damaged, or the seller restored a copy.
    pub recovered: Option<Recovered>,
}

/// What became of a database that was replaced.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct Recovered {
    /// The folder that it was moved to; nothing was deleted.
    pub moved_to: String,
    /// Whether the seller wanted it; else it was damaged.
    pub on_request: bool,
    /// The backup that took its place; `None` = a fresh database, which the next sync fills.
    pub restored_from: Option<String>,
}

#[tauri::command]
pub(crate) async fn app_info(opened: State<'_, Opened>) -> Result<AppInfo, CommandError> {
    Ok(AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: opened.profile.folder().display().to_string(),
        demo: opened.profile.is_demo(),
        environment_app_key: opened
            .desk()
            .ok()
            .and_then(|desk| desk.environment_app_key()),
        system_language: sys_locale::get_locale().unwrap_or_else(|| "en".to_owned()),
        recovered: opened.desk().ok().and_then(|desk| {
            desk.replacement()
                .map(|replacement| Recovered::from(&replacement))
        }),
        failure: opened.desk().err().map(|error| error.0),
    })
}

impl From<&Replacement> for Recovered {
    fn from(replacement: &Replacement) -> Self {
        let text = |path: &PathBuf| path.display().to_string();
        let recovery = &replacement.recovery;
        Self {
            on_request: replacement.on_request,
            moved_to: text(&recovery.moved_to),
            restored_from: recovery.restored_from.as_ref().map(text),
        }
    }
}

#[tauri::command]
pub(crate) async fn copy_text(app: AppHandle, arguments: CopyText) -> Result<(), CommandError> {
    app.clipboard().write_text(arguments.text).map_err(|error| {
        CommandError::new(
            ErrorCode::Internal,
            format!("the clipboard refuses: {error}"),
        )
    })
}

/// Opens the demo in a window of its own: another process, another profile.
#[tauri::command]
pub(crate) async fn open_demo(opened: State<'_, Opened>) -> Result<(), CommandError> {
    let refuse = |error: std::io::Error| {
        CommandError::new(
            ErrorCode::Internal,
            format!("the demo does not start: {error}"),
        )
    };
    let program = std::env::current_exe().map_err(refuse)?;
    let mut demo = Command::new(program)
        .arg("--profile")
        .arg(opened.profile.folder())
        .arg("demo")
        .spawn()
        .map_err(refuse)?;
    // Reaps the process when it ends.
    std::thread::spawn(move || demo.wait());
    Ok(())
}
