//! Rows that could not be read are kept here, cleaned like every payload, until the same row can be read.

use desk_model::{Resource, ShopId, UnixSeconds, Unreadable};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    Error, Store,
    entity::quarantine::{ActiveModel, Column, Entity, Model},
    raw_payload,
    write::insert_all,
};

/// As much as is kept of a payload that is no JSON.
const MAX_UNCLEANED_BYTES: usize = 64 * 1024;

impl Store {
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
    let document: Value = serde_json::from_str(json).ok()?;
    let top = document.as_object()?;
    let objects = std::iter::once(top).chain(top.values().filter_map(Value::as_object));
    objects
        .flat_map(|object| keys.iter().filter_map(|key| object.get(*key)))
        .find_map(|id| match id {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
}
