//! The profile's folder: how large it is, the database's copies, and opening the profile anew.

use std::{fs, io, path::Path};

use desk_engine::ErrorCode;
use desk_model::UnixSeconds;
use desk_store::{CopyOrigin, DatabaseCopy};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;
use ts_rs::TS;

use crate::{error::CommandError, reopening, window::Opened};

/// What the profile's folder holds; known even where the profile cannot be opened.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct DataOnDisk {
    /// Everything in it, in bytes.
    pub bytes: u64,
    /// Copies that can take the database's place, newest first.
    pub copies: Vec<CopyOnDisk>,
}

/// A copy of the database.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct CopyOnDisk {
    /// Names it: its place in the folder.
    pub name: String,
    /// When it was made.
    pub made_at: UnixSeconds,
    /// Its size in bytes.
    pub bytes: u64,
    /// Why it was made.
    pub origin: Origin,
}

/// Why a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// It is a backup, made once a day or on request.
    Backup,
    /// A newer version of the app was about to change the tables.
    BeforeUpdate,
    /// Another copy took its place.
    Replaced,
}

/// Names a copy.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct CopyArgument {
    /// From `CopyOnDisk`.
    pub name: String,
}

#[tauri::command]
pub(crate) async fn data_on_disk(opened: State<'_, Opened>) -> Result<DataOnDisk, CommandError> {
    let folder = opened.profile.folder().to_owned();
    let copies = desk_store::copies(&folder).await?;
    let measured = folder.clone();
    let bytes = tokio::task::spawn_blocking(move || bytes_below(&measured))
        .await
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))?
        .map_err(desk_store::Error::from)?;
    Ok(DataOnDisk {
        bytes,
        copies: copies
            .into_iter()
            .map(|copy| CopyOnDisk {
                name: name_of(&copy, &folder),
                made_at: copy.made_at,
                bytes: copy.bytes,
                origin: copy.origin.into(),
            })
            .collect(),
    })
}

#[tauri::command]
pub(crate) async fn back_up(opened: State<'_, Opened>) -> Result<(), CommandError> {
    let desk = opened.desk()?;
    desk.engine.store().back_up_on_request(desk.now()).await?;
    Ok(())
}

/// Takes a copy by the name under which it was listed: the page opens no other file.
#[tauri::command]
pub(crate) async fn restore_copy(
    app: AppHandle,
    opened: State<'_, Opened>,
    arguments: CopyArgument,
) -> Result<(), CommandError> {
    let folder = opened.profile.folder();
    let copies = desk_store::copies(folder).await?;
    let copy = copies
        .iter()
        .find(|copy| name_of(copy, folder) == arguments.name)
        .ok_or_else(|| {
            CommandError::new(
                ErrorCode::CopyGone,
                format!("there is no copy {} any more", arguments.name),
            )
        })?;
    reopening::restore(&app, &copy.path).await
}

#[tauri::command]
pub(crate) async fn open_data_folder(
    app: AppHandle,
    opened: State<'_, Opened>,
) -> Result<(), CommandError> {
    let folder = opened.profile.folder().display().to_string();
    let refuse = |error: String| CommandError::new(ErrorCode::Internal, error);
    tokio::task::spawn_blocking(move || app.opener().open_path(folder, None::<&str>))
        .await
        .map_err(|error| refuse(error.to_string()))?
        .map_err(|error| refuse(error.to_string()))
}

/// Tries to open a profile that could not be opened; answers why it still cannot.
#[tauri::command]
pub(crate) async fn reopen(app: AppHandle) -> Result<(), CommandError> {
    reopening::try_again(&app).await
}

fn name_of(copy: &DatabaseCopy, folder: &Path) -> String {
    let inside = copy.path.strip_prefix(folder).unwrap_or(&copy.path);
    inside.display().to_string()
}

/// The size of all files in a folder and below. A file that goes away meanwhile counts as none; links are not followed.
fn bytes_below(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += match entry.metadata() {
            Ok(found) if found.is_dir() => bytes_below(&entry.path()).unwrap_or(0),
            Ok(found) if found.is_file() => found.len(),
            _ => 0,
        };
    }
    Ok(bytes)
}

impl From<CopyOrigin> for Origin {
    fn from(origin: CopyOrigin) -> Self {
        match origin {
            CopyOrigin::Backup => Self::Backup,
            CopyOrigin::BeforeUpdate => Self::BeforeUpdate,
            CopyOrigin::Replaced => Self::Replaced,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_as_large_as_all_files_in_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("one"), [0; 1000]).unwrap();
        fs::create_dir(folder.path().join("logs")).unwrap();
        fs::write(folder.path().join("logs/two"), [0; 24]).unwrap();
        assert_eq!(bytes_below(folder.path()).unwrap(), 1024);
    }
}
