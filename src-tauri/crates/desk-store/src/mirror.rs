//! What orders, products and activities have in common: a row mirrored from the platform, and when a newer version replaces it.

use std::collections::HashMap;

use desk_model::{AmountState, Currency, Fetched, Money, Resource, ShopId, UnixSeconds};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    Error,
    columns::{currency, money, seconds},
    write::json_list,
};

/// A row that is mirrored from the platform. Its table has the resource's name.
pub(crate) trait MirrorRow: Clone + Serialize + Send + 'static {
    /// What it is.
    const RESOURCE: Resource;
    /// The columns that only orders have.
    const OF_ORDERS: &'static str =
        "NULL AS currency, NULL AS total_minor, NULL AS total_currency, NULL AS amount_state,
         0 AS amount_due, NULL AS delivered_at";

    /// The platform's id of the row, unique within the shop.
    fn remote_id(&self) -> &str;
    /// The platform's time of the last change.
    fn updated_at(&self) -> Option<UnixSeconds>;
    /// Takes over from the stored row what the answer does not tell.
    fn complete_from(&mut self, stored: &Stored);
    /// Puts the row under a shop.
    fn set_shop(&mut self, shop_id: ShopId);
    /// Why the row's amount is or is not there, where it has one.
    fn amount_state(&mut self) -> Option<&mut AmountState> {
        None
    }
    /// Addresses of the pictures that the row names.
    fn pictures(&self) -> Vec<&str>;
    /// Writes the rows with all that belongs to them, replacing what is there.
    fn write(connection: &Connection, page: &[Accepted<'_, Self>]) -> Result<(), Error>;
}

/// A row that is to be written.
pub(crate) struct Accepted<'a, T> {
    pub(crate) id: i64,
    pub(crate) shop_id: &'a ShopId,
    /// The row, completed from the stored one.
    pub(crate) row: T,
    /// The row as it was fetched.
    pub(crate) fetched: &'a Fetched<T>,
    pub(crate) is_new: bool,
    pub(crate) content_hash: Vec<u8>,
    pub(crate) first_seen_at: UnixSeconds,
    pub(crate) fetched_at: UnixSeconds,
    /// How often the row was written, this time included.
    pub(crate) fetch_seq: i64,
    /// When it was found missing, if that was after this fetch.
    pub(crate) gone_at: Option<UnixSeconds>,
}

/// What is known of a stored row when it may be replaced.
pub(crate) struct Stored {
    pub(crate) id: i64,
    pub(crate) content_hash: Vec<u8>,
    pub(crate) version: Version,
    pub(crate) first_seen_at: UnixSeconds,
    pub(crate) fetch_seq: i64,
    /// When it was found missing.
    pub(crate) gone_at: Option<UnixSeconds>,
    /// An order's currency.
    pub(crate) currency: Option<Currency>,
    /// An order's total.
    pub(crate) total: Option<Money>,
    /// Why an order's total is or is not there.
    pub(crate) amount_state: Option<AmountState>,
    /// Whether an order's amount is still to be asked for.
    pub(crate) amount_due: bool,
    /// When an order was delivered.
    pub(crate) delivered_at: Option<UnixSeconds>,
}

/// Which of two versions of a row is the newer one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version {
    pub(crate) updated_at: Option<UnixSeconds>,
    /// The fetch that brought the content. A later one that said the same is not written down, so a silent change that is committed after
    /// it, though fetched before it, stays until the next sweep; pages of one stream are committed in the order of their fetches.
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

/// What a fetched row means to the stored one.
pub(crate) struct Judgement<T> {
    /// The row as it is to be stored, with its content hash; `None` if it is older than the stored one or the same.
    pub(crate) news: Option<(T, Vec<u8>)>,
    /// The stored row was gone and is there again.
    pub(crate) is_back: bool,
    /// The stored row's amount was due and is told now.
    pub(crate) tells_amount: bool,
}

/// Holds a fetched row against the stored one.
pub(crate) fn judge<T: MirrorRow>(
    fetched: &T,
    fetched_at: UnixSeconds,
    stored: Option<&Stored>,
) -> Result<Judgement<T>, Error> {
    let mut row = fetched.clone();
    let Some(stored) = stored else {
        let hash = content_hash(&mut row)?;
        return Ok(Judgement {
            news: Some((row, hash)),
            is_back: false,
            tells_amount: false,
        });
    };
    let version = Version {
        updated_at: row.updated_at(),
        fetched_at,
    };
    let is_newest = version.replaces(stored.version);
    let told = row.amount_state().copied();
    let news = if is_newest {
        row.complete_from(stored);
        let hash = content_hash(&mut row)?;
        let is_same =
            hash == stored.content_hash && row.amount_state().copied() == stored.amount_state;
        (!is_same).then_some((row, hash))
    } else {
        None
    };
    Ok(Judgement {
        news,
        is_back: stored.gone_at.is_some_and(|gone_at| fetched_at >= gone_at),
        tells_amount: is_newest && stored.amount_due && told == Some(AmountState::Known),
    })
}

/// A hash of all that the row says, its shop and the reason why its amount is unknown apart: that reason can change for all orders of a
/// shop at once. It leaves the row without a shop.
fn content_hash<T: MirrorRow>(row: &mut T) -> Result<Vec<u8>, Error> {
    row.set_shop(ShopId::new(""));
    let state = row.amount_state().copied();
    if let Some(unknown) = row
        .amount_state()
        .filter(|state| **state != AmountState::Known)
    {
        *unknown = AmountState::Pending;
    }
    let json = serde_json::to_vec(row).map_err(Error::database)?;
    if let Some((now, before)) = row.amount_state().zip(state) {
        *now = before;
    }
    Ok(Sha256::digest(json)[..16].to_vec())
}

/// Of a row that a page holds twice, the newer one; of equals, the later one.
pub(crate) fn newest_of_each<T: MirrorRow>(rows: &[Fetched<T>]) -> Vec<&Fetched<T>> {
    let mut newest: HashMap<&str, &Fetched<T>> = HashMap::with_capacity(rows.len());
    for fetched in rows {
        let kept = newest.entry(fetched.value.remote_id()).or_insert(fetched);
        if fetched.value.updated_at() >= kept.value.updated_at() {
            *kept = fetched;
        }
    }
    rows.iter()
        .filter(|fetched| std::ptr::eq(newest[fetched.value.remote_id()], *fetched))
        .collect()
}

/// The column of the remote id in the resource's table.
pub(crate) fn remote_id_column(resource: Resource) -> &'static str {
    match resource {
        Resource::Orders => "order_sn",
        Resource::Products => "product_id",
        Resource::Activities => "activity_id",
    }
}

/// The stored rows among the remote ids.
pub(crate) fn stored_rows<T: MirrorRow>(
    connection: &Connection,
    shop_id: &ShopId,
    remote_ids: &[impl Serialize],
) -> Result<HashMap<String, Stored>, Error> {
    let sql = format!(
        "SELECT {id} AS remote_id, id, content_hash, updated_at, fetched_at, first_seen_at, fetch_seq, gone_at, {of_orders}
         FROM {table} WHERE shop_id = ?1 AND {id} IN (SELECT value FROM json_each(?2))",
        id = remote_id_column(T::RESOURCE),
        of_orders = T::OF_ORDERS,
        table = T::RESOURCE.as_str(),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let ids = json_list(remote_ids)?;
    let rows = statement.query_map((shop_id.as_str(), ids), |row| {
        Ok((row.get("remote_id")?, read_stored(row)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        id: row.get("id")?,
        content_hash: row.get("content_hash")?,
        version: Version {
            updated_at: seconds(row, "updated_at")?,
            fetched_at: UnixSeconds(row.get("fetched_at")?),
        },
        first_seen_at: UnixSeconds(row.get("first_seen_at")?),
        fetch_seq: row.get("fetch_seq")?,
        gone_at: seconds(row, "gone_at")?,
        currency: currency(row, "currency")?,
        total: money(row, "total_minor", "total_currency")?,
        amount_state: row
            .get::<_, Option<String>>("amount_state")?
            .map(|word| AmountState::parse(&word)),
        amount_due: row.get("amount_due")?,
        delivered_at: seconds(row, "delivered_at")?,
    })
}

/// The highest row id ever given in the table. Ids are given here, not by SQLite, so that what belongs to a row can name it; none is
/// given twice, or an open view would show another row.
pub(crate) fn last_row_id(connection: &Connection, resource: Resource) -> Result<i64, Error> {
    let last = connection
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = ?1")?
        .query_row([resource.as_str()], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or_default())
}
