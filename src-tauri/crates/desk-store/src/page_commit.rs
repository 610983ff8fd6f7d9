//! Writes one fetched page: rows, payloads, statuses, quarantine, checkpoint and counters, in one transaction.
//!
//! Which rows are written is decided under the write lock against what is stored, so that no row goes back to an older version.

use desk_model::{Activity, Fetched, Order, PageCounts, Product, ShopId, UnixSeconds, Unreadable};
use rusqlite::Connection;

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
        let page = Page::of(commit);
        self.write_rows(T::RESOURCE, commit.shop_id, move |connection| {
            page.write(connection)
        })
        .await
    }
}

/// A page of its own, for the thread that writes.
struct Page<T> {
    shop_id: ShopId,
    run_id: Option<i64>,
    rows: Vec<Fetched<T>>,
    unreadable: Vec<Unreadable>,
    fetched_at: UnixSeconds,
    checkpoint: Option<Checkpoint>,
}

impl<T: MirrorRow> Page<T> {
    fn of(commit: &PageCommit<'_, T>) -> Self {
        Self {
            shop_id: commit.shop_id.clone(),
            run_id: commit.run_id,
            rows: commit.rows.to_vec(),
            unreadable: commit.unreadable.to_vec(),
            fetched_at: commit.fetched_at,
            checkpoint: commit.checkpoint.cloned(),
        }
    }

    /// Writes the page; also answers the row ids of rows that were there and have other content now.
    fn write(&self, connection: &Connection) -> Result<(CommittedPage, Vec<i64>), Error> {
        let judged = self.judge(connection)?;
        let counts = judged.counts(self);
        judged.write(connection)?;
        let readable = self.rows.iter().map(|fetched| fetched.value.remote_id());
        quarantine::release(connection, &self.shop_id, T::RESOURCE, readable)?;
        quarantine::add(
            connection,
            &self.shop_id,
            T::RESOURCE,
            &self.unreadable,
            self.fetched_at,
        )?;
        if let Some(checkpoint) = &self.checkpoint {
            checkpoints::write(connection, &self.shop_id, T::RESOURCE, checkpoint)?;
        }
        if let Some(run_id) = self.run_id {
            sync_runs::count_page(connection, run_id, counts)?;
        }
        let committed = CommittedPage {
            counts,
            oldest_move: judged.oldest_move,
        };
        Ok((committed, judged.changed()))
    }

    /// Decides which rows are written.
    fn judge(&self, connection: &Connection) -> Result<JudgedPage<'_, T>, Error> {
        let rows = newest_of_each(&self.rows);
        let remote_ids: Vec<&str> = rows
            .iter()
            .map(|fetched| fetched.value.remote_id())
            .collect();
        let stored = stored_rows::<T>(connection, &self.shop_id, &remote_ids)?;
        let mut last_id = last_row_id(connection, T::RESOURCE)?;
        let mut page = JudgedPage {
            accepted: Vec::new(),
            back: Vec::new(),
            told: Vec::new(),
            oldest_move: None,
        };
        for fetched in rows {
            let before = stored.get(fetched.value.remote_id());
            let judgement = judge(&fetched.value, self.fetched_at, before)?;
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
                shop_id: &self.shop_id,
                row,
                fetched,
                is_new: before.is_none(),
                content_hash,
                first_seen_at: before.map_or(self.fetched_at, |before| before.first_seen_at),
                fetched_at: self.fetched_at,
                fetch_seq: before.map_or(1, |before| before.fetch_seq + 1),
                gone_at: before
                    .and_then(|before| before.gone_at)
                    .filter(|_| !judgement.is_back),
            });
        }
        Ok(page)
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
    fn counts(&self, page: &Page<T>) -> PageCounts {
        let new = self
            .accepted
            .iter()
            .filter(|accepted| accepted.is_new)
            .count();
        let written = self.accepted.len() + self.back.len();
        PageCounts {
            new: new as u64,
            changed: (written - new) as u64,
            unchanged: (page.rows.len() - written) as u64,
            quarantined: page.unreadable.len() as u64,
        }
    }

    fn changed(&self) -> Vec<i64> {
        let replaced = self.accepted.iter().filter(|accepted| !accepted.is_new);
        let replaced = replaced.map(|accepted| accepted.id);
        replaced.chain(self.back.iter().copied()).collect()
    }

    fn write(&self, connection: &Connection) -> Result<(), Error> {
        gone::bring_back(connection, T::RESOURCE, &self.back)?;
        amounts::settle(connection, &self.told)?;
        let accepted = &self.accepted;
        if accepted.is_empty() {
            return Ok(());
        }
        T::write(connection, accepted)?;
        let payloads = accepted
            .iter()
            .map(|accepted| (accepted.id, accepted.fetched.raw.as_str()));
        raw_payload::write(connection, T::RESOURCE, payloads)?;
        let named = accepted.iter().flat_map(|accepted| accepted.row.pictures());
        pictures::write(connection, named.collect())
    }
}
