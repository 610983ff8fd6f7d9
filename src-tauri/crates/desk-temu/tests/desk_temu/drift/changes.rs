//! What may happen to a value of an answer, and the answer's text after it has.

use std::fmt::Write as _;

use serde_json::Value;

/// What happens at one place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// The member is not there.
    Missing,
    /// An object gets members that nobody knows.
    Grown,
    /// The member is there twice, first as something else.
    Twice,
    /// A number as its text; nothing else changes.
    AsText,
    /// The value is that JSON.
    Become(String),
    /// The value stands one level deeper.
    Wrapped(&'static str, &'static str),
}

/// Everything that happens to a value.
pub(crate) fn every_change() -> Vec<Change> {
    let become_what = [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "7",
        "12.5",
        "9007199254740991",
        "9007199254740993",
        "-9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551616",
        "1000000000000000000000000000000",
        "1e3",
        "1e400",
        "-1e400",
        r#""""#,
        r#"" ""#,
        r#""0""#,
        r#""7""#,
        r#""-1""#,
        r#""9007199254740993""#,
        r#""12.5""#,
        r#""12,99""#,
        r#""1e3""#,
        r#""TO_THE_MOON""#,
        r#""<img src=x onerror=alert(1)>""#,
        r#""javascript:alert(1)""#,
        r#""\u202Egpj.exe\u200B""#,
        r#""nul\u0000inside""#,
        r#""\uD800""#,
        r#""\uDC00 reversed \uD800""#,
        r#""=cmd|' /C calc'!A0""#,
        r#""杯子""#,
        "[]",
        "{}",
        "[1]",
        "[null]",
        r#"[{"a":[]}]"#,
        r#"{"amount":1,"currency":2}"#,
    ];
    let mut changes = vec![
        Change::Missing,
        Change::Grown,
        Change::Twice,
        Change::AsText,
        Change::Wrapped("[", "]"),
        Change::Wrapped(r#"{"value":"#, "}"),
        Change::Become(format!("\"{}\"", "x".repeat(1_000_000))),
        Change::Become(format!("{}1{}", "[".repeat(300), "]".repeat(300))),
        Change::Become(format!("1{}", "0".repeat(5_000))),
    ];
    changes.extend(become_what.map(|json| Change::Become(json.to_owned())));
    changes
}

/// Addresses of all values, as JSON pointers; of a list, of its first element only.
pub(crate) fn places(value: &Value) -> Vec<String> {
    let mut places = Vec::new();
    collect(value, String::new(), &mut places);
    places
}

fn collect(value: &Value, path: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                collect(field, format!("{path}/{name}"), places);
            }
        }
        Value::Array(items) => {
            if let Some(first) = items.first() {
                collect(first, format!("{path}/0"), places);
            }
        }
        _ => {}
    }
    places.push(path);
}

/// The text of a value after the changes.
pub(crate) fn text(value: &Value, changes: &[(&str, &Change)]) -> String {
    let mut text = String::new();
    write_value(value, "", changes, &mut text);
    text
}

fn write_value(value: &Value, path: &str, changes: &[(&str, &Change)], text: &mut String) {
    let change = changes
        .iter()
        .find(|(place, _)| *place == path)
        .map(|(_, change)| *change);
    match change {
        Some(Change::Become(json)) => text.push_str(json),
        Some(Change::AsText) if value.is_number() => write!(text, "\"{value}\"").unwrap(),
        Some(Change::Wrapped(before, after)) => {
            text.push_str(before);
            write_inside(value, path, changes, text);
            text.push_str(after);
        }
        Some(Change::Grown) if value.is_object() => {
            text.push_str(r#"{"":0,"newField":[1e400,"\uD800",{"a":{}}],"\uDC00":null,"#);
            let mut inside = String::new();
            write_inside(value, path, changes, &mut inside);
            text.push_str(&inside[1..]);
        }
        _ => write_inside(value, path, changes, text),
    }
}

fn write_inside(value: &Value, path: &str, changes: &[(&str, &Change)], text: &mut String) {
    let happens = |place: &str, what: &Change| {
        changes
            .iter()
            .any(|(at, change)| *at == place && *change == what)
    };
    match value {
        Value::Object(fields) => {
            let mut separator = "";
            text.push('{');
            for (name, field) in fields {
                let place = format!("{path}/{name}");
                if happens(&place, &Change::Missing) {
                    continue;
                }
                if happens(&place, &Change::Twice) {
                    write!(text, "{separator}\"{name}\":[1e400]").unwrap();
                    separator = ",";
                }
                write!(text, "{separator}\"{name}\":").unwrap();
                write_value(field, &place, changes, text);
                separator = ",";
            }
            text.push('}');
        }
        Value::Array(items) => {
            let mut separator = "";
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(separator);
                write_value(item, &format!("{path}/{index}"), changes, text);
                separator = ",";
            }
            text.push(']');
        }
        scalar => write!(text, "{scalar}").unwrap(),
    }
}
