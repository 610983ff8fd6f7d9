//! Takes out of the platform's JSON what must not be kept: who bought, where they live below the country, how they paid.
//!
//! Values keep their spelling: numbers longer than a double holds, and escapes that are no valid text, survive.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// Deeper than this a document is cut off: no row of the platform is.
const MAX_DEPTH: usize = 64;

/// Cleans many documents whose members have mostly the same names.
#[derive(Default)]
pub(crate) struct Cleaner {
    /// Keys as they are written, and whether their members must not be kept.
    denied: HashMap<String, bool>,
}

impl Cleaner {
    /// The JSON without the members that must not be kept; `None` if it is no JSON.
    pub(crate) fn clean(&mut self, json: &str) -> Option<String> {
        let value: &RawValue = serde_json::from_str(json).ok()?;
        let mut copy = Copy {
            cleaner: self,
            json: value.get(),
            at: 0,
            cleaned: String::with_capacity(json.len()),
        };
        copy.value(0);
        Some(copy.cleaned)
    }

    /// Judges a key with its quotes.
    fn is_denied(&mut self, key: &str) -> bool {
        if let Some(denied) = self.denied.get(key) {
            return *denied;
        }
        // What is no valid text could be anything.
        let denied = serde_json::from_str(key).map_or(true, |key: String| is_denied(&key));
        self.denied.insert(key.to_owned(), denied);
        denied
    }
}

/// One pass over a document that is known to be valid.
struct Copy<'a> {
    cleaner: &'a mut Cleaner,
    json: &'a str,
    at: usize,
    cleaned: String,
}

impl<'a> Copy<'a> {
    fn value(&mut self, depth: usize) {
        match self.next() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                self.skip_value();
                self.cleaned.push_str("null");
            }
            Some(b'{') => self.members('{', '}', |copy| copy.member(depth)),
            Some(b'[') => self.members('[', ']', |copy| copy.element(depth)),
            _ => {
                let scalar = self.skip_value();
                self.cleaned.push_str(scalar);
            }
        }
    }

    /// What stands between two brackets; `member` copies one and may leave it out.
    fn members(&mut self, open: char, close: char, member: impl Fn(&mut Self)) {
        self.cleaned.push(open);
        self.at += 1;
        while let Some(next) = self.next() {
            match next {
                b',' => self.at += 1,
                b'}' | b']' => {
                    self.at += 1;
                    break;
                }
                _ => member(self),
            }
        }
        self.cleaned.push(close);
    }

    fn member(&mut self, depth: usize) {
        let key = self.skip_value();
        self.next();
        // The colon.
        self.at += 1;
        self.next();
        if self.cleaner.is_denied(key) {
            self.skip_value();
            return;
        }
        self.separate();
        self.cleaned.push_str(key);
        self.cleaned.push(':');
        self.value(depth + 1);
    }

    fn element(&mut self, depth: usize) {
        self.separate();
        self.value(depth + 1);
    }

    fn separate(&mut self) {
        if !self.cleaned.ends_with(['{', '[']) {
            self.cleaned.push(',');
        }
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        let bytes = self.json.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Passes over the value that begins here and answers its text.
    fn skip_value(&mut self) -> &'a str {
        let (json, start) = (self.json, self.at);
        let mut depth = 0_usize;
        while let Some(byte) = json.as_bytes().get(self.at) {
            match byte {
                b'"' => self.skip_text(),
                b'{' | b'[' => (depth, self.at) = (depth + 1, self.at + 1),
                b'}' | b']' | b',' | b':' if depth == 0 => break,
                b'}' | b']' => (depth, self.at) = (depth - 1, self.at + 1),
                byte if depth == 0 && byte.is_ascii_whitespace() => break,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                break;
            }
        }
        &json[start..self.at]
    }

    fn skip_text(&mut self) {
        let bytes = self.json.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
    }
}

/// Words that mark a member as being about a person, wherever they stand in its key.
const ANYWHERE: [&str; 12] = [
    "phone",
    "mobile",
    "address",
    "postcode",
    "postalcode",
    "zipcode",
    "taxcode",
    "taxid",
    "firstname",
    "lastname",
    "fullname",
    "middlename",
];

/// Words that mark a member as being about a person, or about how they paid, where its key begins with them.
const AT_THE_START: [&str; 8] = [
    "receipt",
    "receiver",
    "recipient",
    "consignee",
    "buyer",
    "contact",
    "customername",
    "payment",
];

/// Keys that are denied as a whole.
const WHOLE: [&str; 6] = ["tel", "zip", "city", "district", "county", "street"];

/// Whether the key names something that must not be kept (open platform § 4.2, § 4.4): who bought, where they live below the country,
/// how they paid. `regionName1` and `buyer_country` are the country.
fn is_denied(key: &str) -> bool {
    let word: String = key
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if let Some(level) = word.strip_prefix("regionname") {
        return !level.is_empty() && level != "1";
    }
    let is_personal = ANYWHERE.iter().any(|part| word.contains(part))
        || AT_THE_START.iter().any(|part| word.starts_with(part))
        || WHOLE.contains(&word.as_str())
        || word.ends_with("mail");
    is_personal && word != "buyercountry"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_a_person_goes_at_any_depth() {
        let json = r#"{"regionName1":"US","regionName2":"CA","a":[{"receiptName":"x","spec":"Blue"}],"mobile":{"n":1}}"#;
        assert_eq!(
            Cleaner::default().clean(json).unwrap(),
            r#"{"regionName1":"US","a":[{"spec":"Blue"}]}"#
        );
    }

    #[test]
    fn what_is_about_goods_and_shops_stays() {
        for key in [
            "goodsName",
            "mallName",
            "specName",
            "name",
            "buyer_country",
            "regionId",
            "orderPaymentType",
            "extCode",
        ] {
            assert!(!is_denied(key), "{key}");
        }
    }

    #[test]
    fn values_keep_their_spelling() {
        let json =
            r#"{"id":12345678901234567890123,"price":1.10,"lone":"\ud800","twice":1,"twice":2}"#;
        assert_eq!(Cleaner::default().clean(json).unwrap(), json);
    }

    #[test]
    fn what_is_no_json_or_too_deep_does_no_harm() {
        assert_eq!(Cleaner::default().clean("<html>"), None);
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(Cleaner::default().clean(&deep).unwrap().len() < 200);
    }

    #[test]
    fn what_is_left_is_the_same_json() {
        let json = r#" { "a" : [ 1 , { } , [ ] , "x,y:{\"" , null ] , "phone" : { "b" : [ "}" ] } , "c" : { "mail" : 1 } , "d" : -1.5e3 } "#;
        assert_eq!(
            Cleaner::default().clean(json).unwrap(),
            r#"{"a":[1,{},[],"x,y:{\"",null],"c":{},"d":-1.5e3}"#
        );
    }

    #[test]
    fn a_key_is_judged_by_its_meaning() {
        let json = r#"{"\u0070hone":1,"\ud800":2,"n\u0061me":3}"#;
        assert_eq!(
            Cleaner::default().clean(json).unwrap(),
            r#"{"n\u0061me":3}"#
        );
    }
}
