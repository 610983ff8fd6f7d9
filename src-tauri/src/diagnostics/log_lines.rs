//! The app's log without what may be about the seller: of our own lines the fixed words and a few harmless fields, of other crates' lines
//! only when and where.

use std::{fs, path::Path};

use super::ShopNumbers;
use crate::log::FOLDER;

/// So much of the log is read back from its end, in bytes.
const NEWEST: usize = 512 * 1024;

/// Fields whose values are words from fixed lists of ours.
const WORDS: [&str; 3] = ["code", "kind", "vault"];

/// Fields that count something small.
const COUNTS: [&str; 2] = ["attempt", "round"];

/// Where our own lines come from.
const OURS: [&str; 2] = ["seller_desk", "desk_"];

/// The newest lines of the log.
pub(super) fn newest(folder: &Path, numbers: &ShopNumbers) -> String {
    let mut files: Vec<_> = fs::read_dir(folder.join(FOLDER))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    // Their names end with the day.
    files.sort_unstable();
    let text: String = files
        .iter()
        .map(|file| String::from_utf8_lossy(&fs::read(file).unwrap_or_default()).into_owned())
        .collect();
    let cut = text.floor_char_boundary(text.len().saturating_sub(NEWEST));
    text[cut..]
        .lines()
        .filter_map(|line| harmless(line, numbers))
        .map(|line| line + "\n")
        .collect()
}

/// `time LEVEL target: words field=value…`; what does not look like that is left out.
fn harmless(line: &str, numbers: &ShopNumbers) -> Option<String> {
    let (time, rest) = line.split_once(char::is_whitespace)?;
    let (level, rest) = rest.trim_start().split_once(' ')?;
    let (target, rest) = rest.split_once(": ")?;
    let is_time = time.starts_with(|first: char| first.is_ascii_digit()) && time.ends_with('Z');
    let is_level = ["ERROR", "WARN", "INFO", "DEBUG", "TRACE"].contains(&level);
    let is_target = target
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "_:".contains(letter));
    if !is_time || !is_level || !is_target {
        return None;
    }
    let start = format!("{time} {level} {target}");
    if !OURS.iter().any(|ours| target.starts_with(ours)) {
        return Some(start);
    }
    let mut words = rest.split(' ');
    let said: Vec<&str> = words
        .by_ref()
        .take_while(|word| !word.contains('='))
        .collect();
    let fields = rest.split(' ').filter_map(|word| field(word, numbers));
    let mut parts = vec![format!("{start}:")];
    parts.extend(said.into_iter().map(str::to_owned));
    parts.extend(fields);
    Some(parts.join(" "))
}

fn field(word: &str, numbers: &ShopNumbers) -> Option<String> {
    let (name, value) = word.split_once('=')?;
    if name == "shop" {
        let number = numbers
            .iter()
            .find(|(shop, _)| shop.as_str() == value)
            .map(|(_, number)| number)?;
        return Some(format!("shop={number}"));
    }
    let is_word = value
        .chars()
        .all(|letter| letter.is_ascii_alphabetic() || "_\"".contains(letter));
    let is_small = value.len() <= 3 && value.chars().all(|digit| digit.is_ascii_digit());
    let is_harmless = (WORDS.contains(&name) && is_word) || (COUNTS.contains(&name) && is_small);
    is_harmless.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use desk_model::{Gateway, ShopId};

    use super::*;

    fn of(line: &str) -> Option<String> {
        let numbers = [(ShopId::from_parts(Gateway::Us, "42"), 1)].into();
        harmless(line, &numbers)
    }

    #[test]
    fn fixed_words_and_harmless_fields_stay() {
        assert_eq!(
            of("2026-11-22T08:12:01.123456Z  WARN desk_engine::schedule: not everything was read shop=us:42 code=RateLimited attempt=2"),
            Some("2026-11-22T08:12:01.123456Z WARN desk_engine::schedule: not everything was read shop=1 code=RateLimited attempt=2".to_owned())
        );
    }

    #[test]
    fn whatever_may_be_about_the_seller_goes() {
        let line = "2026-11-22T08:12:01Z ERROR desk_store::backups: backup passed over backup=/home/wang/x error=of PO-1 code=PO-1 attempt=4711 code=Failed";
        assert_eq!(
            of(line).unwrap(),
            "2026-11-22T08:12:01Z ERROR desk_store::backups: backup passed over code=Failed"
        );
        assert_eq!(
            of("2026-11-22T08:12:01Z  WARN zbus::connection: refused by wang").unwrap(),
            "2026-11-22T08:12:01Z WARN zbus::connection"
        );
        assert_eq!(
            of("2026-11-22T08:12:01Z INFO desk_engine::sync: done shop=us:43").unwrap(),
            "2026-11-22T08:12:01Z INFO desk_engine::sync: done"
        );
        assert_eq!(of("a second line of PO-1: as it were"), None);
        assert_eq!(of("2026-11-22T08:12:01Z INFO Wang's: lamp"), None);
        assert_eq!(of(""), None);
    }
}
