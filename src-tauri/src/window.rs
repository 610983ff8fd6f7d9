//! The window: built before any call to network or keychain is made.

use std::sync::{Arc, PoisonError, RwLock};

use desk_model::{Change, Tag};
use desk_vault::VaultKind;
use tauri::{
    AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    webview::{PageLoadEvent, PageLoadPayload},
};

use crate::{changes, desk::Desk, error::CommandError, links, presence, profile::Profile};

/// The label of the one window.
pub(crate) const LABEL: &str = "main";

/// The profile as it was opened, or why it could not be. Every command starts here.
pub(crate) struct Opened {
    /// The folder, opened or not.
    pub profile: Profile,
    /// The vault asked for at the start.
    pub vault: Option<VaultKind>,
    /// Held by whoever opens the profile anew.
    pub turn: tokio::sync::Mutex<()>,
    desk: RwLock<Result<Arc<Desk>, CommandError>>,
}

impl Opened {
    /// Keeps the outcome of opening a profile.
    pub(crate) fn new(
        profile: Profile,
        vault: Option<VaultKind>,
        desk: Result<Desk, CommandError>,
    ) -> Self {
        Self {
            profile,
            vault,
            turn: tokio::sync::Mutex::default(),
            desk: RwLock::new(desk.map(Arc::new)),
        }
    }

    /// The desk, or the error that every command answers then.
    pub(crate) fn desk(&self) -> Result<Arc<Desk>, CommandError> {
        self.desk
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts another outcome of opening in its place.
    pub(crate) fn replace(&self, desk: Result<Desk, CommandError>) {
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = desk.map(Arc::new);
    }
}

/// Builds the window, hidden where the app starts in the tray. Its title follows the page's, which is in the seller's language. Once its page has loaded, the automatic sync starts and a link from a cold start is taken.
pub(crate) fn build(
    app: &AppHandle,
    title: &str,
    link: Option<String>,
    is_hidden: bool,
) -> tauri::Result<()> {
    let first_load = std::sync::Mutex::new(Some(link));
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(title)
        .visible(!is_hidden)
        .inner_size(1280.0, 820.0)
        .min_inner_size(880.0, 560.0)
        .on_document_title_changed(|window, title| {
            // A window that is gone has no title.
            let _ = window.set_title(&title);
        })
        .on_navigation(|url| matches!(url.scheme(), "tauri" | "http" | "https") && is_our_page(url))
        .on_page_load(move |window, payload: PageLoadPayload<'_>| {
            if payload.event() != PageLoadEvent::Finished {
                return;
            }
            let link = first_load
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if let Some(link) = link {
                begin(window.app_handle(), link);
            }
        })
        .build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && presence::keeps_window(&app)
        {
            api.prevent_close();
        }
    });
    Ok(())
}

fn is_our_page(url: &tauri::Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        // Windows serves the page under this host; a development build under Vite's.
        _ => {
            url.host_str() == Some("tauri.localhost")
                || (cfg!(debug_assertions) && url.port() == Some(5173))
        }
    }
}

/// Starts what talks to network and keychain, and what tells the page about it; again for a profile that was opened anew.
pub(crate) fn begin(app: &AppHandle, link: Option<String>) {
    if let Ok(desk) = app.state::<Opened>().desk() {
        let handle = app.clone();
        presence::start_notifications(app, &desk);
        tauri::async_runtime::spawn(async move {
            desk.start_scheduler();
            desk.take_links(false).await;
            let changes = desk.engine.changes();
            // A desk that is replaced ends, and its changes with it.
            drop(desk);
            let send = move |change| {
                // A window that is gone has nothing to drop.
                let _ = handle.emit("store-changed", change);
            };
            changes::forward(changes, send).await;
        });
    }
    if let Some(link) = link {
        links::take(app, link);
    }
}

/// Brings the window to the front, from wherever it is.
pub(crate) fn focus(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    if !window.is_visible().unwrap_or(true) {
        // A window that is gone is not looked at again.
        let _ = app.emit("window-reopened", ());
    }
    for step in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = step {
            tracing::warn!(%error, "the window cannot be brought to the front");
        }
    }
}

/// Tells the page that the core has changed the settings by itself.
pub(crate) fn drop_settings(app: &AppHandle) {
    let change = Change {
        shop_id: None,
        tags: vec![Tag::Settings, Tag::SyncRuns],
    };
    // A window that is gone has nothing to drop.
    let _ = app.emit("store-changed", change);
}

/// Takes the window off the screen; `focus` brings it back.
pub(crate) fn hide(app: &AppHandle) {
    let hidden = app.get_webview_window(LABEL).map(|window| window.hide());
    if let Some(Err(error)) = hidden {
        tracing::warn!(%error, "the window cannot be hidden");
    }
}
