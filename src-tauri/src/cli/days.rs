//! Days as they are typed, in a zone, as seconds.

use desk_engine::ErrorCode;
use desk_model::{DateRange, UnixSeconds};
use jiff::{ToSpan, civil::Date, tz::TimeZone};

use crate::error::CommandError;

/// The zone of that IANA name, or the system's.
pub(super) fn zone(name: Option<&str>) -> Result<TimeZone, CommandError> {
    name.map_or_else(
        || Ok(TimeZone::system()),
        |name| TimeZone::get(name).map_err(|_| refuse(format!("no time zone is called `{name}`"))),
    )
}

/// A span of days, both included; an open end is `None`. `flag` is what it was typed behind.
pub(super) fn span(
    flag: &str,
    from: Option<&str>,
    to: Option<&str>,
    zone: &TimeZone,
) -> Result<DateRange, CommandError> {
    let day = |end: &str, word: &str| {
        let day = word.parse::<Date>().ok();
        // Only the one spelling: the parser also takes a day with a time, which would then not count.
        day.filter(|day| day.to_string() == word).ok_or_else(|| {
            refuse(format!(
                "--{flag}-{end} takes a day such as 2026-11-22, not `{word}`"
            ))
        })
    };
    let from = from.map(|word| first_second(day("from", word)?, zone));
    let to = to.map(|word| last_second(day("to", word)?, zone));
    let range = DateRange {
        from: from.transpose()?,
        to: to.transpose()?,
    };
    match range.from.zip(range.to) {
        Some((from, to)) if to < from => {
            Err(refuse(format!("--{flag}-from lies after --{flag}-to")))
        }
        _ => Ok(range),
    }
}

/// When a day begins.
pub(super) fn first_second(day: Date, zone: &TimeZone) -> Result<UnixSeconds, CommandError> {
    day.to_zoned(zone.clone())
        .map(|midnight| UnixSeconds(midnight.timestamp().as_second()))
        .map_err(|error| refuse(error.to_string()))
}

/// The second before the next day begins.
pub(super) fn last_second(day: Date, zone: &TimeZone) -> Result<UnixSeconds, CommandError> {
    let next = day
        .checked_add(1.day())
        .map_err(|error| refuse(error.to_string()))?;
    Ok(first_second(next, zone)? - 1)
}

fn refuse(reason: String) -> CommandError {
    CommandError::new(ErrorCode::InvalidInput, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(from: &str, to: &str) -> Option<i64> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let span = span("created", Some(from), Some(to), &zone).ok()?;
        Some(span.to?.0 - span.from?.0 + 1)
    }

    #[test]
    fn a_day_is_as_long_as_its_zone_says() {
        assert_eq!(seconds("2026-11-22", "2026-11-22"), Some(24 * 3600));
        assert_eq!(seconds("2026-03-29", "2026-03-29"), Some(23 * 3600));
        assert_eq!(seconds("2026-10-25", "2026-10-25"), Some(25 * 3600));
        assert_eq!(seconds("2026-11-01", "2026-11-30"), Some(30 * 24 * 3600));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for word in ["2026-02-30", "22.11.2026", "2026-11-22T10:00", "", "now"] {
            assert_eq!(seconds(word, "2026-11-22"), None, "{word}");
            assert_eq!(seconds("1999-01-01", word), None, "{word}");
        }
        assert_eq!(seconds("2026-11-23", "2026-11-22"), None);
    }
}
