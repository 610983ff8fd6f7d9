//! The window itself: what it is, the clipboard, the demo.

use std::{path::PathBuf, process::Command};

use desk_engine::ErrorCode;
use desk_store::Recovery;
use tauri::{AppHandle, State};
use tauri_plugin_clipboard_manager::ClipboardExt;

use super::{AppInfo, CopyText, Recovered};
use crate::{error::CommandError, window::Opened};

#[tauri::command]
pub(crate) async fn app_info(opened: State<'_, Opened>) -> Result<AppInfo, CommandError> {
    Ok(AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: opened.folder.display().to_string(),
        demo: opened.demo,
        environment_app_key: opened
            .desk()
            .ok()
            .and_then(|desk| desk.environment_app_key()),
        system_language: sys_locale::get_locale().unwrap_or_else(|| "en".to_owned()),
        recovered: opened
            .desk()
            .ok()
            .and_then(|desk| desk.recovery().map(Recovered::from)),
        failure: opened.desk().err().map(|error| error.0),
    })
}

impl From<&Recovery> for Recovered {
    fn from(recovery: &Recovery) -> Self {
        let text = |path: &PathBuf| path.display().to_string();
        Self {
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
        .arg(&opened.folder)
        .arg("demo")
        .spawn()
        .map_err(refuse)?;
    // Reaps the process when it ends.
    std::thread::spawn(move || demo.wait());
    Ok(())
}
