//! What a cell holds, before it is written in one format or the other.

use std::borrow::Cow;

use desk_model::Money;
use jiff::civil::DateTime;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An id: text, whatever its letters are.
    Id,
    /// A name or another long text.
    Name,
    /// A short text.
    Text,
    /// A count.
    Number,
    /// An amount, or why there is none.
    Money,
    /// A time in the export's zone.
    Time,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// There is nothing to say: it has not happened, or the row has no such part.
    Nothing,
    /// Text: ours, or other people's.
    Text(Cow<'a, str>),
    /// A count.
    Number(i64),
    /// An amount; its currency is in a column of its own.
    Money(&'a Money),
    /// A time in the export's zone.
    Time(DateTime),
}

impl<'a> Cell<'a> {
    pub(crate) fn text(text: &'a str) -> Self {
        match text {
            "" => Self::Nothing,
            text => Self::Text(Cow::Borrowed(text)),
        }
    }

    pub(crate) fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    /// Ids beside each other.
    pub(crate) fn ids(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let ids: Vec<&str> = ids.into_iter().collect();
        match ids.as_slice() {
            [] => Self::Nothing,
            ids => Self::Text(ids.join("; ").into()),
        }
    }

    pub(crate) fn count(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The text without what neither format can hold: control characters other than tab and line ends, and what is no character.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |letter: char| {
        (letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
            || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_bad) {
        Cow::Owned(text.replace(is_bad, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A time as text: `2026-11-22 08:12:05`.
pub(crate) fn time_text(time: DateTime) -> String {
    format!("{} {}", time.date(), time.time())
}
