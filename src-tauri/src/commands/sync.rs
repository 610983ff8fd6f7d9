//! Syncing and its log.

use desk_engine::{Engine, SyncEvent};
use desk_model::{ShopId, SyncRun, SyncTrigger};
use tauri::{State, ipc::Channel};
use tokio::sync::broadcast::error::RecvError;

use super::{ListSyncRuns, ShopArgument, SyncNow, SyncState};
use crate::{error::CommandError, window::Opened};

#[tauri::command]
pub(crate) async fn sync_now(
    opened: State<'_, Opened>,
    arguments: SyncNow,
) -> Result<(), CommandError> {
    begin(&opened.desk()?.engine, arguments.shops).await
}

/// Begins a sync of these shops, or of all where none is named; waits for no end.
pub(crate) async fn begin(engine: &Engine, mut shops: Vec<ShopId>) -> Result<(), CommandError> {
    if shops.is_empty() {
        shops = engine
            .store()
            .shops()
            .await?
            .into_iter()
            .map(|shop| shop.shop_id)
            .collect();
    }
    let engine = engine.clone();
    tokio::spawn(async move { engine.sync_shops(&shops, SyncTrigger::Manual, None).await });
    Ok(())
}

#[tauri::command]
pub(crate) async fn cancel_sync(
    opened: State<'_, Opened>,
    arguments: ShopArgument,
) -> Result<(), CommandError> {
    opened.desk()?.engine.cancel_sync(&arguments.shop_id);
    Ok(())
}

#[tauri::command]
pub(crate) async fn sync_state(opened: State<'_, Opened>) -> Result<SyncState, CommandError> {
    let desk = opened.desk()?;
    let automatic = desk.engine.automatic_state();
    Ok(SyncState {
        running: desk.engine.running(),
        next_automatic_at: desk.next_automatic_at(),
        paused: automatic.paused,
        waiting: automatic.waiting,
    })
}

/// Feeds the window's channel until the window is gone.
#[tauri::command]
pub(crate) async fn watch_sync(
    opened: State<'_, Opened>,
    channel: Channel<SyncEvent>,
) -> Result<(), CommandError> {
    let mut events = opened.desk()?.engine.sync_events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    if channel.send(event).is_err() {
                        return;
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
    Ok(())
}

#[tauri::command]
pub(crate) async fn list_sync_runs(
    opened: State<'_, Opened>,
    arguments: ListSyncRuns,
) -> Result<Vec<SyncRun>, CommandError> {
    let desk = opened.desk()?;
    let ListSyncRuns {
        limit,
        shop_id,
        before,
        problems_only,
    } = arguments;
    let store = desk.engine.store();
    Ok(store
        .sync_runs_before(shop_id.as_ref(), before, problems_only, limit.min(1000))
        .await?)
}
