//! Days of a time zone as spans of seconds: on the days when clocks change they are 23 or 25 hours long.

use desk_model::UnixSeconds;
use jiff::{Span, civil::Date, tz::TimeZone};

use crate::Error;

/// The longest span: ten years.
const MOST_DAYS: usize = 3660;

/// Consecutive days.
pub(crate) struct Days {
    /// The first second and the name of each.
    days: Vec<(i64, String)>,
    end: i64,
}

impl Days {
    /// The days from `first` to `last`, both included, in an IANA time zone.
    pub(crate) fn new(first: &str, last: &str, zone: &str) -> Result<Self, Error> {
        let zone = TimeZone::get(zone)
            .map_err(|_| Error::InvalidQuery(format!("no time zone is called `{zone}`")))?;
        let (first, last) = (day(first)?, day(last)?);
        if last < first {
            return Err(Error::InvalidQuery(
                "the span ends before it begins".to_owned(),
            ));
        }
        let mut days = Vec::new();
        let mut next = first;
        while next <= last {
            if days.len() == MOST_DAYS {
                return Err(Error::InvalidQuery(format!(
                    "a span has at most {MOST_DAYS} days"
                )));
            }
            days.push((first_second(next, &zone)?, next.to_string()));
            next = after(next)?;
        }
        let end = first_second(next, &zone)?;
        Ok(Self { days, end })
    }

    /// The first second.
    pub(crate) fn start(&self) -> i64 {
        self.days.first().map_or(self.end, |(start, _)| *start)
    }

    /// The second after the last.
    pub(crate) fn end(&self) -> i64 {
        self.end
    }

    /// The day with this second.
    pub(crate) fn find(&self, second: i64) -> usize {
        let later = self.days.partition_point(|(start, _)| *start <= second);
        later.saturating_sub(1)
    }

    /// `YYYY-MM-DD`.
    pub(crate) fn name(&self, day: usize) -> &str {
        &self.days[day].1
    }
}

fn day(text: &str) -> Result<Date, Error> {
    let refused = || Error::InvalidQuery(format!("`{text}` is no day (YYYY-MM-DD)"));
    let day: Date = text.parse().map_err(|_| refused())?;
    // Neither a time beside it nor a year that no order is of.
    let is_plain = day.to_string() == text;
    let is_sane = (1970..=9998).contains(&day.year());
    if is_plain && is_sane {
        Ok(day)
    } else {
        Err(refused())
    }
}

fn after(day: Date) -> Result<Date, Error> {
    day.checked_add(Span::new().days(1))
        .map_err(Error::database)
}

fn first_second(day: Date, zone: &TimeZone) -> Result<i64, Error> {
    let midnight = day.to_zoned(zone.clone()).map_err(Error::database)?;
    Ok(UnixSeconds(midnight.timestamp().as_second()).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn lengths(first: &str, last: &str, zone: &str) -> Vec<i64> {
        let days = Days::new(first, last, zone).unwrap();
        let starts = days.days.iter().map(|(start, _)| *start);
        let ends = starts.clone().skip(1).chain([days.end]);
        starts
            .zip(ends)
            .map(|(start, end)| (end - start) / HOUR)
            .collect()
    }

    #[test]
    fn days_are_as_long_as_the_zone_makes_them() {
        for (first, last, zone, expected) in [
            (
                "2026-03-07",
                "2026-03-09",
                "America/Los_Angeles",
                vec![24, 23, 24],
            ),
            (
                "2026-10-31",
                "2026-11-02",
                "America/Los_Angeles",
                vec![24, 25, 24],
            ),
            (
                "2026-03-28",
                "2026-03-30",
                "Europe/Berlin",
                vec![24, 23, 24],
            ),
            // Clocks change at midnight here: the day begins at one.
            (
                "2024-09-07",
                "2024-09-09",
                "America/Santiago",
                vec![24, 23, 24],
            ),
            ("2026-01-01", "2026-01-02", "Asia/Shanghai", vec![24, 24]),
        ] {
            assert_eq!(lengths(first, last, zone), expected, "{zone}");
        }
    }

    #[test]
    fn every_second_is_in_its_day() {
        let days = Days::new("2026-03-07", "2026-03-09", "America/Los_Angeles").unwrap();
        for day in 0..3 {
            let start = days.days[day].0;
            let end = days.days.get(day + 1).map_or(days.end, |(start, _)| *start);
            assert_eq!((days.find(start), days.find(end - 1)), (day, day));
        }
        assert_eq!(days.name(1), "2026-03-08");
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for (first, last, zone) in [
            ("2026-02-30", "2026-03-01", "UTC"),
            ("2026-03-02", "2026-03-01", "UTC"),
            ("2026-03-01T10:00", "2026-03-01", "UTC"),
            ("0001-01-01", "2026-03-01", "UTC"),
            ("2006-03-01", "2026-03-01", "UTC"),
            ("2026-03-01", "2026-03-01", "Mars/Olympus"),
            ("", "", ""),
        ] {
            assert!(
                matches!(Days::new(first, last, zone), Err(Error::InvalidQuery(_))),
                "{first}–{last} {zone}"
            );
        }
    }
}
