//! What has to hold after every sync, however it ended.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use desk_engine::ShopSummary;
use desk_model::{Resource, RunResult, ShopId, SyncRun, SyncTask};
use desk_sandbox::OrderDigest;
use desk_store::Rows;

use super::truth::Shelves;
use crate::world::{World, rows};

/// Rows younger than this may not be visible yet: the margin, less what a clock may be wrong that nobody corrects.
const LEAST_MARGIN: i64 = 120;

/// Orders by number, each with its time of change.
type Versions = BTreeMap<String, Option<i64>>;

/// What was seen after the last sync.
#[derive(Default)]
pub(crate) struct Promises {
    cursor: Option<i64>,
    /// When the work began that moved the cursor last: what was hidden then is read with the next overlap.
    moved_at: i64,
    orders: Versions,
    /// Since when everything has been read.
    pub(crate) since: Option<i64>,
}

/// The world as it was when a sync began.
pub(crate) struct Before<'a> {
    pub(crate) server_time: i64,
    /// What is on the shelves since.
    pub(crate) shelves: &'a Shelves,
}

impl fmt::Debug for Promises {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} orders, all from {:?} through {:?}",
            self.orders.len(),
            self.since,
            self.cursor
        )
    }
}

impl Promises {
    /// Checks them all. `lag` is how long the platform hides a change; a summary is there of a sync that was alone.
    pub(crate) async fn check(
        &mut self,
        world: &World,
        shop: &ShopId,
        summary: Option<&ShopSummary>,
        before: &Before<'_>,
        lag: i64,
    ) -> Result<(), String> {
        let orders = world.orders(shop).await.into_iter();
        let orders = orders
            .map(|order| (order.order_sn.to_string(), order.updated_at.map(|at| at.0)))
            .collect();
        let cursor = self.check_cursor(world, shop).await?;
        self.check_rows(&orders, summary)?;
        if self.since.is_none() && cursor.is_some() {
            self.since = self.first_window(world, shop).await;
        }
        if self.cursor != cursor {
            self.moved_at = before.server_time;
        }
        if let (Some(from), Some(cursor)) = (self.since, cursor) {
            // I18: what the cursor covers is here, but for what nobody could see when it was read.
            let to = cursor.min(self.moved_at - lag);
            let truth = world.sandbox.order_digests(shop.remote_id()).unwrap();
            let covered = truth
                .iter()
                .filter(|order| (from..=to).contains(&order.updated_at));
            check_covered(&orders, covered).map_err(|reason| {
                format!("though everything through {cursor} is stored, {reason}")
            })?;
        }
        check_complete_shelves(world, shop, before).await?;
        (self.cursor, self.orders) = (cursor, orders);
        Ok(())
    }

    /// I5: it moves only forward, and never past what is surely visible.
    async fn check_cursor(&self, world: &World, shop: &ShopId) -> Result<Option<i64>, String> {
        let stored = world
            .engine
            .store()
            .checkpoint(shop, Resource::Orders, SyncTask::Changes)
            .await
            .unwrap();
        let cursor = stored
            .and_then(|stored| stored.reached)
            .map(|cursor| cursor.0);
        let newest = world.server_time() - LEAST_MARGIN;
        match (self.cursor, cursor) {
            (Some(before), Some(now)) if now < before => {
                Err(format!("the cursor went back from {before} to {now}"))
            }
            (Some(_), None) => Err("the cursor is gone".to_owned()),
            (_, Some(now)) if now > newest => {
                Err(format!("the cursor {now} passed the visible {newest}"))
            }
            _ => Ok(cursor),
        }
    }

    /// I3, I14, I16, I18: no order goes back or goes away, and the sync tells how many are new.
    fn check_rows(&self, orders: &Versions, summary: Option<&ShopSummary>) -> Result<(), String> {
        for (id, before) in &self.orders {
            let Some(now) = orders.get(id) else {
                return Err(format!("{id} went away with a sync"));
            };
            if now < before {
                return Err(format!("{id} went back from {before:?} to {now:?}"));
            }
        }
        let Some(summary) = summary else {
            return Ok(());
        };
        let new = (orders.len() - self.orders.len()) as u64;
        let counts = summary.resources.get(&Resource::Orders);
        let told = counts.map_or(0, |counts| counts.new);
        if new == told {
            Ok(())
        } else {
            Err(format!(
                "{new} orders are new, but the sync tells of {told}"
            ))
        }
    }

    /// The last second that the first window may have begun in.
    async fn first_window(&self, world: &World, shop: &ShopId) -> Option<i64> {
        let runs = world
            .engine
            .store()
            .sync_runs(Some(shop), 1_000)
            .await
            .unwrap();
        let changes = runs.iter().filter(|run| run.task == SyncTask::Changes);
        let starts = changes.filter_map(|run| run.window_start);
        starts.map(|start| start.0).max()
    }
}

/// The covered orders are here in their newest version.
fn check_covered<'a>(
    orders: &Versions,
    covered: impl Iterator<Item = &'a OrderDigest>,
) -> Result<(), String> {
    for order in covered {
        let (id, newest) = (&order.order_sn, order.updated_at);
        match orders.get(id) {
            None => return Err(format!("{id} of {newest} is missing")),
            Some(stored) if *stored != Some(newest) => {
                return Err(format!("{id} of {newest} is still of {stored:?}"));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// I18: a census that is called complete misses nothing that was there all the time.
async fn check_complete_shelves(
    world: &World,
    shop: &ShopId,
    before: &Before<'_>,
) -> Result<(), String> {
    let runs = world.engine.store().latest_runs(shop).await.unwrap();
    let complete = |run: &&SyncRun| {
        run.result == RunResult::Complete && run.started_at.0 >= before.server_time
    };
    for run in runs.iter().filter(complete) {
        let (mirrored, there): (BTreeSet<String>, _) =
            match rows(world.engine.store(), shop, run.resource).await {
                Rows::Orders(_) => continue,
                Rows::Products(rows) => (
                    rows.iter().map(|row| row.product_id.to_string()).collect(),
                    &before.shelves.products,
                ),
                Rows::Activities(rows) => (
                    rows.iter().map(|row| row.activity_id.to_string()).collect(),
                    &before.shelves.activities,
                ),
            };
        if let Some(id) = there.difference(&mirrored).next() {
            return Err(format!("{id} is missing after a complete census"));
        }
    }
    Ok(())
}
