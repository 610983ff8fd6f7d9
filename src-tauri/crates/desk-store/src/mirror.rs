//! What orders, products and activities have in common: a row mirrored from the platform, and when a newer version replaces it.

use std::collections::HashMap;

use desk_model::{Currency, Money, Resource, ShopId, UnixSeconds};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, Value,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Error;

/// A row that is mirrored from the platform. Its table has the resource's name.
pub(crate) trait MirrorRow: Clone + Serialize {
    /// What it is.
    const RESOURCE: Resource;
    /// The column of the remote id.
    const REMOTE_ID: &'static str;
    /// The columns `currency`, `total_minor`, `total_currency` and `delivered_at`, where the table has them.
    const COMPLETION: &'static str =
        "NULL AS currency, NULL AS total_minor, NULL AS total_currency, NULL AS delivered_at";

    /// The platform's id of the row, unique within the shop.
    fn remote_id(&self) -> &str;
    /// The platform's time of the last change.
    fn updated_at(&self) -> Option<UnixSeconds>;
    /// Takes over from the stored row what the answer does not tell.
    fn complete_from(&mut self, stored: &Stored);
    /// Puts the row under a shop.
    fn set_shop(&mut self, shop_id: ShopId);
    /// Addresses of the pictures that the row names.
    fn pictures(&self) -> Vec<&str>;
    /// Writes the rows with all that belongs to them, replacing what is there.
    async fn write(
        transaction: &DatabaseTransaction,
        page: &[Accepted<'_, Self>],
    ) -> Result<(), Error>;
}

/// A row that is to be written.
pub(crate) struct Accepted<'a, T> {
    pub(crate) id: i64,
    pub(crate) shop_id: &'a ShopId,
    pub(crate) row: T,
    pub(crate) raw: &'a str,
    pub(crate) is_new: bool,
    pub(crate) content_hash: Vec<u8>,
    pub(crate) first_seen_at: UnixSeconds,
    pub(crate) fetched_at: UnixSeconds,
    /// How often the row was written, this time included.
    pub(crate) fetch_seq: i64,
}

/// What is known of a stored row when it may be replaced.
pub(crate) struct Stored {
    pub(crate) id: i64,
    pub(crate) content_hash: Vec<u8>,
    pub(crate) version: Version,
    pub(crate) first_seen_at: UnixSeconds,
    pub(crate) fetch_seq: i64,
    /// An order's currency.
    pub(crate) currency: Option<Currency>,
    /// An order's total.
    pub(crate) total: Option<Money>,
    /// When an order was delivered.
    pub(crate) delivered_at: Option<UnixSeconds>,
}

/// Which of two versions of a row is the newer one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version {
    pub(crate) updated_at: Option<UnixSeconds>,
    pub(crate) fetched_at: UnixSeconds,
}

impl Version {
    /// Whether this version replaces the stored one: the later change, and among equals the later fetch. An answer without a time of
    /// change is judged by its fetch; a stored row without one yields to any that has it.
    pub(crate) fn replaces(self, stored: Self) -> bool {
        match (self.updated_at, stored.updated_at) {
            (Some(new), Some(old)) if new != old => new > old,
            (Some(_), None) => true,
            _ => self.fetched_at >= stored.fetched_at,
        }
    }
}

/// A hash of all that the row says, its shop apart. It leaves the row without a shop.
pub(crate) fn content_hash<T: MirrorRow>(row: &mut T) -> Result<Vec<u8>, Error> {
    row.set_shop(ShopId::new(""));
    let json = serde_json::to_vec(row).map_err(Error::database)?;
    Ok(Sha256::digest(json)[..16].to_vec())
}

/// The stored rows among the remote ids.
pub(crate) async fn stored_rows<T: MirrorRow>(
    transaction: &DatabaseTransaction,
    shop_id: &ShopId,
    remote_ids: &[&str],
) -> Result<HashMap<String, Stored>, Error> {
    let mut stored = HashMap::with_capacity(remote_ids.len());
    for ids in remote_ids.chunks(MAX_IDS) {
        let sql = format!(
            "SELECT {id} AS remote_id, id, content_hash, updated_at, fetched_at, first_seen_at, fetch_seq, {completion}
             FROM {table} WHERE shop_id = ? AND {id} IN ({places})",
            id = T::REMOTE_ID,
            completion = T::COMPLETION,
            table = T::RESOURCE.as_str(),
            places = vec!["?"; ids.len()].join(","),
        );
        let values = std::iter::once(shop_id.as_str())
            .chain(ids.iter().copied())
            .map(Value::from);
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
        for row in transaction.query_all_raw(statement).await? {
            stored.insert(row.try_get("", "remote_id")?, read_stored(&row)?);
        }
    }
    Ok(stored)
}

/// Ids per statement, well below SQLite's limit of parameters.
const MAX_IDS: usize = 1000;

fn read_stored(row: &QueryResult) -> Result<Stored, DbErr> {
    let currency = |column| -> Result<Option<Currency>, DbErr> {
        let code: Option<String> = row.try_get("", column)?;
        Ok(code.and_then(|code| Currency::new(&code).ok()))
    };
    let seconds = |column| -> Result<Option<UnixSeconds>, DbErr> {
        Ok(row.try_get::<Option<i64>>("", column)?.map(UnixSeconds))
    };
    let minor: Option<i64> = row.try_get("", "total_minor")?;
    Ok(Stored {
        id: row.try_get("", "id")?,
        content_hash: row.try_get("", "content_hash")?,
        version: Version {
            updated_at: seconds("updated_at")?,
            fetched_at: UnixSeconds(row.try_get("", "fetched_at")?),
        },
        first_seen_at: UnixSeconds(row.try_get("", "first_seen_at")?),
        fetch_seq: row.try_get("", "fetch_seq")?,
        currency: currency("currency")?,
        total: minor
            .zip(currency("total_currency")?)
            .map(|(minor, currency)| Money::new(minor, currency)),
        delivered_at: seconds("delivered_at")?,
    })
}

/// The highest row id ever given in the table. Ids are given here, not by SQLite, so that a page's rows and what belongs to them go in
/// with one statement each; none is given twice, or an open view would show another row.
pub(crate) async fn last_row_id<T: MirrorRow>(
    transaction: &DatabaseTransaction,
) -> Result<i64, Error> {
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?";
    let statement =
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, [T::RESOURCE.as_str().into()]);
    let row = transaction.query_one_raw(statement).await?;
    Ok(row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default())
}
