//! The platform's own JSON of a row: cleaned of what must not be kept, compressed, in a table of its own.
//!
//! Values keep their spelling: numbers longer than a double holds, and escapes that are no valid text, survive.

use std::fmt;

use desk_model::Resource;
use rusqlite::{Connection, OptionalExtension};
use sea_orm::{DatabaseTransaction, sea_query::OnConflict};
use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use zstd::bulk::Compressor;

use crate::{Error, entity::raw_payload, write::insert_all};

/// Compression: the fastest level, since a payload is written often and read seldom.
const LEVEL: i32 = 1;

/// Deeper than this a document is cut off: no row of the platform is.
const MAX_DEPTH: usize = 64;

/// Stores the payloads of rows that were written. A payload that is no JSON is not kept: it could not be cleaned.
pub(crate) async fn write<'a>(
    transaction: &DatabaseTransaction,
    resource: Resource,
    payloads: impl Iterator<Item = (i64, &'a str)>,
) -> Result<(), Error> {
    let mut compressor = Compressor::new(LEVEL)?;
    let mut models = Vec::new();
    for (row_id, json) in payloads {
        if let Some(cleaned) = clean(json) {
            models.push(raw_payload::Model {
                kind: resource.as_str().to_owned(),
                row_id,
                payload: compressor.compress(cleaned.as_bytes())?,
            });
        }
    }
    let replace = OnConflict::columns([raw_payload::Column::Kind, raw_payload::Column::RowId])
        .update_column(raw_payload::Column::Payload)
        .to_owned();
    insert_all::<raw_payload::ActiveModel, _>(transaction, models, Some(replace)).await
}

/// Reads a row's payload back.
pub(crate) fn read(
    connection: &Connection,
    resource: Resource,
    row_id: i64,
) -> Result<Option<String>, Error> {
    let payload: Option<Vec<u8>> = connection
        .prepare_cached("SELECT payload FROM raw_payloads WHERE kind = ?1 AND row_id = ?2")?
        .query_row((resource.as_str(), row_id), |row| row.get(0))
        .optional()?;
    payload.map(|payload| decompress(&payload)).transpose()
}

/// Compresses a payload that stands alone.
pub(crate) fn compress(text: &str) -> Result<Vec<u8>, Error> {
    Ok(zstd::bulk::compress(text.as_bytes(), LEVEL)?)
}

/// Reads a compressed payload back.
pub(crate) fn decompress(payload: &[u8]) -> Result<String, Error> {
    let bytes = zstd::decode_all(payload).map_err(Error::database)?;
    String::from_utf8(bytes).map_err(Error::database)
}

/// The JSON without the members that must not be kept; `None` if it is no JSON.
pub(crate) fn clean(json: &str) -> Option<String> {
    let value: &RawValue = serde_json::from_str(json).ok()?;
    let mut cleaned = String::with_capacity(json.len());
    copy(value, 0, &mut cleaned).ok()?;
    Some(cleaned)
}

fn copy(value: &RawValue, depth: usize, cleaned: &mut String) -> Result<(), serde_json::Error> {
    let text = value.get();
    match text.as_bytes().first() {
        Some(b'{' | b'[') if depth >= MAX_DEPTH => cleaned.push_str("null"),
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let mut separator = '{';
            for (key, member) in members.into_iter().filter(|(key, _)| may_be_kept(key)) {
                cleaned.push(separator);
                cleaned.push_str(key.get());
                cleaned.push(':');
                copy(member, depth + 1, cleaned)?;
                separator = ',';
            }
            cleaned.push_str(if separator == '{' { "{}" } else { "}" });
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text)?;
            cleaned.push('[');
            for (position, element) in elements.into_iter().enumerate() {
                if position > 0 {
                    cleaned.push(',');
                }
                copy(element, depth + 1, cleaned)?;
            }
            cleaned.push(']');
        }
        _ => cleaned.push_str(text),
    }
    Ok(())
}

/// An object's members in their order, keys and values as they are spelled, a key twice where it is there twice.
pub(crate) struct Members<'a>(pub(crate) Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// Whether a member may be kept. A key that is no valid text might say anything.
fn may_be_kept(key: &RawValue) -> bool {
    serde_json::from_str::<String>(key.get()).is_ok_and(|key| !is_denied(&key))
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
            clean(json).unwrap(),
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
        let json = r#"{"id":12345678901234567890123,"price":1.10,"lone":"\ud800","twice":1,"tw\u0069ce":2}"#;
        assert_eq!(clean(json).unwrap(), json);
        let hidden = r#"{"\u0070hone":1,"x\ud800":[],"a":1}"#;
        assert_eq!(clean(hidden).unwrap(), r#"{"a":1}"#);
    }

    #[test]
    fn what_is_no_json_or_too_deep_does_no_harm() {
        assert_eq!(clean("<html>"), None);
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(clean(&deep).unwrap().len() < 200);
    }
}
