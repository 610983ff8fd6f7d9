//! Rows that could not be read are tried again: a later version may read what an earlier one put aside.

use desk_model::{Dialect, Fetched, Quarantined, Resource, Shop, Tag};
use desk_store::PageCommit;
use desk_temu::{read_activity, read_order, read_product};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{engine::Engine, error::Error};

/// What came of reading the quarantined rows again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reread {
    /// Rows that can be read now; they are in their lists.
    pub readable: u64,
    /// Rows that still cannot, or not without asking the platform.
    pub unreadable: u64,
}

impl Engine {
    /// Reads what was put aside of every shop again, without asking the platform. A row is as old as its last fetch: it never replaces a
    /// newer one.
    pub async fn reread_quarantine(&self) -> Result<Reread, Error> {
        let mut reread = Reread::default();
        for shop in self.store().shops().await? {
            let dialect = self.stored_app(shop.app).await?.dialect;
            let turn = self.turn_of(&shop.shop_id);
            let _turn = turn.lock().await;
            for row in self.store().quarantined(Some(&shop.shop_id)).await? {
                if self.reread(dialect, &shop, &row).await? {
                    reread.readable += 1;
                } else {
                    reread.unreadable += 1;
                }
            }
        }
        Ok(reread)
    }

    /// Commits a row if it can be read now.
    async fn reread(
        &self,
        dialect: Dialect,
        shop: &Shop,
        row: &Quarantined,
    ) -> Result<bool, Error> {
        let store = self.store();
        let tag = match row.resource {
            Resource::Orders => {
                let Ok(order) = read_order(dialect, shop, &row.payload) else {
                    return Ok(false);
                };
                store
                    .commit_orders(&page(row, &[fetched(row, order)]))
                    .await?;
                Tag::Orders
            }
            Resource::Products => {
                let Ok(product) = read_product(dialect, shop, &row.payload) else {
                    return Ok(false);
                };
                store
                    .commit_products(&page(row, &[fetched(row, product)]))
                    .await?;
                Tag::Products
            }
            Resource::Activities => {
                let Ok(activity) = read_activity(dialect, shop, &row.payload) else {
                    return Ok(false);
                };
                store
                    .commit_activities(&page(row, &[fetched(row, activity)]))
                    .await?;
                Tag::Activities
            }
        };
        store.release_quarantined(row).await?;
        self.announce(Some(&shop.shop_id), &[tag]);
        Ok(true)
    }
}

fn fetched<T>(row: &Quarantined, value: T) -> Fetched<T> {
    Fetched {
        value,
        raw: row.payload.clone(),
    }
}

fn page<'a, T>(row: &'a Quarantined, rows: &'a [Fetched<T>]) -> PageCommit<'a, T> {
    PageCommit {
        shop_id: &row.shop_id,
        run_id: None,
        rows,
        unreadable: &[],
        fetched_at: row.last_seen_at,
        checkpoint: None,
    }
}
