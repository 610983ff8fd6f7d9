//! Opens the profile: at the start, and anew while the window stays, to try again or with a copy in the database's place.

use std::{path::Path, time::Duration};

use desk_model::Clock;
use desk_temu::SystemClock;
use desk_vault::VaultKind;
use tauri::{AppHandle, Manager};

use crate::{
    desk::Desk,
    error::CommandError,
    export::Exports,
    log,
    profile::{Profile, ProfileError},
    window::{self, Opened},
};

const BETWEEN_TRIES: Duration = Duration::from_millis(100);
const PATIENCE_FOR_THE_LOCK: u32 = 20;

/// Opens the profile for writing. A window that is just closing holds it for a moment longer: the next one waits for it.
pub(crate) async fn open(
    mut profile: Profile,
    vault: Option<VaultKind>,
) -> Result<Desk, CommandError> {
    for _ in 0..PATIENCE_FOR_THE_LOCK {
        match profile.lock() {
            Err(ProfileError::Locked(_)) => tokio::time::sleep(BETWEEN_TRIES).await,
            locked => {
                locked?;
                return Desk::open(profile, vault).await;
            }
        }
    }
    profile.lock()?;
    Desk::open(profile, vault).await
}

/// Tries once more to open a profile that could not be opened.
pub(crate) async fn try_again(app: &AppHandle) -> Result<(), CommandError> {
    let opened = app.state::<Opened>();
    let _turn = opened.turn.lock().await;
    if opened.desk().is_ok() {
        return Ok(());
    }
    let desk = open(opened.profile.clone(), opened.vault).await;
    let outcome = desk.as_ref().map(drop).map_err(Clone::clone);
    put(app, &opened, desk);
    outcome
}

/// Puts a copy in the database's place. Exports and syncs end first, at a page boundary; the page loads anew afterwards. A copy that
/// is damaged or of a newer version is refused, and the profile is as it was.
pub(crate) async fn restore(app: &AppHandle, copy: &Path) -> Result<(), CommandError> {
    let opened = app.state::<Opened>();
    let _turn = opened.turn.lock().await;
    let before = opened.desk().ok();
    let mut profile = match &before {
        Some(desk) => desk.profile.clone(),
        None => opened.profile.clone(),
    };
    profile.lock()?;
    if let Some(before) = &before {
        app.state::<Exports>().close().await;
        before.close().await;
    }
    let restored = desk_store::restore(profile.folder(), copy, SystemClock.now()).await;
    let desk = open(profile, opened.vault).await;
    if let (Ok(desk), Some(before)) = (&desk, &before) {
        desk.succeed(before);
    }
    if let (Ok(desk), Ok(recovery)) = (&desk, &restored) {
        desk.note_restored(recovery.clone());
    }
    let opening = desk.as_ref().map(drop).map_err(Clone::clone);
    put(app, &opened, desk);
    restored?;
    opening
}

fn put(app: &AppHandle, opened: &Opened, desk: Result<Desk, CommandError>) {
    let is_open = desk.is_ok();
    opened.replace(desk);
    if is_open {
        log::start(opened.profile.folder());
        window::begin(app, None);
    }
}
