//! What the seller can set: stored as one JSON text, the environment over it.

use desk_engine::{Intervals, Schedule};
use desk_store::Store;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::{
    environment::Environment,
    presence::{NoticeSwitches, OnClose, QuietHours},
};

const KEY: &str = "settings";
/// Where one interval was stored that held for everything.
const COMMON_INTERVAL: &str = "sync_interval_minutes";
const INTERVALS: [&str; 3] = [
    "orders_interval_minutes",
    "products_interval_minutes",
    "activities_interval_minutes",
];

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
    /// How often orders are synced, in minutes; 1 to 10080.
    pub orders_interval_minutes: u32,
    /// As with orders, for products.
    pub products_interval_minutes: u32,
    /// As with orders, for activities.
    pub activities_interval_minutes: u32,
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
            orders_interval_minutes: 30,
            products_interval_minutes: 30,
            activities_interval_minutes: 30,
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
            .and_then(|text| Self::parse(&text))
            .unwrap_or_default())
    }

    fn parse(text: &str) -> Option<Self> {
        let mut fields: Map<String, Value> = serde_json::from_str(text).ok()?;
        if let Some(minutes) = fields.remove(COMMON_INTERVAL) {
            for field in INTERVALS {
                fields.entry(field).or_insert_with(|| minutes.clone());
            }
        }
        serde_json::from_value(Value::Object(fields)).ok()
    }

    /// Stores them, brought into their ranges.
    pub(crate) async fn save(&self, store: &Store) -> Result<(), desk_store::Error> {
        let text = serde_json::to_string(&self.in_range())
            .map_err(|error| desk_store::Error::InvalidQuery(error.to_string()))?;
        store.set_setting(KEY, &text).await
    }

    fn in_range(&self) -> Self {
        Self {
            orders_interval_minutes: self.orders_interval_minutes.clamp(1, 10_080),
            products_interval_minutes: self.products_interval_minutes.clamp(1, 10_080),
            activities_interval_minutes: self.activities_interval_minutes.clamp(1, 10_080),
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
        if let Some(minutes) = environment.sync_interval_minutes {
            self.set_intervals(Intervals::all(minutes));
        }
        self.in_range()
    }

    /// With what these have in the fields that the environment sets.
    pub(crate) fn keep_set_by(&mut self, environment: &Environment, before: &Self) {
        if environment.auto_sync.is_some() {
            self.auto_sync = before.auto_sync;
        }
        if environment.sync_interval_minutes.is_some() {
            self.set_intervals(before.intervals());
        }
    }

    fn intervals(&self) -> Intervals {
        Intervals {
            orders: self.orders_interval_minutes,
            products: self.products_interval_minutes,
            activities: self.activities_interval_minutes,
        }
    }

    fn set_intervals(&mut self, intervals: Intervals) {
        self.orders_interval_minutes = intervals.orders;
        self.products_interval_minutes = intervals.products;
        self.activities_interval_minutes = intervals.activities;
    }

    /// Names of the fields that the environment sets.
    pub(crate) fn set_by(environment: &Environment) -> Vec<String> {
        let auto_sync = environment.auto_sync.map(|_| "auto_sync");
        let intervals = environment.sync_interval_minutes.map(|_| INTERVALS);
        auto_sync
            .into_iter()
            .chain(intervals.into_iter().flatten())
            .map(str::to_owned)
            .collect()
    }

    /// When the automatic sync runs.
    pub(crate) fn schedule(&self) -> Schedule {
        Schedule {
            enabled: self.auto_sync,
            intervals: self.intervals(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EACH: Intervals = Intervals {
        orders: 5,
        products: 60,
        activities: 1_440,
    };

    fn environment(sync_interval_minutes: Option<u32>) -> Environment {
        let mut environment = Environment::default();
        environment.sync_interval_minutes = sync_interval_minutes;
        environment
    }

    #[test]
    fn each_interval_is_stored_and_brought_into_its_range() {
        let mut settings = Settings::default();
        assert_eq!(settings.intervals(), Intervals::all(30));
        settings.set_intervals(EACH);
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(Settings::parse(&text), Some(settings.clone()));
        assert_eq!(settings.schedule().intervals, EACH);

        settings.set_intervals(Intervals {
            orders: 0,
            products: 20_000,
            activities: 10_080,
        });
        let expected = Intervals {
            orders: 1,
            products: 10_080,
            activities: 10_080,
        };
        assert_eq!(settings.in_range().intervals(), expected);
    }

    #[test]
    fn one_interval_for_everything_keeps_its_meaning() {
        let text = r#"{"auto_sync": false, "sync_interval_minutes": 7, "history_days": 90}"#;
        let settings = Settings::parse(text).unwrap();
        assert_eq!(settings.intervals(), Intervals::all(7));
        assert_eq!((settings.auto_sync, settings.history_days), (false, 90));

        let text = r#"{"sync_interval_minutes": 7, "orders_interval_minutes": 2}"#;
        let settings = Settings::parse(text).unwrap();
        let expected = Intervals {
            orders: 2,
            ..Intervals::all(7)
        };
        assert_eq!(settings.intervals(), expected);
    }

    #[test]
    fn the_environment_sets_all_three_and_what_is_stored_stays() {
        let mut stored = Settings::default();
        stored.set_intervals(EACH);
        let five = environment(Some(5));
        let in_force = stored.clone().under(&five);
        assert_eq!(in_force.intervals(), Intervals::all(5));
        assert_eq!(Settings::set_by(&five), INTERVALS);
        let fields = serde_json::to_value(&in_force).unwrap();
        assert!(INTERVALS.iter().all(|field| fields[field] == 5));

        let mut saved = in_force;
        saved.keep_set_by(&five, &stored);
        assert_eq!(saved, stored);

        let none = environment(None);
        assert_eq!(stored.clone().under(&none), stored);
        assert!(Settings::set_by(&none).is_empty());
    }
}
