//! The tray: keeps the app in reach while its window is closed. It is there where the desktop has a place for it
//! (`org.kde.StatusNotifierWatcher`), and comes and goes with that place.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use ksni::{Handle, Icon, MenuItem, OfflineReason, TrayMethods, menu::StandardItem};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

use crate::{
    commands::sync,
    window::{self, Opened},
    words::Words,
};

/// The tray as the rest of the app sees it.
pub(crate) struct Tray {
    /// `None` until the desktop has answered.
    is_there: watch::Sender<Option<bool>>,
    item: Mutex<Option<Handle<Item>>>,
}

impl Default for Tray {
    fn default() -> Self {
        Self {
            is_there: watch::Sender::new(None),
            item: Mutex::default(),
        }
    }
}

impl Tray {
    /// Whether the seller sees it now.
    pub(crate) fn is_there(&self) -> bool {
        *self.is_there.borrow() == Some(true)
    }

    /// Waits for it, but not for longer than this; whether it came.
    pub(crate) async fn comes_within(&self, patience: Duration) -> bool {
        let mut is_there = self.is_there.subscribe();
        let coming = is_there.wait_for(|is_there| *is_there == Some(true));
        matches!(tokio::time::timeout(patience, coming).await, Ok(Ok(_)))
    }
}

/// Puts the item into the tray, now or when there is one.
pub(crate) async fn start(app: &AppHandle) {
    let tray = app.state::<Tray>();
    let item = Item {
        app: app.clone(),
        is_there: tray.is_there.clone(),
    };
    match item.assume_sni_available(true).spawn().await {
        Ok(handle) => {
            // Where there is no place for it yet, the item has heard so by now.
            tray.is_there.send_if_modified(|is_there| {
                let is_new = is_there.is_none();
                is_there.get_or_insert(true);
                is_new
            });
            *tray.item.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
        }
        Err(error) => {
            tray.is_there.send_replace(Some(false));
            tracing::info!(%error, "this desktop has no tray");
        }
    }
}

/// Writes the menu anew, since what it says hangs on the settings.
pub(crate) async fn refresh(app: &AppHandle) {
    let tray = app.state::<Tray>();
    let item = tray
        .item
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    if let Some(item) = item {
        item.update(|_| ()).await;
    }
}

struct Item {
    app: AppHandle,
    is_there: watch::Sender<Option<bool>>,
}

/// What a line of the menu does.
#[derive(Clone, Copy)]
enum Action {
    Open,
    SyncNow,
    SwitchAutomaticSync,
    Quit,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "seller-desk".to_owned()
    }

    fn title(&self) -> String {
        self.words().get("app.name", &[])
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        self.app
            .default_window_icon()
            .map(|icon| Icon {
                width: i32::try_from(icon.width()).unwrap_or_default(),
                height: i32::try_from(icon.height()).unwrap_or_default(),
                data: argb(icon.rgba()),
            })
            .into_iter()
            .collect()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.run(Action::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let state = self
            .app
            .state::<Opened>()
            .desk()
            .map(|desk| desk.settings());
        let is_open = state.is_ok();
        let (syncs, can_switch) = state.map_or((false, false), |state| {
            let is_fixed = state
                .set_by_environment
                .iter()
                .any(|field| field == "auto_sync");
            (state.settings.auto_sync, !is_fixed)
        });
        let switch = if syncs { "tray.pause" } else { "tray.resume" };
        vec![
            self.line("tray.open", Action::Open, true),
            self.line("tray.sync_now", Action::SyncNow, is_open),
            self.line(switch, Action::SwitchAutomaticSync, can_switch),
            MenuItem::Separator,
            self.line("tray.quit", Action::Quit, true),
        ]
    }

    fn watcher_online(&self) {
        self.is_there.send_replace(Some(true));
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        self.is_there.send_replace(Some(false));
        true
    }
}

impl Item {
    fn words(&self) -> Words {
        let opened = self.app.state::<Opened>();
        let language = opened.desk().map(|desk| desk.settings().settings.language);
        Words::of(language.unwrap_or_default())
    }

    fn line(&self, key: &str, action: Action, enabled: bool) -> MenuItem<Self> {
        StandardItem {
            label: self.words().get(key, &[]),
            enabled,
            activate: Box::new(move |item: &mut Self| item.run(action)),
            ..StandardItem::default()
        }
        .into()
    }

    /// Runs beside the tray, which waits for nothing.
    fn run(&self, action: Action) {
        let app = self.app.clone();
        tauri::async_runtime::spawn(async move {
            match action {
                Action::Open => window::focus(&app),
                Action::SyncNow => sync_now(&app).await,
                Action::SwitchAutomaticSync => switch_automatic_sync(&app).await,
                Action::Quit => app.exit(0),
            }
        });
    }
}

async fn sync_now(app: &AppHandle) {
    let Ok(desk) = app.state::<Opened>().desk() else {
        return;
    };
    if let Err(error) = sync::begin(&desk.engine, Vec::new()).await {
        tracing::warn!(code = ?error.0.code, "no sync from the tray");
    }
}

async fn switch_automatic_sync(app: &AppHandle) {
    let Ok(desk) = app.state::<Opened>().desk() else {
        return;
    };
    let mut settings = desk.settings().settings;
    settings.auto_sync = !settings.auto_sync;
    if let Err(error) = desk.save_settings(settings).await {
        tracing::warn!(code = ?error.0.code, "the automatic sync stays as it was");
        return;
    }
    window::drop_settings(app);
    refresh(app).await;
}

/// The tray wants the opacity first.
fn argb(rgba: &[u8]) -> Vec<u8> {
    rgba.chunks_exact(4)
        .flat_map(|pixel| [pixel[3], pixel[0], pixel[1], pixel[2]])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_begins_with_its_opacity() {
        assert_eq!(
            argb(&[1, 2, 3, 255, 4, 5, 6, 0]),
            [255, 1, 2, 3, 0, 4, 5, 6]
        );
    }
}
