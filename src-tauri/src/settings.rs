//! What the seller can set: stored as one JSON text, the environment over it.

use desk_engine::Schedule;
use desk_store::Store;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    environment::Environment,
    presence::{NoticeSwitches, OnClose, QuietHours},
};

const KEY: &str = "settings";

/// The language of window and command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) enum Language {
    /// As the system.
    #[default]
    #[serde(rename = "system")]
    System,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the seller can set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub(crate) struct Settings {
    /// Language.
    pub language: Language,
    /// Theme.
    pub theme: Theme,
    /// Whether the app syncs by itself while it is open.
    pub auto_sync: bool,
    /// How often, in minutes; at least 1.
    pub sync_interval_minutes: u32,
    /// Requests per second and app key; 1 to 200.
    pub requests_per_second: u32,
    /// How many days of orders are kept here, back from today; 30 to 3650.
    pub history_days: u32,
    /// Which notifications are shown.
    pub notices: NoticeSwitches,
    /// When none are.
    pub quiet_hours: QuietHours,
    /// What closing the window does, where there is a tray.
    pub on_close: OnClose,
    /// For how many days after their last change finished orders are kept; 90 to 3650, or for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retention_days: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::System,
            theme: Theme::System,
            auto_sync: true,
            sync_interval_minutes: 30,
            requests_per_second: 20,
            history_days: 365,
            notices: NoticeSwitches::default(),
            quiet_hours: QuietHours::default(),
            on_close: OnClose::default(),
            retention_days: None,
        }
    }
}

impl Settings {
    /// The stored settings; what cannot be read counts as never set.
    pub(crate) async fn load(store: &Store) -> Result<Self, desk_store::Error> {
        let stored = store.setting(KEY).await?;
        Ok(stored
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// Stores them, brought into their ranges.
    pub(crate) async fn save(&self, store: &Store) -> Result<(), desk_store::Error> {
        let text = serde_json::to_string(&self.in_range())
            .map_err(|error| desk_store::Error::InvalidQuery(error.to_string()))?;
        store.set_setting(KEY, &text).await
    }

    fn in_range(&self) -> Self {
        Self {
            sync_interval_minutes: self.sync_interval_minutes.clamp(1, 10_080),
            requests_per_second: self.requests_per_second.clamp(1, 200),
            history_days: self.history_days.clamp(30, 3650),
            quiet_hours: self.quiet_hours.in_range(),
            retention_days: self.retention_days.map(|days| days.clamp(90, 3650)),
            ..self.clone()
        }
    }

    /// With the environment over them.
    pub(crate) fn under(mut self, environment: &Environment) -> Self {
        self.auto_sync = environment.auto_sync.unwrap_or(self.auto_sync);
        self.sync_interval_minutes = environment
            .sync_interval_minutes
            .unwrap_or(self.sync_interval_minutes);
        self.in_range()
    }

    /// Names of the fields that the environment sets.
    pub(crate) fn set_by(environment: &Environment) -> Vec<String> {
        let fields = [
            ("auto_sync", environment.auto_sync.is_some()),
            (
                "sync_interval_minutes",
                environment.sync_interval_minutes.is_some(),
            ),
        ];
        fields
            .into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// When the automatic sync runs.
    pub(crate) fn schedule(&self) -> Schedule {
        Schedule {
            enabled: self.auto_sync,
            interval_minutes: self.sync_interval_minutes,
        }
    }
}
