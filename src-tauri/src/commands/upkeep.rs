//! Whether what is stored is what the platform has, and the rows that could not be read.

use desk_engine::{CheckReport, Reread};
use desk_model::{Quarantined, Resource};
use tauri::State;
use tokio_util::sync::CancellationToken;

use super::CheckData;
use crate::{error::CommandError, window::Opened};

/// Progress runs on the window's channel; `cancel_sync` stops it.
#[tauri::command]
pub(crate) async fn check_data(
    opened: State<'_, Opened>,
    arguments: CheckData,
) -> Result<CheckReport, CommandError> {
    let desk = opened.desk()?;
    let CheckData {
        shop_id,
        from,
        to,
        repair,
    } = arguments;
    let cancel = CancellationToken::new();
    Ok(desk
        .engine
        .check_data(&shop_id, &Resource::ALL, from, to, repair, cancel)
        .await?)
}

#[tauri::command]
pub(crate) async fn list_quarantine(
    opened: State<'_, Opened>,
) -> Result<Vec<Quarantined>, CommandError> {
    Ok(opened.desk()?.engine.store().quarantined(None).await?)
}

#[tauri::command]
pub(crate) async fn reread_quarantine(opened: State<'_, Opened>) -> Result<Reread, CommandError> {
    Ok(opened.desk()?.engine.reread_quarantine().await?)
}
