//! The diagnostics bundle: what helps whoever looks into a fault. It is put together from what is known to say nothing about the seller:
//! no secrets, no names, no numbers of shops or orders, nobody's own words. Shops are numbered.

mod archive;
mod log_lines;
mod shops;
mod system;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use desk_engine::ErrorCode;
use desk_model::ShopId;
use serde::Serialize;
use ts_rs::TS;

pub(crate) use self::archive::write;
use crate::{desk::Desk, error::CommandError, profile::Profile};

/// The number that stands for a shop, from 1.
type ShopNumbers = HashMap<ShopId, usize>;

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct DiagnosticsFile {
    /// Its name.
    pub name: String,
    /// All that is in it.
    pub text: String,
}

/// The bundle as the seller saw it last: what is saved is exactly that.
#[derive(Default)]
pub(crate) struct Diagnostics(Mutex<Option<Vec<DiagnosticsFile>>>);

impl Diagnostics {
    /// Keeps what is shown.
    pub(crate) fn show(&self, files: &[DiagnosticsFile]) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(files.to_vec());
    }

    /// What was shown last.
    pub(crate) fn shown(&self) -> Option<Vec<DiagnosticsFile>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Puts the bundle together; of a profile that could not be opened, what can be known without it.
pub(crate) async fn gather(
    profile: &Profile,
    desk: Result<&Desk, &CommandError>,
) -> Result<Vec<DiagnosticsFile>, CommandError> {
    let mut files = vec![file("app.json", &system::describe(profile, desk).await)?];
    let mut numbers = ShopNumbers::new();
    if let Ok(desk) = desk {
        let shops = desk.engine.store().shops().await?;
        numbers = (1..)
            .zip(shops)
            .map(|(number, shop)| (shop.shop_id, number))
            .collect();
        files.push(file("shops.json", &shops::describe(desk, &numbers).await?)?);
        files.push(file("sync-log.json", &shops::runs(desk, &numbers).await?)?);
    }
    let folder = profile.folder().to_owned();
    let text = tokio::task::spawn_blocking(move || log_lines::newest(&folder, &numbers))
        .await
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))?;
    files.push(DiagnosticsFile {
        name: "log.txt".to_owned(),
        text,
    });
    Ok(files)
}

fn file(name: &str, content: &impl Serialize) -> Result<DiagnosticsFile, CommandError> {
    let text = serde_json::to_string_pretty(content)
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))?;
    Ok(DiagnosticsFile {
        name: name.to_owned(),
        text: text + "\n",
    })
}
