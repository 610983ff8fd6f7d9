//! Exports of open lists.

use std::path::{Path, PathBuf};

use desk_engine::ErrorCode;
use directories::UserDirs;
use tauri::{AppHandle, Emitter, State};
use tauri_plugin_opener::OpenerExt;

use crate::{
    error::CommandError,
    export::{Destination, ExportView, Exported, Exports, RevealExport, Source, export, place_in},
    window::Opened,
};

/// Below the profile, where the system names no folder for downloads.
const FOLDER: &str = "exports";

/// Writes into the folder of downloads. Its rows are settled when it begins: closing the list does no harm.
#[tauri::command]
pub(crate) async fn export_view(
    app: AppHandle,
    opened: State<'_, Opened>,
    exports: State<'_, Exports>,
    arguments: ExportView,
) -> Result<Exported, CommandError> {
    let desk = opened.desk()?;
    let listing = desk.engine.store().listing_of_view(arguments.handle)?;
    let target = place_in(
        &folder(opened.profile.folder())?,
        listing.resource(),
        &arguments.style,
        desk.now(),
    );
    let source = Source::of(&desk, listing).await?;
    let tell = move |progress| {
        // A window that is gone has nothing to show.
        let _ = app.emit("export-progress", progress);
    };
    exports
        .run(|stop| {
            export(
                source,
                &arguments.style,
                Destination::File(target),
                stop,
                desk.now(),
                tell,
            )
        })
        .await
}

#[tauri::command]
pub(crate) async fn cancel_export(exports: State<'_, Exports>) -> Result<(), CommandError> {
    exports.cancel();
    Ok(())
}

/// Shows an exported file in its folder; no other file.
#[tauri::command]
pub(crate) async fn reveal_export(
    app: AppHandle,
    exports: State<'_, Exports>,
    arguments: RevealExport,
) -> Result<(), CommandError> {
    let path = PathBuf::from(arguments.path);
    if !exports.has_made(&path) {
        return Err(CommandError::new(
            ErrorCode::InvalidInput,
            format!("{} was not exported here", path.display()),
        ));
    }
    let refuse = |error: String| CommandError::new(ErrorCode::Internal, error);
    let show = move || {
        let opener = app.opener();
        // Without a file manager that can point at a file, its folder is opened.
        opener.reveal_item_in_dir(&path).or_else(|_| {
            let folder = path.parent().unwrap_or(&path).display().to_string();
            opener.open_path(folder, None::<&str>)
        })
    };
    tokio::task::spawn_blocking(show)
        .await
        .map_err(|error| refuse(error.to_string()))?
        .map_err(|error| refuse(error.to_string()))
}

/// The folder of downloads, made where it is missing.
pub(super) fn folder(profile: &Path) -> Result<PathBuf, CommandError> {
    let folder = UserDirs::new()
        .and_then(|folders| folders.download_dir().map(Path::to_owned))
        .unwrap_or_else(|| profile.join(FOLDER));
    std::fs::create_dir_all(&folder).map_err(desk_export::Error::from)?;
    Ok(folder)
}
