//! What may come of a change: everything else is a failure.

use std::collections::{BTreeMap, BTreeSet};

use desk_temu::{Error, ErrorKind};
use serde_json::Value;

use super::{
    Case, Outcome,
    changes::{Change, every_change, places, text},
    samples::Told,
};

/// What a field is to a call that reads it; every other field is optional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Without it there is no row, or no answer.
    Required,
    /// It may be missing or null, but not be something else.
    WellFormed,
}

/// Holds every change of every place of the sample against what may come of it, and the fields that are needed against the table.
pub(super) fn check(case: &Case, required: &str, well_formed: &str) {
    let undisturbed = case.undisturbed();
    assert_eq!(undisturbed.unreadable, [""; 0], "{}", case.call);
    let known = leaves(&undisturbed.rows);
    let mut found = BTreeMap::new();
    for place in places(case.sample())
        .iter()
        .filter(|place| !place.is_empty())
    {
        for change in every_change() {
            // A list without one of its elements is another list, not a lost row.
            if is_element(place) && change == Change::Missing {
                continue;
            }
            if !survives(case, &undisturbed, &known, place, &change) {
                let need = found.entry(field_name(place)).or_insert(Need::WellFormed);
                if is_absence(&change) && !is_element(place) {
                    *need = Need::Required;
                }
            }
        }
    }
    let mut needed = BTreeMap::new();
    for (need, names) in [(Need::Required, required), (Need::WellFormed, well_formed)] {
        needed.extend(names.split_whitespace().map(|name| (name.to_owned(), need)));
    }
    assert_eq!(found, needed, "{}", case.call);
}

fn is_absence(change: &Change) -> bool {
    *change == Change::Missing || *change == Change::Become("null".to_owned())
}

fn is_element(place: &str) -> bool {
    place.ends_with("/0")
}

/// `data.orders[].quantity`
fn field_name(place: &str) -> String {
    place
        .trim_start_matches('/')
        .replace("/0", "[]")
        .replace('/', ".")
}

/// Checks what a change does; gives whether the row, or the answer, can still be read.
fn survives(
    case: &Case,
    undisturbed: &Told,
    known: &BTreeSet<(String, String)>,
    place: &str,
    change: &Change,
) -> bool {
    let what = format!("{} {place} {change:.80?}", case.call);
    let told = match case.told(&[(place, change)]) {
        Outcome::Refused(error) => {
            assert!(is_expected(place, &error), "{what}: {error:?}");
            return false;
        }
        Outcome::Told(told) => told,
    };
    check_rows(case, undisturbed, &told, place, change, &what);
    if told.rows.len() < undisturbed.rows.len() {
        return told.unreadable.is_empty();
    }
    if matches!(change, Change::Grown | Change::Twice | Change::AsText) {
        assert_eq!(told.rows, undisturbed.rows, "{what}");
    }
    for (key, value) in leaves(&told.rows) {
        let leaf = (key, value);
        assert!(
            known.contains(&leaf) || may_become(&leaf, known, place, change),
            "{what}: {leaf:.200?}"
        );
    }
    true
}

/// An answer that cannot be read is malformed; what says yes or no may also say no.
fn is_expected(place: &str, error: &Error) -> bool {
    let is_verdict = ["/error_code", "/success", "/result/mallType"].contains(&place);
    let is_no_order = error.kind == ErrorKind::NotFound && ["/data", "/result"].contains(&place);
    let tells_values = ["xxxx", "alert", "cmd"]
        .iter()
        .any(|value| error.message.contains(value));
    (error.kind == ErrorKind::Malformed || is_verdict || is_no_order) && !tells_values
}

/// No row is lost, the other row stays as it is, and what is kept of a row is what came.
fn check_rows(
    case: &Case,
    undisturbed: &Told,
    told: &Told,
    place: &str,
    change: &Change,
    what: &str,
) {
    let Some(rows) = case.rows else {
        return assert_eq!(
            told.rows.len() + told.unreadable.len(),
            undisturbed.rows.len(),
            "{what}"
        );
    };
    let count = told.rows.len() + told.unreadable.len();
    let is_emptied = *change == Change::Become("[]".to_owned()) && place == rows
        || *change == Change::Become("null".to_owned()) && place == "/result";
    if is_emptied {
        return assert_eq!(count, 0, "{what}");
    }
    if place == rows && matches!(change, Change::Become(_) | Change::Wrapped(..)) {
        return assert_eq!(
            (told.rows.len(), told.unreadable.len()),
            (0, 1),
            "{what}: another list"
        );
    }
    assert_eq!(count, undisturbed.rows.len(), "{what}: no row is lost");
    assert_eq!(
        told.rows.last(),
        undisturbed.rows.last(),
        "{what}: the other row stays as it is"
    );
    let changed = text(case.sample(), &[(place, change)]);
    assert!(
        told.raws
            .iter()
            .chain(&told.unreadable)
            .all(|raw| changed.contains(raw)),
        "{what}"
    );
}

/// Names and values of everything that rows say.
fn leaves(rows: &[Value]) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    rows.iter().for_each(|row| collect(row, "", &mut found));
    found
}

fn collect(value: &Value, name: &str, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, field)| collect(field, &format!("{name}/{key}"), found)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, name, found)),
        scalar => {
            found.insert((name.to_owned(), scalar.to_string()));
        }
    }
}

/// Whether a value may be what a change made it: unknown, a word for something unknown, or exactly what came.
fn may_become(
    (name, value): &(String, String),
    known: &BTreeSet<(String, String)>,
    place: &str,
    change: &Change,
) -> bool {
    let is_word = [
        "/status",
        "/amount_state",
        "/activity_type",
        "/mall_type",
        "/labels",
    ];
    let is_unknown = ["null", "\"\"", "false"].contains(&value.as_str());
    if is_unknown || is_word.iter().any(|word| name.ends_with(word)) {
        return true;
    }
    // A null payload is an empty list.
    if place == "/result" && name.is_empty() && value == "0" {
        return is_absence(change);
    }
    // The one amount that another may stand in for, where it is not told at all.
    if place.ends_with("/customerPaid") && is_absence(change) {
        return true;
    }
    let Change::Become(json) = change else {
        return false;
    };
    match value.parse::<i64>() {
        Ok(number) => numbers(json).any(|told| {
            let others = known.iter().filter(|(key, _)| key == "/skus/stock");
            let mut sums = others.filter_map(|(_, other)| Some(other.parse::<i64>().ok()? + told));
            number == told || name == "/stock" && sums.any(|sum| sum == number)
        }),
        Err(_) if value == "true" => ["true", "1", "\"1\""].contains(&json.as_str()),
        Err(_) => is_text_of(value, json),
    }
}

/// The numbers that a JSON number, or its text, may be read as: itself, as milliseconds, as a decimal in cents.
fn numbers(json: &str) -> impl Iterator<Item = i64> {
    let text = json.trim_matches('"');
    let whole = text.parse::<i64>().ok();
    let cents = match text {
        "12.5" => Some(1250),
        _ => whole.and_then(|whole| whole.checked_mul(100)),
    };
    let is_exact = |number: &i64| number.unsigned_abs() < 1 << 53;
    let milliseconds = whole.map(|whole| whole / 1000);
    [whole, cents, milliseconds]
        .into_iter()
        .flatten()
        .filter(is_exact)
}

/// Whether a text is what came, be it a number, cut off, or with a mark for what is no character.
fn is_text_of(value: &str, json: &str) -> bool {
    let text: String = serde_json::from_str(value).unwrap();
    let came = serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
    let is_cut = || {
        text.strip_suffix('…')
            .is_some_and(|start| start.len() >= 4_000 && came.starts_with(start))
    };
    let is_mended = || text.contains('\u{FFFD}') && json.contains("\\uD800");
    text == came || is_cut() || is_mended()
}
