//! Writes one fetched page: rows, payloads, statuses, quarantine, checkpoint and counters, in one transaction.
//!
//! Which rows are written is decided under the write lock against what is stored, so that no row goes back to an older version.

use desk_model::{Activity, Fetched, Order, PageCounts, Product, ShopId, UnixSeconds, Unreadable};
use sea_orm::DatabaseTransaction;

use crate::{
    Checkpoint, Error, Store, amounts, checkpoints, gone,
    mirror::{Accepted, MirrorRow, judge, last_row_id, newest_of_each, stored_rows},
    pictures, quarantine, raw_payload, sync_runs,
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

/// What a committed page did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommittedPage {
    /// Rows by what became of them.
    pub counts: PageCounts,
    /// The earliest time of change among rows that were new or whose time of change moved.
    pub oldest_move: Option<UnixSeconds>,
}

impl Store {
    /// Commits a page of orders. A known amount stays where the answer does not tell it anew.
    pub async fn commit_orders(
        &self,
        commit: &PageCommit<'_, Order>,
    ) -> Result<CommittedPage, Error> {
        self.heed_damage(self.commit_page(commit).await)
    }

    /// Commits a page of products.
    pub async fn commit_products(
        &self,
        commit: &PageCommit<'_, Product>,
    ) -> Result<CommittedPage, Error> {
        self.heed_damage(self.commit_page(commit).await)
    }

    /// Commits a page of activities.
    pub async fn commit_activities(
        &self,
        commit: &PageCommit<'_, Activity>,
    ) -> Result<CommittedPage, Error> {
        self.heed_damage(self.commit_page(commit).await)
    }

    async fn commit_page<T: MirrorRow>(
        &self,
        commit: &PageCommit<'_, T>,
    ) -> Result<CommittedPage, Error> {
        let transaction = self.begin().await?;
        let judged = judge_page(&transaction, commit).await?;
        let counts = judged.counts(commit);
        judged.write(&transaction).await?;
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
            checkpoints::write(&transaction, commit.shop_id, T::RESOURCE, checkpoint).await?;
        }
        if let Some(run_id) = commit.run_id {
            sync_runs::count_page(&transaction, run_id, counts).await?;
        }
        transaction.commit().await?;
        Ok(CommittedPage {
            counts,
            oldest_move: judged.oldest_move,
        })
    }
}

/// A page, held against what is stored.
struct JudgedPage<'a, T> {
    /// Rows that are written.
    accepted: Vec<Accepted<'a, T>>,
    /// Row ids that say nothing new but were gone.
    back: Vec<i64>,
    /// Row ids that say nothing new but whose amount was due.
    told: Vec<i64>,
    oldest_move: Option<UnixSeconds>,
}

impl<T: MirrorRow> JudgedPage<'_, T> {
    fn counts(&self, commit: &PageCommit<'_, T>) -> PageCounts {
        let new = self
            .accepted
            .iter()
            .filter(|accepted| accepted.is_new)
            .count();
        let written = self.accepted.len() + self.back.len();
        PageCounts {
            new: new as u64,
            changed: (written - new) as u64,
            unchanged: (commit.rows.len() - written) as u64,
            quarantined: commit.unreadable.len() as u64,
        }
    }

    async fn write(&self, transaction: &DatabaseTransaction) -> Result<(), Error> {
        gone::bring_back(transaction, T::RESOURCE, &self.back).await?;
        amounts::settle(transaction, &self.told).await?;
        let accepted = &self.accepted;
        if accepted.is_empty() {
            return Ok(());
        }
        T::write(transaction, accepted).await?;
        let payloads = accepted
            .iter()
            .map(|accepted| (accepted.id, accepted.fetched.raw.as_str()));
        raw_payload::write(transaction, T::RESOURCE, payloads).await?;
        let named = accepted.iter().flat_map(|accepted| accepted.row.pictures());
        pictures::write(transaction, named.collect()).await
    }
}

/// Decides which rows are written.
async fn judge_page<'a, T: MirrorRow>(
    transaction: &DatabaseTransaction,
    commit: &PageCommit<'a, T>,
) -> Result<JudgedPage<'a, T>, Error> {
    let rows = newest_of_each(commit.rows);
    let remote_ids: Vec<&str> = rows
        .iter()
        .map(|fetched| fetched.value.remote_id())
        .collect();
    let stored = stored_rows::<T>(transaction, commit.shop_id, &remote_ids).await?;
    let mut last_id = last_row_id::<T>(transaction).await?;
    let mut page = JudgedPage {
        accepted: Vec::new(),
        back: Vec::new(),
        told: Vec::new(),
        oldest_move: None,
    };
    for fetched in rows {
        let before = stored.get(fetched.value.remote_id());
        let judgement = judge(&fetched.value, commit.fetched_at, before)?;
        let Some((row, content_hash)) = judgement.news else {
            let id = before.map(|before| before.id);
            page.back.extend(id.filter(|_| judgement.is_back));
            page.told.extend(id.filter(|_| judgement.tells_amount));
            continue;
        };
        if before.is_none_or(|before| before.version.updated_at != row.updated_at()) {
            let moved = [page.oldest_move, row.updated_at()];
            page.oldest_move = moved.into_iter().flatten().min();
        }
        last_id += i64::from(before.is_none());
        page.accepted.push(Accepted {
            id: before.map_or(last_id, |before| before.id),
            shop_id: commit.shop_id,
            row,
            fetched,
            is_new: before.is_none(),
            content_hash,
            first_seen_at: before.map_or(commit.fetched_at, |before| before.first_seen_at),
            fetched_at: commit.fetched_at,
            fetch_seq: before.map_or(1, |before| before.fetch_seq + 1),
            gone_at: before
                .and_then(|before| before.gone_at)
                .filter(|_| !judgement.is_back),
        });
    }
    Ok(page)
}
