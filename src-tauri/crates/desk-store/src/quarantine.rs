//! Rows that could not be read are kept here, cleaned like every payload, until the same row can be read.

use std::fmt;

use desk_model::{Quarantined, Resource, ShopId, UnixSeconds, Unreadable};
use rusqlite::{Connection, Row};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::{
    Error, Store,
    columns::word,
    personal_data::Cleaner,
    raw_payload,
    write::{OnConflict, RowWriter},
};

/// As much as is kept of a payload that is no JSON.
const MAX_UNCLEANED_BYTES: usize = 64 * 1024;

/// On a row that is here already: everything but when it was first seen.
const RENEW: OnConflict = OnConflict::Replace {
    key: &["shop_id", "resource", "identity"],
    kept: &["first_seen_at"],
};

/// A longer one is no id.
const LONGEST_ID: usize = 128;

impl Store {
    /// The rows that could not be read, latest first; of one shop or of all that are not removed.
    pub async fn quarantined(&self, shop: Option<&ShopId>) -> Result<Vec<Quarantined>, Error> {
        let shop = shop.map(|shop| shop.as_str().to_owned());
        self.read(move |connection| {
            let sql = "SELECT * FROM quarantine WHERE (?1 IS NULL OR shop_id = ?1)
                AND shop_id NOT IN (SELECT shop_id FROM shops WHERE is_removed) ORDER BY last_seen_at DESC, identity";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([shop])?;
            let mut quarantined = Vec::new();
            while let Some(row) = rows.next()? {
                quarantined.push(read(row)?);
            }
            Ok(quarantined)
        })
        .await
    }

    /// Lets go of a row that can be read now, where its id could not be told before.
    pub async fn release_quarantined(&self, row: &Quarantined) -> Result<(), Error> {
        let (shop_id, resource) = (row.shop_id.clone(), row.resource);
        let identity = row.identity.clone();
        self.write(move |connection| {
            release(
                connection,
                &shop_id,
                resource,
                std::iter::once(identity.as_str()),
            )
        })
        .await
    }

    /// How many of the shop's rows could not be read.
    pub async fn quarantine_count(&self, shop: &ShopId) -> Result<u64, Error> {
        let shop = shop.as_str().to_owned();
        self.read(move |connection| {
            let sql = "SELECT count(*) FROM quarantine WHERE shop_id = ?1";
            Ok(connection
                .prepare_cached(sql)?
                .query_row([shop], |row| row.get(0))?)
        })
        .await
    }
}

/// Puts rows aside. A row that is here already is renewed, not added.
pub(crate) fn add(
    connection: &Connection,
    shop_id: &ShopId,
    resource: Resource,
    unreadable: &[Unreadable],
    seen_at: UnixSeconds,
) -> Result<(), Error> {
    let mut cleaner = Cleaner::default();
    let mut quarantine = RowWriter::new(connection, "quarantine", RENEW);
    for row in unreadable {
        let cleaned = cleaner.clean(&row.raw);
        let remote_id = cleaned
            .as_deref()
            .and_then(|json| remote_id(json, resource));
        let payload = cleaned.unwrap_or_else(|| beginning(&row.raw).to_owned());
        let payload_hash = Sha256::digest(payload.as_bytes()).to_vec();
        quarantine.write(&[
            ("shop_id", &shop_id.as_str()),
            ("resource", &resource.as_str()),
            (
                "identity",
                &remote_id.unwrap_or_else(|| hex::encode(&payload_hash)),
            ),
            ("payload_hash", &payload_hash),
            ("payload", &raw_payload::compress(&payload)?),
            ("reason", &row.reason),
            ("first_seen_at", &seen_at.0),
            ("last_seen_at", &seen_at.0),
        ])?;
    }
    Ok(())
}

/// What is kept of text that could not be cleaned.
fn beginning(raw: &str) -> &str {
    &raw[..raw.floor_char_boundary(MAX_UNCLEANED_BYTES)]
}

/// Lets go of rows that can be read now.
pub(crate) fn release<'a>(
    connection: &Connection,
    shop_id: &ShopId,
    resource: Resource,
    remote_ids: impl Iterator<Item = &'a str>,
) -> Result<(), Error> {
    let of_shop = "SELECT 1 FROM quarantine WHERE shop_id = ?1 AND resource = ?2 LIMIT 1";
    let key = (shop_id.as_str(), resource.as_str());
    if connection.prepare_cached(of_shop)?.exists(key)? {
        let sql = "DELETE FROM quarantine WHERE shop_id = ?1 AND resource = ?2 AND identity = ?3";
        let mut statement = connection.prepare_cached(sql)?;
        for remote_id in remote_ids {
            statement.execute((key.0, key.1, remote_id))?;
        }
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Quarantined, Error> {
    Ok(Quarantined {
        shop_id: ShopId::new(row.get::<_, String>("shop_id")?),
        resource: word(row, "resource", Resource::parse)?,
        identity: row.get("identity")?,
        reason: row.get("reason")?,
        payload: raw_payload::decompress(&row.get::<_, Vec<u8>>("payload")?)?,
        first_seen_at: UnixSeconds(row.get("first_seen_at")?),
        last_seen_at: UnixSeconds(row.get("last_seen_at")?),
    })
}

/// The row's id, where it can be told: at the top, or one level below (open platform § 4.1 wraps an order).
fn remote_id(json: &str, resource: Resource) -> Option<String> {
    let keys = match resource {
        Resource::Orders => ["order_sn", "parentOrderSn"],
        Resource::Products => ["product_id", "goodsId"],
        Resource::Activities => ["activity_id", "activityId"],
    };
    let Members(top) = serde_json::from_str(json).ok()?;
    let below = top.iter().filter_map(|(_, value)| {
        let Members(members) = serde_json::from_str(value.get()).ok()?;
        Some(members)
    });
    let objects: Vec<_> = std::iter::once(top.clone()).chain(below).collect();
    let values = objects.iter().flatten();
    values
        .filter(|(key, _)| keys.iter().any(|name| key.get().trim_matches('"') == *name))
        .find_map(|(_, value)| id(value.get()))
}

/// An id as it is written, be it text or a whole number.
fn id(value: &str) -> Option<String> {
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.to_owned());
    }
    let text: String = serde_json::from_str(value).ok()?;
    (text.len() <= LONGEST_ID).then_some(text)
}

/// An object's members in their order, keys and values as they are spelled, a key twice where it is there twice.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

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
