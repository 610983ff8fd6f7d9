//! Columns that more than one table has, to and from the model. They are named, or numbered where many rows are read at once: looking
//! a name up costs more than reading what it names.

use desk_model::{Currency, Money, UnixSeconds};
use rusqlite::{Result, Row, RowIndex, types::Type};

/// An amount as two columns.
pub(crate) fn minor_and_currency(money: Option<&Money>) -> (Option<i64>, Option<String>) {
    money
        .map(|money| (money.minor, money.currency.as_str().to_owned()))
        .unzip()
}

/// Two columns as an amount.
pub(crate) fn money(
    row: &Row<'_>,
    minor: impl RowIndex,
    code: impl RowIndex + Copy,
) -> Result<Option<Money>> {
    let minor: Option<i64> = row.get(minor)?;
    Ok(minor
        .zip(currency(row, code)?)
        .map(|(minor, currency)| Money::new(minor, currency)))
}

/// A currency.
pub(crate) fn currency(row: &Row<'_>, column: impl RowIndex + Copy) -> Result<Option<Currency>> {
    let code: Option<String> = row.get(column)?;
    code.map(|code| Currency::new(&code).map_err(|error| unreadable(row, column, error)))
        .transpose()
}

/// A time that may be unknown.
pub(crate) fn seconds(row: &Row<'_>, column: impl RowIndex) -> Result<Option<UnixSeconds>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(UnixSeconds))
}

/// A list of words, stored as JSON.
pub(crate) fn words(row: &Row<'_>, column: impl RowIndex + Copy) -> Result<Vec<String>> {
    let json = row.get_ref(column)?.as_str()?;
    serde_json::from_str(json).map_err(|error| unreadable(row, column, error))
}

/// What a word of the database stands for.
pub(crate) fn word<T>(
    row: &Row<'_>,
    column: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T> {
    let word = row.get_ref(column)?.as_str()?;
    parse(word).ok_or_else(|| unreadable(row, column, format!("unknown word `{word}`")))
}

fn unreadable(
    row: &Row<'_>,
    column: impl RowIndex,
    cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    let index = column.idx(row.as_ref()).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, cause.into())
}
