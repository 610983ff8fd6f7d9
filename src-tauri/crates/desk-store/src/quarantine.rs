//! Rows that could not be read are kept here, cleaned like every payload, until the same row can be read.

use desk_model::{Resource, ShopId, UnixSeconds, Unreadable};
use rusqlite::Row;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::OnConflict};
use sha2::{Digest, Sha256};

use crate::{
    Error, Store,
    columns::word,
    entity::quarantine::{ActiveModel, Column, Entity, Model},
    raw_payload::{self, Members},
    write::insert_all,
};

/// As much as is kept of a payload that is no JSON.
const MAX_UNCLEANED_BYTES: usize = 64 * 1024;

/// A longer one is no id.
const LONGEST_ID: usize = 128;

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The shop.
    pub shop_id: ShopId,
    /// What it is.
    pub resource: Resource,
    /// The row's remote id where it could be told, else the payload's hash.
    pub identity: String,
    /// Why it could not be read.
    pub reason: String,
    /// The platform's own text of the row, without what must not be kept.
    pub payload: String,
    /// Server time of the first fetch.
    pub first_seen_at: UnixSeconds,
    /// Server time of the latest fetch.
    pub last_seen_at: UnixSeconds,
}

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
        let transaction = self.begin().await?;
        release(&transaction, &row.shop_id, row.resource, &[&row.identity]).await?;
        Ok(transaction.commit().await?)
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
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    shop_id: &ShopId,
    resource: Resource,
    unreadable: &[Unreadable],
    seen_at: UnixSeconds,
) -> Result<(), Error> {
    let models = unreadable
        .iter()
        .map(|row| model(shop_id, resource, row, seen_at))
        .collect::<Result<_, _>>()?;
    let renew = OnConflict::columns([Column::ShopId, Column::Resource, Column::Identity])
        .update_columns([
            Column::PayloadHash,
            Column::Payload,
            Column::Reason,
            Column::LastSeenAt,
        ])
        .to_owned();
    insert_all::<ActiveModel, Model>(transaction, models, Some(renew)).await
}

/// Lets go of rows that can be read now.
pub(crate) async fn release(
    transaction: &DatabaseTransaction,
    shop_id: &ShopId,
    resource: Resource,
    remote_ids: &[&str],
) -> Result<(), Error> {
    for ids in remote_ids.chunks(1000) {
        Entity::delete_many()
            .filter(Column::ShopId.eq(shop_id.as_str()))
            .filter(Column::Resource.eq(resource.as_str()))
            .filter(Column::Identity.is_in(ids.iter().copied()))
            .exec(transaction)
            .await?;
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

fn model(
    shop_id: &ShopId,
    resource: Resource,
    row: &Unreadable,
    seen_at: UnixSeconds,
) -> Result<Model, Error> {
    let cleaned = raw_payload::clean(&row.raw);
    let remote_id = cleaned
        .as_deref()
        .and_then(|json| remote_id(json, resource));
    let payload = cleaned
        .unwrap_or_else(|| row.raw[..row.raw.floor_char_boundary(MAX_UNCLEANED_BYTES)].to_owned());
    let payload_hash = Sha256::digest(payload.as_bytes()).to_vec();
    Ok(Model {
        shop_id: shop_id.as_str().to_owned(),
        resource: resource.as_str().to_owned(),
        identity: remote_id.unwrap_or_else(|| hex::encode(&payload_hash)),
        payload: raw_payload::compress(&payload)?,
        payload_hash,
        reason: row.reason.clone(),
        first_seen_at: seen_at.0,
        last_seen_at: seen_at.0,
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
