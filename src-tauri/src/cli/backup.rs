//! `backup` and `restore`.

use std::path::Path;

use desk_model::Clock;
use desk_temu::SystemClock;
use serde_json::json;

use super::{Exit, output::Output, shops::words};
use crate::{desk::Desk, error::CommandError, profile::Profile};

pub(super) async fn back_up(desk: &Desk, output: &Output) -> Result<Exit, CommandError> {
    let backup = desk.engine.store().back_up_on_request(desk.now()).await?;
    let path = backup.display().to_string();
    output.either(&json!({ "backup": path }), || path.clone());
    Ok(Exit::Done)
}

/// The database is closed while another takes its place; the profile is locked by us.
pub(super) async fn restore(
    profile: Profile,
    backup: &Path,
    output: &Output,
) -> Result<Exit, CommandError> {
    let recovery = desk_store::restore(profile.folder(), backup, SystemClock.now()).await?;
    let desk = Desk::open(profile, None).await?;
    let kept = recovery.moved_to.display().to_string();
    output.either(&json!({ "moved_to": kept }), || {
        words(&desk).get("cli.restored", &[("kept", &kept)])
    });
    desk.close().await;
    Ok(Exit::Done)
}
