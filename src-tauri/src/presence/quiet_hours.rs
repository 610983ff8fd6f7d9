//! Hours in which nothing is shown, by the clock on the wall.

use desk_model::UnixSeconds;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// The hours, in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub(crate) struct QuietHours {
    /// Whether there are any.
    pub enabled: bool,
    /// The first quiet minute.
    pub from: u16,
    /// The first minute that is not quiet any more; before `from` = on the next day.
    pub to: u16,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self {
            enabled: false,
            from: 22 * 60,
            to: 8 * 60,
        }
    }
}

impl QuietHours {
    /// Brought into the day.
    pub(crate) fn in_range(self) -> Self {
        Self {
            from: self.from.min(MINUTES_OF_A_DAY - 1),
            to: self.to.min(MINUTES_OF_A_DAY - 1),
            ..self
        }
    }

    /// Whether it is quiet at this moment in this zone. From a time to the same time is the whole day.
    pub(crate) fn cover(self, moment: UnixSeconds, zone: &TimeZone) -> bool {
        let Ok(timestamp) = Timestamp::from_second(moment.0) else {
            return false;
        };
        let time = timestamp.to_zoned(zone.clone()).time();
        let minute = i32::from(time.hour()) * 60 + i32::from(time.minute());
        let (from, to) = (i32::from(self.from), i32::from(self.to));
        self.enabled
            && if from < to {
                (from..to).contains(&minute)
            } else {
                minute >= from || minute < to
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixSeconds {
        UnixSeconds(text.parse::<Timestamp>().unwrap().as_second())
    }

    fn shanghai() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn hours(from: u16, to: u16) -> QuietHours {
        QuietHours {
            enabled: true,
            from,
            to,
        }
    }

    #[test]
    fn a_night_goes_over_midnight_in_the_sellers_zone() {
        let night = hours(22 * 60, 8 * 60);
        for (moment, is_quiet) in [
            ("2026-11-22T13:59:59Z", false),
            ("2026-11-22T14:00:00Z", true),
            ("2026-11-22T20:00:00Z", true),
            ("2026-11-22T23:59:59Z", true),
            ("2026-11-23T00:00:00Z", false),
        ] {
            assert_eq!(night.cover(at(moment), &shanghai()), is_quiet, "{moment}");
        }
        assert!(!night.cover(at("2026-11-22T20:00:00Z"), &TimeZone::UTC));
    }

    #[test]
    fn a_break_within_a_day_ends_on_that_day() {
        let noon = hours(12 * 60, 13 * 60 + 30);
        assert!(noon.cover(at("2026-11-22T13:29:00Z"), &TimeZone::UTC));
        assert!(!noon.cover(at("2026-11-22T13:30:00Z"), &TimeZone::UTC));
        assert!(!noon.cover(at("2026-11-22T11:59:00Z"), &TimeZone::UTC));
    }

    #[test]
    fn switched_off_they_cover_nothing_and_a_whole_day_is_a_day() {
        let off = QuietHours {
            enabled: false,
            ..hours(0, 0)
        };
        assert!(!off.cover(at("2026-11-22T13:29:00Z"), &TimeZone::UTC));
        assert!(hours(60, 60).cover(at("2026-11-22T13:29:00Z"), &TimeZone::UTC));
    }

    #[test]
    fn a_minute_past_the_day_is_its_last() {
        assert_eq!(hours(9_999, 0).in_range(), hours(1_439, 0));
    }
}
