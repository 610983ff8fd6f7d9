//! What closing the window does: end the app, or leave it in the tray, where it goes on syncing.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager};
use ts_rs::TS;

use super::tray::Tray;
use crate::window::{self, Opened};

/// What the seller wants closing to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnClose {
    /// Be asked each time.
    #[default]
    Ask,
    /// Go on in the tray.
    KeepSyncing,
    /// End the app.
    Quit,
}

/// Whether the question is on the screen.
#[derive(Default)]
pub(crate) struct Question(AtomicBool);

/// The seller wants to close the window; `true` = it must not go. Without a tray nothing would bring it back, so it goes.
pub(crate) fn keeps_window(app: &AppHandle) -> bool {
    let Ok(desk) = app.state::<Opened>().desk() else {
        return false;
    };
    if !app.state::<Tray>().is_there() {
        return false;
    }
    match desk.settings().settings.on_close {
        OnClose::Quit => false,
        OnClose::KeepSyncing => {
            window::hide(app);
            true
        }
        // Whoever closes the window a second time gets no answer from the page, or wants to give none.
        OnClose::Ask if app.state::<Question>().0.swap(true, Ordering::Relaxed) => false,
        OnClose::Ask => {
            window::focus(app);
            app.emit("close-asked", ()).is_ok()
        }
    }
}

/// The seller has answered; `OnClose::Ask` = not to close after all.
pub(crate) fn answered(app: &AppHandle, answer: OnClose) {
    app.state::<Question>().0.store(false, Ordering::Relaxed);
    match answer {
        OnClose::Ask => {}
        OnClose::KeepSyncing => window::hide(app),
        OnClose::Quit => app.exit(0),
    }
}
