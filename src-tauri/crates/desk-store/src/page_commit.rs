//! Writes one fetched page: rows, payloads, statuses, quarantine, checkpoint and counters, in one transaction.
//!
//! Which rows are written is decided under the write lock against what is stored, so that no row goes back to an older version.

use std::collections::HashMap;

use desk_model::{Activity, Fetched, Order, PageCounts, Product, ShopId, UnixSeconds, Unreadable};
use sea_orm::DatabaseTransaction;

use crate::{
    Checkpoint, Error, Store,
    mirror::{Accepted, MirrorRow, Stored, Version, content_hash, last_row_id, stored_rows},
    pictures, quarantine, raw_payload, sync_state,
};

/// One fetched page, committed whole or not at all.
#[derive(Clone, Copy, Debug)]
pub struct PageCommit<'a, T> {
    /// The shop that the rows belong to, whatever the rows say.
    pub shop_id: &'a ShopId,
    /// The run whose counters grow with this page, if it is part of one.
    pub run_id: Option<i64>,
    /// The rows that could be read.
    pub rows: &'a [Fetched<T>],
    /// The rows that could not; they go to the quarantine.
    pub unreadable: &'a [Unreadable],
    /// Server time of the answer.
    pub fetched_at: UnixSeconds,
    /// Where the stream stands after this page; `None` leaves it alone.
    pub checkpoint: Option<&'a Checkpoint>,
}

impl Store {
    /// Commits a page of orders. A known amount stays where the answer does not tell it anew.
    pub async fn commit_orders(&self, commit: &PageCommit<'_, Order>) -> Result<PageCounts, Error> {
        self.commit_page(commit).await
    }

    /// Commits a page of products.
    pub async fn commit_products(
        &self,
        commit: &PageCommit<'_, Product>,
    ) -> Result<PageCounts, Error> {
        self.commit_page(commit).await
    }

    /// Commits a page of activities.
    pub async fn commit_activities(
        &self,
        commit: &PageCommit<'_, Activity>,
    ) -> Result<PageCounts, Error> {
        self.commit_page(commit).await
    }

    async fn commit_page<T: MirrorRow>(
        &self,
        commit: &PageCommit<'_, T>,
    ) -> Result<PageCounts, Error> {
        let transaction = self.begin().await?;
        let accepted = accept(&transaction, commit).await?;
        let new = accepted.iter().filter(|accepted| accepted.is_new).count();
        let counts = PageCounts {
            new: new as u64,
            changed: (accepted.len() - new) as u64,
            unchanged: (commit.rows.len() - accepted.len()) as u64,
            quarantined: commit.unreadable.len() as u64,
        };
        if !accepted.is_empty() {
            T::write(&transaction, &accepted).await?;
            let payloads = accepted.iter().map(|accepted| (accepted.id, accepted.raw));
            raw_payload::write(&transaction, T::RESOURCE, payloads).await?;
            pictures::write(
                &transaction,
                accepted
                    .iter()
                    .flat_map(|accepted| accepted.row.pictures())
                    .collect(),
            )
            .await?;
        }
        let readable: Vec<&str> = commit
            .rows
            .iter()
            .map(|fetched| fetched.value.remote_id())
            .collect();
        quarantine::release(&transaction, commit.shop_id, T::RESOURCE, &readable).await?;
        quarantine::add(
            &transaction,
            commit.shop_id,
            T::RESOURCE,
            commit.unreadable,
            commit.fetched_at,
        )
        .await?;
        if let Some(checkpoint) = commit.checkpoint {
            sync_state::write_checkpoint(&transaction, commit.shop_id, T::RESOURCE, checkpoint)
                .await?;
        }
        if let Some(run_id) = commit.run_id {
            sync_state::count_page(&transaction, run_id, counts).await?;
        }
        transaction.commit().await?;
        Ok(counts)
    }
}

/// Decides which rows are written.
async fn accept<'a, T: MirrorRow>(
    transaction: &DatabaseTransaction,
    commit: &PageCommit<'a, T>,
) -> Result<Vec<Accepted<'a, T>>, Error> {
    let rows = newest_of_each(commit.rows);
    let remote_ids: Vec<&str> = rows
        .iter()
        .map(|fetched| fetched.value.remote_id())
        .collect();
    let stored = stored_rows::<T>(transaction, commit.shop_id, &remote_ids).await?;
    let mut last_id = last_row_id::<T>(transaction).await?;
    let mut accepted = Vec::new();
    for fetched in rows {
        let before = stored.get(fetched.value.remote_id());
        let Some((row, content_hash)) = what_is_new(&fetched.value, commit.fetched_at, before)?
        else {
            continue;
        };
        last_id += i64::from(before.is_none());
        accepted.push(Accepted {
            id: before.map_or(last_id, |before| before.id),
            shop_id: commit.shop_id,
            row,
            raw: &fetched.raw,
            is_new: before.is_none(),
            content_hash,
            first_seen_at: before.map_or(commit.fetched_at, |before| before.first_seen_at),
            fetched_at: commit.fetched_at,
            fetch_seq: before.map_or(1, |before| before.fetch_seq + 1),
        });
    }
    Ok(accepted)
}

/// Of a row that the page holds twice, the newer one; of equals, the later one.
fn newest_of_each<T: MirrorRow>(rows: &[Fetched<T>]) -> Vec<&Fetched<T>> {
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

/// The row as it is to be stored, with its content hash; `None` if it is older than the stored one or the same.
fn what_is_new<T: MirrorRow>(
    row: &T,
    fetched_at: UnixSeconds,
    before: Option<&Stored>,
) -> Result<Option<(T, Vec<u8>)>, Error> {
    let mut row = row.clone();
    if let Some(before) = before {
        let version = Version {
            updated_at: row.updated_at(),
            fetched_at,
        };
        if !version.replaces(before.version) {
            return Ok(None);
        }
        row.complete_from(before);
    }
    let hash = content_hash(&mut row)?;
    let is_same = before.is_some_and(|before| before.content_hash == hash);
    Ok((!is_same).then_some((row, hash)))
}
