//! The app outside its window: what closing does, the start at login.

use desk_engine::ErrorCode;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use ts_rs::TS;

use crate::{
    desk::Desk,
    error::CommandError,
    presence::{Autostart, OnClose, Tray, close_answered},
    window::{self, Opened},
};

/// What this desktop offers.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct Presence {
    /// Whether there is a tray that brings a closed window back.
    pub tray: bool,
    /// Whether the app starts at login; `None` = it cannot.
    pub autostart: Option<bool>,
}

/// Starts the app at login, or no longer.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct SetAutostart {
    /// Whether it starts.
    pub enabled: bool,
}

/// What to do with the window that is being closed.
#[derive(Clone, Debug, Deserialize, TS)]
pub(crate) struct AnswerClose {
    /// `ask` = leave it open.
    pub answer: OnClose,
    /// Do the same from now on.
    pub remember: bool,
}

#[tauri::command]
pub(crate) async fn presence(
    opened: State<'_, Opened>,
    tray: State<'_, Tray>,
) -> Result<Presence, CommandError> {
    let desk = opened.desk()?;
    Ok(now(&desk, &tray))
}

#[tauri::command]
pub(crate) async fn set_autostart(
    opened: State<'_, Opened>,
    tray: State<'_, Tray>,
    arguments: SetAutostart,
) -> Result<Presence, CommandError> {
    let desk = opened.desk()?;
    if let Some(autostart) = Autostart::of(&desk.profile) {
        autostart.set(arguments.enabled).map_err(|error| {
            CommandError::new(
                ErrorCode::FolderNotWritable,
                format!("the entry for the start at login: {error}"),
            )
        })?;
    }
    Ok(now(&desk, &tray))
}

#[tauri::command]
pub(crate) async fn answer_close(
    app: AppHandle,
    opened: State<'_, Opened>,
    arguments: AnswerClose,
) -> Result<(), CommandError> {
    if arguments.remember {
        let desk = opened.desk()?;
        let mut settings = desk.settings().settings;
        settings.on_close = arguments.answer;
        // The window goes or stays as the seller said, also where it cannot be remembered.
        if let Err(error) = desk.save_settings(settings).await {
            tracing::warn!(code = ?error.0.code, "what closing does is not remembered");
        }
        window::drop_settings(&app);
    }
    close_answered(&app, arguments.answer);
    Ok(())
}

fn now(desk: &Desk, tray: &Tray) -> Presence {
    Presence {
        tray: tray.is_there(),
        autostart: Autostart::of(&desk.profile).map(|autostart| autostart.is_on()),
    }
}
