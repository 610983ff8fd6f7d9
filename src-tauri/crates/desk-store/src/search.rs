//! One spelling of text for comparing: NFKC and case-folded, in a stored column and in what is searched for; and the orders that contain
//! a term, which is what a plain `contains` over all of them would find.

use caseless::Caseless;
use rusqlite::Connection;
use unicode_normalization::UnicodeNormalization;

use crate::{Error, row_set::RowSet, write::json_list};

/// Brings text to the spelling in which it is compared. A NUL would end it for SQLite's functions and is spelled as what cannot be read.
pub(crate) fn fold(text: &str) -> String {
    if text.contains('\0') {
        return fold(&text.replace('\0', "\u{fffd}"));
    }
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().default_case_fold().nfkc().collect()
    }
}

/// What a search looks through: the row's texts, a line each, so that no term matches across two of them.
pub(crate) fn search_text<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for text in texts {
        if !text.is_empty() && !lines.contains(&text) {
            lines.push(text);
        }
    }
    fold(&lines.join("\n"))
}

/// The terms of a search: each must be contained somewhere.
pub(crate) fn terms(search: &str) -> Vec<String> {
    let mut terms: Vec<String> = fold(search).split_whitespace().map(str::to_owned).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// From so many code points on, a term is looked up in the index of trigrams.
const TRIGRAM: usize = 3;

/// As many trigrams of a term are looked up: the last ones, since many numbers begin alike. More tell hardly more.
const MAX_TRIGRAMS: usize = 8;

/// A term that the index may find in more orders than this is looked for in all: verifying so many would take longer.
const MANY: usize = 100_000;

/// The orders of goods `?1`.
pub(crate) const ORDERS_OF_GOODS: &str = "SELECT order_id FROM order_items WHERE goods_id = ?1";

/// The goods that the trigrams `?1` find and that contain `?2`.
pub(crate) const GOODS_FOUND: &str =
    "SELECT g.id FROM goods_search AS s CROSS JOIN goods AS g ON g.id = s.rowid
     WHERE goods_search MATCH ?1 AND instr(g.search_text, ?2)";

/// Whether an order `t` contains a term, given twice: for orders that are looked at one by one.
pub(crate) const ORDER_CONTAINS: &str =
    "(EXISTS (SELECT 1 FROM order_numbers AS n WHERE n.order_id = t.id AND instr(n.text, ?))
     OR EXISTS (SELECT 1 FROM order_items AS i CROSS JOIN goods AS g ON g.id = i.goods_id
        WHERE i.order_id = t.id AND instr(g.search_text, ?)))";

/// The orders whose number begins with `?1`: in the unique index, where the last code point of all comes after whatever follows.
pub(crate) const ORDERS_BEGINNING: &str =
    "SELECT id FROM orders WHERE order_sn >= ?1 AND order_sn < ?1 || '\u{10ffff}'";

/// At most `?2` orders whose numbers the trigrams `?1` find.
pub(crate) const NUMBERS_FOUND: &str =
    "SELECT rowid FROM order_numbers_search WHERE order_numbers_search MATCH ?1 LIMIT ?2";

/// Numbers are ASCII, but for those in a small index.
pub(crate) const NUMBERS_NOT_ASCII: &str =
    "order_numbers AS n INDEXED BY order_numbers_not_ascii WHERE n.text GLOB '*[^\n -~]*' AND";

/// The orders that contain a term: in their numbers, or in what their lines name.
pub(crate) fn orders_with(connection: &Connection, term: &str) -> Result<RowSet, Error> {
    let mut orders = RowSet::default();
    let mut of_goods = connection.prepare_cached(ORDERS_OF_GOODS)?;
    for goods in goods_with(connection, term)? {
        let mut rows = of_goods.query([goods])?;
        while let Some(row) = rows.next()? {
            orders.insert(row.get(0)?);
        }
    }
    each_numbered(connection, term, |id, _| orders.insert(id))?;
    Ok(orders)
}

/// The orders whose number is one of these, begins or ends with it. A number that is found whole or as a beginning is not looked for as
/// an end.
pub(crate) fn orders_numbered(
    connection: &Connection,
    numbers: &[String],
) -> Result<RowSet, Error> {
    let mut orders = RowSet::default();
    let mut beginning = connection.prepare_cached(ORDERS_BEGINNING)?;
    for number in numbers.iter().map(|number| number.trim()) {
        if number.is_empty() {
            continue;
        }
        let mut is_found = false;
        for spelling in [number.to_owned(), number.to_uppercase()] {
            let mut rows = beginning.query([spelling])?;
            while let Some(row) = rows.next()? {
                orders.insert(row.get(0)?);
                is_found = true;
            }
        }
        let folded = fold(number);
        if !is_found {
            each_numbered(connection, &folded, |id, text| {
                let sn = text.split('\n').next().unwrap_or_default();
                if sn.starts_with(&folded) || sn.ends_with(&folded) {
                    orders.insert(id);
                }
            })?;
        }
    }
    Ok(orders)
}

/// The goods that contain a term.
fn goods_with(connection: &Connection, term: &str) -> Result<Vec<i64>, Error> {
    let read = |row: &rusqlite::Row<'_>| row.get(0);
    let goods = match trigrams(term) {
        Some(trigrams) => connection
            .prepare_cached(GOODS_FOUND)?
            .query_map([&trigrams, term], read)?
            .collect::<Result<_, _>>()?,
        None => connection
            .prepare_cached("SELECT id FROM goods WHERE instr(search_text, ?1)")?
            .query_map([term], read)?
            .collect::<Result<_, _>>()?,
    };
    Ok(goods)
}

/// Hands over the orders whose numbers contain a term, with their numbers.
fn each_numbered(
    connection: &Connection,
    term: &str,
    mut take: impl FnMut(i64, &str),
) -> Result<(), Error> {
    let candidates = match trigrams(term).filter(|_| term.is_ascii()) {
        Some(trigrams) => numbered_candidates(connection, &trigrams)?,
        None => None,
    };
    let (source, candidates) = match candidates {
        Some(ids) => (
            "json_each(?2) AS found CROSS JOIN order_numbers AS n ON n.order_id = found.value
             WHERE",
            Some(json_list(&ids)?),
        ),
        None if term.is_ascii() => ("order_numbers AS n WHERE", None),
        None => (NUMBERS_NOT_ASCII, None),
    };
    let sql = format!("SELECT n.order_id, n.text FROM {source} instr(n.text, ?1)");
    let mut statement = connection.prepare_cached(&sql)?;
    let values = std::iter::once(term.to_owned()).chain(candidates);
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        take(
            row.get(0)?,
            row.get_ref(1)?.as_str().map_err(Error::database)?,
        );
    }
    Ok(())
}

/// The orders whose numbers may contain a term, unless they are many.
fn numbered_candidates(connection: &Connection, trigrams: &str) -> Result<Option<Vec<i64>>, Error> {
    let mut statement = connection.prepare_cached(NUMBERS_FOUND)?;
    let ids = statement.query_map((trigrams, MANY), |row| row.get(0))?;
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    Ok((ids.len() < MANY).then_some(ids))
}

/// A term's trigrams as a query of the full-text index: all must be there. What is found only may contain the term, since they can stand
/// apart, and so is verified.
fn trigrams(term: &str) -> Option<String> {
    let points: Vec<char> = term.chars().collect();
    let mut trigrams: Vec<String> = points
        .windows(TRIGRAM)
        .rev()
        .take(MAX_TRIGRAMS)
        .map(|window| {
            format!(
                "\"{}\"",
                window.iter().collect::<String>().replace('"', "\"\"")
            )
        })
        .collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    (!trigrams.is_empty()).then(|| trigrams.join(" AND "))
}
