//! Settings and the vault.

use desk_model::Secret;
use desk_vault::{Readiness, VaultKind};
use serde::Deserialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    ChooseVault, SaveSettings, SettingsState, UnlockVault, VaultChoice, VaultReadiness, VaultStatus,
};
use crate::{desk::Desk, error::CommandError, presence, window::Opened};

#[tauri::command]
pub(crate) async fn get_settings(opened: State<'_, Opened>) -> Result<SettingsState, CommandError> {
    Ok(opened.desk()?.settings())
}

#[tauri::command]
pub(crate) async fn save_settings(
    app: AppHandle,
    opened: State<'_, Opened>,
    arguments: SaveSettings,
) -> Result<SettingsState, CommandError> {
    let state = opened.desk()?.save_settings(arguments.settings).await?;
    // Its menu speaks the seller's language and offers what is not so already.
    presence::refresh_tray(&app).await;
    Ok(state)
}

#[tauri::command]
pub(crate) async fn vault_status(opened: State<'_, Opened>) -> Result<VaultStatus, CommandError> {
    let desk = opened.desk()?;
    status(&desk).await
}

#[tauri::command]
pub(crate) async fn choose_vault(
    opened: State<'_, Opened>,
    arguments: ChooseVault,
) -> Result<VaultStatus, CommandError> {
    let desk = opened.desk()?;
    desk.choose_vault(arguments.kind.into(), arguments.passphrase.map(Secret::new))
        .await?;
    status(&desk).await
}

#[tauri::command]
pub(crate) async fn unlock_vault(
    opened: State<'_, Opened>,
    arguments: UnlockVault,
) -> Result<VaultStatus, CommandError> {
    let desk = opened.desk()?;
    desk.unlock_vault(arguments.passphrase.map(Secret::new))
        .await?;
    status(&desk).await
}

/// A number of days for which finished orders would be kept.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub(crate) struct CountOrdersBeyond {
    /// After their last change.
    pub days: u32,
}

#[tauri::command]
pub(crate) async fn count_orders_beyond(
    opened: State<'_, Opened>,
    arguments: CountOrdersBeyond,
) -> Result<u64, CommandError> {
    let desk = opened.desk()?;
    Ok(desk.engine.count_orders_beyond(arguments.days).await?)
}

async fn status(desk: &Desk) -> Result<VaultStatus, CommandError> {
    let vault = desk.engine.vault();
    let kind = vault.kind().into();
    let readiness = desk.ask_vault(|vault| Ok(vault.readiness())).await?;
    Ok(VaultStatus {
        kind,
        readiness: readiness.into(),
    })
}

impl From<VaultChoice> for VaultKind {
    fn from(choice: VaultChoice) -> Self {
        match choice {
            VaultChoice::Keychain => Self::Keychain,
            VaultChoice::Passphrase => Self::Passphrase,
            VaultChoice::Memory => Self::Memory,
        }
    }
}

impl From<VaultKind> for VaultChoice {
    fn from(kind: VaultKind) -> Self {
        match kind {
            VaultKind::Keychain => Self::Keychain,
            VaultKind::Passphrase => Self::Passphrase,
            VaultKind::Memory => Self::Memory,
        }
    }
}

impl From<Readiness> for VaultReadiness {
    fn from(readiness: Readiness) -> Self {
        match readiness {
            Readiness::Ready => Self::Ready,
            Readiness::Locked => Self::Locked,
            Readiness::Absent => Self::Absent,
            Readiness::Slow => Self::Slow,
        }
    }
}
