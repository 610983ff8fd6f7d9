//! The mirror beside the platform's own records.

use std::collections::BTreeMap;

use desk_engine::ShopSummary;
use desk_model::{
    Dialect, ListQuery, Order, Resource, RunResult, ShopId, SyncRun, SyncTask, SyncTrigger,
    UnixSeconds,
};
use desk_store::{Checkpoint, Rows};
use desk_temu::read_order;

use crate::world::World;

pub(crate) const DAY: i64 = 86_400;

/// What a list shows of an order that only a change can alter: labels come with time, amounts from another call.
fn gist(order: &Order) -> (String, Option<i64>, Vec<i64>) {
    let quantities = order.items.iter().map(|item| item.quantity).collect();
    (
        order.platform_status.clone(),
        order.updated_at.map(|at| at.0),
        quantities,
    )
}

impl World {
    /// Syncs as the seller does.
    pub(crate) async fn sync(&self, shop: &ShopId) -> ShopSummary {
        self.engine.sync_shop(shop, SyncTrigger::Manual, None).await
    }

    /// Syncs, and it must succeed.
    pub(crate) async fn sync_well(&self, shop: &ShopId) {
        let summary = self.sync(shop).await;
        assert_eq!(summary.result, RunResult::Complete, "{:?}", summary.error);
    }

    /// The platform's orders as a list tells them.
    pub(crate) async fn platform_orders(&self, shop: &ShopId) -> Vec<Order> {
        let dialect = match self.dialect {
            Dialect::Guide => desk_sandbox::Dialect::Guide,
            Dialect::OpenPlatform => desk_sandbox::Dialect::OpenPlatform,
        };
        let now = self.clock.seconds();
        let truth = self.sandbox.truth(dialect, shop.remote_id(), now).unwrap();
        let shop = self.engine.store().shop(shop).await.unwrap().unwrap();
        truth
            .orders
            .iter()
            .map(|row| read_order(self.dialect, &shop, &row.to_string()).unwrap())
            .collect()
    }

    /// Orders that are not in the mirror as the platform has them, of those that it changed since.
    pub(crate) async fn differences(&self, shop: &ShopId, since: i64) -> Vec<String> {
        let mirror: BTreeMap<String, Order> = self
            .orders(shop)
            .await
            .into_iter()
            .map(|order| (order.order_sn.to_string(), order))
            .collect();
        let truth: BTreeMap<String, Order> = self
            .platform_orders(shop)
            .await
            .into_iter()
            .map(|order| (order.order_sn.to_string(), order))
            .collect();
        let lost = truth
            .iter()
            .filter(|(_, order)| order.updated_at.is_some_and(|at| at.0 >= since))
            .filter(|(sn, order)| mirror.get(*sn).map(gist) != Some(gist(order)));
        let extra = mirror.keys().filter(|sn| !truth.contains_key(*sn));
        lost.map(|(sn, _)| format!("lost {sn}"))
            .chain(extra.map(|sn| format!("extra {sn}")))
            .collect()
    }

    /// Lines of the sync log, newest first.
    pub(crate) async fn runs(&self, shop: &ShopId, task: SyncTask) -> Vec<SyncRun> {
        let log = self.engine.store().sync_runs(Some(shop), 1_000).await;
        log.unwrap()
            .into_iter()
            .filter(|run| run.task == task)
            .collect()
    }

    pub(crate) async fn checkpoint(&self, shop: &ShopId, task: SyncTask) -> Option<Checkpoint> {
        let store = self.engine.store();
        store
            .checkpoint(shop, Resource::Orders, task)
            .await
            .unwrap()
    }

    /// Ids in a list, gone ones only if asked for.
    pub(crate) async fn ids(
        &self,
        shop: &ShopId,
        resource: Resource,
        include_gone: bool,
    ) -> Vec<String> {
        let query = ListQuery {
            shops: vec![shop.clone()],
            include_gone,
            ..ListQuery::all(resource)
        };
        match self
            .engine
            .store()
            .list(&query, UnixSeconds::default(), None)
            .await
            .unwrap()
        {
            Rows::Orders(rows) => rows.iter().map(|row| row.order_sn.to_string()).collect(),
            Rows::Products(rows) => rows.iter().map(|row| row.product_id.to_string()).collect(),
            Rows::Activities(rows) => rows.iter().map(|row| row.activity_id.to_string()).collect(),
        }
    }

    /// Calls of the platform's lists of orders so far.
    pub(crate) fn order_lists(&self) -> u64 {
        self.calls(match self.dialect {
            Dialect::Guide => "order/list",
            Dialect::OpenPlatform => "bg.order.list.v2.get",
        })
    }
}
