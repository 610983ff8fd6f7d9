//! Watches syncs and the clock, and shows what is worth telling.

use std::{
    collections::BTreeSet,
    sync::{Arc, Weak},
    time::Duration,
};

use desk_engine::{ShopSummary, SyncEvent};
use desk_model::{Clock, Resource, Shop, ShopId, SyncTask, TokenState, UnixSeconds};
use desk_store::Store;
use jiff::tz::TimeZone;
use tauri::{AppHandle, Emitter};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    ListWanted,
    memory::{Facts, LOOK_AHEAD, Memory, TokenEnd},
    notice::Notice,
    notifier::{Notifier, Text},
};
use crate::{desk::Desk, desktop_entry::DesktopEntry, window, words::Words};

/// Where the memory is kept among the settings.
const KEY: &str = "notifications";
/// How often deadlines are looked at beside the syncs.
const LOOK: Duration = Duration::from_secs(60);

/// Shows notifications until another desk takes the place of this one. Called before the first sync begins, so that the end of none is missed.
pub(crate) fn start(app: &AppHandle, desk: &Arc<Desk>) {
    let events = desk.engine.sync_events();
    let (app, desk) = (app.clone(), desk.clone());
    tauri::async_runtime::spawn(async move {
        let entry = DesktopEntry::id(&desk.profile);
        let open = move |list| open_list(&app, list);
        let notifier = match Notifier::connect(entry, open).await {
            Ok(notifier) => notifier,
            Err(error) => {
                tracing::info!(%error, "this desktop shows no notifications");
                return;
            }
        };
        match Watch::begin(&desk, notifier).await {
            Ok(watch) => {
                drop(desk);
                watch.run(events).await;
            }
            Err(error) => tracing::warn!(%error, "no notifications"),
        }
    });
}

/// Brings the window to the front and shows the list there.
fn open_list(app: &AppHandle, list: ListWanted) {
    window::focus(app);
    // A window that is gone shows no list.
    let _ = app.emit("list-wanted", list);
}

struct Watch {
    /// Never held while waiting: a desk that another takes the place of is to end.
    desk: Weak<Desk>,
    clock: Arc<dyn Clock>,
    notifier: Notifier,
    /// Shops whose first sync is over.
    known: BTreeSet<ShopId>,
    memory: Memory,
    stored: Memory,
}

impl Watch {
    async fn begin(desk: &Arc<Desk>, notifier: Notifier) -> Result<Self, desk_store::Error> {
        let store = desk.engine.store();
        let mut known = BTreeSet::new();
        for shop in store.shops().await? {
            if has_orders(store, &shop.shop_id).await? {
                known.insert(shop.shop_id);
            }
        }
        let stored = store.setting(KEY).await?;
        // What cannot be read counts as nothing told.
        let memory: Memory = stored
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Ok(Self {
            desk: Arc::downgrade(desk),
            clock: desk.clock.clone(),
            notifier,
            known,
            stored: memory.clone(),
            memory,
        })
    }

    async fn run(mut self, mut events: Receiver<SyncEvent>) {
        loop {
            let Some(desk) = self.desk.upgrade() else {
                return;
            };
            if let Err(error) = self.look(&desk).await {
                tracing::warn!(%error, "notifications wait");
            }
            drop(desk);
            if !self.wait(&mut events).await {
                return;
            }
        }
    }

    /// Waits for the end of a sync, but not for long; `false` once the engine is gone.
    async fn wait(&mut self, events: &mut Receiver<SyncEvent>) -> bool {
        let clock = self.clock.clone();
        let mut passed = clock.sleep(LOOK);
        loop {
            tokio::select! {
                biased;
                event = events.recv() => match event {
                    Ok(SyncEvent::Finished(summary)) => {
                        let Some(desk) = self.desk.upgrade() else {
                            return false;
                        };
                        self.note(&desk, &summary).await;
                        return true;
                    }
                    Ok(SyncEvent::Progress(_)) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return false,
                },
                () = &mut passed => return true,
            }
        }
    }

    async fn note(&mut self, desk: &Desk, summary: &ShopSummary) {
        let shop = &summary.shop_id;
        let is_first = !self.known.contains(shop);
        self.memory.note_sync(summary, is_first);
        let store = desk.engine.store();
        if is_first && has_orders(store, shop).await.unwrap_or(false) {
            self.known.insert(shop.clone());
        }
    }

    /// Tells what is to be told. Outside the quiet hours only, and it counts as told only once the desktop has shown it.
    async fn look(&mut self, desk: &Desk) -> Result<(), desk_store::Error> {
        let settings = desk.settings().settings;
        let now = self.clock.now();
        if !settings.quiet_hours.cover(now, &TimeZone::system()) {
            let facts = self.facts(desk, now).await?;
            let mut memory = self.memory.clone();
            let mut notices = memory.tell(&facts);
            notices.retain(|notice| settings.notices.allow(notice.kind));
            if self
                .show(desk, &notices, &Words::of(settings.language))
                .await
            {
                self.memory = memory;
            }
        }
        if self.memory != self.stored {
            let text = serde_json::to_string(&self.memory).unwrap_or_default();
            desk.engine.store().set_setting(KEY, &text).await?;
            self.stored = self.memory.clone();
        }
        Ok(())
    }

    async fn facts(&mut self, desk: &Desk, now: UnixSeconds) -> Result<Facts, desk_store::Error> {
        let store = desk.engine.store();
        let shops = store.shops().await?;
        self.known
            .retain(|known| shops.iter().any(|shop| shop.shop_id == *known));
        let running = desk.engine.running();
        let is_filled = |shop: &ShopId| {
            self.known.contains(shop)
                && !running.iter().any(|progress| {
                    progress.shop_id == *shop && progress.task == SyncTask::Backfill
                })
        };
        let token = |shop: &Shop| TokenEnd {
            shop_id: shop.shop_id.clone(),
            ends_at: shop.refresh_expires_at.or(shop.expires_at),
            works: shop.token_state == TokenState::Valid,
        };
        Ok(Facts {
            now,
            deadlines: store.deadlines_before(now + LOOK_AHEAD).await?,
            tokens: shops.iter().map(token).collect(),
            unsettled: shops
                .iter()
                .map(|shop| shop.shop_id.clone())
                .filter(|shop| !is_filled(shop))
                .collect(),
            is_syncing: running
                .iter()
                .any(|progress| progress.task == SyncTask::Changes),
        })
    }

    /// Whether the desktop took them all.
    async fn show(&self, desk: &Desk, notices: &[Notice], words: &Words) -> bool {
        for notice in notices {
            let text = text(desk, notice, words).await;
            if let Err(error) = self.notifier.show(&text, notice.list()).await {
                tracing::info!(%error, "the desktop shows no notification");
                return false;
            }
        }
        true
    }
}

async fn text(desk: &Desk, notice: &Notice, words: &Words) -> Text {
    let store = desk.engine.store();
    let shop = match &notice.shop {
        Some(shop) => store.shop(shop).await.ok().flatten(),
        None => None,
    };
    Text {
        app: words.get("app.name", &[]),
        title: notice.title(words),
        body: notice.body(words, shop.as_ref().map(|shop| shop.name.as_str())),
        open: words.get("notice.open", &[]),
    }
}

/// Whether a shop's orders were ever read to the end.
async fn has_orders(store: &Store, shop: &ShopId) -> Result<bool, desk_store::Error> {
    let checkpoint = store
        .checkpoint(shop, Resource::Orders, SyncTask::Changes)
        .await?;
    Ok(checkpoint.is_some_and(|checkpoint| checkpoint.reached.is_some()))
}
