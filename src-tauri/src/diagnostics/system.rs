//! What runs here, and whether it works.

use desk_engine::ErrorCode;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::{
    commands::SettingsState, desk::Desk, desktop_entry::DesktopEntry, error::CommandError,
    profile::Profile,
};

/// The app, the system, and how the profile is.
#[derive(Serialize)]
pub(super) struct App {
    version: &'static str,
    operating_system: String,
    architecture: &'static str,
    webview: Option<String>,
    system_language: Option<String>,
    zone: Option<String>,
    demo: bool,
    /// Why the profile could not be opened.
    failure: Option<ErrorCode>,
    opens_links: bool,
    database_bytes: u64,
    database_copies: usize,
    #[serde(flatten)]
    open: Option<Open>,
}

/// What is known of a profile that is open.
#[derive(Serialize)]
struct Open {
    vault: &'static str,
    vault_readiness: String,
    was_replaced: bool,
    #[serde(flatten)]
    settings: SettingsState,
}

/// Reads nothing but what stands on this computer.
pub(super) async fn describe(profile: &Profile, desk: Result<&Desk, &CommandError>) -> App {
    let database = profile.folder().join(desk_store::FILE_NAME);
    let copies = desk_store::copies(profile.folder()).await;
    App {
        version: env!("CARGO_PKG_VERSION"),
        operating_system: operating_system(),
        architecture: std::env::consts::ARCH,
        webview: tauri::webview_version().ok(),
        system_language: sys_locale::get_locale(),
        zone: TimeZone::system().iana_name().map(str::to_owned),
        demo: profile.is_demo(),
        failure: desk.err().map(|error| error.0.code),
        opens_links: DesktopEntry::of(profile).is_some_and(|entry| entry.is_installed()),
        database_bytes: std::fs::metadata(database).map_or(0, |file| file.len()),
        database_copies: copies.map_or(0, |copies| copies.len()),
        open: match desk {
            Ok(desk) => Some(describe_open(desk).await),
            Err(_) => None,
        },
    }
}

async fn describe_open(desk: &Desk) -> Open {
    let readiness = desk.ask_vault(|vault| Ok(vault.readiness())).await;
    Open {
        vault: desk.engine.vault().kind().as_str(),
        vault_readiness: readiness.map_or_else(
            |error| error.0.code.as_str().to_owned(),
            |readiness| format!("{readiness:?}").to_lowercase(),
        ),
        was_replaced: desk.replacement().is_some(),
        settings: desk.settings(),
    }
}

/// The name that the system gives itself, or at least its kind.
fn operating_system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map_or(std::env::consts::OS, |name| name.trim_matches('"'))
        .to_owned()
}
