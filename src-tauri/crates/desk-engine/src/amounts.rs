//! Amounts of orders on the open platform, which tells them one by one and only to some tokens.

use std::collections::HashSet;

use desk_model::{AmountState, Fetched, Money, OrderSn, Page, Resource, ShopId, SyncTask, Tag};
use desk_store::Checkpoint;
use desk_temu::{ErrorKind, amount_scope};

use crate::{
    engine::Engine, error::Error, list::Step, resource_run::ResourceRun, session::Session,
};

/// Orders looked for at a time.
const BATCH: u32 = 100;

impl Engine {
    /// Whether there are amounts to ask for. Where the scope was given or taken since the last look, what is unknown is called so.
    pub(crate) async fn are_amounts_due(&self, session: &Session) -> Result<bool, Error> {
        let shop_id = &session.shop.shop_id;
        let Some(scope) = amount_scope(session.platform.dialect()) else {
            return Ok(false);
        };
        let allowed = session.shop.allows(scope);
        if self.note_scope(shop_id, allowed).await? {
            self.announce(Some(shop_id), &[Tag::Orders]);
        }
        Ok(allowed && self.store().amounts_due(shop_id).await? > 0)
    }

    /// Keeps whether amounts may be read; answers whether that changed what is said of any.
    async fn note_scope(&self, shop_id: &ShopId, allowed: bool) -> Result<bool, Error> {
        let stream = if allowed { "allowed" } else { "not allowed" };
        let store = self.store();
        let (orders, task) = (Resource::Orders, SyncTask::Amounts);
        let known = store.checkpoint(shop_id, orders, task).await?;
        if known.is_some_and(|known| known.stream == stream) {
            return Ok(false);
        }
        let changed = if allowed {
            store.set_amounts_pending(shop_id).await?
        } else {
            store.set_amounts_not_authorized(shop_id).await?
        };
        let noted = Checkpoint::new(task, stream);
        store.write_checkpoint(shop_id, orders, &noted).await?;
        Ok(changed > 0)
    }
}

/// Asks for the amount of every order that was new or changed since it was told, newest first. What is still calculated or unknown to the
/// platform is left for the next time.
pub(crate) async fn read(run: &ResourceRun) -> Result<(), Error> {
    let store = run.engine.store();
    run.expect_rows(store.amounts_due(run.shop_id()).await?);
    let mut later: HashSet<OrderSn> = HashSet::new();
    loop {
        let limit = BATCH.saturating_add(u32::try_from(later.len()).unwrap_or(u32::MAX));
        let due = store.orders_due_amount(run.shop_id(), limit).await?;
        let due: Vec<OrderSn> = due.into_iter().filter(|sn| !later.contains(sn)).collect();
        if due.is_empty() {
            return Ok(());
        }
        for order_sn in due {
            match tell_amount(run, &order_sn).await {
                Ok(true) => {}
                Ok(false) => {
                    later.insert(order_sn);
                }
                Err(Error::Platform(error)) if error.kind == ErrorKind::ScopeMissing => {
                    return stop_quietly(run).await;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// The scope was taken away: that is no failure.
async fn stop_quietly(run: &ResourceRun) -> Result<(), Error> {
    run.or_canceled(run.session.update_permissions()).await?;
    if run.engine.note_scope(run.shop_id(), false).await? {
        run.announce_rows();
    }
    Ok(())
}

/// Asks for an order's amount and commits it; `false` where the platform does not tell it yet.
async fn tell_amount(run: &ResourceRun, order_sn: &OrderSn) -> Result<bool, Error> {
    let _turn = run.turn().await?;
    let platform = &run.session.platform;
    let amount: Result<Option<Money>, Error> = run
        .or_canceled(
            run.session.call(|access| async move {
                platform.order_amount(&access.caller(), order_sn).await
            }),
        )
        .await;
    let amount = match amount {
        Ok(Some(amount)) => amount,
        Ok(None) => return Ok(false),
        Err(Error::Platform(error)) if error.kind == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let store = run.engine.store();
    let Some(record) = store.order(run.shop_id(), order_sn).await? else {
        return Ok(false);
    };
    let mut order = record.order;
    order.currency = Some(amount.currency.clone());
    order.total_amount = Some(amount);
    order.amount_state = AmountState::Known;
    let page = Page {
        rows: vec![Fetched {
            value: order,
            raw: record.raw.unwrap_or_else(|| "{}".to_owned()),
        }],
        unreadable: Vec::new(),
        total: 1,
        server_time: platform.server_now(),
    };
    run.commit_orders(&page, Step::Rows, None).await?;
    Ok(true)
}
